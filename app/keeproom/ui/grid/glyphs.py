"""Small drawn signs: a group, the flags, a label's dot. Not every font has them, and those that do draw them unlike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from keeproom.model import Cell
from keeproom.ui.theme.palette import LABELS

GLYPH_PX = 10


class Glyph(StrEnum):
    """A sign in a square of `GLYPH_PX`; labels are named as in the catalog."""

    GROUP = "group"
    PICK = "pick"
    REJECT = "reject"
    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"


def glyphs_of(cell: Cell) -> list[Glyph]:
    """The label and the flag of a cell, as far as it has them."""
    return [Glyph(name) for name in (cell.label, cell.flag) if name in _NAMES]


def paint_glyph(painter: QPainter, glyph: Glyph, place: QPointF, colour: QColor) -> None:
    """Paint a sign with its top left there; what has no colour of its own in this one, which outlines a label too."""
    box = QRectF(place.x(), place.y(), GLYPH_PX, GLYPH_PX)
    paint = _SHAPES.get(glyph)
    if paint is not None:
        paint(painter, box, colour)
        return
    painter.setPen(QPen(colour, 1))
    painter.setBrush(LABELS[glyph])
    painter.drawEllipse(box)


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _paint_group(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Two squares, the one behind the other."""
    painter.setPen(_pen(colour, 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    side = box.width() - 3.5
    front = QRectF(box.left() + 0.5, box.bottom() - side - 0.5, side, side)
    behind = front.translated(2.6, -2.6)
    painter.drawRoundedRect(front, 1, 1)
    corners = (behind.topLeft(), behind.topRight(), behind.bottomRight())
    painter.drawPolyline(
        QPolygonF(
            [QPointF(front.left() + 2.6, front.top() - 0.2), *corners, QPointF(front.right() + 0.2, behind.bottom())]
        )
    )


def _paint_pick(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A flag that flies."""
    pole = box.left() + 1.5
    painter.setPen(_pen(colour, 1.4))
    painter.drawLine(QPointF(pole, box.top() + 0.5), QPointF(pole, box.bottom() - 0.5))
    painter.setBrush(colour)
    right, top = box.right() - 0.7, box.top() + 0.9
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(pole, top),
                QPointF(right, top),
                QPointF(right - 2, top + 2.6),
                QPointF(right, top + 5.2),
                QPointF(pole, top + 5.2),
            ]
        )
    )


def _paint_reject(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A cross."""
    painter.setPen(_pen(colour, 1.8))
    inner = box.adjusted(1.8, 1.8, -1.8, -1.8)
    painter.drawLine(inner.topLeft(), inner.bottomRight())
    painter.drawLine(inner.topRight(), inner.bottomLeft())


_NAMES = frozenset(Glyph) - {Glyph.GROUP}
_SHAPES: Mapping[Glyph, Callable[[QPainter, QRectF, QColor], None]] = {
    Glyph.GROUP: _paint_group,
    Glyph.PICK: _paint_pick,
    Glyph.REJECT: _paint_reject,
}
