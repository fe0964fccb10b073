"""Badges and pills: what is drawn on a picture to tell its status, kind and version.

They lie on a solid dark plate with a white ring, for the picture below can have any colour.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from keeproom.model import ItemState, Status
from keeproom.ui.grid.glyphs import GLYPH_PX, Glyph, paint_glyph
from keeproom.ui.status import STATUSES, Shape
from keeproom.ui.theme.palette import DARK, PLATE, PLATE_RING

BADGE_PX = 20
PILL_PX = 18
PILL_FONT_PX = 11
PART_GAP_PX = 4
MARGIN_PX = 5


def paint_status(painter: QPainter, status: Status | ItemState, corner: QPointF, fraction: float | None = None) -> None:
    """The badge of a status with its top right at `corner`; nothing for what is ready.

    With a fraction, from 0 to 1, the badge is a ring that is filled so far, whatever the status.
    """
    row = STATUSES[status]
    if row.shape is None and fraction is None:
        return
    plate = QRectF(corner.x() - BADGE_PX, corner.y(), BADGE_PX, BADGE_PX)
    _plate(painter, plate, BADGE_PX / 2)
    colour: QColor = DARK.accent if fraction is not None else getattr(DARK, row.colour)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    if fraction is not None:
        _filling_ring(painter, plate, colour, fraction)
    elif row.shape is not None:
        _SHAPES[row.shape](painter, plate, colour)


Part = str | Glyph
"""What stands on a pill: words, or a sign."""


def paint_pill(painter: QPainter, text: str, font: QFont, bottom_left: QPointF) -> None:
    """A text on a plate with its bottom left at that point."""
    _pill(painter, (text,), font, QPointF(bottom_left.x(), bottom_left.y() - PILL_PX))


def paint_pill_right(painter: QPainter, parts: Sequence[Part], font: QFont, bottom_right: QPointF) -> None:
    """Texts and signs on a plate with its bottom right at that point."""
    left = bottom_right.x() - pill_width(parts, font)
    _pill(painter, parts, font, QPointF(left, bottom_right.y() - PILL_PX))


def pill_width(parts: Sequence[Part], font: QFont) -> float:
    metrics = QFontMetricsF(font)
    inside = sum(_part_width(part, metrics) for part in parts) + PART_GAP_PX * (len(parts) - 1)
    return max(PILL_PX, round(inside) + 12)


def _part_width(part: Part, metrics: QFontMetricsF) -> float:
    return GLYPH_PX if isinstance(part, Glyph) else metrics.horizontalAdvance(part)


def pill_font(base: QFont) -> QFont:
    font = QFont(base)
    font.setPixelSize(PILL_FONT_PX)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _pill(painter: QPainter, parts: Sequence[Part], font: QFont, top_left: QPointF) -> None:
    width, metrics = pill_width(parts, font), QFontMetricsF(font)
    plate = QRectF(top_left.x(), top_left.y(), width, PILL_PX)
    _plate(painter, plate, PILL_PX / 2)
    painter.setFont(font)
    inside = sum(_part_width(part, metrics) for part in parts) + PART_GAP_PX * (len(parts) - 1)
    x = plate.left() + (width - inside) / 2
    for part in parts:
        wide = _part_width(part, metrics)
        if isinstance(part, Glyph):
            paint_glyph(painter, part, QPointF(x, plate.center().y() - GLYPH_PX / 2), PLATE_RING)
        else:
            painter.setPen(PLATE_RING)
            painter.drawText(QRectF(x - 1, plate.top(), wide + 2, PILL_PX), Qt.AlignmentFlag.AlignCenter, part)
        x += wide + PART_GAP_PX


def _plate(painter: QPainter, rect: QRectF, radius: float) -> None:
    painter.setPen(QPen(PLATE_RING, 1))
    painter.setBrush(PLATE)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def _ring(painter: QPainter, plate: QRectF, _colour: QColor) -> None:
    painter.drawEllipse(plate.adjusted(5.5, 5.5, -5.5, -5.5))


def _hollow_circle(painter: QPainter, plate: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.4))
    painter.drawEllipse(plate.adjusted(6, 6, -6, -6))


def _filling_ring(painter: QPainter, plate: QRectF, colour: QColor, fraction: float) -> None:
    """A faint ring, and from its top clockwise as much of a bright one as is done."""
    ring = plate.adjusted(5.5, 5.5, -5.5, -5.5)
    painter.setPen(QPen(DARK.outline, 2.4))
    painter.drawEllipse(ring)
    painter.setPen(QPen(colour, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawArc(ring, 90 * 16, -round(min(max(0.0, fraction), 1.0) * 360 * 16))


def _three_quarter_ring(painter: QPainter, plate: QRectF, _colour: QColor) -> None:
    """Open at the top left, as a clock that has run for three quarters of its round."""
    painter.drawArc(plate.adjusted(5.5, 5.5, -5.5, -5.5), 90 * 16, -270 * 16)


def _triangle(painter: QPainter, plate: QRectF, colour: QColor) -> None:
    middle = plate.center().x()
    points = [
        QPointF(middle, plate.top() + 4.5),
        QPointF(plate.right() - 4, plate.bottom() - 5.5),
        QPointF(plate.left() + 4, plate.bottom() - 5.5),
    ]
    painter.setPen(QPen(colour, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF(points))
    painter.setPen(QPen(PLATE, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(middle, plate.top() + 7.8), QPointF(middle, plate.top() + 10.4))
    painter.drawPoint(QPointF(middle, plate.top() + 12.8))


def _polygon(plate: QRectF, corners: int, radius: float, turn: float = 0.0) -> QPolygonF:
    centre, part = plate.center(), 2 * pi / corners
    return QPolygonF(
        [
            QPointF(centre.x() + radius * cos(turn + k * part), centre.y() + radius * sin(turn + k * part))
            for k in range(corners)
        ]
    )


def _cross(painter: QPainter, plate: QRectF) -> None:
    centre = plate.center()
    painter.drawLine(centre + QPointF(-2, -2), centre + QPointF(2, 2))
    painter.drawLine(centre + QPointF(-2, 2), centre + QPointF(2, -2))


def _hexagon(painter: QPainter, plate: QRectF, _colour: QColor) -> None:
    painter.drawPolygon(_polygon(plate, 6, 6))
    _cross(painter, plate)


def _octagon(painter: QPainter, plate: QRectF, colour: QColor) -> None:
    """Filled, as a stop sign, so that it is not taken for the hexagon."""
    painter.setBrush(colour)
    painter.drawPolygon(_polygon(plate, 8, 5.8, pi / 8))
    painter.setPen(QPen(PLATE, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    _cross(painter, plate)


def _double_square(painter: QPainter, plate: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawRect(QRectF(plate.left() + 8, plate.top() + 5, 7, 7))
    painter.setBrush(PLATE)
    painter.drawRect(QRectF(plate.left() + 5, plate.top() + 8, 7, 7))


def _bin(painter: QPainter, plate: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    left, top = plate.left(), plate.top()
    painter.drawLine(QPointF(left + 5.5, top + 7), QPointF(left + 14.5, top + 7))
    painter.drawLine(QPointF(left + 8.5, top + 5), QPointF(left + 11.5, top + 5))
    sides = ((6.8, 7), (7.6, 15), (12.4, 15), (13.2, 7))
    painter.drawPolyline(QPolygonF([QPointF(left + x, top + y) for x, y in sides]))


def _dashed_square(painter: QPainter, plate: QRectF, colour: QColor) -> None:
    font = QFont(painter.font())
    font.setPixelSize(PILL_FONT_PX)
    font.setBold(True)
    painter.setPen(QPen(colour, 1.4, Qt.PenStyle.CustomDashLine))
    dashed = painter.pen()
    dashed.setDashPattern([1.8, 1.6])
    painter.setPen(dashed)
    painter.drawRect(plate.adjusted(4, 4, -4, -4))
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, "?")


_SHAPES: Mapping[Shape, Callable[[QPainter, QRectF, QColor], None]] = {
    Shape.HOLLOW_CIRCLE: _hollow_circle,
    Shape.RING: _ring,
    Shape.THREE_QUARTER_RING: _three_quarter_ring,
    Shape.TRIANGLE: _triangle,
    Shape.HEXAGON: _hexagon,
    Shape.DASHED_SQUARE: _dashed_square,
    Shape.OCTAGON: _octagon,
    Shape.DOUBLE_SQUARE: _double_square,
    Shape.BIN: _bin,
}
