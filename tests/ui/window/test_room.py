"""A library in the window, when it is left."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from keeproom.library.opening import open_library
from keeproom.model import Changes
from keeproom.ui.window.room import Room
from keeproom.workers.session import Session


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, empty_library: Path) -> Room:
    shutil.copytree(empty_library, tmp_path / "Library")
    library = open_library(tmp_path / "Library")
    return Room(library, Session(library))


def test_nothing_is_told_of_a_library_that_was_left(room: Room) -> None:
    told: list[object] = []
    for news in (room.failed, room.session.changed, room.session.failed, room.session.import_finished):
        news.connect(told.append)
    room.close()
    room.session.changed.emit(Changes(1, changed=(1,)))
    room.session.import_finished.emit(None)
    room.session.failed.emit(OSError())
    room.failed.emit(OSError())
    assert told == []


def test_what_was_asked_before_is_still_answered(room: Room, qtbot: QtBot) -> None:
    answers: list[int] = []
    room.run(lambda: 7, answers.append)
    room.close()
    qtbot.waitUntil(lambda: answers == [7])


def test_the_session_goes_with_its_room(room: Room) -> None:
    session = room.session
    room.close()
    room.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(session)


def test_a_catalog_that_cannot_be_written_keeps_no_library_open(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = room.session.close

    def full() -> None:
        real()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(room.session, "close", full)
    closed: list[bool] = []
    close = room.library.close
    monkeypatch.setattr(room.library, "close", lambda: (close(), closed.append(True)))
    room.close()
    assert closed == [True]
    assert "without a word" in caplog.text
    caplog.clear()
