"""Searching in a window: what is typed is shown, kept, and gone to by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from keeproom.library.collecting import list_collections
from keeproom.library.editing import Edit, edit_assets
from keeproom.ui.window.main import MainWindow

Press = Callable[..., None]


@pytest.fixture
def press(qtbot: QtBot) -> Press:
    """Types text and keys where the keyboard is."""

    def type_(*typed: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for each in typed:
            focused = QApplication.focusWidget()
            assert focused is not None
            if isinstance(each, str):
                qtbot.keyClicks(focused, each)
            else:
                qtbot.keyClick(focused, each, modifier)

    return type_


def names(window: MainWindow) -> list[str]:
    cells = (window.grid.cell(index) for index in range(window.grid.count()))
    return sorted(cell.name for cell in cells if cell is not None)


def test_from_a_key_to_what_is_found(qtbot: QtBot, seen: MainWindow, press: Press) -> None:
    field = seen.toolbar.search
    seen.activateWindow()
    press(Qt.Key.Key_F, modifier=Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is field.edit
    press("kind:audio ")
    qtbot.waitUntil(lambda: seen.is_complete() and names(seen) == ["full.mp3", "image-jpeg.mp3"])
    assert seen.shelf.query == "kind:audio"
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is seen.grid and seen.grid.current_index() == 0)

    seen.show_panel("activity")
    field.setFocus()
    press("full")
    qtbot.waitUntil(lambda: seen.pages.name == "library" and names(seen) == ["full.mp3"])
    assert QApplication.focusWidget() is field.edit
    qtbot.waitUntil(lambda: field.is_settled)
    press(*[Qt.Key.Key_Escape] * 3)
    qtbot.waitUntil(lambda: seen.shelf.query == "" and QApplication.focusWidget() is seen.grid)


def test_a_search_is_kept_and_a_refusal_is_told(qtbot: QtBot, seen: MainWindow, press: Press) -> None:
    field, room = seen.toolbar.search, seen.room
    assert room is not None
    seen.activateWindow()
    edit_assets(room.library, [1, 2], Edit(facts={"rating": 4}))
    seen.action_set["search.judge"].trigger()
    qtbot.waitUntil(lambda: seen.shelf.is_settled and seen.grid.count() == 7)
    assert seen.action_set["search.judge"].isChecked()
    seen.action_set["search.save"].trigger()
    press("To judge", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [each.query for each in list_collections(room.library)] == ["rating:0 flag:none"])
    qtbot.waitUntil(lambda: "To judge" in seen.notices.shown()[-1].label.text() if seen.notices.shown() else False)
    seen.action_set["search.clear"].trigger()
    qtbot.waitUntil(lambda: seen.shelf.is_settled and seen.grid.count() == 9)
    field.setFocus()
    press(Qt.Key.Key_Down)
    assert "To judge" in [line.shown for line in field.popup.list.lines()]

    field.search_for("sea " * 600)  # longer than what is judged while it is typed
    qtbot.waitUntil(lambda: field.is_angry)
    assert "too many parts" in field.popup.strip.text()
    assert seen.error_bar.isHidden()
    seen.shelf.set_query("kind:video")
    assert [chip.words() for chip in field.row.chips()] == ["kind: video"]
