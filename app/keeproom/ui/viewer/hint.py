"""A line of text on the picture that goes away by itself."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from keeproom.ui.theme.palette import DARK, PLATE
from keeproom.ui.widgets import PlainLabel

SHOWN_MS = 6_000
WIDEST_PX = 560
MARGIN_PX = 16


class Hint(QWidget):
    """Lies at the top of its parent's middle; the mouse goes through it."""

    def __init__(self, parent: QWidget, shown_ms: int = SHOWN_MS) -> None:
        super().__init__(parent)
        self._over = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.label = PlainLabel("", self, wrap=True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.addWidget(self.label)
        self._timer = QTimer(self, singleShot=True, interval=shown_ms)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def tell(self, text: str) -> None:
        self.label.setText(text)
        self.setAccessibleName(text)
        self.place()
        self.setVisible(bool(text))
        self.raise_()
        self._timer.start()

    def text(self) -> str:
        return "" if self.isHidden() else self.label.text()

    def place(self) -> None:
        """Follow the parent's size."""
        room = self._over.size()
        width = min(
            WIDEST_PX,
            room.width() - 2 * MARGIN_PX,
            self.label.fontMetrics().horizontalAdvance(self.label.text()) + 36,
        )
        height = self.label.heightForWidth(width - 28) + 16
        self.setGeometry((room.width() - width) // 2, MARGIN_PX, width, max(34, height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(DARK.separator, 1))
        painter.setBrush(PLATE)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
