"""The filmstrip: a row of thumbnails around the current item, painted and loaded only as far as in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from keeproom.model import THUMBNAIL_SIZES, Cell, Flag
from keeproom.ui import icons
from keeproom.ui.grid.painter import REJECTED_OPACITY
from keeproom.ui.grid.thumbnails import Key
from keeproom.ui.grid.words import lines
from keeproom.ui.status import KINDS
from keeproom.ui.texts import number, tooltip, tr
from keeproom.ui.theme.palette import DARK
from keeproom.ui.viewer.files import Files
from keeproom.ui.viewer.track import Track

CELL_PX = 64
GAP_PX = 6
MARGIN_PX = 10
HEIGHT_PX = CELL_PX + 2 * MARGIN_PX
RING_PX = 3
ICON_PX = 24


class Filmstrip(QWidget):
    """`chosen` carries the place in the track that was clicked."""

    chosen = Signal(int)

    def __init__(self, files: Files, parent: QWidget) -> None:
        super().__init__(parent)
        self._files = files
        self._cells = files.cells
        self._track = Track()
        self._shift = 0.0
        self.setFixedHeight(HEIGHT_PX)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Filmstrip"))
        files.cells.arrived.connect(lambda _ids: self.update())
        files.thumbnails.loaded.connect(lambda _sha256: self.update())

    def show_track(self, track: Track) -> None:
        """Show the items around the current one of a track."""
        self._track = track
        self._shift = 0.0
        place = tr("Item {n} of {count}")
        self.setAccessibleDescription(place.format(n=number(track.index + 1), count=number(len(track))))
        self.update()

    def in_sight(self) -> range:
        """The places in the track that can be seen."""
        pitch = CELL_PX + GAP_PX
        first = int((-self._origin()) // pitch)
        last = int((self.width() - self._origin()) // pitch) + 1
        return range(max(0, first), min(len(self._track), max(0, last)))

    def ids_in_sight(self) -> list[int]:
        span = self.in_sight()
        return self._track.span(span.start, span.stop)

    def keys_in_sight(self) -> list[Key]:
        """The thumbnails that it paints, from the current item outwards."""
        near = sorted(self.in_sight(), key=lambda index: abs(index - self._track.index))
        keys = (self._key(self._cell(index)) for index in near)
        return [key for key in keys if key is not None]

    def is_complete(self) -> bool:
        ids = self.ids_in_sight()
        return self.isHidden() or (self._cells.knows(ids) and self._files.is_settled(self.keys_in_sight()))

    def rect_of(self, index: int) -> QRect:
        return QRect(round(self._origin()) + index * (CELL_PX + GAP_PX), MARGIN_PX, CELL_PX, CELL_PX)

    def index_at(self, x: float) -> int | None:
        index = int((x - self._origin()) // (CELL_PX + GAP_PX))
        return index if index in self.in_sight() else None

    def sizeHint(self) -> QSize:
        return QSize(600, HEIGHT_PX)

    def _origin(self) -> float:
        """Where the first item of the track lies: a short track is centred, a long one around its current item."""
        pitch = CELL_PX + GAP_PX
        total = len(self._track) * pitch - GAP_PX
        if total <= self.width() - 2 * MARGIN_PX:
            return (self.width() - total) / 2
        centred = (self.width() - CELL_PX) / 2 - self._track.index * pitch - self._shift
        return min(MARGIN_PX, max(centred, self.width() - MARGIN_PX - total))

    def _cell(self, index: int) -> Cell | None:
        asset = self._track.at(index)
        return None if asset is None else self._cells.get(asset)

    def _key(self, cell: Cell | None) -> Key | None:
        """A thumbnail large enough for its shorter side to fill the square."""
        return None if cell is None else self._files.key(cell, min(THUMBNAIL_SIZES))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), DARK.panel)
        painter.fillRect(0, 0, self.width(), 1, DARK.separator)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        for index in self.in_sight():
            self._paint_cell(painter, index)

    def _paint_cell(self, painter: QPainter, index: int) -> None:
        rect, cell = self.rect_of(index), self._cell(index)
        key = self._key(cell)
        image = None if key is None else self._files.thumbnails.get(key)
        painter.setOpacity(REJECTED_OPACITY if cell is not None and cell.flag == Flag.REJECT else 1.0)
        if image is not None:
            painter.drawImage(QRectF(rect), image, _middle_square(image))
        else:
            colour = None if cell is None or cell.colour is None else QColor.fromRgb(cell.colour)
            painter.fillRect(rect, colour or DARK.button)
            if cell is not None and not cell.thumbnailed:
                self._paint_kind(painter, rect, cell)
        painter.setOpacity(1.0)
        if index == self._track.index:
            painter.setPen(QPen(DARK.panel, RING_PX + 2))
            painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -1))
            painter.setPen(QPen(DARK.accent, RING_PX, j=Qt.PenJoinStyle.RoundJoin))
            painter.drawRoundedRect(QRectF(rect).adjusted(-1, -1, 1, 1), 4, 4)

    def _paint_kind(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        picture = icons.pixmap(KINDS[cell.kind].icon, DARK.secondary.name(), ICON_PX, self.devicePixelRatioF())
        inset = (CELL_PX - ICON_PX) // 2
        painter.drawPixmap(rect.x() + inset, rect.y() + inset, picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.index_at(event.position().x())
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Look along the strip without going there."""
        delta = event.angleDelta().y() or event.angleDelta().x()
        before, self._shift = self._origin(), self._shift - delta
        if self._origin() == before:
            self._shift += delta  # at an end
        self.update()
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.index_at(event.x())
            cell = None if index is None else self._cell(index)
            QToolTip.showText(event.globalPos(), tooltip("\n".join(lines(cell))) if cell else "", self)
            return True
        return super().event(event)


def _middle_square(image: QImage) -> QRectF:
    side = min(image.width(), image.height())
    return QRectF((image.width() - side) / 2, (image.height() - side) / 2, side, side)
