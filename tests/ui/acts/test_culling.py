"""Marks given by keys and clicks, and what comes after them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from keeproom.library.listing import list_assets
from keeproom.ui.acts.culling import words_of
from keeproom.ui.viewer.panel import ViewerPanel
from keeproom.ui.viewer.sight import Mode
from keeproom.ui.window.main import MainWindow

LONG_MS = 60_000
Key = Qt.Key


def stated(window: MainWindow) -> list[tuple[int, str | None, str | None]]:
    assert window.room is not None
    assets = sorted(list_assets(window.room.library), key=lambda asset: asset.id)
    return [(asset.rating, asset.label, asset.flag) for asset in assets]


def until(qtbot: QtBot, window: MainWindow, *wanted: tuple[int, str | None, str | None]) -> None:
    qtbot.waitUntil(lambda: stated(window) == list(wanted), timeout=LONG_MS)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"rating": 3}, "★★★"),
        ({"rating": 0}, "No rating"),
        ({"label": "red"}, "Red"),
        ({"label": None}, "No label"),
        ({"flag": "reject"}, "Rejected"),
        ({"flag": None}, "No flag"),
        ({}, ""),
    ],
)
def test_what_was_given_is_told_in_a_word(facts: dict[str, object], words: str) -> None:
    assert words_of(facts) == words


def viewer(qtbot: QtBot, window: MainWindow, index: int) -> ViewerPanel:
    window.view_items(window.grid.ids(), index)
    panel = window.front
    assert isinstance(panel, ViewerPanel)
    qtbot.waitUntil(panel.is_complete, timeout=LONG_MS)
    return panel


def test_in_the_viewer_a_mark_leads_on_and_the_zoom_stays(qtbot: QtBot, filled: MainWindow) -> None:
    panel = viewer(qtbot, filled, 0)
    panel.zoom(3)
    sight = panel.canvas.sight
    for key, asset in ((Key.Key_3, 2), (Key.Key_X, 3), (Key.Key_7, 3)):
        QTest.keyClick(panel.canvas, key)
        assert panel.current_asset() == asset
        assert panel.canvas.sight.mode == sight.mode != Mode.FIT
    assert panel.display.flash.text() == "Yellow", "the last stays in sight, so its name needs not be told"
    until(qtbot, filled, (3, None, None), (0, None, "reject"), (0, "yellow", None))
    filled.action_set["culling.advance.never"].trigger()
    filled.action_set["look.previous"].trigger()
    QTest.keyClick(panel.canvas, Key.Key_U)
    assert panel.current_asset() == 2
    assert panel.display.flash.text() == "No flag"
    qtbot.waitUntil(lambda: panel.marks.flags.flag() is None)
    QTest.keyClick(panel.canvas, Key.Key_5)
    qtbot.waitUntil(lambda: panel.marks.stars.rating() == 5, timeout=LONG_MS)
    assert filled.settings.text("culling.advance") == "never"


def test_after_going_on_the_name_is_told_too(qtbot: QtBot, filled: MainWindow) -> None:
    panel = viewer(qtbot, filled, 0)
    QTest.keyClick(panel.canvas, Key.Key_P)
    assert panel.display.flash.text() == "Picked  Rome 1.jpg"
    qtbot.waitUntil(lambda: not panel.display.flash.text(), timeout=LONG_MS)


def test_a_click_on_a_mark_leads_nowhere(qtbot: QtBot, filled: MainWindow) -> None:
    panel = viewer(qtbot, filled, 1)
    star = panel.marks.stars.place_of(4).toPoint()
    QTest.mouseClick(panel.marks.stars, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, star)
    next(iter(panel.marks.labels.dots.values())).click()
    next(iter(panel.marks.flags.buttons.values())).click()
    until(qtbot, filled, (0, None, None), (4, "red", "pick"), (0, None, None))
    assert panel.current_asset() == 2
    qtbot.waitUntil(lambda: panel.marks.stars.rating() == 4, timeout=LONG_MS)


def test_in_compare_keys_and_clicks_mark_the_side_that_is_meant(qtbot: QtBot, filled: MainWindow) -> None:
    filled.compare_items([1, 2])
    panel = filled.front
    qtbot.waitUntil(panel.is_complete, timeout=LONG_MS)
    first, second = panel.sides[:2]  # type: ignore[attr-defined]
    QTest.keyClick(first.canvas, Key.Key_2)
    assert first.flash.text() == "★★"
    list(second.marks.flags.buttons.values())[1].click()
    until(qtbot, filled, (2, None, None), (0, None, "reject"), (0, None, None))
    assert filled.chosen_ids() == [2], "the side that was clicked is meant from then on"
    qtbot.waitUntil(lambda: second.marks.flags.flag() == "reject", timeout=LONG_MS)
    filled.action_set["item.trash"].trigger()
    assert filled.front is filled.library_panel, "one alone is not compared"


def test_in_the_grid_a_mark_leads_on_where_that_is_wanted(qtbot: QtBot, filled: MainWindow) -> None:
    filled.grid.make_current(0)
    QTest.keyClick(filled.grid, Key.Key_1)
    assert filled.chosen_ids() == [1]
    filled.action_set["culling.advance.always"].trigger()
    for key, asset in ((Key.Key_2, 2), (Key.Key_P, 3), (Key.Key_6, 3)):
        QTest.keyClick(filled.grid, key)
        assert filled.chosen_ids() == [asset]
    until(qtbot, filled, (2, None, None), (0, None, "pick"), (0, "red", None))
    filled.grid.select_all()
    QTest.keyClick(filled.grid, Key.Key_4)
    assert filled.grid.selected_count() == 3
    until(qtbot, filled, (4, None, None), (4, None, "pick"), (4, "red", None))


def test_a_key_that_is_held_marks_and_trashes_one_item_only(filled: MainWindow) -> None:
    names = ("item.rate.3", "item.label.red", "item.flag.pick", "item.trash", "item.trash_rejected")
    assert not any(filled.action_set[name].autoRepeat() for name in names)
    assert all(filled.action_set[name].autoRepeat() for name in ("look.next", "item.forwards"))
