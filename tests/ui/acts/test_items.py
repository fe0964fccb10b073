"""Taking items elsewhere: what other programs get, and what a person is told."""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from keeproom.library.outgoing import working_folder
from keeproom.ui.acts import exporting, items
from keeproom.ui.copies import OWN_FORMAT
from keeproom.ui.transfers import Transfer, Transfers, after_opening, before_closing
from keeproom.ui.window.dialogs import TextDialog
from keeproom.ui.window.main import MainWindow
from keeproom.ui.window.notices import Notice, ProgressNotice

LONG_MS = 60_000


def choose(window: MainWindow, *places: int) -> None:
    window.action_set["select.none"].trigger()
    for place in places:
        window.grid.toggle(place)
    window.follow_situation()


def act(window: MainWindow, name: str) -> None:
    assert window.action_set[name].isEnabled()
    window.action_set[name].trigger()


def told(window: MainWindow) -> list[str]:
    """What was said in the end; how far something is does not count."""
    shown = window.notices.shown()
    return [notice.label.text() for notice in shown if not isinstance(notice, ProgressNotice)]


def clipboard() -> QMimeData:
    return QGuiApplication.clipboard().mimeData()


def offer(notice: Notice, text: str) -> QToolButton:
    return next(button for button in notice.findChildren(QToolButton) if button.text() == text)


def spoil(window: MainWindow, place: int) -> None:
    cell = window.grid.cell(place)
    assert cell is not None
    assert window.room is not None
    blob = window.room.library.layout.blobs / cell.sha256[:2] / cell.sha256[2:4] / cell.sha256
    blob.chmod(0o600)
    blob.write_bytes(b"spoilt")


def work_until_stopped(transfer: Transfer) -> None:
    pause = threading.Event()
    while True:
        transfer.control.check()
        pause.wait(0.01)


class Opened(QObject):
    """Stands where the desktop is: remembers what was to be opened."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[Path] = []

    @Slot(QUrl)
    def on_url(self, url: QUrl) -> None:
        self.paths.append(Path(url.toLocalFile()))


@pytest.fixture
def opened() -> Iterator[Opened]:
    desktop = Opened()
    QDesktopServices.setUrlHandler("file", desktop, "on_url")  # type: ignore[arg-type]  # the stubs are wrong
    yield desktop
    QDesktopServices.unsetUrlHandler("file")


# Copying


def test_copies_go_to_the_clipboard_under_their_own_names(qtbot: QtBot, filled: MainWindow, photos: list[Path]) -> None:
    choose(filled, 0, 2)
    act(filled, "item.copy")
    qtbot.waitUntil(lambda: told(filled) == ["2 items copied. Paste them in a folder or another program."])
    paths = [Path(url.toLocalFile()) for url in clipboard().urls()]
    assert [path.name for path in paths] == ["Rome 1.jpg", "Rome 3.jpg"]
    assert [path.read_bytes() for path in paths] == [photos[0].read_bytes(), photos[2].read_bytes()]
    assert filled.room is not None
    assert all(working_folder(filled.room.library.layout) in path.parents for path in paths)
    assert bytes(clipboard().data("x-special/gnome-copied-files").data()).decode().splitlines() == [
        "copy",
        *(path.as_uri() for path in paths),
    ]
    assert json.loads(bytes(clipboard().data(OWN_FORMAT).data()))["assets"] == [1, 3]


def test_what_is_copied_here_is_not_imported_again(qtbot: QtBot, filled: MainWindow) -> None:
    choose(filled, 0)
    act(filled, "item.copy")
    qtbot.waitUntil(lambda: bool(told(filled)))
    act(filled, "edit.paste")
    assert told(filled)[-1] == "These items are in this library already."
    session = filled.session()
    assert session is not None
    assert not session.is_importing


def test_what_is_damaged_is_named_and_the_rest_is_copied(qtbot: QtBot, filled: MainWindow) -> None:
    spoil(filled, 1)
    choose(filled, 0, 1)
    act(filled, "item.copy")
    qtbot.waitUntil(lambda: bool(told(filled)))
    assert told(filled)[0].endswith("another program. 1 could not be read.")
    assert len(clipboard().urls()) == 1
    offer(filled.notices.shown()[0], "Details").click()
    dialog = filled.findChild(TextDialog)
    assert dialog is not None
    assert "Rome 2.jpg: The stored file of “Rome 2.jpg” is damaged" in dialog.text()


def test_nothing_but_a_damaged_item_is_an_error(qtbot: QtBot, filled: MainWindow) -> None:
    QGuiApplication.clipboard().setText("before")
    spoil(filled, 1)
    choose(filled, 1)
    act(filled, "item.copy")
    qtbot.waitUntil(lambda: not filled.error_bar.isHidden())
    assert filled.error_bar.text() == "The stored file of “Rome 2.jpg” is damaged, and is not given out."
    assert not clipboard().hasUrls()


def test_too_many_are_exported_instead(filled: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keeproom.ui.copies.MOST_ITEMS", 2)
    choose(filled, 0, 1, 2)
    act(filled, "item.copy")
    assert told(filled) == [
        "No more than 2 items can be handed to another program at once. Export them to a folder instead."
    ]
    offer(filled.notices.shown()[0], "Export…").click()
    assert filled.findChild(QFileDialog) is not None


def test_the_picture_goes_to_the_clipboard_in_full(qtbot: QtBot, filled: MainWindow) -> None:
    choose(filled, 0)
    act(filled, "item.copy_image")
    qtbot.waitUntil(lambda: told(filled) == ["Picture copied, 64 × 48. Paste it in another program."], timeout=LONG_MS)
    image = QImage.fromData(clipboard().data("image/png"))
    assert (image.width(), image.height()) == (64, 48)


def test_a_picture_that_was_made_smaller_says_so(
    qtbot: QtBot, filled: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keeproom.ui.pictures.LONGEST_PX", 32)
    choose(filled, 0)
    act(filled, "item.copy_image")
    words = "Picture copied at 32 × 24, smaller than the original with 64 × 48. Use Copy for the file itself."
    qtbot.waitUntil(lambda: told(filled) == [words], timeout=LONG_MS)


def test_of_a_picture_that_cannot_be_decoded_the_preview_is_copied(qtbot: QtBot, filled: MainWindow) -> None:
    spoil(filled, 0)
    choose(filled, 0)
    act(filled, "item.copy_image")
    qtbot.waitUntil(lambda: bool(told(filled)), timeout=LONG_MS)
    assert told(filled)[0].startswith("Only the small preview was copied, 64 × 48: ")
    assert not QImage.fromData(clipboard().data("image/png")).isNull()


def test_paths_are_text(qtbot: QtBot, filled: MainWindow, photos: list[Path]) -> None:
    choose(filled, 0, 1)
    act(filled, "item.copy_path")
    qtbot.waitUntil(lambda: told(filled) == ["2 paths copied."])
    assert clipboard().text() == f"{photos[0]}\n{photos[1]}"


def test_a_path_that_is_no_text_can_be_shown() -> None:
    assert exporting.shown_path(Path(os.fsdecode(b"/tmp/caf\xe9.jpg"))) == "/tmp/caf\ufffd.jpg"


# Opening elsewhere


@pytest.fixture
def viewer(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that writes down what it was started with; the file it writes to."""
    out = own_home / "opened.txt"
    script = own_home / "viewer.py"
    script.write_text(f"import sys, os\nopen({str(out)!r} + '.part', 'w').write('\\n'.join(sys.argv[1:]))\n")
    with script.open("a") as stream:
        stream.write(f"os.rename({str(out)!r} + '.part', {str(out)!r})\n")
    applications = own_home / "data" / "applications"
    applications.mkdir(parents=True)
    (applications / "viewer.desktop").write_text(
        "[Desktop Entry]\nType=Application\nName=Fine & Viewer\nMimeType=image/jpeg;\n"
        f'Exec={sys.executable} "{script}" --now %U\n'
    )
    monkeypatch.setenv("XDG_DATA_HOME", str(own_home / "data"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(own_home / "none"))
    return out


def test_a_copy_opens_in_another_program(qtbot: QtBot, filled: MainWindow, viewer: Path, photos: list[Path]) -> None:
    choose(filled, 1)
    menu = QMenu(filled)
    items.fill_open_with(filled, menu)
    qtbot.waitUntil(lambda: [action.text() for action in menu.actions()] == ["Fine && Viewer (default)"])
    menu.actions()[0].trigger()
    qtbot.waitUntil(viewer.exists, timeout=LONG_MS)
    flag, url = viewer.read_text().splitlines()
    path = Path(QUrl(url).toLocalFile())
    assert flag == "--now"
    assert path.name == "Rome 2.jpg"
    assert path.read_bytes() == photos[1].read_bytes()
    assert not path.stat().st_mode & 0o222
    assert told(filled)[0].startswith("A copy of Rome 2.jpg opens in Fine & Viewer. To keep what you change there")


def test_the_default_program_needs_no_menu(qtbot: QtBot, filled: MainWindow, viewer: Path) -> None:
    choose(filled, 0)
    act(filled, "item.open_outside")
    qtbot.waitUntil(viewer.exists, timeout=LONG_MS)
    assert viewer.read_text().endswith("Rome%201.jpg")


def test_without_any_program_the_system_chooses(
    qtbot: QtBot, filled: MainWindow, opened: Opened, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(own_home / "none"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(own_home / "none"))
    choose(filled, 0)
    act(filled, "item.open_outside")
    qtbot.waitUntil(lambda: [path.name for path in opened.paths] == ["Rome 1.jpg"])


# Where it came from


@pytest.fixture
def no_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")


def test_the_folder_of_the_original(
    qtbot: QtBot, filled: MainWindow, photos: list[Path], opened: Opened, no_bus: None
) -> None:
    choose(filled, 0)
    act(filled, "item.show_original")
    qtbot.waitUntil(lambda: opened.paths == [photos[0].parent])
    assert told(filled) == []


def test_an_original_that_is_gone(
    qtbot: QtBot, filled: MainWindow, photos: list[Path], opened: Opened, no_bus: None
) -> None:
    photos[0].unlink()
    choose(filled, 0)
    act(filled, "item.show_original")
    qtbot.waitUntil(lambda: opened.paths == [photos[0].parent])
    assert told(filled) == ["Rome 1.jpg is not in this folder any more. The file itself is safe in the library."]


def test_a_folder_that_is_gone(qtbot: QtBot, filled: MainWindow, photos: list[Path], opened: Opened) -> None:
    shutil.rmtree(photos[0].parent)
    choose(filled, 0)
    act(filled, "item.show_original")
    qtbot.waitUntil(lambda: bool(told(filled)))
    assert told(filled)[0].startswith(f"The folder {photos[0].parent} is not there any more.")
    assert opened.paths == []


# Exporting


def test_export_tells_where_and_offers_to_go_there(
    qtbot: QtBot, filled: MainWindow, tmp_path: Path, photos: list[Path], opened: Opened
) -> None:
    choose(filled, 0, 1)
    act(filled, "item.export")
    dialog = filled.findChild(QFileDialog)
    assert dialog is not None
    assert not dialog.isModal() or dialog.windowModality().name == "WindowModal"
    out = tmp_path / "out"
    dialog.filesSelected.emit([str(out)])
    dialog.close()
    qtbot.waitUntil(lambda: told(filled) == [f"2 items exported to {out}."])
    assert sorted(path.name for path in out.iterdir()) == ["Rome 1.jpg", "Rome 2.jpg"]
    assert (out / "Rome 1.jpg").read_bytes() == photos[0].read_bytes()
    offer(filled.notices.shown()[0], "Open folder").click()
    assert opened.paths == [out]


def test_export_into_the_library_is_refused(qtbot: QtBot, filled: MainWindow) -> None:
    assert filled.room is not None
    exporting.export_to(filled, [1], filled.room.folder / "blobs")
    qtbot.waitUntil(lambda: not filled.error_bar.isHidden())
    assert "lies in the library" in filled.error_bar.text()


def test_a_long_export_tells_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, filled: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keeproom.ui.transfers.QUIET_MS", 0)

    def slow(transfer: Transfer) -> None:
        transfer.total_bytes, transfer.done_bytes = 200, 50
        work_until_stopped(transfer)

    Transfers.of(filled).start("Exporting to Out", slow, lambda _: None)
    qtbot.waitUntil(lambda: len(filled.notices.shown()) == 1)
    (notice,) = filled.notices.shown()
    assert isinstance(notice, ProgressNotice)
    qtbot.waitUntil(lambda: notice.label.text() == "Exporting to Out\n50 bytes / 200 bytes")
    assert notice.fraction() == 0.25
    offer(notice, "Cancel").click()
    qtbot.waitUntil(lambda: told(filled) == ["Stopped."])
    assert Transfers.of(filled).count == 0


def test_what_runs_ends_with_the_library(filled: MainWindow) -> None:
    transfers = Transfers.of(filled)
    transfers.start("Endless", work_until_stopped, lambda _: None)
    assert filled.room is not None
    before_closing(filled, filled.room)
    assert transfers.count == 0
    assert told(filled) == []


def test_old_copies_of_ended_processes_go_when_a_library_is_opened(qtbot: QtBot, filled: MainWindow) -> None:
    assert filled.room is not None
    working = working_folder(filled.room.library.layout)
    old = working / "1-0123456789ab" / f"{int((time.time() - 7_200) * 1e9)}-x"
    new = working / "1-0123456789ab" / f"{int(time.time() * 1e9)}-y"
    old.mkdir(parents=True)
    new.mkdir()
    after_opening(filled, filled.room)
    qtbot.waitUntil(lambda: not old.exists())
    assert new.is_dir()


# Coming in


def test_a_copied_picture_is_imported(
    qtbot: QtBot, filled: MainWindow, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    QGuiApplication.clipboard().setImage(image)
    act(filled, "edit.paste")
    qtbot.waitUntil(lambda: filled.grid.count() in (1, 4), timeout=20_000)
    left = own_home / "XDG_CACHE_HOME" / "keeproom" / "incoming"
    qtbot.waitUntil(lambda: not [file for file in left.rglob("*") if file.is_file()], timeout=LONG_MS)


def test_an_empty_clipboard_says_so(filled: MainWindow) -> None:
    QGuiApplication.clipboard().setText("some words")
    act(filled, "edit.paste")
    QGuiApplication.clipboard().clear()
    act(filled, "edit.paste")
    assert told(filled) == ["There is no file and no picture on the clipboard."] * 2


def test_copied_files_are_imported(filled: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(filled, "import_paths", asked.extend)
    mime = QMimeData()
    mime.setData("x-special/gnome-copied-files", f"copy\n{(tmp_path / 'a b.jpg').as_uri()}".encode())
    QGuiApplication.clipboard().setMimeData(mime)
    act(filled, "edit.paste")
    assert asked == [tmp_path / "a b.jpg"]
