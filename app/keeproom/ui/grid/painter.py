"""How one cell looks: picture or placeholder, badges, rings, and the name line below."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen

from keeproom.model import Cell, Kind
from keeproom.ui import icons
from keeproom.ui.grid.badges import BADGE_PX, MARGIN_PX, paint_pill, paint_pill_right, paint_status, pill_font
from keeproom.ui.grid.geometry import NAME_PX
from keeproom.ui.grid.thumbnails import CORNER_PX
from keeproom.ui.status import KINDS
from keeproom.ui.texts import clock
from keeproom.ui.theme.palette import LABELS, PLATE, PLATE_RING, Colours

INSET_PX = 2
RING_GAP_PX = 2
RING_PX = 3
SMALLEST_FOR_PILLS_PX = 88
SMALLEST_FRAME_PX = 72
REJECTED_OPACITY = 0.45


@dataclass(frozen=True, slots=True)
class Look:
    """In which state a cell is painted."""

    selected: bool = False
    current: bool = False
    hovered: bool = False


class CellPainter:
    """Paints cells in one font, one set of colours and one pixel ratio; made anew when one of them changes."""

    def __init__(self, those: Colours, font: QFont, ratio: float) -> None:
        self._colours = those
        self._ratio = ratio
        self._name_font = QFont(font)
        self._name_font.setPointSizeF(font.pointSizeF() * 0.92)
        self._metrics = QFontMetrics(self._name_font)
        self._pill_font = pill_font(font)
        self._elided: dict[tuple[str, int], str] = {}

    def paint(self, painter: QPainter, square: QRect, cell: Cell | None, image: QImage | None, look: Look) -> None:
        """Paint a cell whose picture lies in `square`; its name line goes below."""
        frame = self.frame(square, cell, image)
        if cell is not None and cell.flag == "reject":
            painter.setOpacity(REJECTED_OPACITY)
        self._paint_picture(painter, frame, cell, image)
        painter.setOpacity(1.0)
        self._paint_rings(painter, frame, look)
        if look.hovered or look.selected:
            self._paint_select_circle(painter, frame, look)
        if cell is not None:
            self._paint_badges(painter, frame, cell)
            self._paint_name(painter, square, cell, look)

    def frame(self, square: QRect, cell: Cell | None, image: QImage | None) -> QRect:
        """Where in its square the picture is, with the sides of the picture; the whole square when unknown."""
        room = square.adjusted(INSET_PX, INSET_PX, -INSET_PX, -INSET_PX)
        size = room.size()
        if image is not None:
            size = QSize(round(image.width() / self._ratio), round(image.height() / self._ratio))
        elif cell is not None and cell.thumbnailed and cell.width and cell.height:
            size = QSize(cell.width, cell.height).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if max(size.width(), size.height()) < min(SMALLEST_FRAME_PX, room.width()):
            size = QSize(SMALLEST_FRAME_PX, SMALLEST_FRAME_PX)
        return _centred(size.boundedTo(room.size()), room)

    def _paint_picture(self, painter: QPainter, frame: QRect, cell: Cell | None, image: QImage | None) -> None:
        if image is not None:
            self._paint_image(painter, frame, image)
            return
        known = cell is not None and cell.colour is not None
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(cell.colour) if cell and cell.colour is not None else self._colours.hover)
        painter.drawRoundedRect(QRectF(frame), CORNER_PX, CORNER_PX)
        if cell is not None and not known:
            self._paint_kind(painter, frame, cell.kind)

    def _paint_image(self, painter: QPainter, frame: QRect, image: QImage) -> None:
        """The picture; one that is tiny lies on a tile, large enough for the badges."""
        place = _centred(QSize(round(image.width() / self._ratio), round(image.height() / self._ratio)), frame)
        if max(place.width(), place.height()) < SMALLEST_FRAME_PX:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colours.hover)
            painter.drawRoundedRect(QRectF(frame), CORNER_PX, CORNER_PX)
        if self._ratio == 1.0:
            painter.drawImage(place.topLeft(), image)  # a plain copy; with a rectangle it takes the way of scaling
        else:
            painter.drawImage(place, image)

    def _paint_kind(self, painter: QPainter, frame: QRect, kind: Kind) -> None:
        side = min(48, frame.width() // 2, frame.height() // 2)
        if side < 8:
            return
        icon = icons.pixmap(KINDS[kind].icon, self._colours.outline.name(), side, self._ratio)
        painter.drawPixmap(frame.center().x() - side // 2, frame.center().y() - side // 2, icon)

    def _paint_rings(self, painter: QPainter, frame: QRect, look: Look) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if look.selected:
            out = RING_GAP_PX + RING_PX / 2
            painter.setPen(QPen(self._colours.accent, RING_PX))
            radius = CORNER_PX + out
            painter.drawRoundedRect(QRectF(frame).adjusted(-out, -out, out, out), radius, radius)
        if look.current:
            out = RING_GAP_PX + RING_PX + 0.5 if look.selected else RING_GAP_PX + 0.5
            pen = QPen(self._colours.text, 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([3, 3])
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(frame).adjusted(-out, -out, out, out), CORNER_PX, CORNER_PX)

    def _paint_select_circle(self, painter: QPainter, frame: QRect, look: Look) -> None:
        circle = QRectF(select_circle(frame)).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(PLATE_RING, 1))
        painter.setBrush(self._colours.highlight if look.selected else PLATE)
        painter.drawEllipse(circle)
        pen = QPen(PLATE_RING, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        middle = circle.center()
        tick = [middle + QPointF(-4, 0.3), middle + QPointF(-1.2, 3), middle + QPointF(4, -2.8)]
        painter.drawPolyline(tick)

    def _paint_badges(self, painter: QPainter, frame: QRect, cell: Cell) -> None:
        inner = QRectF(frame).adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
        paint_status(painter, cell.status, inner.topRight())
        if frame.width() < SMALLEST_FOR_PILLS_PX:
            return
        kind = kind_pill(cell)
        if kind:
            paint_pill(painter, kind, self._pill_font, inner.bottomLeft())
        if cell.version > 1:
            paint_pill_right(painter, f"v{cell.version}", self._pill_font, inner.bottomRight())

    def _paint_name(self, painter: QPainter, square: QRect, cell: Cell, look: Look) -> None:
        line = QRect(square.left() + INSET_PX, square.bottom() + 3, square.width() - 2 * INSET_PX, NAME_PX - 6)
        right = self._paint_marks(painter, line, cell)
        painter.setFont(self._name_font)
        painter.setPen(self._colours.text if look.selected else self._colours.secondary)
        room = line.adjusted(0, 0, -right, 0)
        text = self._fitted(cell.name, room.width())
        across = Qt.AlignmentFlag.AlignHCenter if not right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, across | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)

    def _paint_marks(self, painter: QPainter, line: QRect, cell: Cell) -> int:
        """Paint rating and label at the right end of the name line; returns the width they take."""
        right = 0
        colour = LABELS.get(cell.label or "")
        if colour is not None:
            painter.setPen(QPen(self._colours.text, 1))
            painter.setBrush(colour)
            painter.drawEllipse(QRectF(line.right() - 10, line.center().y() - 4.5, 10, 10))
            right = 16
        if cell.rating:
            stars = "★" * cell.rating
            painter.setFont(self._pill_font)
            painter.setPen(self._colours.text)
            room = line.adjusted(0, 0, -right, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, stars)
            right += QFontMetrics(self._pill_font).horizontalAdvance(stars) + 6
        return right

    def _fitted(self, name: str, width: int) -> str:
        """The name, its middle left out where it is too long: the beginning and the extension tell the most."""
        key = (name, width)
        if key not in self._elided:
            if len(self._elided) > 4_000:
                self._elided.clear()
            plain = name.replace("\n", "␤")
            self._elided[key] = self._metrics.elidedText(plain, Qt.TextElideMode.ElideMiddle, max(0, width))
        return self._elided[key]


def _centred(size: QSize, room: QRect) -> QRect:
    size = size.expandedTo(QSize(1, 1))
    left = room.left() + (room.width() - size.width()) // 2
    top = room.top() + (room.height() - size.height()) // 2
    return QRect(left, top, size.width(), size.height())


def select_circle(frame: QRect) -> QRect:
    """The circle that selects a cell, at the top left of its picture."""
    return QRect(frame.left() + MARGIN_PX, frame.top() + MARGIN_PX, BADGE_PX, BADGE_PX)


def kind_pill(cell: Cell) -> str:
    """What the bottom left tells: how long a video or sound is, or what a document is; nothing for a photo."""
    if cell.kind == Kind.IMAGE:
        return ""
    if cell.kind == Kind.DOCUMENT:
        return cell.name.rpartition(".")[2].upper()[:5]
    sign = "▶" if cell.kind == Kind.VIDEO else "♪"
    return sign if cell.duration_s is None else f"{sign} {clock(cell.duration_s)}"
