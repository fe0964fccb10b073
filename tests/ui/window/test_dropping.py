from __future__ import annotations

import os
import socket
from pathlib import Path
from time import process_time

import pytest
from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from keeproom.ui.window import taking
from keeproom.ui.window.dropping import drop_words, read_drop
from keeproom.ui.window.main import MainWindow
from keeproom.ui.window.webpictures import WebPicture


def uri_list(text: bytes) -> QMimeData:
    """What another program sends."""
    mime = QMimeData()
    mime.setData("text/uri-list", QByteArray(text))
    return mime


def enter(widget: QWidget, mime: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(
        QPoint(300, 300),
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)
    return event


def drop(widget: QWidget, mime: QMimeData) -> QDropEvent:
    event = QDropEvent(
        QPointF(300, 300),
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QEvent.Type.Drop,
    )
    QApplication.sendEvent(widget, event)
    return event


@pytest.mark.parametrize(
    ("text", "paths", "others"),
    [
        (b"file:///tmp/a.jpg\r\nfile:///tmp/b%20c.jpg\r\n", ["/tmp/a.jpg", "/tmp/b c.jpg"], 0),
        (b"# a comment\r\nfile://localhost/tmp/a.jpg", ["/tmp/a.jpg"], 0),
        (b"https://example.org/a.jpg\r\nfile:///tmp/a.jpg", ["/tmp/a.jpg"], 1),
        (b"file:///tmp/a.jpg\nfile:///tmp/a.jpg\n", ["/tmp/a.jpg"], 0),
        (b"file:///tmp/caf%C3%A9.jpg", ["/tmp/café.jpg"], 0),
        (b"file:///tmp/caf%E9.jpg", [os.fsdecode(b"/tmp/caf\xe9.jpg")], 0),
        (b"file:///tmp/a%23b%3Fc.jpg", ["/tmp/a#b?c.jpg"], 0),
        (b"file:/tmp/a.jpg", ["/tmp/a.jpg"], 0),
        (b"FILE:///tmp/a.jpg", ["/tmp/a.jpg"], 0),
        (f"file://{socket.gethostname()}/tmp/a.jpg".encode(), ["/tmp/a.jpg"], 0),
        (b"file://server/share/a.jpg", [], 1),
        (b"file:relative.jpg", [], 1),
        (b"file:///tmp/a%00b", [], 1),
        (b"mailto:someone@example.org", [], 1),
        (b"", [], 0),
    ],
)
def test_what_other_programs_send(text: bytes, paths: list[str], others: int) -> None:
    found = read_drop(uri_list(text))
    assert [str(path) for path in found.paths] == paths
    assert found.others == others


def test_urls_of_this_program(tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "ä.jpg"))])
    assert read_drop(mime).paths == (tmp_path / "ä.jpg",)


@pytest.mark.parametrize(
    ("count", "folders", "words"),
    [
        (3, 3, "Copy 3 folders into the library"),
        (1, 1, "Copy 1 folder into the library"),
        (2, 0, "Copy 2 files into the library"),
        (3, 1, "Copy 3 items into the library"),
        (5_000, None, "Copy 5,000 items into the library"),
    ],
)
def test_the_words_over_the_window(count: int, folders: int | None, words: str) -> None:
    assert drop_words([Path(str(each)) for each in range(count)], folders) == words


def test_a_drag_over_the_window_is_told_and_let_go(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    event = enter(window, mime)
    assert event.isAccepted()
    assert event.dropAction() == Qt.DropAction.CopyAction
    qtbot.waitUntil(lambda: window.drops.overlay.text() == "Copy 1 folder into the library")
    assert window.drops.overlay.isVisible()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window.drops.overlay.isVisible()


def test_a_drop_asks_for_an_import(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(window, "import_paths", asked.extend)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.org/x.jpg")])
    enter(window, mime)
    assert drop(window, mime).isAccepted()
    assert asked == [tmp_path]
    assert window.notices.shown()[0].label.text() == "1 thing is no file on this computer and was left out."


def told(window: MainWindow) -> list[str]:
    return [notice.label.text() for notice in window.notices.shown()]


def test_what_is_no_file_says_so(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(window, "import_paths", asked.extend)
    mime = QMimeData()
    mime.setText("file:///etc/passwd")
    assert enter(window, mime).isAccepted()
    assert window.drops.overlay.text() == "There is no file and no picture in this"
    drop(window, mime)
    assert told(window) == ["There was no file and no picture in what was dropped."]
    assert asked == []


def test_what_is_on_the_web_says_so(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(window, "import_paths", asked.extend)
    mime = uri_list(b"https://example.org/a.jpg")
    enter(window, mime)
    assert window.drops.overlay.text() == "This is on the web, not a file"
    drop(window, mime)
    assert told(window)[0].startswith("This is on the web, and Keeproom loads nothing from there.")
    assert asked == []


def test_a_picture_of_a_browser_is_saved_and_imported(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(window, "import_paths", asked.extend)
    mime = uri_list(b"https://example.org/photos/Rome.jpg")
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    mime.setImageData(image)
    enter(window, mime)
    assert window.drops.overlay.text() == "Copy this picture into the library"
    drop(window, mime)
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert asked[0].name == "Rome.png"
    assert asked[0].is_relative_to(own_home)
    assert QImage(str(asked[0])).size() == image.size()


def test_saved_pictures_that_nobody_fetched_go(own_home: Path) -> None:
    first = taking.save_picture(WebPicture("a/b", ".png", b"1"))
    assert first.name == "a_b.png"
    old = first.parent.with_name(f"{int(first.parent.name.partition('-')[0]) - int(8 * 24 * 3_600e9)}-x")
    first.parent.rename(old)
    second = taking.save_picture(WebPicture("c", ".png", b"2"))
    assert not old.exists()
    assert second.read_bytes() == b"2"


def test_what_is_dragged_out_of_this_window_is_not_taken(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/tmp/a.jpg")])

    class OwnDrag(QDragEnterEvent):
        def source(self) -> QObject:
            return window.grid

    event = OwnDrag(
        QPoint(300, 300),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    assert window.drops.eventFilter(window, event)
    assert not event.isAccepted()
    assert not window.drops.overlay.isVisible()


def test_five_thousand_files_are_read_at_once(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(window, "import_paths", asked.extend)
    mime = uri_list(b"\r\n".join(b"file:///photos/2023/IMG%%20%05d.jpg" % number for number in range(5_000)))
    started = process_time()
    enter(window, mime)
    drop(window, mime)
    assert process_time() - started < 0.4
    assert len(asked) == 5_000
    assert window.drops.overlay.text() == "Copy 5,000 items into the library"


def test_a_source_that_ended_before_the_drop_was_heard(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(window, "import_paths", asked.extend)
    enter(window, uri_list(b"file:///tmp/a.jpg"))
    drop(window, uri_list(b""))
    assert asked == [Path("/tmp/a.jpg")]
