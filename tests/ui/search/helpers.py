"""A search field that is used as a person does, over a library that is asked in threads."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from keeproom.library.opening import Library
from keeproom.settings import Settings
from keeproom.ui.background import Background
from keeproom.ui.search.field import SearchField
from keeproom.ui.search.history import History
from keeproom.ui.search.language import language_of


class Asked:
    """A field in a window with another widget beside it, and what it asked."""

    def __init__(self, qtbot: QtBot, settings: Settings, library: Library) -> None:
        self.qtbot = qtbot
        self.host = QWidget()
        qtbot.addWidget(self.host)
        self.host.resize(900, 400)
        self.history = History(settings)
        self.field = SearchField(self.history, self.host)
        self.other = QLineEdit(self.host)
        line = QHBoxLayout(self.host)
        line.setAlignment(Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.field, 1)
        line.addWidget(self.other)
        self.background = Background(self.host)
        self.searched: list[str] = []
        self.items = self.left = 0
        self.field.searched.connect(self.searched.append)
        self.field.to_items.connect(self._on_items)
        self.field.left.connect(self._on_left)
        self.field.speak(language_of(library), self._run)
        self.host.show()
        self.host.activateWindow()
        self.field.setFocus()

    def _run(
        self, function: Callable[[], object], on_done: Callable[[object], None], on_error: Callable[[], None]
    ) -> None:
        self.background.run(function, on_done, lambda _error: on_error())

    def _on_items(self) -> None:
        self.items += 1

    def _on_left(self) -> None:
        self.left += 1

    def type(self, text: str) -> None:
        for letter in text:
            if letter.isascii():
                self.qtbot.keyClicks(self.focused, letter)
            else:  # which QTest has no key for
                key, none = Qt.Key(0), Qt.KeyboardModifier.NoModifier
                QApplication.sendEvent(self.focused, QKeyEvent(QEvent.Type.KeyPress, key, none, letter))

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.qtbot.keyClick(self.focused, key, modifier)

    def command(self, key: Qt.Key) -> None:
        self.press(key, modifier=Qt.KeyboardModifier.ControlModifier)

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.command(Qt.Key.Key_V)

    def suggested(self) -> list[str]:
        """What is listed below, when everything was answered."""
        self.qtbot.waitUntil(lambda: self.field.is_settled)
        return [line.shown for line in self.field.popup.list.lines()] if self.field.suggesting.is_open else []

    @property
    def focused(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    @property
    def chips(self) -> list[str]:
        return [chip.words() for chip in self.field.row.chips()]

    @property
    def typed(self) -> str:
        return self.field.edit.text()
