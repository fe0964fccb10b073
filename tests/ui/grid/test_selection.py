from __future__ import annotations

from array import array
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keeproom.ui.grid.ids import NO_IDS, SMALL, first_of, listed, position
from keeproom.ui.grid.selection import Selection
from tests.ui.helpers import ids_of

if TYPE_CHECKING:
    from keeproom.ui.grid.ids import Ids

MILLION = 1_000_000
KINDS = [ids_of, lambda values: np.fromiter(values, dtype=np.int64)]


def seconds(function: object) -> float:
    """How long it takes, at best of three."""
    best = 9.0
    for _ in range(3):
        started = perf_counter()
        function()  # type: ignore[operator]
        best = min(best, perf_counter() - started)
    return best


def test_a_million_is_selected_counted_and_inverted() -> None:
    selection = Selection(MILLION)
    selection.select_all()
    assert len(selection) == MILLION
    selection.toggle(7)
    selection.invert()
    assert list(selection) == [7]


def test_everything_at_a_million_is_done_before_anybody_notices() -> None:
    ids, fresh = np.arange(MILLION), np.arange(-20, MILLION)
    selection = Selection(MILLION)

    def choose() -> None:
        selection.select_all()
        selection.invert()
        selection.clear()
        selection.set_only(10)
        selection.extend_to(MILLION - 10)
        assert len(selection) == MILLION - 19

    assert seconds(choose) < 0.05
    assert seconds(lambda: selection.moved(ids, fresh)) < 0.15
    assert seconds(lambda: position(ids, MILLION - 1)) < 0.03
    assert len(selection.moved(ids, fresh)) == MILLION - 19


def test_a_range_begins_at_the_anchor_and_replaces() -> None:
    selection = Selection(20)
    selection.set_only(10)
    selection.extend_to(13)
    selection.extend_to(8)
    assert list(selection) == [8, 9, 10]
    selection.toggle(15)
    selection.extend_to(17, keep=True)
    assert list(selection) == [8, 9, 10, 15, 16, 17]


@given(st.sets(st.integers(0, 49)), st.sets(st.integers(0, 99)), st.sampled_from(KINDS), st.sampled_from(KINDS))
def test_the_same_ids_stay_selected_in_another_list(
    chosen: set[int], now: set[int], make_before: type, make_after: type
) -> None:
    before: Ids = make_before(range(50))
    after: Ids = make_after(sorted(now, reverse=True))
    selection = Selection(50)
    for index in chosen:
        selection.toggle(index)
    moved = selection.moved(before, after)
    assert set(moved.ids(after)) == chosen & now
    assert len(moved) == len(chosen & now)


@given(st.lists(st.sampled_from(["all", "invert", "clear", "only", "toggle", "extend", "add", "remove"])))
def test_the_count_is_right_whatever_is_done(acts: list[str]) -> None:
    selection = Selection(30)
    does = {
        "all": selection.select_all,
        "invert": selection.invert,
        "clear": selection.clear,
        "only": lambda: selection.set_only(4),
        "toggle": lambda: selection.toggle(9),
        "extend": lambda: selection.extend_to(20, keep=True),
        "add": lambda: selection.add(range(2, 7)),
        "remove": lambda: selection.remove(range(5, 12)),
    }
    for act in acts:
        does[act]()
        assert len(selection) == len(list(selection)) == selection.count_in(range(30))
        assert bool(selection) == (len(selection) > 0)


@pytest.mark.parametrize("count", [5, SMALL, SMALL + 1])
@pytest.mark.parametrize("make", KINDS)
def test_ids_are_found(make: type, count: int) -> None:
    ids: Ids = make(range(100, 100 + count))
    assert position(ids, 103) == 3
    assert position(ids, 7) is None
    assert first_of([7, 104, 101], ids) == (1, 4)
    assert first_of([7, 8], ids) is None
    assert all(type(each) is int for each in listed(ids, range(1, 4)))


def test_lines_of_an_import_have_negative_ids() -> None:
    before, now = np.array([-1, -2, -3, 7]), np.array([4, -2, 5, 7])
    selection = Selection(4)
    selection.select_all()
    assert selection.moved(before, now).ids(now) == [-2, 7]


def test_nothing_is_selected_in_an_empty_list() -> None:
    selection = Selection(0)
    selection.select_all()
    selection.invert()
    assert not selection
    assert 0 not in selection
    assert position(NO_IDS, 3) is None
    assert len(selection.moved(array("q"), np.arange(5))) == 0
