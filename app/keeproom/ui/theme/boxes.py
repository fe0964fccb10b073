"""Boxes to type or choose a number or a date in, and boxes to tick: Fusion's outlines vanish on dark colours."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyleOption, QStyleOptionComboBox, QStyleOptionComplex, QStyleOptionSpinBox

from keeproom.ui.theme.palette import Colours, colours

RADIUS = 6
TICK_RADIUS = 4
ARROW_PX = 3.5

State = QStyle.StateFlag


def paint_spin_box(option: QStyleOptionComplex, up: QRect, down: QRect, painter: QPainter) -> None:
    """A field with an arrow up and one down at its end."""
    assert isinstance(option, QStyleOptionSpinBox)
    those = colours(option.palette)
    _paint_field(option, those, painter)
    steps = option.stepEnabled
    for place, flag, points in ((up, steps.StepUpEnabled, -1), (down, steps.StepDownEnabled, 1)):
        _paint_arrow(place, points, those, painter, bool(steps & flag) and bool(option.state & State.State_Enabled))


def paint_edit_box(option: QStyleOptionComplex, arrow: QRect, painter: QPainter) -> None:
    """A field with an arrow that opens something at its end."""
    assert isinstance(option, QStyleOptionComboBox)
    those = colours(option.palette)
    _paint_field(option, those, painter)
    _paint_arrow(arrow, 1, those, painter, bool(option.state & State.State_Enabled))


def paint_tick_box(option: QStyleOption, painter: QPainter, those: Colours) -> None:
    """A box with a tick in it, or a line where only some of what it stands for is ticked."""
    enabled = bool(option.state & State.State_Enabled)
    on = bool(option.state & (State.State_On | State.State_NoChange))
    place = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
    edge = those.highlight if on else those.outline
    painter.setPen(QPen(edge if enabled else those.separator, 1))
    painter.setBrush((those.highlight if enabled else those.separator) if on else those.base)
    painter.drawRoundedRect(place, TICK_RADIUS, TICK_RADIUS)
    if on:
        painter.setPen(QPen(those.on_highlight, 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(_tick(place, whole=bool(option.state & State.State_On)))


def _tick(place: QRectF, *, whole: bool) -> QPolygonF:
    points = ((0.25, 0.52), (0.44, 0.7), (0.76, 0.32)) if whole else ((0.25, 0.5), (0.75, 0.5))
    return QPolygonF([QPointF(place.x() + x * place.width(), place.y() + y * place.height()) for x, y in points])


def _paint_field(option: QStyleOption, those: Colours, painter: QPainter) -> None:
    focused, enabled = option.state & State.State_HasFocus, option.state & State.State_Enabled
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = those.accent if focused else those.outline if enabled else those.separator
    painter.setPen(QPen(colour, 2 if focused else 1))
    painter.setBrush(those.base if enabled else those.window)
    painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), RADIUS, RADIUS)


def _paint_arrow(place: QRect, points: int, those: Colours, painter: QPainter, enabled: bool) -> None:
    middle = QRectF(place).center()
    painter.setPen(QPen(those.secondary if enabled else those.disabled, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    tip = QPointF(middle.x(), middle.y() + points * ARROW_PX / 2)
    left, right = (tip - QPointF(side * ARROW_PX, points * ARROW_PX) for side in (1, -1))
    painter.drawPolyline(QPolygonF([left, tip, right]))
