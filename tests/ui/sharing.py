"""One window for the tests of a module: opened once, and put back between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from keeproom.settings import Settings
from keeproom.ui.acts.changing import Changing
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.window.main import MainWindow
from tests.ui.helpers import ready

LONG_MS = 60_000
_HOMES = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME")


@contextmanager
def window_on(
    qtbot: QtBot, appearance: Appearance, folder: Path, *, works: bool = True, **settings: str
) -> Iterator[MainWindow]:
    """A window on a library that may be changed, of a person who never used Keeproom but for these settings; without
    `works` one that only looks."""
    kept = Settings(folder.parent / "settings.json")
    for key, value in settings.items():
        kept.put(key.replace("_", "."), value)
    with pytest.MonkeyPatch.context() as patch:
        for name in _HOMES:
            (folder.parent / name).mkdir(mode=0o700)
            patch.setenv(name, str(folder.parent / name))
        window = MainWindow(kept, appearance, works=works)
        window.resize(1280, 800)
        window.open_folder(folder)
        window.show()
        qtbot.waitUntil(lambda: ready(window), timeout=LONG_MS)
    yield window
    window.close()
    window.deleteLater()


def put_back(qtbot: QtBot, window: MainWindow) -> None:
    """As it was when it was opened: nothing chosen, told, asked or typed; the library stays as it is."""
    qtbot.waitUntil(lambda: Changing.of(window).is_settled, timeout=LONG_MS)
    for dialog in window.findChildren(QDialog):
        dialog.close()
        dialog.deleteLater()
    for notice in window.notices.shown():
        notice.dismiss()
    window.error_bar.dismiss()
    window.show_panel("library")
    window.grid.clear_selection()
    qtbot.waitUntil(lambda: ready(window) and not window.findChildren(QDialog), timeout=LONG_MS)
