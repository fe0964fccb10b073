from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keeproom.model import Group
from keeproom.ui.grid.marks import Mark, Rail, marks_of, placed_labels, spaced

MONTHS = (Group("2023-05", 0, 4), Group("2023-02", 4, 1), Group("2021-12", 5, 90), Group("", 95, 5))


def test_months_are_marks_and_years_have_labels() -> None:
    marks = marks_of(MONTHS, "captured")
    assert [mark.label for mark in marks] == ["2023", "", "2021", "–"]
    assert [mark.text for mark in marks] == ["May 2023", "February 2023", "December 2021", "No date"]
    assert [mark.start for mark in marks] == [0, 4, 5, 95]


def test_letters_and_stars_are_marks_too() -> None:
    assert [mark.label for mark in marks_of((Group("A", 0, 2), Group("É", 2, 1)), "name")] == ["A", "É"]
    stars = marks_of((Group("5", 0, 2), Group("1", 2, 1), Group("0", 3, 8)), "rating")
    assert [(mark.label, mark.text) for mark in stars] == [("5 ★", "5 stars"), ("1 ★", "1 star"), ("–", "No rating")]


@pytest.mark.parametrize("key", ["size", "position", ""])
def test_other_orders_have_none(key: str) -> None:
    assert marks_of(MONTHS, key) == ()


@given(
    length=st.integers(60, 2_000),
    maximum=st.integers(0, 60_000_000),
    page=st.integers(50, 2_000),
    share=st.floats(0, 1),
)
def test_what_the_handle_points_at_is_what_is_shown(length: int, maximum: int, page: int, share: float) -> None:
    rail = Rail.fitting(10, length, 28, maximum, page)
    value = round(share * maximum)
    y = rail.y_of(value)
    assert rail.handle_top(value) < y < rail.handle_top(value) + rail.handle
    assert abs(rail.value_at(y) - value) <= 1 + maximum / max(1, rail.way) * 0.01
    assert rail.place_at(rail.y_of(maximum + page)) == maximum + page
    assert abs(rail.place_at(y) - value) <= 1 + maximum / max(1, rail.way) * 0.01
    assert 10 <= rail.y_of(maximum + page) <= 10 + length + 1e-6
    assert rail.y_of(0) <= y <= rail.y_of(maximum + page)


@given(st.lists(st.tuples(st.integers(1, 100_000), st.booleans()), max_size=80), st.integers(50, 900))
def test_labels_never_overlap(cells: list[tuple[int, bool]], height: int) -> None:
    marks, start = [], 0
    for count, named in cells:
        marks.append(Mark(start, count, "2000" if named else "", ""))
        start += count
    ys = [mark.start / max(1, start) * height for mark in marks]
    labels = placed_labels(marks, ys, 16, (5, height - 5))
    assert all(below.y - above.y >= 16 for above, below in pairwise(labels))
    assert all(5 <= label.y <= height - 5 for label in labels)
    assert bool(labels) == any(mark.label for mark in marks)


def test_where_there_is_no_room_the_larger_one_is_named() -> None:
    marks = [Mark(0, 2, "2023", ""), Mark(2, 1_000, "2022", ""), Mark(1_002, 3, "", ""), Mark(1_005, 4, "2020", "")]
    labels = placed_labels(marks, [0.0, 1.0, 399.0, 400.0], 16, (0, 400))
    assert [marks[label.mark].label for label in labels] == ["2022", "2020"]


def test_ticks_that_would_touch_are_one() -> None:
    assert spaced([0.0, 1.0, 2.9, 3.0, 40.0], 3) == [0.0, 3.0, 40.0]
