from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from keeproom.library import jobs
from keeproom.model import Stage
from keeproom.ui.activity.panel import ActivityPanel
from keeproom.ui.window.main import MainWindow
from tests.conftest import MakePicture
from tests.ui.helpers import ready

LONG_MS = 60_000


@pytest.fixture
def panel(qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ActivityPanel:
    """The page in a window on a new library, in which nothing rests before it is tried again."""
    monkeypatch.setattr(jobs, "PAUSES", (timedelta(), timedelta()))
    window.resize(1280, 800)
    window.open_folder(tmp_path / "Library")
    qtbot.waitUntil(lambda: ready(window), timeout=LONG_MS)
    shown = window.show_panel("activity")
    assert isinstance(shown, ActivityPanel)
    qtbot.waitUntil(shown.is_complete, timeout=LONG_MS)
    return shown


@pytest.fixture
def failing(qtbot: QtBot, panel: ActivityPanel, window: MainWindow, make_picture: MakePicture) -> ActivityPanel:
    """The page after an import of one good picture and one that cannot be read."""
    broken = make_picture("good.jpg").parent / "broken.jpg"
    broken.write_text("no picture")
    window.import_paths([broken.parent])
    qtbot.waitUntil(lambda: panel.problems.count == 1 and ready(window), timeout=LONG_MS)
    return panel


def test_nothing_to_do_is_said_quietly(panel: ActivityPanel, tmp_path: Path) -> None:
    assert panel.quiet.isVisible()
    assert panel.quiet.text() == "Nothing to do. Everything has its preview."
    assert " free of " in panel.footer.text()
    assert str(tmp_path / "Library" / "logs") in panel.footer.text()
    own = [each for each in panel.findChildren(QAbstractButton) if not each.objectName().startswith("qt_")]
    assert [each for each in own if not (each.accessibleName() or each.text())] == []


def test_what_failed_is_listed_with_the_reason(qtbot: QtBot, failing: ActivityPanel) -> None:
    QAbstractItemModelTester(failing.problems.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    failed = failing.problems.rows.rows[0]
    assert (failed.name, failed.stage) == ("broken.jpg", Stage.PICTURE)
    assert failed.error
    assert "1 failed" in failing.cards[Stage.PICTURE].text()
    assert "2 done" in failing.cards[Stage.METADATA].text()
    failing.problems.table.select_row(0)
    assert failing.problems.why.text().startswith("broken.jpg: Preview")
    assert failing.chosen_ids() == [failed.asset]
    qtbot.keyClick(failing.problems.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == failing.problems.why.text()


def test_one_and_all_are_tried_again(qtbot: QtBot, failing: ActivityPanel, window: MainWindow) -> None:
    assert not failing.problems.retry.isEnabled()
    failing.problems.table.select_row(0)
    words = {failing.problems.retry: "Trying 1 item again.", failing.problems.retry_all: "Trying 1 step again."}
    for button, told in words.items():
        with qtbot.waitSignal(window.room.session.changed, timeout=LONG_MS):  # type: ignore[union-attr]
            button.click()
        qtbot.waitUntil(lambda: failing.problems.count == 1 and ready(window), timeout=LONG_MS)
        assert window.notices.shown()[-1].label.text() == told


def test_enter_shows_the_item(
    qtbot: QtBot, failing: ActivityPanel, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[list[int], int]] = []
    monkeypatch.setattr(window, "view_items", lambda ids, index: seen.append((ids, index)))
    failing.problems.table.select_row(0)
    qtbot.keyClick(failing.problems.table, Qt.Key.Key_Return)
    failing.problems.show_item.click()
    assert seen == [(failing.chosen_ids(), 0)] * 2


def test_pause_and_resume_are_told(
    qtbot: QtBot, panel: ActivityPanel, window: MainWindow, make_picture: MakePicture
) -> None:
    session = window.session()
    assert session is not None
    session.pause()
    qtbot.waitUntil(lambda: panel.pause.isVisible() and panel.pause.accessibleName() == "Resume", timeout=LONG_MS)
    assert panel.quiet.text().endswith("Work is paused.")
    window.import_paths([make_picture()])
    qtbot.waitUntil(lambda: panel.says.text().startswith("Paused"), timeout=LONG_MS)
    panel.pause.click()
    qtbot.waitUntil(lambda: not window.activity.paused and ready(window), timeout=LONG_MS)
    qtbot.waitUntil(lambda: "1 done" in panel.cards[Stage.PICTURE].text(), timeout=LONG_MS)


def test_it_asks_nothing_while_nobody_looks(qtbot: QtBot, panel: ActivityPanel, window: MainWindow) -> None:
    window.show_panel("library")
    assert not panel._tick.isActive()
    panel._pace.nudge()
    assert not panel._pace.is_settled
    window.show_panel("activity")
    qtbot.waitUntil(panel.is_complete, timeout=LONG_MS)
