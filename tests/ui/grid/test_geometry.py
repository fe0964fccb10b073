from __future__ import annotations

from itertools import accumulate, pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect

from keeproom.model import Group
from keeproom.ui.grid.geometry import (
    FEW_SECTIONS,
    HEADING_PX,
    LIST_ROW_PX,
    NAME_PX,
    ROWS,
    Geometry,
    Lead,
    pictures,
    starts_of,
)

MILLION = 1_000_000


def plain(width: int, cell: int, count: int) -> Geometry:
    return Geometry(width, pictures(cell), count)


def grouped(sizes: list[int], width: int = 758, cell: int = 160) -> Geometry:
    """A geometry with a section of each of these sizes."""
    starts = [0, *accumulate(sizes)][:-1]
    return Geometry(width, pictures(cell), sum(sizes), starts, headed=True)


geometries = st.builds(plain, st.integers(50, 4000), st.integers(96, 512), st.integers(1, MILLION))
with_groups = st.builds(
    grouped,
    st.one_of(
        st.lists(st.integers(1, 40), min_size=1, max_size=60),
        st.integers(FEW_SECTIONS - 1, FEW_SECTIONS + 2).map(lambda count: [1 + n % 7 for n in range(count)]),
    ),
    st.integers(50, 2000),
    st.integers(96, 512),
)
lists = st.builds(Geometry, st.integers(300, 2000), st.just(ROWS), st.integers(1, MILLION))
some = st.one_of(geometries, with_groups, lists)


@st.composite
def with_lead(draw: st.DrawFn) -> Geometry:
    from dataclasses import replace

    geometry = draw(some)
    section = draw(st.integers(0, len(geometry.starts) - 1))
    return replace(geometry, lead=Lead(section, draw(st.integers(0, geometry.columns - 1))))


anything = st.one_of(some, with_lead())


@pytest.mark.parametrize(("width", "cell", "columns"), [(758, 160, 4), (1918, 224, 8), (1064, 160, 6), (60, 160, 1)])
def test_columns_as_the_design_draws_them(width: int, cell: int, columns: int) -> None:
    assert plain(width, cell, 1000).columns == columns


@given(anything, st.data())
def test_the_middle_of_a_cell_leads_back_to_it(geometry: Geometry, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, geometry.count - 1))
    assert geometry.at(geometry.rect(index).center()) == index


@given(anything, st.data())
def test_a_span_holds_exactly_what_is_in_sight(geometry: Geometry, data: st.DataObject) -> None:
    top = data.draw(st.integers(0, max(0, geometry.height - 1)))
    span = geometry.span(top, 700)
    sight = QRect(0, top, geometry.width, 700)
    around = range(max(0, span.start - geometry.columns), min(geometry.count, span.stop + geometry.columns))
    for index in around:
        if geometry.rect(index).intersects(sight):
            assert index in span
    if span:
        assert geometry.rect(span[0]).bottom() + geometry.shape.gap >= top
        assert geometry.rect(span[-1]).top() < top + 700


@given(anything, st.data())
def test_cells_are_in_rows_below_their_heading(geometry: Geometry, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, geometry.count - 1))
    section = geometry.section(index)
    assert index in geometry.members(section)
    rect = geometry.rect(index)
    assert rect.top() >= geometry.heading(section).top() + geometry.heading_height
    assert rect.bottom() < geometry.height
    if index + 1 < geometry.count:
        following = geometry.rect(index + 1)
        assert not rect.intersects(following)
        assert (following.top(), following.left()) > (rect.top(), rect.left())


@given(with_groups, st.data())
def test_headings_are_where_they_are_found(geometry: Geometry, data: st.DataObject) -> None:
    section = data.draw(st.integers(0, geometry.sections - 1))
    line = geometry.heading(section)
    assert line.height() == HEADING_PX
    assert geometry.heading_at(line.center().y()) == section
    assert geometry.at(QPoint(geometry.left(0) + 5, line.center().y())) is None
    assert section in geometry.headings(line.top() - 5, 10)
    assert section not in geometry.headings(line.bottom() + 1, 10)
    members = geometry.members(section)
    assert geometry.column(members[0]) == 0
    assert geometry.top(members[0]) == line.bottom() + 1


@given(with_groups, st.data())
def test_the_heading_of_what_is_at_the_top_is_stuck(geometry: Geometry, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, geometry.height - 1))
    stuck = geometry.stuck(offset)
    section = geometry.section_at(offset)
    if geometry.heading(section).top() == offset:
        assert stuck is None
        return
    assert stuck is not None
    assert stuck[0] == section
    assert -HEADING_PX < stuck[1] <= 0
    if section + 1 < geometry.sections:
        assert offset + stuck[1] + HEADING_PX <= geometry.heading(section + 1).top()


@given(anything, st.integers(-50, 3000), st.integers(-50, 3000), st.integers(1, 900), st.integers(1, 900))
def test_a_rubber_band_takes_exactly_what_it_touches(
    geometry: Geometry, left: int, top: int, width: int, height: int
) -> None:
    area = QRect(left, top, width, height)
    touched = {index for span in geometry.touched(area) for index in span}
    near = geometry.span(top - 1000, height + 2000)
    assert touched == {index for index in near if geometry.rect(index).intersects(area)}


def test_a_rubber_band_is_told_by_rows() -> None:
    geometry = plain(758, 160, 10)
    area = geometry.rect(1).united(geometry.rect(6)).adjusted(5, 5, -5, -5)
    assert [list(span) for span in geometry.touched(area)] == [[1, 2], [5, 6]]
    assert list(geometry.touched(QRect(0, 10_000, 500, 10))) in ([], [range(10, 10)])


def test_cells_keep_apart_and_inside() -> None:
    geometry = plain(758, 160, 9)
    edges = [geometry.rect(index).left() for index in range(4)]
    assert all(later - earlier >= 168 for earlier, later in pairwise(edges))
    assert geometry.rect(3).right() < 758
    assert geometry.rect(8).bottom() < geometry.height


def test_gaps_belong_to_no_cell() -> None:
    geometry = plain(758, 160, 9)
    assert geometry.at(QPoint(1, 100)) is None
    assert geometry.at(geometry.rect(8).center() + QPoint(200, 0)) is None
    assert geometry.at(QPoint(100, 2)) is None


@pytest.mark.parametrize(
    ("start", "step", "end"),
    [(0, -4, 0), (5, -4, 1), (2, 4, 6), (6, 4, 9), (8, 4, 8), (9, 4, 9), (0, 400, 8)],
)
def test_up_and_down(start: int, step: int, end: int) -> None:
    assert plain(758, 160, 10).step(start, rows=step // 4) == end


@pytest.mark.parametrize(
    ("start", "rows", "end"),
    [
        (2, 1, 5),  # the last row of a group ends before the column
        (5, 1, 7),  # from the second column of the last row to the second column of the next group
        (6, 1, 10),
        (6, -1, 4),
        (9, -1, 5),  # up from a column that the row above does not have
        (11, -1, 7),
        (12, -1, 10),
        (12, 1, 12),
        (0, 9, 12),
        (12, -9, 0),
    ],
)
def test_up_and_down_across_headings(start: int, rows: int, end: int) -> None:
    assert grouped([6, 6, 1]).step(start, rows=rows) == end


@given(anything, st.data())
def test_steps_and_pages_go_on_until_the_end(geometry: Geometry, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, geometry.count - 1))
    for direction in (1, -1):
        one, page = geometry.step(index, rows=direction), geometry.page(index, 600, direction)
        assert 0 <= one < geometry.count
        assert 0 <= page < geometry.count
        assert (one - index) * direction >= 0
        assert (page - index) * direction >= 0
        if one != index:
            assert page != index
            assert abs(geometry.top(page) - geometry.top(index)) <= 600 + geometry.row_height + geometry.heading_height


def test_a_page_is_what_is_in_sight() -> None:
    geometry = plain(758, 160, MILLION)
    assert geometry.page(500, 600, 1) == 512
    assert geometry.page(500, 600, -1) == 488
    assert geometry.page(2, 600, -1) == 2
    assert geometry.page(MILLION - 3, 600, 1) == MILLION - 1


def test_a_list_has_rows_as_wide_as_its_columns() -> None:
    geometry = Geometry(1400, ROWS, 100)
    assert geometry.columns == 1
    assert geometry.rect(3) == QRect(0, 3 * LIST_ROW_PX, 1400, LIST_ROW_PX)


def test_without_names_rows_are_lower() -> None:
    named, bare = (Geometry(758, pictures(160, names=names), 1) for names in (True, False))
    assert named.row_height - bare.row_height == NAME_PX


def test_nothing_has_no_height() -> None:
    empty = plain(758, 160, 0)
    assert empty.height == 0
    assert list(empty.span(0, 600)) == []
    assert empty.at(QPoint(50, 50)) is None
    assert list(empty.touched(QRect(0, 0, 500, 500))) == []


def test_groups_tell_where_sections_begin() -> None:
    assert list(starts_of([Group("2023-05", 0, 3), Group("", 3, 2)])) == [0, 3]
    assert list(starts_of(())) == [0]


def test_a_million_in_twenty_thousand_groups_cost_as_much_as_ten() -> None:
    geometry = grouped([50] * 20_000)
    assert geometry.height > 0
    started = perf_counter()
    for n in range(1_000):
        y = geometry.height * n // 1_000
        index = geometry.span(y, 700)[0]
        geometry.rect(index)
        geometry.at(QPoint(100, y))
        geometry.headings(y, 700)
        geometry.step(index, rows=1)
    assert perf_counter() - started < 0.5
