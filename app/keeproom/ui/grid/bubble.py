"""The words beside the scrubber: where the handle, or the mouse, is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from keeproom.ui.fonts import tabular
from keeproom.ui.theme.palette import colours

if TYPE_CHECKING:
    from keeproom.ui.grid.area import CellArea

HEIGHT_PX = 28
PADDING_PX = 12
GAP_PX = 8


class Bubble(QWidget):
    """Lies over the right edge of the cells, at the height it is told; the mouse goes through it."""

    def __init__(self, area: CellArea) -> None:
        super().__init__(area)
        self._area = area
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def tell(self, text: str, y: float) -> None:
        """Say this beside a height of the scrubber."""
        self._text = text
        self.setFont(_semibold(self._area.font()))
        width = self.fontMetrics().horizontalAdvance(text) + 2 * PADDING_PX
        bar = QRect(self._area.scrubber.mapTo(self._area, QPoint()), self._area.scrubber.size())
        top = round(bar.top() + min(max(y - HEIGHT_PX / 2, 2), bar.height() - HEIGHT_PX - 2))
        self.setGeometry(bar.left() - GAP_PX - width, top, width, HEIGHT_PX)
        self.update()
        if self.isHidden():
            self.show()
            self.raise_()

    def text(self) -> str:
        """What it says; nothing while it is not there."""
        return "" if self.isHidden() else self._text

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(those.outline, 1))
        painter.setBrush(those.menu)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(those.text)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)


def _semibold(base: QFont) -> QFont:
    font = tabular(base)
    font.setWeight(QFont.Weight.DemiBold)
    return font
