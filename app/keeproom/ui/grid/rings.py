"""The rings around a cell and the circle on it; what a page full of selected cells needs is drawn once, then copied."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from keeproom.ui.grid.badges import BADGE_PX
from keeproom.ui.grid.thumbnails import CORNER_PX
from keeproom.ui.theme.palette import PLATE, PLATE_RING, Colours

RING_GAP_PX = 2
RING_PX = 3
OUT_PX = RING_GAP_PX + RING_PX
BEND_PX = CORNER_PX + OUT_PX + 1


class Rings:
    """Paints rings and circles in one set of colours for one pixel ratio."""

    def __init__(self, those: Colours, ratio: float) -> None:
        self._colours = those
        self._ratio = ratio
        self._chosen, self._offered = _circle(those.highlight.rgb(), ratio), _circle(PLATE.rgb(), ratio)
        self._corners = [_corner(those.accent.rgb(), ratio, x, y) for y in (0, 1) for x in (0, 1)]

    def paint_selected(self, painter: QPainter, left: int, top: int, width: int, height: int) -> None:
        """The accent ring around a picture: four straight lines and four bends."""
        first, above, across, down = left - OUT_PX, top - OUT_PX, width + 2 * OUT_PX, height + 2 * OUT_PX
        accent, straight, upright = self._colours.accent, across - 2 * BEND_PX, down - 2 * BEND_PX
        right, bottom = first + across, above + down
        painter.fillRect(first + BEND_PX, above, straight, RING_PX, accent)
        painter.fillRect(first + BEND_PX, bottom - RING_PX, straight, RING_PX, accent)
        painter.fillRect(first, above + BEND_PX, RING_PX, upright, accent)
        painter.fillRect(right - RING_PX, above + BEND_PX, RING_PX, upright, accent)
        upper_left, upper_right, lower_left, lower_right = self._corners
        painter.drawImage(first, above, upper_left)
        painter.drawImage(right - BEND_PX, above, upper_right)
        painter.drawImage(first, bottom - BEND_PX, lower_left)
        painter.drawImage(right - BEND_PX, bottom - BEND_PX, lower_right)

    def paint_current(self, painter: QPainter, frame: QRect, *, selected: bool) -> None:
        out = OUT_PX + 0.5 if selected else RING_GAP_PX + 0.5
        pen = QPen(self._colours.text, 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(frame).adjusted(-out, -out, out, out), CORNER_PX, CORNER_PX)

    def paint_circle(self, painter: QPainter, left: int, top: int, *, selected: bool) -> None:
        """The circle with a tick, filled when selected."""
        painter.drawImage(left, top, self._chosen if selected else self._offered)


def _clear(side: int, ratio: float) -> QImage:
    image = QImage(round(side * ratio), round(side * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    return image


@lru_cache(maxsize=16)
def _corner(accent: int, ratio: float, x: int, y: int) -> QImage:
    """One bend of the accent ring: left or right, upper or lower."""
    side = 4 * BEND_PX
    image = _clear(BEND_PX, ratio)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-x * (side - BEND_PX), -y * (side - BEND_PX))
    painter.setPen(QPen(QColor(accent), RING_PX))
    half, radius = RING_PX / 2, CORNER_PX + RING_GAP_PX + RING_PX / 2
    painter.drawRoundedRect(QRectF(0, 0, side, side).adjusted(half, half, -half, -half), radius, radius)
    painter.end()
    return image


@lru_cache(maxsize=16)
def _circle(fill: int, ratio: float) -> QImage:
    image = _clear(BADGE_PX, ratio)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(PLATE_RING, 1))
    painter.setBrush(QColor(fill))
    circle = QRectF(0.5, 0.5, BADGE_PX - 1, BADGE_PX - 1)
    painter.drawEllipse(circle)
    painter.setPen(QPen(PLATE_RING, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    middle = circle.center()
    painter.drawPolyline([middle + QPointF(-4, 0.3), middle + QPointF(-1.2, 3), middle + QPointF(4, -2.8)])
    painter.end()
    return image
