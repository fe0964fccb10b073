from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from keeproom.errors import ExpectedError, LibraryError, UsageError
from keeproom.library.opening import open_library
from keeproom.settings import settings_file
from keeproom.ui import COMMANDS, shot
from keeproom.ui.application import require_display
from keeproom.ui.panels import PANELS


def arguments(library: Path, *given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    shot.configure(parser)
    parsed = parser.parse_args(list(given))
    parsed.library, parsed.json, parsed.quiet = library, False, True
    return parsed


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("panel", [row.name for row in PANELS])
def test_a_picture_of_every_panel_of_an_empty_library(
    qapp: QApplication, tmp_path: Path, panel: str, theme: str
) -> None:
    file = tmp_path / "shot.png"
    given = arguments(tmp_path / "Library", panel, str(file), "--size", "900x600", "--theme", theme)
    assert shot.run(given) == 0
    picture = QImage(str(file))
    assert picture.size().toTuple() == (900, 600)
    assert (picture.pixelColor(500, 60).lightness() > 128) == (theme == "light")


def test_a_shot_changes_nothing(qapp: QApplication, tmp_path: Path, make_picture: Callable[..., Path]) -> None:
    folder = tmp_path / "Library"
    open_library(folder).close()
    before = (folder / "catalog.sqlite3").read_bytes()
    assert shot.run(arguments(folder, "library", str(tmp_path / "shot.png"))) == 0
    assert (folder / "catalog.sqlite3").read_bytes() == before
    assert not settings_file().exists()


@pytest.mark.parametrize("size", ["1280", "0x0", "axb", "100x100", "99999x800", "-5x800", "1280x800x2"])
def test_sizes_that_are_none(tmp_path: Path, size: str) -> None:
    with pytest.raises(UsageError, match="WIDTHxHEIGHT"):
        shot.read_size(size)


def test_an_unknown_panel_lists_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="library"):
        shot.run(arguments(tmp_path / "Library", "cellar", str(tmp_path / "shot.png")))


def test_a_folder_that_is_no_library(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("hello")
    with pytest.raises(LibraryError):
        shot.run(arguments(tmp_path, "library", str(tmp_path / "shot.png")))


def test_a_place_that_cannot_be_written(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(ExpectedError, match="cannot be written"):
        shot.run(arguments(tmp_path / "Library", "library", str(tmp_path / "missing" / "shot.png")))


def test_without_a_display_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ExpectedError, match="QT_QPA_PLATFORM=offscreen"):
        require_display()


def test_the_commands_of_the_window() -> None:
    assert [command.name for command in COMMANDS] == ["open", "shot"]
