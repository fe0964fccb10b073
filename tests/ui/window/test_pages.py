"""The way from panel to panel and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from keeproom.ui.panels import PANELS
from keeproom.ui.window.main import MainWindow
from tests.ui.helpers import ready

LONG_MS = 60_000


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, tmp_path: Path, make_picture: Callable[..., Path]) -> MainWindow:
    """A window with a library of three pictures."""
    window.open_folder(tmp_path / "Library", [make_picture(f"{colour}.jpg", colour).parent for colour in (1, 2, 3)])
    qtbot.waitUntil(lambda: ready(window) and window.grid.count() == 3, timeout=LONG_MS)
    return window


def test_every_panel_opens_and_escape_leads_back(qtbot: QtBot, opened: MainWindow) -> None:
    for row in PANELS[1:]:
        opened.show_panel(row.name).stage()
        qtbot.waitUntil(opened.is_complete, timeout=LONG_MS)
        assert opened.pages.name == row.name
        assert opened.action_set["view.back"].isEnabled()
        focused = QApplication.focusWidget()
        assert focused is not None
        assert opened.front.isAncestorOf(focused) or focused is opened.front
        qtbot.keyClick(focused, Qt.Key.Key_Escape)
        assert opened.pages.name == "library", row.name
    assert not opened.pages.can_go_back()


def test_the_way_back_does_not_go_round(opened: MainWindow) -> None:
    for name in ("imports", "activity", "imports", "activity"):
        opened.show_panel(name)
    opened.go_back()
    opened.go_back()
    assert opened.pages.name == "library"


def test_a_place_of_the_sidebar_leads_back_to_the_grid(opened: MainWindow) -> None:
    opened.show_panel("activity")
    assert opened.sidebar.is_elsewhere
    opened.sidebar.went.emit(opened.shelf.place)
    assert opened.pages.name == "library"
    assert not opened.sidebar.is_elsewhere


def test_another_library_begins_with_its_grid(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    opened.show_panel("viewer").stage()
    opened.open_folder(tmp_path / "Other")
    assert opened.pages.name == "library"
    assert not opened.pages.can_go_back()
    qtbot.waitUntil(lambda: ready(opened), timeout=LONG_MS)
    for row in PANELS[1:]:
        opened.show_panel(row.name).stage()
        qtbot.waitUntil(opened.is_complete, timeout=LONG_MS)
