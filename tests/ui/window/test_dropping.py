from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from keeproom.ui.window.dropping import drop_words, read_drop
from keeproom.ui.window.main import MainWindow


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


def test_text_is_refused(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setText("file:///etc/passwd")
    assert not enter(window, mime).isAccepted()


def test_a_source_that_ended_before_the_drop_was_heard(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(window, "import_paths", asked.extend)
    enter(window, uri_list(b"file:///tmp/a.jpg"))
    drop(window, uri_list(b""))
    assert asked == [Path("/tmp/a.jpg")]
