from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from keeproom.errors import ExpectedError
from keeproom.ui.failures import Failure, Failures
from keeproom.ui.window.dialogs import TextDialog
from keeproom.ui.window.main import MainWindow


@pytest.fixture
def failures(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Failures]:
    """Installed, and put away again."""
    from keeproom.library import recorder

    monkeypatch.setattr(recorder, "dump", lambda _reason: tmp_path / "report.log")
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    made = Failures()
    made.install()
    yield made
    sys.excepthook, threading.excepthook, sys.unraisablehook = before


def fail() -> None:
    raise RuntimeError("planted")


def test_an_error_of_a_thread_is_shown_once(qtbot: QtBot, failures: Failures) -> None:
    told: list[Failure] = []
    failures.failed.connect(told.append)
    for _ in range(3):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: bool(told))
    assert len(told) == 1
    assert told[0].summary == "RuntimeError: planted"
    assert "fail" in told[0].details
    assert told[0].report is not None


def test_what_nothing_catches_is_shown(qtbot: QtBot, failures: Failures) -> None:
    with qtbot.waitSignal(failures.failed) as caught:
        try:
            fail()
        except RuntimeError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    assert caught.args is not None


def test_an_interruption_is_no_failure(failures: Failures) -> None:
    with pytest.raises(SystemExit) as caught:
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert caught.value.code == 130


def test_the_window_says_that_the_files_are_safe(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    from keeproom.library import recorder

    monkeypatch.setattr(recorder, "dump", lambda _reason: Path("report.log"))
    window.tell_error(RuntimeError("planted"))
    assert window.error_bar.text() == "Something went wrong inside Keeproom. Your files are safe."
    details = next(each for each in window.error_bar.findChildren(QAbstractButton) if each.text() == "Details")
    details.click()
    dialog = window.findChild(TextDialog)
    assert isinstance(dialog, TextDialog)
    assert "planted" in dialog.text()
    dialog.copy()
    assert "planted" in QGuiApplication.clipboard().text()


def test_an_expected_error_is_told_as_it_stands(window: MainWindow) -> None:
    window.tell_error(ExpectedError("The disk is full."))
    assert window.error_bar.text() == "The disk is full."
    assert not window.error_bar.isHidden()


def test_a_full_disk_is_no_bug(qtbot: QtBot, failures: Failures) -> None:
    with qtbot.waitSignal(failures.expected) as caught, qtbot.assertNotEmitted(failures.failed):
        failures.report(OSError(28, "No space left on device", "settings.json"))
    assert caught.args is not None
