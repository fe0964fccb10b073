from __future__ import annotations

from array import array
from pathlib import Path

from keeproom.model import Kind
from keeproom.ui.browse.places import ALL, LAST_IMPORT, PLACES
from keeproom.ui.browse.wayback import WayBack, read_way_back, write_way_back
from keeproom.ui.grid.bookmark import Bookmark

HERE = Path("/pictures")
MARK = Bookmark(anchor=5, above=-12, current=7, selected=(7, 8))
VIDEOS = next(place for place in PLACES if place.kind == Kind.VIDEO)


def test_what_is_written_is_read_again() -> None:
    for place in (ALL, VIDEOS):
        assert read_way_back(write_way_back(place, MARK, HERE), HERE) == WayBack(place, MARK)


def test_from_an_import_one_comes_back_to_the_library() -> None:
    assert read_way_back(write_way_back(LAST_IMPORT, MARK, HERE), HERE) == WayBack(ALL, Bookmark())


def test_another_library_has_another_place() -> None:
    assert read_way_back(write_way_back(ALL, MARK, HERE), Path("/other")) is None


def test_nonsense_is_no_place() -> None:
    for text in ("", "{", "[]", "3", '{"library": 1}'):
        assert read_way_back(text, HERE) is None


def test_the_first_page_is_shown_where_one_was_on_it() -> None:
    first = array("q", [9, 7, 5])
    assert WayBack(ALL, MARK).is_on(first)
    assert WayBack(ALL, Bookmark()).is_on(first)
    assert not WayBack(ALL, Bookmark(anchor=4)).is_on(first)
    assert not WayBack(VIDEOS, MARK).is_on(first)
