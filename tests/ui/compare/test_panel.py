"""Comparing on a real library."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from keeproom.model import Changes
from keeproom.ui.compare.panel import ComparePanel
from keeproom.ui.viewer.panel import ViewerPanel
from keeproom.ui.viewer.sight import Mode
from keeproom.ui.window.main import MainWindow
from tests.ui.seeing import LONG_MS, View

Compare = Callable[..., ComparePanel]


@pytest.fixture
def compare(qtbot: QtBot, seen: MainWindow, index_of: Callable[[str], int]) -> Compare:
    """Opens items of these names side by side, and waits for their final look."""

    def open_panel(*names: str) -> ComparePanel:
        seen.compare_items([int(seen.grid.ids()[index_of(name)]) for name in names])
        panel = seen.front
        assert isinstance(panel, ComparePanel)
        qtbot.waitUntil(panel.is_complete, timeout=LONG_MS)
        return panel

    return open_panel


def names(panel: ComparePanel) -> list[str]:
    return [side.canvas.accessibleName() for side in panel.sides if side.isVisible()]


def test_two_chosen_items_side_by_side(qtbot: QtBot, seen: MainWindow, index_of: Callable[[str], int]) -> None:
    seen.grid.make_current(index_of("canon_hdr_NO.jpg"))
    seen.grid.toggle(index_of("IMG_5195.HEIC"))
    seen.action_set["item.compare"].trigger()
    panel = seen.front
    assert isinstance(panel, ComparePanel)
    qtbot.waitUntil(panel.is_complete, timeout=LONG_MS)
    assert sorted(names(panel)) == ["IMG_5195.HEIC", "canon_hdr_NO.jpg"]
    assert len(seen.chosen_ids()) == 1
    QTest.keyClick(panel.sides[0].canvas, Qt.Key.Key_Escape)
    assert seen.front is seen.library_panel
    assert seen.grid.selected_count() == 2


def test_the_better_fact_is_marked(compare: Compare) -> None:
    panel = compare("canon_hdr_NO.jpg", "IMG_5195.HEIC")
    assert panel.sides[0].facts()[:2] == ["1,536 × 2,048 · 3.1 MP", "784 kB · JPEG"]
    assert panel.sides[1].facts()[:2] == ["2,566 × 3,313 · 8.5 MP ✓", "833 kB · HEIF ✓"]


def test_they_move_together_until_unlocked(compare: Compare, seen: MainWindow) -> None:
    panel = compare("canon_hdr_NO.jpg", "canon_hdr_YES.jpg")
    first, second = (side.canvas for side in panel.sides[:2])
    panel.zoom(4)
    first.pan(-120, 40)
    assert second.sight == first.sight != panel.sides[2].canvas.sight
    seen.action_set["compare.lock"].trigger()
    before = second.sight
    first.pan(50, 0)
    assert second.sight == before
    seen.action_set["compare.lock"].trigger()
    shift = second.sight.centre[0] - first.sight.centre[0]
    second.pan(-30, 0)
    assert second.sight.centre[0] - first.sight.centre[0] == pytest.approx(shift)
    assert shift != 0
    panel.set_mode(Mode.FIT)
    assert first.sight == second.sight
    first.zoom(2)
    assert first.sight == second.sight, "fitting ends the difference"


def test_more_pixels_come_for_both(compare: Compare, qtbot: QtBot) -> None:
    panel = compare("canon_hdr_NO.jpg", "canon_hdr_YES.jpg")
    panel.set_mode(Mode.ACTUAL)
    qtbot.waitUntil(panel.is_complete, timeout=LONG_MS)
    for side in panel.sides[:2]:
        assert side.canvas.shown is not None
        qtbot.waitUntil(lambda side=side: side.canvas.shown.is_whole, timeout=LONG_MS)


def test_one_side_is_exchanged_for_the_next_of_the_list(compare: Compare, seen: MainWindow, qtbot: QtBot) -> None:
    panel = compare("canon_hdr_NO.jpg", "canon_hdr_YES.jpg")
    ids = [int(asset) for asset in seen.grid.ids()]
    first, second = (side.asset for side in panel.sides[:2])
    assert first is not None
    assert second is not None
    following = ids.index(second) + 1
    QTest.keyClick(panel.sides[0].canvas, Qt.Key.Key_Right)
    assert panel.sides[0].asset == ids[following], "what the other side shows is left out"
    assert panel.sides[1].asset == second
    assert seen.chosen_ids() == [ids[following]]
    seen.action_set["look.previous"].trigger()
    assert panel.sides[0].asset == first


def test_the_current_side_is_the_one_with_the_keyboard(compare: Compare, seen: MainWindow) -> None:
    panel = compare("canon_hdr_NO.jpg", "IMG_5195.HEIC")
    QTest.mouseClick(panel.sides[1].canvas, Qt.MouseButton.LeftButton)
    assert seen.chosen_ids() == [panel.sides[1].asset]
    panel.sides[0].canvas.setFocus()
    assert seen.chosen_cells() == [panel.sides[0].cell]


def test_sides_are_swapped(compare: Compare, seen: MainWindow, qtbot: QtBot) -> None:
    panel = compare("canon_hdr_NO.jpg", "IMG_5195.HEIC")
    chosen = seen.chosen_ids()
    seen.action_set["compare.swap"].trigger()
    qtbot.waitUntil(panel.is_complete, timeout=LONG_MS)
    assert names(panel) == ["IMG_5195.HEIC", "canon_hdr_NO.jpg"]
    assert seen.chosen_ids() == chosen


def test_flicker_shows_them_in_turn_in_one_place(compare: Compare, seen: MainWindow, qtbot: QtBot) -> None:
    panel = compare("canon_hdr_NO.jpg", "canon_hdr_YES.jpg")
    panel._flicker.setInterval(10)
    seen.action_set["compare.flicker"].trigger()
    seen_names = set()

    def both() -> bool:
        seen_names.update(names(panel))
        return len(seen_names) == 2 and len(names(panel)) == 1

    qtbot.waitUntil(both)
    seen.action_set["compare.flicker"].trigger()
    assert len(names(panel)) == 2


def test_up_to_four_and_what_cannot_be_shown(compare: Compare) -> None:
    panel = compare("canon_hdr_NO.jpg", "broken.jpg", "flower.mp4", "anim-gr.gif", "IMG_5195.HEIC")
    assert names(panel) == ["canon_hdr_NO.jpg", "broken.jpg", "flower.mp4", "anim-gr.gif"]
    assert "Kept, but no preview" in panel.sides[1].why.text()
    assert panel.sides[2].canvas.shown is not None


def test_what_is_purged_leaves_and_one_alone_is_not_compared(compare: Compare, seen: MainWindow, qtbot: QtBot) -> None:
    panel, room = compare("canon_hdr_NO.jpg", "canon_hdr_YES.jpg", "IMG_5195.HEIC"), seen.room
    assert room is not None
    first, second = panel.sides[0].asset, panel.sides[1].asset
    assert first is not None
    assert second is not None
    room.session.changed.emit(Changes(1, removed=(first,)))
    assert "canon_hdr_NO.jpg is not in the library any more." in panel.hint.text()
    qtbot.waitUntil(lambda: names(panel) == ["canon_hdr_YES.jpg", "IMG_5195.HEIC"], timeout=LONG_MS)
    room.session.changed.emit(Changes(2, removed=(second,)))
    assert seen.front is seen.library_panel


def test_from_the_viewer_with_the_next(view: View, seen: MainWindow, qtbot: QtBot) -> None:
    viewer = view("canon_hdr_NO.jpg")
    seen.action_set["item.compare"].trigger()
    panel = seen.front
    assert isinstance(panel, ComparePanel)
    qtbot.waitUntil(panel.is_complete, timeout=LONG_MS)
    assert names(panel) == ["canon_hdr_NO.jpg", "canon_hdr_YES.jpg"]
    seen.go_back()
    assert seen.front is viewer
    assert isinstance(seen.front, ViewerPanel)
    qtbot.waitUntil(viewer.is_complete, timeout=LONG_MS)
    assert viewer.canvas.accessibleName() == "canon_hdr_NO.jpg"


def test_everything_can_be_named(compare: Compare) -> None:
    panel = compare("canon_hdr_NO.jpg", "canon_hdr_YES.jpg")
    buttons = panel.findChildren(QAbstractButton)
    assert [type(each).__name__ for each in buttons if not (each.accessibleName() or each.text())] == []
    assert [each.accessibleName() for each in buttons if not each.toolTip()] == []


def test_a_stage_for_a_picture_of_the_panel(seen: MainWindow, qtbot: QtBot) -> None:
    seen.show_panel("compare")
    panel = seen.front
    assert isinstance(panel, ComparePanel)
    panel.stage()
    qtbot.waitUntil(panel.is_complete, timeout=LONG_MS)
    assert len(names(panel)) == 2
    assert all(names(panel))
