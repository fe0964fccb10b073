"""A window on a library of real photos, videos, sounds and animations, that only looks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from keeproom.library import jobs
from keeproom.library.opening import open_library
from keeproom.settings import Settings
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.viewer.panel import ViewerPanel
from keeproom.ui.window.main import MainWindow
from tests.importing import Importer, work_through
from tests.ui.helpers import ready

LONG_MS = 60_000

FILES = (
    "photos/cameras/canon_hdr_NO.jpg",
    "photos/cameras/canon_hdr_YES.jpg",
    "photos/cameras/IMG_5195.HEIC",
    "videos/flower.mp4",
    "videos/stream-of-water-audioless.webm",
    "formats/audio/full.mp3",
    "formats/audio/image-jpeg.mp3",
    "formats/gif/anim-gr.gif",
)


@pytest.fixture(scope="session")
def seen_folder(tmp_path_factory: pytest.TempPathFactory, corpus: Path, empty_library: Path) -> Path:
    """A library to copy: the files above, and `broken.jpg` that no reader can make sense of."""
    folder = tmp_path_factory.mktemp("seen")
    shutil.copytree(empty_library, folder / "Library")
    broken = folder / "broken.jpg"
    broken.write_bytes((corpus / FILES[0]).read_bytes()[:300])
    with pytest.MonkeyPatch.context() as patch, open_library(folder / "Library") as library:
        patch.setattr(jobs, "PAUSES", (timedelta(), timedelta()))  # a file is not tried again before
        Importer(library)(*(corpus / name for name in FILES), broken)
        work_through(library)
    return folder / "Library"


@pytest.fixture
def seen(
    qtbot: QtBot, settings: Settings, appearance: Appearance, seen_folder: Path, tmp_path: Path
) -> Iterator[MainWindow]:
    """The window with that library in it, by name."""
    shutil.copytree(seen_folder, tmp_path / "Library")
    settings.put("grid.sort", "name")
    window = MainWindow(settings, appearance, works=False)
    window.resize(1280, 800)
    window.open_folder(tmp_path / "Library")
    window.show()
    qtbot.waitUntil(lambda: ready(window), timeout=LONG_MS)
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def index_of(seen: MainWindow) -> Callable[[str], int]:
    """Where an item of a name stands in the grid."""

    def find(name: str) -> int:
        cells = (seen.grid.cell(index) for index in range(seen.grid.count()))
        return next(index for index, cell in enumerate(cells) if cell is not None and cell.name == name)

    return find


View = Callable[[str], ViewerPanel]


@pytest.fixture
def view(qtbot: QtBot, seen: MainWindow, index_of: Callable[[str], int]) -> View:
    """Opens the viewer on an item of a name, and waits for its final look."""

    def open_viewer(name: str) -> ViewerPanel:
        seen.view_items(seen.grid.ids(), index_of(name))
        panel = seen.front
        assert isinstance(panel, ViewerPanel)
        qtbot.waitUntil(panel.is_complete, timeout=LONG_MS)
        return panel

    return open_viewer
