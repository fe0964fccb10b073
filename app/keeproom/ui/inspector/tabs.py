"""The row of tabs: words with a line under the one that is open."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QWidget

from keeproom.ui.theme.palette import colours

HEIGHT_PX = 34
SPARE_PX = 20


class Tabs(QTabBar):
    """Flat; the arrow keys change the tab, as everywhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)

    def tabSizeHint(self, index: int) -> QSize:
        width = QFontMetrics(_emphatic(self.font())).horizontalAdvance(self.tabText(index))
        return QSize(width + SPARE_PX, HEIGHT_PX)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return QSize(min(40, self.tabSizeHint(index).width()), HEIGHT_PX)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(0, self.height() - 1, self.width(), 1, those.separator)
        hovered = self.tabAt(self.mapFromGlobal(self.cursor().pos())) if self.underMouse() else -1
        for index in range(self.count()):
            place = self.tabRect(index)
            is_open = index == self.currentIndex()
            painter.setFont(_emphatic(self.font()) if is_open else self.font())
            painter.setPen(those.text if is_open or index == hovered else those.secondary)
            text = painter.fontMetrics().elidedText(self.tabText(index), self.elideMode(), place.width() - 8)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
            if is_open:
                painter.fillRect(place.x() + 6, self.height() - 2, place.width() - 12, 2, those.accent)
                self._paint_focus(painter, QRectF(place))

    def _paint_focus(self, painter: QPainter, place: QRectF) -> None:
        if self.hasFocus():
            painter.setPen(QPen(colours(self.palette()).accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(2, 4, -2, -5), 5, 5)


def _emphatic(font: QFont) -> QFont:
    result = QFont(font)
    result.setWeight(QFont.Weight.DemiBold)
    return result
