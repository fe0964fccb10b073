"""Into the trash and back, from the grid and from the viewer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from keeproom.library.editing import Edit, edit_assets
from keeproom.library.listing import list_assets
from keeproom.ui.window.main import MainWindow
from keeproom.ui.window.notices import Notice, ProgressNotice

LONG_MS = 60_000


def trashed(window: MainWindow) -> set[int]:
    assert window.room is not None
    return {asset.id for asset in list_assets(window.room.library, trashed=True)}


def notice(window: MainWindow) -> Notice:
    return next(each for each in reversed(window.notices.shown()) if not isinstance(each, ProgressNotice))


def take(window: MainWindow, text: str) -> None:
    """Do what a notice offers."""
    button = next(each for each in notice(window).findChildren(QToolButton) if each.text() == text)
    button.click()


def settled(qtbot: QtBot, window: MainWindow, *ids: int) -> None:
    """Wait until just these are shown."""
    qtbot.waitUntil(lambda: window.grid.ids_in(range(window.grid.count())) == list(ids), timeout=LONG_MS)


def test_del_moves_to_the_trash_and_the_next_is_chosen(qtbot: QtBot, filled: MainWindow) -> None:
    filled.grid.make_current(1)
    QTest.keyClick(filled.grid, Qt.Key.Key_Delete)
    assert filled.chosen_ids() == [3], "at once"
    settled(qtbot, filled, 1, 3)
    assert trashed(filled) == {2}
    assert filled.chosen_ids() == [3]
    qtbot.waitUntil(lambda: notice(filled).label.text() == "Moved 1 item to Trash.", timeout=LONG_MS)
    take(filled, "Restore")
    settled(qtbot, filled, 1, 2, 3)
    assert filled.chosen_ids() == [3], "what is chosen stays chosen"
    filled.grid.make_current(2)
    filled.action_set["item.trash"].trigger()
    assert filled.chosen_ids() == [2], "after the last comes the one before it"
    filled.grid.select_all()
    filled.action_set["item.trash"].trigger()
    qtbot.waitUntil(lambda: notice(filled).label.text() == "Moved 2 items to Trash.", timeout=LONG_MS)
    assert trashed(filled) == {1, 2, 3}
    assert filled.chosen_ids() == []


def test_the_viewer_shows_the_next_and_closes_after_the_last(qtbot: QtBot, filled: MainWindow) -> None:
    filled.view_items(filled.grid.ids(), 1)
    panel = filled.front
    qtbot.waitUntil(panel.is_complete, timeout=LONG_MS)
    for left in ([3], [1], None):
        filled.action_set["item.trash"].trigger()
        assert left is None or filled.chosen_ids() == left
    assert filled.front is filled.library_panel
    qtbot.waitUntil(lambda: trashed(filled) == {1, 2, 3}, timeout=LONG_MS)


def test_the_rejected_go_as_one_step(qtbot: QtBot, filled: MainWindow) -> None:
    assert filled.room is not None
    assert not filled.action_set["item.restore"].isEnabled()
    filled.action_set["item.trash_rejected"].trigger()
    qtbot.waitUntil(lambda: bool(filled.notices.shown()), timeout=LONG_MS)
    assert notice(filled).label.text() == "Nothing here is rejected."
    edit_assets(filled.room.library, [1, 3], Edit({"flag": "reject"}))
    filled.grid.make_current(0)
    filled.action_set["item.trash_rejected"].trigger()
    settled(qtbot, filled, 2)
    qtbot.waitUntil(lambda: notice(filled).label.text() == "2 rejected items moved to Trash.", timeout=LONG_MS)
    assert filled.chosen_ids() == [2], "it takes the place of what was chosen"
    take(filled, "Restore")
    settled(qtbot, filled, 1, 2, 3)
    assert trashed(filled) == set()
