"""Fields that look like text until the mouse or the keyboard comes near."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from keeproom.ui.theme.palette import colours

LINE_PX = 28
INSET_PX = 6
LAID_OUT_LONGEST = 4_000


def paint_flat(field: QLineEdit) -> None:
    """A field without the keyboard: its text, shortened, with a frame only while the mouse is over it."""
    those = colours(field.palette())
    if field.underMouse():
        paint_frame(field, field)
    painter = QPainter(field)
    painter.setFont(field.font())
    painter.setPen(those.text if field.text() else those.secondary)
    room = field.rect().adjusted(INSET_PX, 0, -INSET_PX, 0)
    words = " ".join((field.text() or field.placeholderText())[:LAID_OUT_LONGEST].splitlines())
    shown = field.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def paint_frame(field: QWidget, on: QWidget) -> None:
    """The frame of a field; a stronger one where it has the keyboard."""
    those = colours(field.palette())
    painter = QPainter(on)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(those.accent, 2) if field.hasFocus() else QPen(those.outline, 1))
    painter.setBrush(those.base)
    painter.drawRoundedRect(QRectF(on.rect()).adjusted(1, 1, -1, -1), 5, 5)
