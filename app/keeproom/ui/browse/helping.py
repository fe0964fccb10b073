"""What helps where a search finds nothing: which part of it is in the way, where else there is something, and a near
spelling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from keeproom.ui.browse.nothing import shortened
from keeproom.ui.browse.places import ALL, Place, import_title, view_of
from keeproom.ui.grid.words import heading_date
from keeproom.ui.texts import number, tr
from keeproom.ui.window.notices import Offer

if TYPE_CHECKING:
    from keeproom.library.search import Correction, Part
    from keeproom.ui.browse.asking import Asker
    from keeproom.ui.browse.shelf import Shelf

MOST_PARTS = 6
"""A search of more parts is not taken apart."""


@dataclass(frozen=True, slots=True)
class HelpSought:
    """The search that found nothing, and where."""

    place: Place
    query: str
    exactly: bool


@dataclass(frozen=True, slots=True)
class Without:
    """A part of a search, the search without it, and how much that finds."""

    label: str
    query: str
    count: int


@dataclass(frozen=True, slots=True)
class Help:
    """`everywhere` is how much there is in the whole library; `instead` are words of a near spelling, with theirs."""

    parts: tuple[Without, ...] = ()
    everywhere: int = 0
    instead: tuple[tuple[str, str], ...] = ()

    def words(self, corrections: Sequence[Correction] = ()) -> str:
        """What else was tried, or could be."""
        if corrections:
            tried = ", ".join(f"“{shortened(each.instead, 40)}”" for each in corrections)
            return tr("Nor for the near spelling {words}.").format(words=tried)
        if self.parts or self.everywhere or self.instead:
            return ""
        return tr("Try fewer or other words. Searching looks at names, titles, descriptions, tags, folders and dates.")

    def offers(self, shelf: Shelf) -> list[Offer]:
        """What can be done about it, the most likely first."""
        offers = []
        for word, instead in self.instead:
            text = tr("Show “{instead}” instead of “{word}”").format(instead=instead, word=word)
            offers.append(Offer(text, partial(shelf.set_exactly, exactly=False)))
        for part in self.parts:
            text = tr("Clear filter {filter}").format(filter=part.label)
            offers.append(Offer(f"{text} · {number(part.count)}", partial(shelf.set_query, part.query)))
        if self.everywhere:
            offers.append(Offer(f"{tr('Search in all')} · {number(self.everywhere)}", partial(shelf.go, ALL)))
        return [*offers, Offer(tr("Clear search"), partial(shelf.set_query, ""))]


def seek_help(asker: Asker, sought: HelpSought) -> Help:
    """What would find something; not for the main thread."""
    from keeproom.library.search import parts

    found = parts(sought.query)
    without = _without(asker, sought, found) if 1 < len(found) <= MOST_PARTS else ()
    everywhere = _count(asker, replace(sought, place=ALL)) if sought.place.scope or sought.place.trashed else 0
    return Help(without, everywhere, _near(asker, sought) if sought.exactly else ())


def _without(asker: Asker, sought: HelpSought, found: Sequence[Part]) -> tuple[Without, ...]:
    """The parts without which there is something."""
    made = []
    for part in found:
        query = f"{sought.query[: part.start]}{sought.query[part.end :]}".strip()
        count = _count(asker, replace(sought, query=query))
        if count:
            made.append(Without(part.label or part.text, query, count))
    return tuple(made)


def _count(asker: Asker, sought: HelpSought) -> int:
    from keeproom.library.search import SearchError

    try:
        view = view_of(sought.place, sought.query, exactly=sought.exactly)
        return len(asker.arranger().arrange(view, "imported").ids)
    except SearchError:
        return 0


def _near(asker: Asker, sought: HelpSought) -> tuple[tuple[str, str], ...]:
    view = view_of(sought.place, sought.query)
    arrangement = asker.arranger().arrange(view, "imported")
    return tuple((each.word, each.instead) for each in arrangement.corrections)


def group_name(key: str, names: Mapping[str, datetime | str]) -> str:
    """What the group of a key is called: by its date, or as the import or the collection is."""
    name = names.get(key)
    if isinstance(name, datetime):
        return import_title(name)
    if name is not None:
        return name
    return tr("In no collection") if names and key in ("", "0") else heading_date(key)
