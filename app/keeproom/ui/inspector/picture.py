"""The picture at the top of the inspector: the stored thumbnail, or the kind's icon and why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from keeproom.model import THUMBNAIL_SIZES
from keeproom.ui import icons
from keeproom.ui.fonts import section_font
from keeproom.ui.theme.palette import PLATE, PLATE_RING, colours

if TYPE_CHECKING:
    from keeproom.library.opening import Library

SHAPE = 0.68
CORNER_PX = 6
ICON_PX = 44
PILL_PX = 18


def load_picture(library: Library, sha256: str) -> QImage:
    """The largest stored thumbnail of a blob; a null image where it is gone or broken. In a thread."""
    from keeproom.library.thumbnails import read_thumbnail

    data = read_thumbnail(library.layout, sha256, max(THUMBNAIL_SIZES))
    return QImage() if data is None else QImage.fromData(data)


def turned(image: QImage, turns: int) -> QImage:
    """A picture after so many quarter turns clockwise."""
    return image if image.isNull() or not turns % 4 else image.transformed(QTransform().rotate(90 * (turns % 4)))


class Picture(QAbstractButton):
    """Shows one picture whole; a click, Space or Enter opens it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._scaled: QPixmap | None = None
        self._turns = 0
        self._icon = "image"
        self._why = ""
        self._pill = ""
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def expect(self, icon: str, pill: str) -> None:
        """Another item: its icon, and what the pill on its picture says; the picture comes later."""
        self._icon, self._pill = icon, pill
        self.show_image(QImage(), "")

    def show_image(self, image: QImage, why: str) -> None:
        """The picture as it is stored, or why there is none."""
        self._image, self._why, self._scaled = turned(image, self._turns), why, None
        self.update()

    def rotate(self, turns: int) -> None:
        """Show the picture of now, and others, with so many quarter turns clockwise."""
        if turns != self._turns:
            self._image, self._scaled = turned(self._image, turns - self._turns), None
            self._turns = turns
            self.update()

    def image(self) -> QImage:
        return self._image

    def why(self) -> str:
        return self._why

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * SHAPE)

    def sizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(max(1, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 60)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()), CORNER_PX, CORNER_PX)
        painter.fillPath(frame, colours(self.palette()).canvas)
        if self._image.isNull():
            self._paint_icon(painter)
        else:
            painter.setClipPath(frame)
            self._paint_image(painter)
            painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QPen(colours(self.palette()).accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER_PX, CORNER_PX)

    def _paint_image(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        if self._scaled is None or self._scaled.devicePixelRatio() != ratio or not self._fits(self._scaled):
            self._scaled = self._scale(ratio)
        side = self._scaled.deviceIndependentSize()
        place = QRectF((self.width() - side.width()) / 2, (self.height() - side.height()) / 2, 0, 0)
        painter.drawPixmap(place.topLeft(), self._scaled)
        if self._pill:
            self._paint_pill(painter)

    def _fits(self, scaled: QPixmap) -> bool:
        return scaled.deviceIndependentSize().toSize() == self._wanted()

    def _wanted(self) -> QSize:
        """The largest size in the frame; small pictures are not blown up beyond their own."""
        whole = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return whole.boundedTo(self._image.size()).expandedTo(QSize(1, 1))

    def _scale(self, ratio: float) -> QPixmap:
        device = self._wanted() * ratio
        image = self._image.scaled(
            device.boundedTo(self._image.size()).expandedTo(QSize(1, 1)),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        if image.size() != device:
            image = image.scaled(device, Qt.AspectRatioMode.IgnoreAspectRatio)
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _paint_icon(self, painter: QPainter) -> None:
        those = colours(self.palette())
        picture = icons.pixmap(self._icon, those.disabled.name(), ICON_PX, self.devicePixelRatioF())
        text = QRect(16, 0, self.width() - 32, self.height())
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter
        needed = self.fontMetrics().boundingRect(text, flags, self._why).height() if self._why else 0
        top = max(0, (self.height() - ICON_PX - (needed + 8 if needed else 0)) // 2)
        painter.drawPixmap((self.width() - ICON_PX) // 2, top, picture)
        painter.setPen(those.secondary)
        painter.drawText(text.adjusted(0, top + ICON_PX + 8, 0, 0), flags, self._why)

    def _paint_pill(self, painter: QPainter) -> None:
        font = section_font(self.font())
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(self._pill) + 14
        place = QRectF(8.5, self.height() - PILL_PX - 8.5, width, PILL_PX)
        painter.setPen(QPen(PLATE_RING, 1))
        painter.setBrush(PLATE)
        painter.drawRoundedRect(place, PILL_PX / 2, PILL_PX / 2)
        painter.setPen(QColor(PLATE_RING))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._pill)
