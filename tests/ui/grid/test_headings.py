"""The grid under headings: what is clicked, stuck, stepped over and kept in place."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from keeproom.model import Group
from keeproom.ui.grid import accessible
from keeproom.ui.grid.geometry import HEADING_PX
from keeproom.ui.grid.view import GridView
from keeproom.ui.grid.words import heading, heading_date

Key, Modifier = Qt.Key, Qt.KeyboardModifier
MILLION = 1_000_000


def groups_of(sizes: Sequence[int]) -> tuple[Group, ...]:
    starts = np.cumsum([0, *sizes])[:-1].tolist()
    return tuple(Group(f"2023-05-{31 - n % 31:02}", starts[n], size) for n, size in enumerate(sizes))


def shown(qtbot: QtBot, grid: GridView, *sizes: int) -> None:
    """Show groups of these sizes, ids from 1 on."""
    grid.set_ids(np.arange(1, sum(sizes) + 1), groups_of(sizes))
    qtbot.waitUntil(grid.is_complete)


def click(grid: GridView, place: QPoint, modifier: Modifier = Modifier.NoModifier) -> None:
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, place)


@pytest.mark.parametrize(
    ("group", "text"),
    [
        (Group("2023-05-14", 0, 86), "14 May 2023 · Sunday · 86"),
        (Group("2023-05", 0, 1204), "May 2023 · 1,204"),
        (Group("", 0, 3), "No date · 3"),
    ],
)
def test_headings_say_when_and_how_many(group: Group, text: str) -> None:
    assert heading(heading_date(group.key), group.count) == text


def test_a_click_on_a_heading_selects_its_group(qtbot: QtBot, grid: GridView) -> None:
    shown(qtbot, grid, 3, 2, 40)
    click(grid, grid.heading_target(1).center())
    assert grid.selected_ids() == [4, 5]
    assert grid.current_index() == 3
    click(grid, grid.heading_circle(0).center())
    assert grid.selected_ids() == [1, 2, 3, 4, 5]
    click(grid, grid.heading_target(1).center(), Modifier.ControlModifier)
    assert grid.selected_ids() == [1, 2, 3]
    click(grid, grid.heading_target(1).center())
    assert grid.selected_ids() == [4, 5]


def test_a_rubber_band_can_begin_beside_a_heading(qtbot: QtBot, grid: GridView) -> None:
    shown(qtbot, grid, 3, 2, 40)
    beside = QPoint(grid.heading_target(0).right() + 200, 10)
    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, Modifier.NoModifier, beside)
    QTest.mouseMove(grid.viewport(), grid.viewport_rect(1).center())
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, Modifier.NoModifier, beside)
    assert 2 in grid.selected_ids()
    assert grid.selected_count() < 4


def test_the_heading_of_what_is_in_sight_stays_at_the_top(qtbot: QtBot, grid: GridView) -> None:
    shown(qtbot, grid, 40, 40)
    at_rest = grid.grab().toImage().copy(0, 0, 300, HEADING_PX - 1)
    grid.verticalScrollBar().setValue(333)
    qtbot.waitUntil(grid.is_complete)
    scrolled = grid.grab().toImage()
    assert scrolled.copy(0, 0, 300, HEADING_PX - 1) == at_rest
    assert grid.section_at(QPoint(30, 10)) == 0
    assert grid.index_at(QPoint(100, 10)) is None
    click(grid, grid.heading_target(0).center())
    assert grid.selected_count() == 40


def test_scrolling_paints_the_same_as_painting_anew(qtbot: QtBot, grid: GridView) -> None:
    """What is copied along, with the stuck heading left where it is, leaves no trace."""
    shown(qtbot, grid, 7, 3, 9, 40)

    def is_same() -> bool:
        anew = QImage(grid.viewport().size(), QImage.Format.Format_RGB32)
        grid.viewport().render(anew)
        screen = grid.screen().grabWindow(grid.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)
        return screen.copy(0, 0, 700, 500) == anew.copy(0, 0, 700, 500)

    for step in (13, 40, 200, -90, 350, -400):
        grid.verticalScrollBar().setValue(grid.offset() + step)
        qtbot.waitUntil(grid.is_complete)
        qtbot.waitUntil(is_same)  # what was built last is painted


def test_keys_step_from_group_to_group(qtbot: QtBot, grid: GridView) -> None:
    shown(qtbot, grid, 6, 2, 40)
    grid.make_current(1)
    for key, index in ((Key.Key_Down, 5), (Key.Key_Down, 7), (Key.Key_Down, 9), (Key.Key_Up, 7), (Key.Key_Left, 6)):
        QTest.keyClick(grid, key)
        assert grid.current_index() == index
    QTest.keyClick(grid, Key.Key_End)
    assert grid.current_index() == 47
    QTest.keyClick(grid, Key.Key_PageUp)
    assert 20 < grid.current_index() < 47


def test_what_is_gone_to_is_not_below_the_stuck_heading(qtbot: QtBot, grid: GridView) -> None:
    shown(qtbot, grid, 400)
    grid.verticalScrollBar().setValue(5_000)
    grid.make_current(40)
    assert grid.viewport_rect(40).top() >= HEADING_PX


def test_what_is_on_the_screen_stays_when_others_come_in(grid: GridView) -> None:
    grid.set_ids(np.arange(100, 300), groups_of([50] * 4))
    grid.make_current(60)
    grid.verticalScrollBar().setValue(grid.offset() + 120)
    before = {int(grid.ids()[index]): grid.viewport_rect(index) for index in grid.visible()}
    assert min(before) >= 150
    grid.set_ids(np.arange(93, 300), groups_of([57, 50, 50, 50]))
    after = {int(grid.ids()[index]): grid.viewport_rect(index) for index in grid.visible()}
    assert before == {asset: after[asset] for asset in before}


def test_a_million_in_ten_thousand_groups(qtbot: QtBot, grid: GridView) -> None:
    groups = groups_of([80] * 12_500)
    ids = np.arange(1, MILLION + 1)
    started = perf_counter()
    grid.set_ids(ids, groups)
    grid.select_all()
    grid.set_cell_size(150)
    assert perf_counter() - started < 1.0
    assert grid.selected_count() == MILLION
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    assert MILLION - 1 in grid.visible()
    grid.choose_group(12_499)
    assert grid.selected_ids() == list(range(MILLION - 79, MILLION + 1))


def test_headings_speak_after_the_cells(qtbot: QtBot, grid: GridView) -> None:
    shown(qtbot, grid, 3, 2)
    accessible.install()
    interface = QAccessible.queryAccessibleInterface(grid)
    assert interface.childCount() == 7
    child = interface.child(5)
    assert child.role() == QAccessible.Role.Heading
    assert child.text(QAccessible.Text.Name) == "31 May 2023 · Wednesday · 3"
    middle = grid.viewport().mapToGlobal(grid.heading_target(1).center())
    assert interface.indexOfChild(interface.childAt(middle.x(), middle.y())) == 6


def test_headings_say_what_they_are_told(qtbot: QtBot, grid: GridView) -> None:
    names = {
        "7": "Rome\n2023",
        "8": "A collection with a name that is far too long to stand in one line " * 3,
        "": "None",
    }
    grid.set_group_names(names.__getitem__)
    keys = ("7", "8", "")
    grid.set_ids(np.arange(1, 31), tuple(Group(key, 10 * n, 10) for n, key in enumerate(keys)))
    qtbot.waitUntil(grid.is_complete)
    assert grid.heading_text(0).name == "Rome␤2023"
    assert grid.heading_target(1).right() <= grid.viewport().width()
    assert grid.heading_target(2).width() < grid.heading_target(1).width()
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    click(grid, grid.heading_target(2).center())
    assert grid.selected_ids() == list(range(21, 31))


def test_the_circle_under_the_mouse_does_not_scroll_along(qtbot: QtBot, grid: GridView) -> None:
    shown(qtbot, grid, 40)

    def screen() -> QImage:
        image = grid.screen().grabWindow(grid.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)
        return image.copy(0, 0, 700, 500)

    def anew() -> QImage:
        image = QImage(grid.viewport().size(), QImage.Format.Format_RGB32)
        grid.viewport().render(image)
        return image.copy(0, 0, 700, 500)

    without = anew()
    QTest.mouseMove(grid.viewport(), grid.viewport_rect(5).center())
    assert grid.hovered() == 5
    qtbot.waitUntil(lambda: screen() == anew() != without)
    grid.verticalScrollBar().setValue(40)
    assert grid.hovered() is None
    qtbot.waitUntil(grid.is_complete)
    qtbot.waitUntil(lambda: screen() == anew())
