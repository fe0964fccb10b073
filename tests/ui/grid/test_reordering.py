"""Moving cells where the order is a person's own."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from keeproom.model import Group
from keeproom.ui.grid.geometry import ROWS, Geometry, pictures
from keeproom.ui.grid.reordering import gap_at
from keeproom.ui.grid.view import GridView
from tests.ui.helpers import ids_of

LEFT = Qt.MouseButton.LeftButton
NO = Qt.KeyboardModifier.NoModifier


def listening(grid: GridView, count: int = 12) -> tuple[list[tuple[list[int], int | None]], list[bool]]:
    """A grid in a person's own order; what it asks for, and what is dragged away."""
    grid.set_reorderable(True)
    grid.set_ids(ids_of(range(1, count + 1)))
    asked: list[tuple[list[int], int | None]] = []
    dragged: list[bool] = []
    grid.reordered.connect(lambda ids, before: asked.append((ids, before)))
    grid.drag_requested.connect(lambda: dragged.append(True))
    return asked, dragged


def hold(grid: GridView, index: int, *way: QPoint) -> None:
    """Press on a cell and go along a way with the button held."""
    QTest.mousePress(grid.viewport(), LEFT, NO, grid.viewport_rect(index).center())
    for place in way:
        QTest.mouseMove(grid.viewport(), place)
        QApplication.processEvents()


def beside(grid: GridView, index: int, dx: int = -60) -> QPoint:
    """A point in the left half of a cell."""
    return grid.viewport_rect(index).center() + QPoint(dx, 0)


def test_a_gap_is_the_one_nearest_in_its_row() -> None:
    geometry = Geometry(728, pictures(160), 10)
    row = geometry.top(4) + 30
    assert gap_at(geometry, QPoint(0, row)).behind == 4
    assert gap_at(geometry, QPoint(geometry.rect(5).center().x() + 5, row)).behind == 6
    assert gap_at(geometry, QPoint(720, row)).behind == 8
    assert gap_at(geometry, QPoint(720, row)).line.left() > geometry.picture(7).right()
    assert gap_at(geometry, QPoint(400, geometry.height + 500)).behind == 10
    assert gap_at(geometry, QPoint(30, -500)).behind == 0
    rows = Geometry(728, ROWS, 10)
    assert gap_at(rows, QPoint(5, rows.rect(3).top() + 2)).behind == 3
    assert gap_at(rows, QPoint(5, rows.rect(3).bottom() - 2)).behind == 4
    assert gap_at(rows, QPoint(5, 9_999)).behind == 10


def test_what_is_dragged_within_the_grid_asks_to_stand_there(grid: GridView) -> None:
    asked, dragged = listening(grid)
    hold(grid, 0, beside(grid, 1), beside(grid, 6))
    line = grid.grab().toImage()
    grid.viewport().releaseMouse()
    QTest.mouseRelease(grid.viewport(), LEFT, NO, beside(grid, 6))
    assert asked == [([1], 7)]
    assert dragged == []
    assert grid.selected_ids() == [1]
    assert line != grid.grab().toImage(), "the line is gone"


def test_several_move_together_and_to_the_end(grid: GridView) -> None:
    asked, _ = listening(grid)
    grid.make_current(1)
    grid.toggle(4)
    hold(grid, 4, beside(grid, 5), beside(grid, 11, 60))
    QTest.mouseRelease(grid.viewport(), LEFT, NO, beside(grid, 11, 60))
    assert asked == [([2, 5], None)]


def test_where_nothing_would_change_nothing_is_asked(grid: GridView) -> None:
    asked, _ = listening(grid)
    hold(grid, 2, beside(grid, 1), beside(grid, 2, 60))
    QTest.mouseRelease(grid.viewport(), LEFT, NO, beside(grid, 2, 60))
    hold(grid, 2, beside(grid, 7), beside(grid, 7, 10))
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    QTest.mouseRelease(grid.viewport(), LEFT, NO, beside(grid, 7))
    assert asked == []
    assert grid.selected_ids() == [3], "Escape ends the drag, and what is selected stays"


def test_what_leaves_the_grid_is_dragged_away(grid: GridView) -> None:
    asked, dragged = listening(grid)
    hold(grid, 1, beside(grid, 2), QPoint(-30, 80))
    QTest.mouseRelease(grid.viewport(), LEFT, NO, QPoint(-30, 80))
    assert dragged == [True]
    assert asked == []


def test_other_orders_are_nobody_s_to_change(grid: GridView) -> None:
    asked, dragged = listening(grid)
    grid.set_reorderable(False)
    hold(grid, 1, beside(grid, 3))
    grid.move_chosen(1)
    assert dragged == [True]
    grid.set_reorderable(True)
    grid.set_ids(ids_of(range(1, 13)), (Group("2023-05-01", 0, 12),))
    grid.move_chosen(1)
    assert not grid.is_reorderable()
    assert asked == []


def test_keys_move_by_one_place(grid: GridView) -> None:
    asked, _ = listening(grid, 5)
    grid.make_current(1)
    grid.move_chosen(1)
    grid.move_chosen(-1)
    grid.make_current(4)
    grid.move_chosen(1)
    grid.make_current(3)
    grid.move_chosen(1)
    grid.make_current(0)
    grid.move_chosen(-1)
    assert asked == [([2], 4), ([2], 1), ([4], None)]
