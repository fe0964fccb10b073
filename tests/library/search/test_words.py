"""Words on real files, and naughty strings as whatever a person can write."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from keeproom.errors import UsageError
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.keeping import SnapshotKeeper
from keeproom.library.listing import list_assets
from keeproom.library.opening import Library
from keeproom.library.search import first_ids, parse, rows_matching, term
from keeproom.model import SortKey
from tests.conftest import MakePicture
from tests.importing import Importer

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


def test_naughty_strings_as_titles_tags_and_queries(
    importer: Importer, make_picture: MakePicture, corpus: Path
) -> None:
    library = importer.library
    importer(make_picture("a.jpg", 1))
    (asset,) = importer.assets()
    keeper = SnapshotKeeper(library)
    naughty = json.loads((corpus / "hostile" / "naughty-strings.json").read_text("utf-8"))
    for text in naughty:
        if not text.strip():
            continue
        try:
            edit_assets(library, [asset], Edit(facts={"title": text}, add_tags=(text,)))
        except UsageError:
            continue  # refused by name, as a tag with an empty part
        for field in ("title", "tag"):
            query = parse(term(field, text))
            assert [each.id for each in list_assets(library, query)] == [asset], text
            with keeper.reading() as (session, snapshot):
                assert rows_matching(session, snapshot, query).tolist() == [True], text


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
