from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect

from keeproom.ui.grid.geometry import Geometry

geometries = st.builds(
    Geometry,
    width=st.integers(50, 4000),
    cell=st.integers(96, 512),
    count=st.integers(1, 1_000_000),
)


@pytest.mark.parametrize(("width", "cell", "columns"), [(758, 160, 4), (1918, 224, 8), (1064, 160, 6), (60, 160, 1)])
def test_columns_as_the_design_draws_them(width: int, cell: int, columns: int) -> None:
    assert Geometry(width, cell, 1000).columns == columns


@given(geometries, st.data())
def test_the_middle_of_a_cell_leads_back_to_it(geometry: Geometry, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, geometry.count - 1))
    assert geometry.at(geometry.rect(index).center()) == index


@given(geometries, st.data())
def test_a_span_holds_exactly_what_is_in_sight(geometry: Geometry, data: st.DataObject) -> None:
    top = data.draw(st.integers(0, max(0, geometry.height - 1)))
    span = geometry.span(top, 700)
    sight = QRect(0, top, geometry.width, 700)
    around = range(max(0, span.start - geometry.columns), min(geometry.count, span.stop + geometry.columns))
    for index in around:
        if geometry.rect(index).intersects(sight):
            assert index in span


def test_cells_keep_apart_and_inside() -> None:
    geometry = Geometry(758, 160, 9)
    edges = [geometry.rect(index).left() for index in range(4)]
    assert all(later - earlier >= 168 for earlier, later in pairwise(edges))
    assert geometry.rect(3).right() < 758
    assert geometry.rows == 3
    assert geometry.rect(8).bottom() < geometry.height


def test_gaps_belong_to_no_cell() -> None:
    geometry = Geometry(758, 160, 9)
    assert geometry.at(QPoint(1, 100)) is None
    assert geometry.at(geometry.rect(8).center() + QPoint(200, 0)) is None
    assert geometry.at(QPoint(100, 2)) is None


@pytest.mark.parametrize(
    ("start", "step", "end"),
    [(0, -4, 0), (5, -4, 1), (2, 4, 6), (6, 4, 9), (8, 4, 8), (9, 4, 9), (0, 400, 9)],
)
def test_up_and_down(start: int, step: int, end: int) -> None:
    geometry = Geometry(758, 160, 10)
    assert geometry.step(start, rows=step // 4) == end


def test_a_rubber_band_takes_what_it_touches_by_rows() -> None:
    geometry = Geometry(758, 160, 10)
    area = geometry.rect(1).united(geometry.rect(6)).adjusted(5, 5, -5, -5)
    assert [list(span) for span in geometry.touched(area)] == [[1, 2], [5, 6]]
    assert list(geometry.touched(QRect(0, 10_000, 500, 10))) == []


def test_nothing_has_no_height() -> None:
    empty = Geometry(758, 160, 0)
    assert empty.height == 0
    assert list(empty.span(0, 600)) == []
    assert empty.at(QPoint(50, 50)) is None
