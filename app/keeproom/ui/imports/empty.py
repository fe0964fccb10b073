"""What the page says where nothing was imported yet: what will be here, and how to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from keeproom.ui.actions.action_set import ActionSet
from keeproom.ui.controls import ActionButton, PictureLabel
from keeproom.ui.fonts import title_font
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import PlainLabel

ICON_PX = 72


class NoImports(QWidget):
    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = PictureLabel("history", ICON_PX, "outline", self)
        self._title = PlainLabel(tr("Nothing was imported yet"), self)
        self._title.setFont(title_font(self.font()))
        self._words = PlainLabel(
            tr("Every import will be listed here, with what became of each of its files."), self, "secondary"
        )
        self.files = ActionButton(actions["import.files"], self, tr("Choose files…"))
        self.folder = ActionButton(actions["import.folder"], self, tr("Choose a folder…"))
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.files)
        buttons.addWidget(self.folder)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        for widget in (self._icon, self._title, self._words):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(10)
        column.addLayout(buttons)
        column.setAlignment(buttons, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def text(self) -> str:
        return f"{self._title.text()}\n{self._words.text()}"

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), colours(self.palette()).canvas)
