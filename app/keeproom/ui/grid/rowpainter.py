"""How one row of the list looks: a small picture with the name, then a column after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen

from keeproom.model import Cell, Flag
from keeproom.ui import icons
from keeproom.ui.fonts import tabular
from keeproom.ui.grid.badges import BADGE_PX, paint_status
from keeproom.ui.grid.columns import FIRST, Slot
from keeproom.ui.grid.geometry import LIST_ROW_PX
from keeproom.ui.grid.glyphs import GLYPH_PX, Glyph, glyphs_of, paint_glyph
from keeproom.ui.grid.painter import REJECTED_OPACITY, Facts, Look, Painter, Tile, blank
from keeproom.ui.grid.words import status
from keeproom.ui.status import KINDS, STATUSES
from keeproom.ui.theme.palette import Colours

PICTURE_PX = 24
PADDING_PX = 8
CORNER_PX = 2
TEXT_LEFT_PX = PADDING_PX + PICTURE_PX + 8


class RowPainter(Painter):
    """Paints the rows of the list."""

    tints = True
    margin = 0
    picture_px = PICTURE_PX

    def __init__(self, those: Colours, font: QFont, ratio: float, slots: tuple[Slot, ...], width: int) -> None:
        self._colours = those
        self._ratio = ratio
        self._slots = slots
        self._width = width
        self._font = tabular(font)
        self._metrics = QFontMetrics(self._font)

    def build(self, facts: Facts) -> Tile:
        ground = self._colours.tint if facts.selected else self._colours.canvas
        image = blank(QSize(self._width, LIST_ROW_PX), self._ratio, ground)
        frame = self._frame(facts.picture)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if facts.cell.flag == Flag.REJECT:
            painter.setOpacity(REJECTED_OPACITY)
        if facts.picture is not None:
            place = QPointF(frame.topLeft()) * self._ratio
            painter.drawImage(QPoint(round(place.x()), round(place.y())), facts.picture)
        painter.scale(self._ratio, self._ratio)
        if facts.picture is None:
            self._paint_stand_in(painter, frame, facts)
        painter.setOpacity(1.0)
        painter.setFont(self._font)
        for slot in self._slots:
            self._paint_text(painter, slot, facts)
        painter.fillRect(0, LIST_ROW_PX - 1, self._width, 1, self._colours.separator)
        painter.end()
        return Tile(image, frame, facts.selected, facts.picture is not None)

    def _frame(self, picture: QImage | None) -> QRect:
        size = QSize(PICTURE_PX, PICTURE_PX)
        if picture is not None:
            size = QSize(round(picture.width() / self._ratio), round(picture.height() / self._ratio))
        left = PADDING_PX + (PICTURE_PX - size.width()) // 2
        return QRect(QPoint(left, (LIST_ROW_PX - 1 - size.height()) // 2), size)

    def _paint_stand_in(self, painter: QPainter, frame: QRect, facts: Facts) -> None:
        cell = facts.cell
        if cell.thumbnailed and cell.colour is not None and not facts.hopeless:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(cell.colour))
            painter.drawRoundedRect(QRectF(frame), CORNER_PX, CORNER_PX)
            return
        side = 18
        icon = icons.pixmap(KINDS[cell.kind].icon, self._colours.outline.name(), side, self._ratio)
        painter.drawPixmap(frame.center().x() - side // 2 + 1, frame.center().y() - side // 2 + 1, icon)

    def _paint_text(self, painter: QPainter, slot: Slot, facts: Facts) -> None:
        first = slot.column.name == FIRST
        before = TEXT_LEFT_PX if first else PADDING_PX
        if slot.column.name == "status":
            before += self._paint_badge(painter, slot, facts)
        glyph = _GLYPHS[slot.column.name](facts.cell) if slot.column.name in _GLYPHS else None
        if glyph is not None:
            place = QPointF(slot.left + PADDING_PX, (LIST_ROW_PX - 1 - GLYPH_PX) / 2)
            paint_glyph(painter, glyph, place, self._colours.text)
            before += GLYPH_PX + 6
        room = QRect(slot.left + before, 0, slot.width - before - PADDING_PX, LIST_ROW_PX - 1)
        text = self._words(slot, facts)
        if not text or room.width() < 8:
            return
        way = Qt.TextElideMode.ElideMiddle if first else Qt.TextElideMode.ElideRight
        painter.setPen(self._colours.text if first or facts.selected else self._colours.secondary)
        painter.drawText(room, slot.align, self._metrics.elidedText(text, way, room.width()))

    def _words(self, slot: Slot, facts: Facts) -> str:
        if slot.column.name == "status":
            return status(facts.cell, facts.fraction)
        return slot.column.text(facts.cell)

    def _paint_badge(self, painter: QPainter, slot: Slot, facts: Facts) -> int:
        if STATUSES[facts.cell.status].shape is None and facts.fraction is None:
            return 0
        corner = QPointF(slot.left + PADDING_PX + BADGE_PX, (LIST_ROW_PX - 1 - BADGE_PX) / 2)
        paint_status(painter, facts.cell.status, corner, facts.fraction)
        painter.setFont(self._font)
        return BADGE_PX + 6

    def placeholder(self, painter: QPainter, tile: QRect, cell: Cell | None) -> None:
        painter.fillRect(tile, self._colours.canvas)
        ground = self._colours.hover if cell is None or cell.colour is None else QColor(cell.colour)
        painter.fillRect(self._frame(None).translated(tile.topLeft()), ground)

    def overlay(self, painter: QPainter, left: int, top: int, frame: QRect, look: Look) -> None:
        if look.current:
            pen = QPen(self._colours.text, 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([3, 3])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(left + 1.5, top + 0.5, self._width - 3, LIST_ROW_PX - 2))

    def circle(self, frame: QRect) -> QRect:
        return QRect()


_GLYPHS: Mapping[str, Callable[[Cell], Glyph | None]] = {
    "label": lambda cell: next((glyph for glyph in glyphs_of(cell) if glyph == cell.label), None),
    "flag": lambda cell: next((glyph for glyph in glyphs_of(cell) if glyph == cell.flag), None),
}
"""Columns that begin with a sign."""
