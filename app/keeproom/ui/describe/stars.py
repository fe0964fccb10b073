"""A rating as five stars that are clicked, or set from the keyboard."""

from __future__ import annotations

from math import cos, pi, sin

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from keeproom.ui.describe.shared import MIXED, Mixed
from keeproom.ui.texts import plural, tr
from keeproom.ui.theme.palette import colours

MOST = 5
STEP_PX = 22
STARS_PX = MOST * STEP_PX + 2
RADIUS_PX = 8.5
HEIGHT_PX = 26
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1}


class Stars(QWidget):
    """`rated` carries the number of stars a person wants, 0 to 5. A click on the last star takes the rating away."""

    rated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rating: int | Mixed = 0
        self._hovered = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(tr("Rating (0 to 5)"))
        self._name()

    def rating(self) -> int | Mixed:
        return self._rating

    def show_rating(self, rating: int | Mixed) -> None:
        """Show so many stars, or that items differ."""
        if rating != self._rating:
            self._rating = rating
            self._name()
            self.updateGeometry()
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
            self.update()

    def _name(self) -> None:
        words = tr("mixed") if isinstance(self._rating, Mixed) else plural(self._rating, "%n star", "%n stars")
        self.setAccessibleName(f"{tr('Rating')}: {words}")

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(tr("Mixed")) + 10 if self._rating is MIXED else 0
        return QSize(STARS_PX + words, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def place_of(self, star: int) -> QPointF:
        """The middle of a star, counted from 1."""
        return QPointF((star - 0.5) * STEP_PX + 1, self.height() / 2)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._star_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            star = self._star_at(event.position())
            self.rated.emit(0 if star == self._rating else star)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """0 to 5, or one more and one less with the arrow keys."""
        now = 0 if isinstance(self._rating, Mixed) else self._rating
        step = _STEPS.get(Qt.Key(event.key()))
        if event.text() in tuple("012345"):
            self.rated.emit(int(event.text()))
        elif step is not None:
            self.rated.emit(min(MOST, max(0, now + step)))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """While it has the keyboard, its keys are no actions of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def _star_at(self, place: QPointF) -> int:
        return min(MOST, max(1, int((place.x() - 1) // STEP_PX) + 1))

    def _hover(self, star: int) -> None:
        if star != self._hovered:
            self._hovered = star
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for star in range(1, MOST + 1):
            self._paint_star(painter, star)
        if self._rating is MIXED:
            painter.setPen(those.secondary)
            painter.drawText(self.rect().adjusted(STARS_PX + 4, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, tr("Mixed"))
        if self.hasFocus():
            painter.setPen(QPen(those.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)

    def _paint_star(self, painter: QPainter, star: int) -> None:
        those = colours(self.palette())
        rating = 0 if isinstance(self._rating, Mixed) else self._rating
        is_on = star <= (self._hovered or rating)
        colour: QColor = those.accent if self._hovered and is_on else those.text if is_on else those.outline
        painter.setPen(QPen(colour, 1.2, j=Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(colour if is_on else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(star_at(self.place_of(star), RADIUS_PX))


def star_at(middle: QPointF, radius: float) -> QPolygonF:
    """A five-pointed star, one point up."""
    corners = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.45
        angle = pi * (corner / 5 - 0.5)
        corners.append(QPointF(middle.x() + reach * cos(angle), middle.y() + reach * sin(angle) + radius * 0.08))
    return QPolygonF(corners)


def _is_own(event: QKeyEvent) -> bool:
    return event.text() in tuple("012345") or Qt.Key(event.key()) in _STEPS
