"""A list that lies over the window beside the line it belongs to."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from keeproom.ui.describe.suggestionlist import SuggestionList
from keeproom.ui.theme.palette import colours


class Floating(QFrame):
    """Lies over the window, right under a field, or above it where there is more room."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self._list: SuggestionList | None = None
        self.hide()

    def hold(self, shown: SuggestionList) -> None:
        self._list = shown
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 4)
        column.addWidget(shown)

    def show_under(self, line: QWidget, wanted: bool) -> None:
        """Show the list at its place, or hide it."""
        if self._list is None or not wanted:
            self.hide()
            return
        window = line.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        height = self._list.height_wanted() + 8
        below = line.mapTo(window, QPoint(0, line.height() + 2))
        fits = below.y() + height <= window.height()
        top = below.y() if fits else line.mapTo(window, QPoint(0, -2 - height)).y()
        self.setGeometry(below.x(), top, line.width(), height)
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(those.outline, 1))
        painter.setBrush(those.base)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
