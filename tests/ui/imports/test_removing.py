from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from keeproom.library.originals import Removed
from keeproom.ui.flattable import RowsModel
from keeproom.ui.imports.panel import ImportsPanel
from keeproom.ui.imports.removing import STAY, RemovalDialog, removed_words
from keeproom.ui.window.main import MainWindow
from tests.ui.imports.conftest import LONG_MS


def listed(dialog: RemovalDialog) -> list[str]:
    return [original.path.name for original in dialog.rows.rows]


@pytest.fixture
def dialog(qtbot: QtBot, panel: ImportsPanel, looking: MainWindow, photos: Path) -> RemovalDialog:
    """What the page asks about the originals of its newest import, of which one has changed since."""
    (photos / "b.jpg").write_text("something else by now")
    panel.head.remove.click()
    shown: RemovalDialog | None = looking.findChild(RemovalDialog)
    assert shown is not None
    qtbot.waitUntil(lambda: not shown.is_looking, timeout=LONG_MS)
    return shown


def test_nothing_goes_before_a_person_has_seen_what(dialog: RemovalDialog, photos: Path) -> None:
    assert dialog.text().startswith("Remove 2 originals?")
    assert "in 1 folder. 1 stays where it is." in dialog.text()
    assert dialog.remove.text() == "Remove 2 originals"
    assert listed(dialog) == ["a.jpg", "broken.jpg"]
    dialog.chips.chip(STAY).click()
    assert listed(dialog) == ["b.jpg"]
    assert isinstance(dialog.rows, RowsModel)
    assert "changed" in str(dialog.rows.index(0, 1).data())
    assert not dialog.isModal()
    assert (photos / "a.jpg").exists()


def test_enter_is_cancel(qtbot: QtBot, dialog: RemovalDialog, photos: Path) -> None:
    assert dialog.cancel.isDefault()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert sorted(path.name for path in photos.glob("*.jpg")) == [
        ".hidden.jpg",
        "a.jpg",
        "b.jpg",
        "broken.jpg",
        "empty.jpg",
    ]


def test_what_can_go_goes_and_is_told(qtbot: QtBot, dialog: RemovalDialog, looking: MainWindow, photos: Path) -> None:
    dialog.remove.click()
    assert looking.activity.removing
    assert looking.activity.can_cancel
    qtbot.waitUntil(lambda: not looking.activity.removing, timeout=LONG_MS)
    assert not (photos / "a.jpg").exists()
    assert not (photos / "broken.jpg").exists()
    assert (photos / "b.jpg").exists()
    assert looking.notices.shown()[-1].label.text().startswith("2 originals removed, ")


def test_what_changes_after_the_look_stays_and_is_told(
    qtbot: QtBot, dialog: RemovalDialog, looking: MainWindow, photos: Path
) -> None:
    (photos / "a.jpg").write_text("changed while the dialog was open")
    dialog.remove.click()
    qtbot.waitUntil(lambda: not looking.activity.removing, timeout=LONG_MS)
    assert (photos / "a.jpg").exists()
    assert looking.notices.shown()[-1].label.text().endswith("1 stayed where it is.")


def test_a_removal_that_removed_nothing_says_so() -> None:
    assert removed_words(Removed(None, 0, 0, ())) == "No original was removed."


def test_an_answer_that_comes_after_it_was_closed_is_let_go(
    qtbot: QtBot, panel: ImportsPanel, looking: MainWindow
) -> None:
    room, record = looking.room, panel.record
    assert room is not None
    assert record is not None
    dialog = RemovalDialog(looking, room, record.entry)
    dialog.show()
    dialog.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    with qtbot.captureExceptions() as raised:
        dialog._on_seen([])
        dialog._on_error(OSError("the disk is gone"))
    assert not raised
    assert looking.error_bar.isHidden()
