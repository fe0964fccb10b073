from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from keeproom.ui.widgets import LinkButton
from keeproom.ui.window.activity import IMPORTS_PAGE, Doing
from keeproom.ui.window.main import MainWindow
from keeproom.ui.window.statusbar import StatusBar

IMPORTING = Doing("Importing 8,214 of 20,000 · 9 min", 0.4, IMPORTS_PAGE)


@pytest.fixture
def status(window: MainWindow) -> StatusBar:
    window.status.show_doing(IMPORTING, paused=False)
    return window.status


def test_the_words_and_the_link_lead_to_the_page(qtbot: QtBot, status: StatusBar) -> None:
    link = next(button for button in status.findChildren(LinkButton))
    assert link.accessibleName() == "Show the imports"
    words = next(label for label in status.findChildren(QLabel) if label.text() == IMPORTING.text)
    with qtbot.waitSignal(status.asked) as asked:
        link.click()
    assert asked.args == [IMPORTS_PAGE]
    with qtbot.waitSignal(status.asked) as asked:
        qtbot.mouseClick(words, Qt.MouseButton.LeftButton)
    assert asked.args == [IMPORTS_PAGE]


def test_nothing_going_on_leaves_nothing_to_click(status: StatusBar) -> None:
    status.show_doing(None, paused=False)
    assert all(button.isHidden() for button in status.findChildren(LinkButton))
    assert status.text() == ""
