from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

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
