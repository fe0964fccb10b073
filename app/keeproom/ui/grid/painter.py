"""How one cell looks: picture or placeholder, badges and the name line, as a tile; rings and circle on top of it.

A tile is opaque and lies on the canvas colour, so that a page of tiles is drawn by plain copies: 264 of them in 4 ms at
3840×2160, where painting each cell anew took 50.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter

from keeproom.model import Cell, Kind
from keeproom.ui import icons
from keeproom.ui.grid.badges import (
    BADGE_PX,
    MARGIN_PX,
    Part,
    paint_pill,
    paint_pill_right,
    paint_status,
    pill_font,
    pill_width,
)
from keeproom.ui.grid.geometry import GAP_PX, Shape
from keeproom.ui.grid.glyphs import GLYPH_PX, Glyph, glyphs_of, paint_glyph
from keeproom.ui.grid.rings import Rings
from keeproom.ui.grid.thumbnails import CORNER_PX
from keeproom.ui.grid.words import kind_pill, stars
from keeproom.ui.images import seen_sides
from keeproom.ui.status import KINDS
from keeproom.ui.texts import number
from keeproom.ui.theme.palette import Colours

INSET_PX = 2
MARGIN = GAP_PX // 2
SMALLEST_FOR_PILLS_PX = 88
SMALLEST_FRAME_PX = 72
REJECTED_OPACITY = 0.45
KNOWN_NAMES = 4_000


@dataclass(frozen=True, slots=True)
class Look:
    """In which state a cell is painted."""

    selected: bool = False
    current: bool = False
    hovered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """All that decides how a tile looks.

    `fraction` is how much of a file is copied, where that goes on; `hopeless` says that no picture will come.
    """

    cell: Cell
    picture: QImage | None = None
    fraction: float | None = None
    selected: bool = False
    hopeless: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """A finished cell in pixels of the screen, and where in it the picture is, in logical pixels.

    `selected` is whether it looks so, where a selected cell has a tile of its own; `pictured` whether it has the
    picture, and not what stands in for it.
    """

    image: QImage
    frame: QRect
    selected: bool = False
    pictured: bool = False


class Painter(Protocol):
    """What paints the cells of one mode, in one font, one set of colours and one pixel ratio."""

    picture_px: int
    """The longest side of a picture, in logical pixels."""
    tints: bool
    """Whether a selected cell has a tile of its own."""

    margin: int
    """By how much a tile is larger than its cell, on each side."""

    def build(self, facts: Facts) -> Tile:
        """The tile of a cell."""

    def placeholder(self, painter: QPainter, tile: QRect, cell: Cell | None) -> None:
        """Fill the place of a tile with what is seen until there is one; in no time."""

    def overlay(self, painter: QPainter, left: int, top: int, frame: QRect, look: Look) -> None:
        """Paint what changes too often to be in a tile on the one at that place; `frame` is its picture's in it."""

    def circle(self, frame: QRect) -> QRect:
        """The circle that selects the cell with one click; empty where there is none."""


def blank(size: QSize, ratio: float, colour: QColor) -> QImage:
    image = QImage(round(size.width() * ratio), round(size.height() * ratio), QImage.Format.Format_RGB32)
    image.fill(colour)
    return image


def fill_around(painter: QPainter, tile: QRect, frame: QRect, colour: QColor) -> None:
    """Fill a tile but for the frame in it, each pixel once: at 3840×2160 filling is what takes time."""
    left, top, width = tile.left(), tile.top(), tile.width()
    right, bottom = frame.left() + frame.width(), frame.top() + frame.height()
    painter.fillRect(left, top, width, frame.top(), colour)
    painter.fillRect(left, top + bottom, width, tile.height() - bottom, colour)
    painter.fillRect(left, top + frame.top(), frame.left(), frame.height(), colour)
    painter.fillRect(left + right, top + frame.top(), width - right, frame.height(), colour)


class CellPainter(Painter):
    """Paints the cells of the grid."""

    tints = False
    margin = MARGIN

    def __init__(self, those: Colours, font: QFont, ratio: float, shape: Shape) -> None:
        self._colours = those
        self._ratio = ratio
        self._shape = shape
        self.picture_px = shape.picture - 2 * INSET_PX
        self._name_font = QFont(font)
        self._name_font.setPointSizeF(font.pointSizeF() * 0.92)
        self._metrics = QFontMetrics(self._name_font)
        self._pill_font = pill_font(font)
        self._pill_metrics = QFontMetrics(self._pill_font)
        self._elided: dict[tuple[str, int], str] = {}
        self._rings = Rings(those, ratio)

    def build(self, facts: Facts) -> Tile:
        square = QRect(MARGIN, MARGIN, self._shape.picture, self._shape.picture)
        size = QSize(self._shape.picture + 2 * MARGIN, self._shape.height + 2 * MARGIN)
        frame = self._frame(facts.cell, facts.picture)
        image = blank(size, self._ratio, self._colours.canvas)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if facts.cell.flag == "reject":
            painter.setOpacity(REJECTED_OPACITY)
        self._paint_picture(painter, frame, facts)
        painter.setOpacity(1.0)
        painter.scale(self._ratio, self._ratio)
        self._paint_badges(painter, frame, facts)
        if self._shape.below:
            self._paint_name(painter, square, facts.cell)
        painter.end()
        return Tile(image, frame, pictured=facts.picture is not None)

    def _frame(self, cell: Cell, picture: QImage | None) -> QRect:
        """Where in its tile the picture is, with the sides of the picture; the whole square when unknown."""
        room = self.picture_px
        width = height = room
        if picture is not None:
            width, height = round(picture.width() / self._ratio), round(picture.height() / self._ratio)
        elif cell.thumbnailed and (sides := seen_sides(cell)) is not None:
            longest = max(sides)
            width, height = sides[0] * room // longest, sides[1] * room // longest
        if max(width, height) < min(SMALLEST_FRAME_PX, room):
            width = height = SMALLEST_FRAME_PX
        width, height = min(max(1, width), room), min(max(1, height), room)
        first = MARGIN + INSET_PX
        return QRect(first + (room - width) // 2, first + (room - height) // 2, width, height)

    def placeholder(self, painter: QPainter, tile: QRect, cell: Cell | None) -> None:
        first = MARGIN + INSET_PX
        frame = QRect(first, first, self.picture_px, self.picture_px) if cell is None else self._frame(cell, None)
        fill_around(painter, tile, frame, self._colours.canvas)
        ground = self._colours.hover if cell is None else self._ground(cell)
        painter.fillRect(frame.translated(tile.topLeft()), ground)

    def _ground(self, cell: Cell) -> QColor:
        return self._colours.hover if cell.colour is None else QColor(cell.colour)

    def _paint_picture(self, painter: QPainter, frame: QRect, facts: Facts) -> None:
        """The picture, in pixels of the screen; one that is tiny lies on a plate, large enough for the badges."""
        picture, cell = facts.picture, facts.cell
        place = frame if picture is None else self._place(picture, frame)
        if picture is None or max(place.width(), place.height()) < SMALLEST_FRAME_PX:
            painter.save()
            painter.scale(self._ratio, self._ratio)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._ground(cell) if picture is None else self._colours.hover)
            painter.drawRoundedRect(QRectF(frame), CORNER_PX, CORNER_PX)
            if picture is None and (cell.colour is None or not cell.thumbnailed or facts.hopeless):
                self._paint_kind(painter, frame, cell.kind)
            painter.restore()
        if picture is not None:
            painter.drawImage(QPoint(round(place.left() * self._ratio), round(place.top() * self._ratio)), picture)

    def _place(self, picture: QImage, frame: QRect) -> QRect:
        """The middle of the frame, as large as the picture."""
        width, height = round(picture.width() / self._ratio), round(picture.height() / self._ratio)
        left, top = frame.left() + (frame.width() - width) // 2, frame.top() + (frame.height() - height) // 2
        return QRect(left, top, max(1, width), max(1, height))

    def _paint_kind(self, painter: QPainter, frame: QRect, kind: Kind) -> None:
        side = min(48, frame.width() // 2, frame.height() // 2)
        if side < 8:
            return
        icon = icons.pixmap(KINDS[kind].icon, self._colours.outline.name(), side, self._ratio)
        painter.drawPixmap(frame.center().x() - side // 2, frame.center().y() - side // 2, icon)

    def _paint_badges(self, painter: QPainter, frame: QRect, facts: Facts) -> None:
        cell = facts.cell
        inner = QRectF(frame).adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
        paint_status(painter, cell.status, inner.topRight(), facts.fraction)
        if frame.width() < SMALLEST_FOR_PILLS_PX:
            return
        kind, room = kind_pill(cell), inner.width()
        if kind:
            paint_pill(painter, kind, self._pill_font, inner.bottomLeft())
            room -= pill_width((kind,), self._pill_font) + MARGIN_PX
        for parts in self._right_pills(cell):
            width = pill_width(parts, self._pill_font)
            if width <= room:
                paint_pill_right(painter, parts, self._pill_font, inner.bottomRight())
                inner.adjust(0, 0, -width - MARGIN_PX, 0)
                room -= width + MARGIN_PX

    def _right_pills(self, cell: Cell) -> list[Sequence[Part]]:
        """What stands at the bottom right, from the right: the group; and without names what is stated."""
        stated: list[Part] = [] if self._shape.below else [*([stars(cell)] if cell.rating else []), *glyphs_of(cell)]
        group: Sequence[Part] = (Glyph.GROUP, number(cell.stack_size)) if cell.stack_size > 1 else ()
        return [pill for pill in (group, stated) if pill]

    def _paint_name(self, painter: QPainter, square: QRect, cell: Cell) -> None:
        line = QRect(
            square.left() + INSET_PX, square.bottom() + 3, square.width() - 2 * INSET_PX, self._shape.below - 6
        )
        right = self._paint_marks(painter, line, cell)
        painter.setFont(self._name_font)
        painter.setPen(self._colours.secondary)
        room = line.adjusted(0, 0, -right, 0)
        text = self._fitted(cell.name, room.width())
        across = Qt.AlignmentFlag.AlignHCenter if not right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, across | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)

    def _paint_marks(self, painter: QPainter, line: QRect, cell: Cell) -> int:
        """Paint rating, label and flag at the right end of the name line; returns the width they take."""
        right = 0
        for glyph in reversed(glyphs_of(cell)):
            place = QPointF(line.right() - right - GLYPH_PX, line.center().y() - GLYPH_PX / 2 + 0.5)
            paint_glyph(painter, glyph, place, self._colours.text)
            right += GLYPH_PX + 5
        if cell.rating:
            text = stars(cell)
            painter.setFont(self._pill_font)
            painter.setPen(self._colours.text)
            room = line.adjusted(0, 0, -right, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
            right += self._pill_metrics.horizontalAdvance(text) + 6
        return right

    def _fitted(self, name: str, width: int) -> str:
        """The name, its middle left out where it is too long: the beginning and the extension tell the most."""
        key = (name, width)
        if key not in self._elided:
            if len(self._elided) > KNOWN_NAMES:
                self._elided.clear()
            plain = name.replace("\n", "␤")
            self._elided[key] = self._metrics.elidedText(plain, Qt.TextElideMode.ElideMiddle, max(0, width))
        return self._elided[key]

    def overlay(self, painter: QPainter, left: int, top: int, frame: QRect, look: Look) -> None:
        x, y = left + frame.left(), top + frame.top()
        if look.selected:
            self._rings.paint_selected(painter, x, y, frame.width(), frame.height())
        if look.current:
            self._rings.paint_current(painter, frame.translated(left, top), selected=look.selected)
        if look.hovered or look.selected:
            self._rings.paint_circle(painter, x + MARGIN_PX, y + MARGIN_PX, selected=look.selected)

    def circle(self, frame: QRect) -> QRect:
        return QRect(frame.left() + MARGIN_PX, frame.top() + MARGIN_PX, BADGE_PX, BADGE_PX)
