"""What opens below the field, over the window and without taking the keyboard from where it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from keeproom.ui.theme.palette import colours

LEAST_PX = 420
MOST_PX = 760
MARGIN_PX = 8
GAP_PX = 4
RADIUS_PX = 8


class Sheet(QFrame):
    """Hangs below `anchor`, as wide as that within bounds that can be read well, and never beyond the window."""

    def __init__(self, anchor: QWidget, least_px: int = LEAST_PX) -> None:
        super().__init__(anchor)
        self._anchor = anchor
        self._least_px = least_px
        self._most_px = max(least_px, MOST_PX)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        anchor.installEventFilter(self)

    def open(self) -> None:
        """Show it where it belongs."""
        window = self._anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            window.installEventFilter(self)
        self.place()
        self.show()
        self.raise_()

    def wanted_height(self, width: int) -> int:
        """How high it would like to be at this width."""
        return max(self.heightForWidth(width), self.sizeHint().height())

    def place(self) -> None:
        window = self._anchor.window()
        corner = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + GAP_PX))
        wanted = max(self._least_px, min(self._anchor.width(), self._most_px))
        width = min(wanted, window.width() - 2 * MARGIN_PX)
        left = max(MARGIN_PX, min(corner.x(), window.width() - width - MARGIN_PX))
        room = window.height() - corner.y() - MARGIN_PX
        self.setGeometry(left, corner.y(), width, max(40, min(self.wanted_height(width), room)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and not self.isHidden():
            self.place()
        if event.type() == QEvent.Type.Hide and watched is self._anchor:
            self.hide()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(those.outline, 1))
        painter.setBrush(those.menu)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_PX, RADIUS_PX)
