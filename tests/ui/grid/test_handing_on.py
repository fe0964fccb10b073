"""What is chosen, and where one is, when others change the list."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from keeproom.model import Group
from keeproom.ui.grid.view import GridView
from tests.ui.helpers import ids_of


@pytest.mark.parametrize(
    ("chosen", "left", "heir"),
    [
        ([3], [1, 2, 4, 5], [4]),
        ([5], [1, 2, 3, 4], [4]),
        ([2, 3], [1, 4, 5], [4]),
        ([2, 3], [1, 3, 4, 5], [3]),
        ([2, 4], [1, 3], [3]),
        ([3], [1, 2], [2]),
        ([1, 2, 3, 4, 5], [], []),
    ],
)
def test_what_leaves_by_its_mark_hands_its_place_on(
    grid: GridView, chosen: list[int], left: list[int], heir: list[int]
) -> None:
    grid.set_ids(ids_of(range(1, 6)))
    for number, asset in enumerate(chosen):
        (grid.toggle if number else grid.make_current)(asset - 1)
    grid.hand_on()
    grid.set_ids(ids_of(left))
    assert grid.selected_ids() == heir
    if heir:
        assert grid.ids_in(range(grid.current_index(), grid.current_index() + 1)) == heir


def test_what_others_take_away_is_handed_on_to_nobody(grid: GridView) -> None:
    grid.set_ids(ids_of(range(1, 6)))
    grid.make_current(2)
    grid.set_ids(ids_of([1, 2, 4, 5]))
    assert grid.selected_ids() == []
    grid.make_current(1)
    grid.hand_on()
    grid.make_current(2)
    grid.set_ids(ids_of([1, 2, 5]))
    assert grid.selected_ids() == [], "something else was chosen since"


def test_the_next_of_a_million_is_chosen_at_once(grid: GridView) -> None:
    grid.set_ids(np.arange(1, 1_000_001))
    grid.select_all()
    grid.toggle(999_998)
    grid.choose_next()
    assert grid.selected_ids() == [999_999]
    grid.select_all()
    grid.choose_next()
    assert grid.selected_ids() == []


@pytest.mark.parametrize("grouped", [False, True])
def test_place_and_selection_stay_when_others_come_and_go_above(qtbot: QtBot, grid: GridView, grouped: bool) -> None:
    before = np.arange(1_000, 2_000)
    grid.set_ids(before, groups(before) if grouped else ())
    grid.verticalScrollBar().setValue(7_000)
    in_sight = grid.ids_in(grid.visible())
    first, second = in_sight[6], in_sight[9]
    grid.make_current(int(np.searchsorted(before, first)))
    grid.toggle(int(np.searchsorted(before, second)))
    places = {asset: grid.viewport_rect(int(np.searchsorted(before, asset))) for asset in (first, second)}
    gone = [in_sight[0] - 1, in_sight[0] - 30, 1_003]
    for come, leave in (([5, 17, 300, 301, 302], []), ([2_001, 2_002], gone), ([], [5, 301, in_sight[-1] + 40])):
        now = np.setdiff1d(np.union1d(grid.ids(), come), leave).astype(np.int64)
        grid.set_ids(now, groups(now) if grouped else ())
        assert grid.selected_ids() == [first, second]
        assert {each: grid.viewport_rect(int(np.searchsorted(now, each))) for each in (first, second)} == places


def groups(ids: np.ndarray) -> tuple[Group, ...]:
    """Groups that stay while ids come and go: a day for each hundred."""
    days, starts, counts = np.unique(ids // 100, return_index=True, return_counts=True)
    rows = zip(days.tolist(), starts.tolist(), counts.tolist(), strict=True)
    return tuple(Group(f"20{day:02}-01-01", start, count) for day, start, count in rows)
