"""Painting a picture on its canvas, only as far as it is in sight, in device pixels."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPixmap

from keeproom.ui.viewer.sight import Frame, Sight

PIXELS_VISIBLE_SCALE = 2.0
"""From here on each pixel is a square; below, pixels are blended."""

CHECKER_PX = 8
CHECKER = (QColor("#2B2D33"), QColor("#1F2126"))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a canvas has of a picture: its sides when whole, and as many of its pixels as there are yet.

    Without an image the picture is a plain `colour`.
    """

    size: tuple[int, int]
    image: QImage | None = None
    colour: QColor | None = None

    @property
    def is_whole(self) -> bool:
        """Whether no pixel is missing."""
        return self.image is not None and self.image.width() >= self.size[0]


def paint(painter: QPainter, shown: Shown, frame: Frame, sight: Sight) -> None:
    """Paint on a painter whose unit is a device pixel and whose origin is the canvas's corner."""
    target = whole_rect(frame, sight)
    seen = target.intersected(QRect(0, 0, *frame.canvas))
    if seen.isEmpty():
        return
    if shown.image is None:
        if shown.colour is not None:
            painter.fillRect(seen, shown.colour)
        return
    if shown.image.hasAlphaChannel():
        _paint_checker(painter, seen, target)
    if _fits_as_it_is(shown.image, target):
        painter.drawImage(target.topLeft(), shown.image)
        return
    blends = not (shown.is_whole and frame.scale(sight) >= PIXELS_VISIBLE_SCALE)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, blends)
    painter.setClipRect(seen)
    painter.drawImage(*_part(shown.image, target, seen))
    painter.setClipping(False)


def whole_rect(frame: Frame, sight: Sight) -> QRect:
    """Where the whole picture lies, on whole device pixels."""
    left, top, width, height = frame.rect(sight)
    return QRect(round(left), round(top), max(1, round(width)), max(1, round(height)))


def _fits_as_it_is(image: QImage, target: QRect) -> bool:
    """Whether the pixels are those of the screen; a decoder may round a side otherwise."""
    return abs(image.width() - target.width()) <= 1 and abs(image.height() - target.height()) <= 1


def _part(image: QImage, target: QRect, seen: QRect) -> tuple[QRectF, QImage, QRectF]:
    """The part of the image that is seen, on whole pixels of it, and where that lies.

    Qt's raster painter counts in 16.16 fixed point: a target far larger than the screen would overflow.
    """
    across, down = image.width() / target.width(), image.height() / target.height()
    inner = seen.translated(-target.topLeft())
    left, top = int(inner.left() * across), int(inner.top() * down)
    right = min(image.width(), int((inner.right() + 1) * across) + 2)
    bottom = min(image.height(), int((inner.bottom() + 1) * down) + 2)
    source = QRectF(left, top, right - left, bottom - top)
    place = QPointF(target.left() + left / across, target.top() + top / down)
    return QRectF(place.x(), place.y(), source.width() / across, source.height() / down), image, source


def _paint_checker(painter: QPainter, seen: QRect, target: QRect) -> None:
    tile = QPixmap(2 * CHECKER_PX, 2 * CHECKER_PX)
    tile.fill(CHECKER[0])
    inside = QPainter(tile)
    inside.fillRect(0, 0, CHECKER_PX, CHECKER_PX, CHECKER[1])
    inside.fillRect(CHECKER_PX, CHECKER_PX, CHECKER_PX, CHECKER_PX, CHECKER[1])
    inside.end()
    painter.setBrushOrigin(target.topLeft())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(seen, QBrush(tile))
    painter.setBrushOrigin(0, 0)
