from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from keeproom.ui.grid.selection import Selection
from tests.ui.helpers import ids_of

MILLION = 1_000_000


def test_a_million_is_selected_counted_and_inverted() -> None:
    selection = Selection(MILLION)
    selection.select_all()
    assert len(selection) == MILLION
    selection.toggle(7)
    selection.invert()
    assert list(selection) == [7]


def test_a_range_begins_at_the_anchor_and_replaces() -> None:
    selection = Selection(20)
    selection.set_only(10)
    selection.extend_to(13)
    selection.extend_to(8)
    assert list(selection) == [8, 9, 10]
    selection.toggle(15)
    selection.extend_to(17, keep=True)
    assert list(selection) == [8, 9, 10, 15, 16, 17]


@given(st.sets(st.integers(0, 49)), st.sets(st.integers(0, 99)))
def test_the_same_ids_stay_selected_in_another_list(chosen: set[int], now: set[int]) -> None:
    before = ids_of(range(50))
    after = array("q", sorted(now, reverse=True))
    selection = Selection(50)
    for index in chosen:
        selection.toggle(index)
    assert set(selection.moved(before, after).ids(after)) == chosen & now


def test_nothing_is_selected_in_an_empty_list() -> None:
    selection = Selection(0)
    selection.select_all()
    selection.invert()
    assert not selection
    assert 0 not in selection
