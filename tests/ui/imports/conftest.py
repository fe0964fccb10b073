"""A window on a library with two imports: of new files with a broken one among them, and of the same once more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from keeproom.library import jobs
from keeproom.library.opening import open_library
from keeproom.settings import Settings
from keeproom.ui.imports.panel import ImportsPanel
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.window.main import MainWindow
from tests.conftest import MakePicture
from tests.importing import Importer, work_through
from tests.ui.helpers import ready

LONG_MS = 60_000


@pytest.fixture
def photos(make_picture: MakePicture, tmp_path: Path) -> Path:
    """`photos` with two pictures, one that only says so, and two things that are left out."""
    folder = make_picture("a.jpg", 1).parent
    make_picture("b.jpg", 2)
    (folder / "broken.jpg").write_text("no picture")
    (folder / "empty.jpg").touch()
    (folder / ".hidden.jpg").touch()
    return folder


@pytest.fixture
def imported(library: object, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a library into which that was imported twice."""
    monkeypatch.setattr(jobs, "PAUSES", (timedelta(), timedelta()))
    with open_library(tmp_path / "Library") as opened:
        bring_in = Importer(opened)
        bring_in(photos)
        bring_in(photos)
        work_through(opened)
    return tmp_path / "Library"


@pytest.fixture
def looking(qtbot: QtBot, settings: Settings, appearance: Appearance, imported: Path) -> Iterator[MainWindow]:
    """A window that works on that library."""
    window = MainWindow(settings, appearance)
    window.resize(1280, 800)
    window.open_folder(imported)
    window.show()
    qtbot.waitUntil(lambda: ready(window), timeout=LONG_MS)
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def panel(qtbot: QtBot, looking: MainWindow) -> ImportsPanel:
    shown = looking.show_panel("imports")
    assert isinstance(shown, ImportsPanel)
    qtbot.waitUntil(shown.is_complete, timeout=LONG_MS)
    return shown
