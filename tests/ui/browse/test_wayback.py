from __future__ import annotations

import json
from array import array
from pathlib import Path

from keeproom.ui.browse.places import (
    ALL,
    LAST_IMPORT,
    PLACES,
    TRASH,
    camera_place,
    collection_place,
    date_place,
    folder_place,
    import_place,
    tag_place,
)
from keeproom.ui.browse.wayback import WayBack, read_way_back, write_way_back
from keeproom.ui.grid.bookmark import Bookmark

HERE = Path("/pictures")
MARK = Bookmark(anchor=5, above=-12, current=7, selected=(7, 8))
VIDEOS = next(place for place in PLACES if place.scope == "kind:video")


def test_what_is_written_is_read_again() -> None:
    grown = [
        tag_place('places/"paris"'),
        folder_place("/home/me/M\udcfcnchen"),
        camera_place("Canon (EOS)"),
        date_place("2023-05"),
        date_place("none"),
        collection_place(12, "Rome/2023"),
        collection_place(13, "Best of", smart=True),
    ]
    for place in (ALL, VIDEOS, TRASH, *grown):
        back = read_way_back(write_way_back(place, MARK, HERE), HERE)
        assert back == WayBack(place, MARK)
        assert (back.place.title, back.place.icon) == (place.title, place.icon)


def test_from_an_import_one_comes_back_to_the_library() -> None:
    for place in (LAST_IMPORT, import_place(3)):
        assert read_way_back(write_way_back(place, MARK, HERE), HERE) == WayBack(ALL, Bookmark())


def test_a_place_that_makes_no_sense_is_the_library() -> None:
    for name, value in (("date:x", "x"), ("date:2023-13", "2023-13"), ("nowhere:1", "1"), ("collection:x", "Rome")):
        text = json.dumps({"library": str(HERE), "place": name, "value": value})
        assert read_way_back(text, HERE) == WayBack(ALL, Bookmark())


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
