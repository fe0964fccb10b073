"""Orders that are kept right while rows come, change and go: as if all had been sorted anew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keeproom.library import orders
from keeproom.library.orders import Order, order_by, reordered, without

MISSING = -1
keys = st.lists(st.integers(MISSING, 4), max_size=40)


def same(one: Order, other: Order) -> bool:
    return one.valued == other.valued and one.rows.tolist() == other.rows.tolist()


def test_ties_are_in_the_order_of_rows_and_the_valueless_stay_last() -> None:
    order = order_by(np.array([3, MISSING, 1, 3, MISSING]), MISSING)
    assert order.rows.tolist() == [2, 0, 3, 1, 4]
    assert order.descending().tolist() == [3, 0, 2, 4, 1]


@given(before=keys, more=keys, changes=st.dictionaries(st.integers(0, 39), st.integers(MISSING, 4), max_size=6))
def test_touched_rows_go_where_they_belong(before: list[int], more: list[int], changes: dict[int, int]) -> None:
    now = np.array([*before, *more], dtype=np.int64)
    changed = {row: key for row, key in changes.items() if row < len(before)}
    for row, key in changed.items():
        now[row] = key
    touched = np.array(sorted([*changed, *range(len(before), len(now))]), dtype=np.int32)
    order = order_by(np.array(before, dtype=np.int64), MISSING)
    assert same(reordered(order, touched, now, MISSING), order_by(now, MISSING))


@given(before=st.lists(st.integers(0, 4), min_size=60, max_size=90), change=st.integers(0, 4), row=st.integers(0, 59))
def test_one_row_among_many(before: list[int], change: int, row: int) -> None:
    now = np.array(before, dtype=np.int64)
    order = order_by(now)
    now[row] = change
    assert same(reordered(order, np.array([row], dtype=np.int32), now), order_by(now))


@given(before=keys, gone=st.sets(st.integers(0, 39)))
def test_rows_that_are_gone_leave_no_gap(before: list[int], gone: set[int]) -> None:
    values = np.array(before, dtype=np.int64)
    removed = np.isin(np.arange(len(values)), list(gone))
    assert same(without(order_by(values, MISSING), removed), order_by(values[~removed], MISSING))


@given(of=keys, chosen=st.sets(st.integers(0, 39)), gone=st.sets(st.integers(0, 39)), descending=st.booleans())
def test_what_is_chosen_of_an_order_is_known_by_its_places(
    of: list[int], chosen: set[int], gone: set[int], descending: bool
) -> None:
    order = order_by(np.array(of, dtype=np.int64), MISSING)
    places = order.places(np.array([row in chosen for row in range(len(of))], dtype=np.bool_))
    rows = order.at(places, descending=descending)
    whole = order.descending() if descending else order.rows
    assert rows.tolist() == [row for row in whole.tolist() if row in chosen]
    at = np.array(sorted(each for each in gone if each < len(rows)), dtype=np.int64)
    left = order.without(places, at, descending=descending)
    assert order.at(left, descending=descending).tolist() == np.delete(rows, at).tolist()


@given(before=keys, chosen=st.sets(st.integers(0, 39)), count=st.integers(0, 9), descending=st.booleans())
def test_the_first_of_what_is_chosen(before: list[int], chosen: set[int], count: int, descending: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(orders, "_STRETCH", 3)
        order = order_by(np.array(before, dtype=np.int64), MISSING)
        mask = np.isin(np.arange(len(before)), [*chosen])
        rows = order.descending() if descending else order.rows
        assert order.first(mask, count, descending=descending).tolist() == rows[mask[rows]][:count].tolist()
