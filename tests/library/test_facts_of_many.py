"""What many assets have in common, as the inspector shows it."""

from __future__ import annotations

import time

from keeproom.library.collecting import collect
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.facts_of_many import MIXED, Shared, mixed
from keeproom.library.opening import Library
from keeproom.library.statements import FACTS
from keeproom.model import CaptureTime
from tests.histories import WALL, make_assets


def test_common_values_and_those_that_differ(library: Library) -> None:
    make_assets(library, 3)
    same = {"title": "t", "place": "Rome", "rating": 3}
    edit_assets(library, [1, 2], Edit(same, each={"label": {1: "red"}, "creator": {1: "Ada", 2: "ada"}}))
    edit_assets(library, [2], Edit({"captured": CaptureTime(WALL, 60)}))
    two = mixed(library, [1, 2])
    assert two.count == 2
    assert two.values == {
        "name": MIXED,
        "title": "t",
        "description": None,
        "creator": MIXED,
        "place": "Rome",
        "captured": MIXED,  # the clock is the same, and the zone is not
        "rotation": 0,
        "rating": 3,
        "label": MIXED,  # one has none
        "flag": None,
    }
    assert mixed(library, [3]).values["captured"] == CaptureTime(WALL)
    assert mixed(library, [1, 3]).values["rating"] is MIXED


def test_tags_and_collections_of_all_and_of_some(library: Library) -> None:
    make_assets(library, 3)
    edit_assets(library, [1, 2, 3], Edit(add_tags=("all",)))
    edit_assets(library, [1, 3], Edit(add_tags=("Some/of them",)))
    collect(library, "c", [2])
    shared = mixed(library, [1, 2, 3, 1, 99])
    assert shared.tags_of_all == ("all",)
    assert [(tag.name, tag.count) for tag in shared.tags_of_some] == [("Some/of them", 2)]
    assert shared.collections == (Shared(1, "c", 1),)
    assert mixed(library, [2]).tags_of_some == ()


def test_nothing_has_nothing_in_common(library: Library) -> None:
    assert mixed(library, []).values == dict.fromkeys(FACTS)
    assert (mixed(library, [5]).count, mixed(library, [5]).tags) == (0, ())


def test_ten_thousand_are_looked_at_at_once(library: Library) -> None:
    ids = make_assets(library, 10_000)
    edit_assets(library, ids, Edit({"rating": 2}, add_tags=("a", "b")))
    started = time.process_time()
    shared = mixed(library, ids)
    assert time.process_time() - started < 0.5  # 0.1 on the machine this was written on
    assert (shared.count, shared.values["rating"], shared.tags_of_all) == (10_000, 2, ("a", "b"))
