from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from keeproom.ui.acts import house
from keeproom.ui.widgets import IconButton
from keeproom.ui.window import notices
from keeproom.ui.window.main import MainWindow
from keeproom.ui.window.notices import Offer


def test_a_notice_goes_by_itself(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "NOTICE_MS", 30)
    window.notices.tell("3 added.")
    qtbot.waitUntil(lambda: not window.notices.shown())
    qtbot.waitUntil(lambda: not window.notices.isVisible())


def test_it_waits_for_who_reads_it(window: MainWindow) -> None:
    notice = window.notices.tell("3 added.")
    place = QPointF(5, 5)
    QApplication.sendEvent(notice, QEnterEvent(place, place, place))
    assert not notice.is_counting_down()
    QApplication.sendEvent(notice, QEvent(QEvent.Type.Leave))
    assert notice.is_counting_down()


def test_f6_goes_to_the_newest_and_escape_puts_it_away(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitActive(window)
    assert not window.action_set["view.notice"].isEnabled()
    notice = window.notices.tell("3 added.")
    QTest.keyClick(window, Qt.Key.Key_F6)
    qtbot.waitUntil(notice.hasFocus)
    assert not notice.is_counting_down()
    QTest.keyClick(notice, Qt.Key.Key_Escape)
    assert window.notices.shown() == []


def test_an_offer_is_taken_once(window: MainWindow) -> None:
    taken: list[str] = []
    notice = window.notices.tell("3 added.", Offer("Show", lambda: taken.append("shown")))
    next(each for each in notice.findChildren(QToolButton) if each.text() == "Show").click()
    assert taken == ["shown"]
    assert window.notices.shown() == []


def test_there_are_never_too_many(window: MainWindow) -> None:
    for number in range(10):
        window.notices.tell(f"{number} added.")
    assert [notice.label.text() for notice in window.notices.shown()] == ["7 added.", "8 added.", "9 added."]


def test_texts_are_never_rich(window: MainWindow) -> None:
    notice = window.notices.tell("<b>bold</b>.jpg")
    assert notice.label.textFormat() == Qt.TextFormat.PlainText
    window.error_bar.tell("<img src='x'>")
    assert window.error_bar.text() == "<img src='x'>"


def test_the_keyboard_goes_back_where_it_was(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitActive(window)
    window.grid.setFocus()
    notice = window.notices.tell("3 added.")
    house.go_to_message(window)
    assert notice.hasFocus()
    QTest.keyClick(notice, Qt.Key.Key_Escape)
    assert window.grid.hasFocus()


def test_an_error_comes_first_and_then_the_notices(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitActive(window)
    window.grid.setFocus()
    notice = window.notices.tell("3 added.")
    window.error_bar.tell("The disk is full.", Offer("Free up space", lambda: None))
    house.go_to_message(window)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "Free up space"
    house.go_to_message(window)
    assert notice.hasFocus()
    house.go_to_message(window)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.error_bar.isHidden()


def test_an_error_without_an_offer_can_be_put_away(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitActive(window)
    window.grid.setFocus()
    window.error_bar.tell("The disk is full.")
    house.go_to_message(window)
    assert window.error_bar.has_focus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.error_bar.isHidden()
    assert window.grid.hasFocus()


def test_work_that_goes_on_is_never_crowded_out(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "NOTICE_MS", 10)
    stopped: list[str] = []
    working = window.notices.tell_progress("Exporting", Offer("Cancel", lambda: stopped.append("now")))
    for number in range(6):
        window.notices.tell(f"{number} added.")
    qtbot.waitUntil(lambda: window.notices.shown() == [working])
    working.show_progress("Exporting, 1 of 4", 0.25)
    assert working.label.text() == working.accessibleName() == "Exporting, 1 of 4"
    assert working.fraction() == 0.25
    working.show_progress("Exporting", None)
    assert working.fraction() is None
    next(each for each in working.findChildren(QToolButton) if each.text() == "Cancel").click()
    assert stopped == ["now"]
    assert window.notices.shown() == []


def test_every_button_of_a_message_says_what_it_does(window: MainWindow) -> None:
    notice = window.notices.tell("3 added.", Offer("Show", lambda: None))
    window.error_bar.tell("The disk is full.")
    crosses = [*notice.findChildren(IconButton), *window.error_bar.findChildren(IconButton)]
    assert {button.accessibleName() for button in crosses} == {"Dismiss"}
    assert {button.toolTip() for button in crosses} == {"Dismiss (Esc)"}
