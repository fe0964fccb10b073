"""Describe the demo's library as a person would have: `describing.py LIBRARY`. Runs in the checkout's environment.

Every row speaks of the files with a word in their names; what is not there is left out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keeproom.library.collecting import collect, save_search
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.listing import list_assets
from keeproom.library.opening import Library, open_library
from keeproom.library.search import quoted, term


@dataclass(frozen=True)
class Story:
    """What somebody says of the files that have `word` in their names."""

    word: str
    rating: int = 0
    tags: tuple[str, ...] = ()
    label: str | None = None
    flag: str | None = None
    place: str | None = None
    title: str | None = None


STORIES = (
    Story("ridge", 4, ("nature/mountains", "evening"), place="Dolomites"),
    Story("ridges", 5, ("nature/mountains", "evening"), flag="pick", title="The last light"),
    Story("harbour", 4, ("nature/sea", "morning"), label="blue", place="Porto"),
    Story("sea", 3, ("nature/sea",), place="Porto"),
    Story("bay", 5, ("nature/sea", "evening"), flag="pick", place="Porto", title="Sunset in the bay"),
    Story("mist", 3, ("nature/woods", "morning")),
    Story("moss", 2, ("nature/woods",)),
    Story("clearing", 4, ("nature/woods",), label="green"),
    Story("north", 4, ("nature/mountains",), place="Tromsø"),
    Story("night", 5, ("nature/sky", "night"), flag="pick", place="Tromsø"),
    Story("milky", 5, ("nature/sky", "night"), label="purple", place="Tromsø"),
    Story("moon", 4, ("nature/sky", "night")),
    Story("aster", 4, ("plants/flowers",)),
    Story("gerbera", 3, ("plants/flowers",), label="yellow"),
    Story("dahlia", 4, ("plants/flowers",), flag="pick"),
    Story("plumeria", 5, ("plants/flowers",), flag="pick", title="Plumeria after the rain"),
    Story("grapefruit", 2, ("plants/fruit", "food")),
    Story("ice-cream", 3, ("food",)),
    Story("town", 4, ("cities/Porto", "evening"), place="Porto"),
    Story("hour", 4, ("cities/Porto", "evening"), label="blue", place="Porto"),
    Story("leopard", 5, ("animals/cats",), flag="pick"),
    Story("puppy", 3, ("animals/dogs",)),
    Story("elephant", 4, ("animals",), flag="pick"),
    Story("gecko", 5, ("animals/reptiles",), flag="pick", label="green"),
    Story("lizard", 2, ("animals/reptiles",)),
    Story("dino", 1, ("animals/reptiles",), flag="reject"),
    Story("hummingbird", 5, ("animals/birds",), flag="pick"),
    Story("fish", 3, ("animals/fish",)),
    Story("surfer", 4, ("people", "nature/sea")),
    Story("balloon", 4, ("travel",), label="red"),
    Story("poster", 2, ("prints",)),
    Story("bands", 1, ("prints",), flag="reject"),
)

COLLECTIONS = (
    ("Trips/Porto", term("place", "Porto")),
    ("Trips/Tromsø", term("place", "Tromsø")),
    ("For the wall", "rating:5"),
)
SEARCHES = (("Picked", "flag:pick"), ("Evenings of nature", "tag:nature tag:evening"), ("To sort", "is:untagged"))


def main(folder: Path) -> None:
    with open_library(folder) as library:
        for story in STORIES:
            found = ids(library, f"name:{quoted(story.word)}")
            if found:
                edit_assets(library, found, Edit(facts=dict(facts_of(story)), add_tags=story.tags))
        for name, query in COLLECTIONS:
            found = ids(library, query)
            if found:
                collect(library, name, found)
        for name, query in SEARCHES:
            save_search(library, name, query)


def facts_of(story: Story) -> Iterable[tuple[str, Any]]:
    """What the story says; what it is silent about stays as it is."""
    for name in ("rating", "label", "flag", "place", "title"):
        value = getattr(story, name)
        if value:
            yield name, value


def ids(library: Library, query: str) -> list[int]:
    return [asset.id for asset in list_assets(library, query)]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
