"""A window on a library with three photos."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from keeproom.library.opening import open_library
from keeproom.ui.window.main import MainWindow
from tests.importing import Importer, work_through
from tests.ui.helpers import ready

LONG_MS = 60_000


@pytest.fixture(scope="session")
def originals(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The photos that the library was filled with."""
    folder = tmp_path_factory.mktemp("originals") / "photos"
    folder.mkdir()
    paths = [folder / f"Rome {number}.jpg" for number in (1, 2, 3)]
    for number, path in enumerate(paths):
        Image.new("RGB", (64, 48), (80 * number, 60, 90)).save(path, "JPEG")
    return paths


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, empty_library: Path, originals: list[Path]) -> Path:
    """A library with the photos as items 1, 2 and 3, all work on them done."""
    folder = tmp_path_factory.mktemp("filled") / "Library"
    shutil.copytree(empty_library, folder)
    with pytest.MonkeyPatch.context() as patch, open_library(folder) as library:
        patch.setenv("XDG_RUNTIME_DIR", str(folder.parent))
        importer = Importer(library)
        for photo in originals:
            importer(photo)
        work_through(library)
    return folder


@pytest.fixture
def photos(originals: list[Path]) -> Iterator[list[Path]]:
    """The photos, which a test may take away."""
    folder, kept = originals[0].parent, originals[0].parent.with_name("kept")
    shutil.copytree(folder, kept)
    yield originals
    shutil.rmtree(folder, ignore_errors=True)
    kept.rename(folder)


@pytest.fixture
def folder(tmp_path: Path, template: Path) -> Path:
    shutil.copytree(template, tmp_path / "Library")
    return tmp_path / "Library"


@pytest.fixture
def filled(qtbot: QtBot, window: MainWindow, folder: Path) -> MainWindow:
    """The window that shows them, by name."""
    window.resize(1280, 800)
    window.action_set["view.sort.name"].trigger()
    window.action_set["view.sort.ascending"].trigger()
    window.open_folder(folder)
    qtbot.waitUntil(lambda: ready(window) and window.grid.count() == 3, timeout=LONG_MS)
    qtbot.waitUntil(lambda: all(window.grid.cell(index) is not None for index in range(3)), timeout=LONG_MS)
    return window
