"""A filter as a chip that is on or off, with how many it would leave."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from keeproom.ui.fonts import tabular
from keeproom.ui.texts import number, tr
from keeproom.ui.theme.palette import LABELS, colours

CHIP_PX = 28
RADIUS_PX = 14
PADDING_PX = 12
DOT_PX = 10
GAP_PX = 6


class FilterChip(QAbstractButton):
    """On, where the query asks for it."""

    def __init__(self, text: str, parent: QWidget, explains: str = "", label: str = "") -> None:
        super().__init__(parent)
        self._text = self._words = tr(text)
        self.setFont(tabular(self.font()))
        self._label = label
        self.setCheckable(True)
        self.setAccessibleName(self._words)
        self.setToolTip(tr(explains) if explains else "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def words(self) -> str:
        return self._words

    def show_count(self, count: int | None) -> None:
        """Tell how many there are, beside the words; nothing, where that is not known."""
        words = self._text if count is None else f"{self._text}  {number(count)}"
        if words != self._words:
            self._words = words
            self.setAccessibleName(words)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self.font()).horizontalAdvance(self._words)
        return QSize(2 * PADDING_PX + words + (DOT_PX + GAP_PX if self._label else 0), CHIP_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, focused = self.isChecked(), self.hasFocus()
        pen = QPen(those.accent if on or focused else those.outline, 2 if focused else 1)
        painter.setPen(pen)
        painter.setBrush(those.tint if on else those.hover if self.underMouse() else those.button)
        margin = pen.widthF() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(margin, margin, -margin, -margin), RADIUS_PX, RADIUS_PX)
        left = PADDING_PX
        if self._label:
            painter.setPen(QPen(those.text, 1))
            painter.setBrush(LABELS[self._label])
            painter.drawEllipse(QRectF(left, (self.height() - DOT_PX) / 2, DOT_PX, DOT_PX))
            left += DOT_PX + GAP_PX
        painter.setFont(self.font())
        painter.setPen(those.text)
        room = self.rect().adjusted(left, 0, -PADDING_PX, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)
        painter.setPen(those.text if on else those.secondary)
        rest = self._words.removeprefix(self._text)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, rest)
