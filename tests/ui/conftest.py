"""Widgets under test are drawn offscreen, in settings and folders of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from keeproom.settings import Settings
from keeproom.ui.grid.view import GridView
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.window.main import MainWindow
from tests.leaving import nothing_left_open
from tests.ui.helpers import Source
from tests.ui.seeing import index_of, seen, seen_folder, view

__all__ = ["index_of", "nothing_left_open", "seen", "seen_folder", "view"]


@pytest.fixture(scope="session", autouse=True)
def clean_clipboard() -> Iterator[None]:
    """Offscreen, what is on the clipboard outlives Python, which crashes as the process ends."""
    yield
    if QApplication.instance() is not None:
        QApplication.clipboard().clear()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def appearance(qapp: QApplication) -> Appearance:
    return Appearance(qapp, "light")


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(tmp_path)


@pytest.fixture
def grid(qtbot: QtBot, appearance: Appearance, source: Source) -> Iterator[GridView]:
    """A grid of 800 by 600 that shows nothing yet; four columns of 160."""
    view = GridView(cell_px=160)
    qtbot.addWidget(view)
    view.set_source(source)
    view.resize(772, 600)
    view.show()
    yield view
    view.close_down()


@pytest.fixture
def window(qtbot: QtBot, settings: Settings, appearance: Appearance) -> Iterator[MainWindow]:
    """The window without a library."""
    shown = MainWindow(settings, appearance)
    shown.show()
    yield shown
    shown.close()
    shown.deleteLater()
