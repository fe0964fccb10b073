"""Words on real files, and naughty strings as whatever a person can write."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from keeproom.catalog.words import has_run, words_of
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.keeping import SnapshotKeeper
from keeproom.library.listing import list_assets
from keeproom.library.opening import Library
from keeproom.library.search import first_ids, parse, rows_matching, term
from keeproom.model import SortKey
from tests.catalog.filling import fill_assets

AREZZO = {"DSCN0010.jpg", "DSCN0012.jpg"}
FOUND = {
    "dscn": AREZZO,
    "DSCN0010.JPG": {"DSCN0010.jpg"},
    "dscn -0010": AREZZO,  # a name's letters and digits are one word where nothing stands between
    "dscn0010 OR dscn0012": AREZZO,
    "arezzo": AREZZO,
    "ital piaz": AREZZO,
    "nikon coolpix": AREZZO,
    "nikon -coolpix": {"Nikon_D70.jpg"},
    "october 2008": AREZZO,
    "2008-10 name:dscn": AREZZO,
    '"2008 10"': AREZZO,
    "videos": {"flower.mp4", "stream-of-water.mp4"},
    "cafe": {"balloon.jpg"},
    "UBER": {"balloon.jpg"},
    "wolk": {"balloon.jpg"},
    "good day": {"balloon.jpg", "flower.mp4"},
    '"good day"': {"balloon.jpg"},
    '"day a good"': {"flower.mp4"},
    '"ood day"': set(),
    'good -"good day"': {"flower.mp4"},
    "夜景": {"fish.png"},
    "京タワ": {"fish.png"},
    "景夜": set(),
    "anna-lena": {"flower.mp4"},
    "anna (kind:video OR rating:5)": {"flower.mp4", "IMG_5195.HEIC"},
    "stream-of-wat": {"stream-of-water.mp4"},
    "off_now": {"fish.png"},
    '"50%"': {"fish.png"},
    "zzzzz": set(),
}


@pytest.mark.parametrize("query", FOUND)
def test_words_find(names: Callable[[str], set[str]], query: str) -> None:
    assert names(query) == FOUND[query]


def test_the_first_come_as_all_come(described: Library) -> None:
    keeper = SnapshotKeeper(described)
    for text in ("jpg", "rome", "dscn", "kind:image", "", '"good day"', "jpg -canon", "not-there", "(a OR d) -x"):
        for sort in ("-imported", "imported", "-captured", "name"):
            with keeper.reading(SortKey(sort.lstrip("-"))) as (session, snapshot):
                first = first_ids(session, snapshot, parse(text), sort, 4)
            assert first == [asset.id for asset in list_assets(described, text, sort=sort, limit=4)]


def test_what_was_found_is_remembered_until_something_changes(library: Library) -> None:
    fill_assets(library, 3)
    keeper = SnapshotKeeper(library)

    def found(text: str) -> list[int]:
        with keeper.reading() as (session, snapshot):
            return snapshot.ids[rows_matching(session, snapshot, parse(text))].tolist()

    for text in ("sunset", '"red sunset"', "sun*"):
        assert found(text) == []
    edit_assets(library, [2], Edit(facts={"title": "A red sunset"}))
    for text in ("sunset", '"red sunset"', "SUNS"):
        assert found(text) == found(text) == [2]


def test_few_and_many_ids_are_found_alike(many: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = SnapshotKeeper(many).latest()
    ids = np.array([-3, 0, 1, 7, int(snapshot.ids[-1]), int(snapshot.ids[-1]) + 5], dtype=np.int64)
    one_by_one = snapshot.mask_of(ids)
    monkeypatch.setattr("keeproom.library.snapshot.FEW", 2)
    assert snapshot.mask_of(ids).tolist() == one_by_one.tolist()
    assert snapshot.ids[one_by_one].tolist() == [1, 7, int(snapshot.ids[-1])]


def test_naughty_strings_as_titles_tags_and_queries(library: Library, corpus: Path) -> None:
    naughty = json.loads((corpus / "hostile" / "naughty-strings.json").read_text("utf-8"))
    texts = list(dict.fromkeys(text for text in naughty if text.strip() and "\0" not in text))
    tags = [text for text in texts if all(part.strip() for part in text.split("/"))]
    fill_assets(library, len(texts))
    titles = dict(enumerate(texts, start=1))
    edit_assets(library, [*titles], Edit(each={"title": titles}))
    edit_assets(library, [1], Edit(add_tags=tuple(tags)))
    with SnapshotKeeper(library).reading(columns=["tag"]) as (session, snapshot):
        for number, text in titles.items():
            found = snapshot.ids[rows_matching(session, snapshot, parse(term("title", text)))].tolist()
            assert number in found, text
            assert len(found) == 1 or len(text) < 12 or titled_alike(text, [titles[each] for each in found])
        for text in tags:
            assert snapshot.ids[rows_matching(session, snapshot, parse(term("tag", text)))].tolist() == [1], text
    for number, text in list(titles.items())[::20]:
        assert number in {each.id for each in list_assets(library, term("title", text))}


def titled_alike(text: str, others: list[str]) -> bool:
    """Whether all of some titles have the words of one in their order."""
    return all(has_run(words_of(other), words_of(text), is_prefix=False) for other in others)


def test_a_query_of_many_words_is_answered(described: Library, names: Callable[[str], set[str]]) -> None:
    assert names(" ".join(f"w{number}" for number in range(500))) == set()
    assert names(" OR ".join(["dscn0010", *(f"w{number}" for number in range(499))])) == {"DSCN0010.jpg"}
    assert names("".join(f"-(w{number} " for number in range(12))) == names("")
    leaf = 'camera:canon "a b" folder:x is:cover creator:anna title:="a b" near:1,2'
    for deep in ("-(w{} OR iso:9 ", "(w{} iso:9 OR ", "-(iso:{} -lens:x OR ", '-("a w{}" OR iso:9 OR ', "(-iso:{} "):
        names("".join(map(deep.format, range(12))) + leaf)
    assert names(" ".join(f'-"w{number} x"' for number in range(250))) == names("")
    assert names("id:" + ",".join(map(str, range(2, 500)))) == names("-id:1")
    assert names(" OR ".join(f"iso:{number}" for number in range(1, 500)))
