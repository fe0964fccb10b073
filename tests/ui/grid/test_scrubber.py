from __future__ import annotations

from itertools import pairwise
from time import perf_counter

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from keeproom.model import Group, SortKey
from keeproom.ui.grid.scrubber import NARROW_PX, WIDE_PX
from keeproom.ui.grid.view import GridView
from tests.ui.helpers import ids_of

Key = Qt.Key
MILLION = 1_000_000
LEFT = Qt.MouseButton.LeftButton
NO = Qt.KeyboardModifier.NoModifier


def months_of(count: int, years: int = 10) -> tuple[Group, ...]:
    """Twelve months a year, from 2023 back, all of one size."""
    each = count // (12 * years)
    return tuple(
        Group(f"{2023 - number // 12}-{12 - number % 12:02}", number * each, each) for number in range(12 * years)
    )


@pytest.fixture
def marked(grid: GridView) -> GridView:
    """A million cells of ten years."""
    grid.columns.show_sort(SortKey.CAPTURED, descending=True)
    grid.set_ids(np.arange(1, MILLION + 1), marks=months_of(MILLION))
    return grid


def handle(grid: GridView) -> QPoint:
    return grid.scrubber.handle_rect().center().toPoint()


def test_it_is_there_only_where_there_is_something_to_scroll(qtbot: QtBot, grid: GridView) -> None:
    assert not grid.scrubber.isVisible()
    grid.set_ids(ids_of(range(1, 9)))
    assert not grid.scrubber.isVisible()
    assert grid.viewport().width() == 772
    grid.set_ids(ids_of(range(1, 90)))
    assert grid.scrubber.isVisible()
    assert grid.viewport().width() == 772 - NARROW_PX
    assert grid.geometry_now().width == grid.viewport().width()
    grid.set_ids(ids_of(range(1, 9)))
    assert not grid.scrubber.isVisible()
    assert grid.geometry_now().width == 772


def test_it_comes_and_goes_with_the_size_of_the_window_and_of_the_cells(qtbot: QtBot, grid: GridView) -> None:
    grid.set_ids(ids_of(range(1, 13)))
    assert not grid.scrubber.isVisible()
    grid.resize(772, 300)
    assert grid.scrubber.isVisible()
    assert grid.geometry_now().width == grid.viewport().width()
    grid.set_cell_size(96)
    assert not grid.scrubber.isVisible()
    grid.resize(1_918, 300)
    grid.set_cell_size(512)
    assert grid.scrubber.width() == WIDE_PX


def test_years_are_labelled_in_order_and_apart(marked: GridView) -> None:
    labels = marked.scrubber.labels()
    assert [text for text, _ in labels] == [str(year) for year in range(2023, 2013, -1)]
    assert all(below[1] - above[1] >= 16 for above, below in pairwise(labels))


def test_the_bubble_tells_where_the_mouse_is_and_goes_with_it(marked: GridView) -> None:
    scrubber = marked.scrubber
    QTest.mouseMove(scrubber, QPoint(40, scrubber.height() // 2 + 4))
    assert scrubber.bubble.text() == "December 2018"
    QTest.mouseMove(scrubber, QPoint(10, round(scrubber.labels()[2][1])))
    assert scrubber.bubble.text() == "December 2021"
    QApplication.sendEvent(scrubber, QEvent(QEvent.Type.Leave))
    assert scrubber.bubble.text() == ""


def test_a_click_goes_there_and_on_a_label_to_its_beginning(marked: GridView) -> None:
    scrubber = marked.scrubber
    QTest.mouseClick(scrubber, LEFT, NO, QPoint(40, scrubber.height() // 2))
    assert marked.visible().start == pytest.approx(MILLION / 2, rel=0.01)
    QTest.mouseClick(scrubber, LEFT, NO, QPoint(10, round(scrubber.labels()[3][1]) + 3))
    assert scrubber.place_text() == "December 2020"
    assert marked.height_of(scrubber.marks()[36].start) == marked.offset()


def test_dragging_follows_at_a_million_cells(qtbot: QtBot, marked: GridView) -> None:
    scrubber, seen, took = marked.scrubber, set(), []
    QTest.mousePress(scrubber, LEFT, NO, handle(marked))
    for y in range(handle(marked).y(), scrubber.height(), 7):
        began = perf_counter()
        QTest.mouseMove(scrubber, QPoint(20, y))
        took.append(perf_counter() - began)
        seen.add(scrubber.bubble.text())
    assert marked.offset() == scrubber.maximum()
    assert len(seen) > 60
    assert sorted(took)[len(took) // 2] < 0.05
    QTest.mouseRelease(scrubber, LEFT, NO, QPoint(-40, 30))
    assert scrubber.bubble.text() == ""


def test_the_handle_does_not_jump_when_it_is_caught(marked: GridView) -> None:
    scrubber = marked.scrubber
    scrubber.setValue(12_345_678)
    QTest.mousePress(scrubber, LEFT, NO, handle(marked) + QPoint(0, 9))
    assert scrubber.value() == 12_345_678
    QTest.mouseRelease(scrubber, LEFT, NO, handle(marked))


def test_keys_scroll_and_go_from_month_to_month(qtbot: QtBot, marked: GridView) -> None:
    scrubber = marked.scrubber
    for key, text in ((Key.Key_End, "January 2014"), (Key.Key_Home, "December 2023"), (Key.Key_PageDown, None)):
        QTest.keyClick(scrubber, key)
        assert text in (None, scrubber.place_text())
    assert scrubber.value() == scrubber.pageStep()
    QTest.keyClick(scrubber, Key.Key_Down)
    assert scrubber.value() == scrubber.pageStep() + scrubber.singleStep()
    QTest.keyClick(scrubber, Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert scrubber.place_text() == "November 2023"
    assert scrubber.bubble.text() == "November 2023"
    QTest.keyClick(scrubber, Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert scrubber.place_text() == "December 2023"
    qtbot.waitUntil(lambda: not scrubber.bubble.text())


def test_a_screen_reader_hears_a_scroll_bar_and_the_place(marked: GridView) -> None:
    QAccessible.setActive(True)
    try:
        interface = QAccessible.queryAccessibleInterface(marked.scrubber)
        assert interface.role() == QAccessible.Role.ScrollBar
        assert interface.text(QAccessible.Text.Name) == "Place in the list"
        marked.scrubber.setValue(marked.scrubber.maximum())
        assert interface.text(QAccessible.Text.Description) == "January 2014"
    finally:
        QAccessible.setActive(False)
    assert marked.scrubber.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_without_marks_it_tells_which_item_is_in_sight(grid: GridView) -> None:
    grid.set_ids(np.arange(1, MILLION + 1))
    grid.scrubber.setValue(grid.scrubber.maximum())
    assert grid.scrubber.labels() == []
    assert grid.scrubber.place_text().endswith(" of 1,000,000")


def test_marks_stay_right_below_headings(grid: GridView) -> None:
    grid.columns.show_sort(SortKey.CAPTURED, descending=True)
    days = tuple(Group(f"2023-05-{31 - day:02}", 40 * day, 40) for day in range(30))
    grid.set_ids(ids_of(range(1, 1_201)), days, marks=(Group("2023-05", 0, 1_000), Group("2023-04", 1_000, 200)))
    grid.scrubber.go_to_mark(1)
    assert grid.visible().start in range(996, 1_001)
    assert grid.scrubber.place_text() == "April 2023"


def test_it_is_painted_in_both_themes(marked: GridView) -> None:
    image = marked.scrubber.grab().toImage()
    assert len({image.pixel(x, y) for x in range(image.width()) for y in range(0, image.height(), 2)}) > 5


def test_a_list_that_is_too_wide_and_just_high_enough_can_be_scrolled_to_its_end(grid: GridView) -> None:
    grid.set_list(True)
    grid.columns.show_column("status", shown=True)
    rows = grid.viewport().height() // grid.geometry_now().row_height
    for count in (rows - 1, rows, rows + 1, 3 * rows):
        grid.set_ids(ids_of(range(1, count + 1)))
        bar = grid.scrubber
        assert bar.maximum() == max(0, grid.geometry_now().height - grid.viewport().height())
        assert bar.isVisible() == (bar.maximum() > 0)
        assert grid.geometry_now().width >= grid.viewport().width()
