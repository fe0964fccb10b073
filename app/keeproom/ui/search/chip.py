"""A finished part of a query: its words, and a cross that takes it away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from keeproom.ui import icons
from keeproom.ui.search.draft import Item
from keeproom.ui.search.edit import draw_wave, is_typing
from keeproom.ui.texts import number, tooltip, tr
from keeproom.ui.theme.palette import colours

HEIGHT_PX = 22
RADIUS_PX = 11
PADDING_PX = 9
CROSS_PX = 12
CROSS_ROOM_PX = 20
WIDEST_PX = 240
SHOWN_LONGEST = 200

_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space)
_REMOVING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENDS = {Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}


class Chip(QAbstractButton):
    """Says what a person wants of it: `opened` to change it, `removed` (with whether the cursor goes back),
    `stepped` to its neighbours, `ended` to either end, `wrote` what was typed on it."""

    opened = Signal()
    removed = Signal(bool)
    stepped = Signal(int)
    ended = Signal(int)
    wrote = Signal(str)
    asked_for_all = Signal()
    left = Signal()

    def __init__(self, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self._wrong = ""
        self._is_on_cross = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys walk here, Tab goes past all of them
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_clicked)
        self._tell()

    def mark(self, wrong: str) -> None:
        """Show that it is wrong, and why; empty if it is right."""
        if wrong != self._wrong:
            self._wrong = wrong
            self._tell()
            self.update()

    def _tell(self) -> None:
        text = self.item.text if len(self.item.text) <= SHOWN_LONGEST else self.item.text[:SHOWN_LONGEST] + "…"
        self.setAccessibleName(f"{tr('Filter')}: {self.words()}")
        self.setAccessibleDescription(self._wrong or tr("Enter changes it, Delete takes it away"))
        self.setToolTip(tooltip(self._wrong or text))

    def words(self) -> str:
        if self.item.is_long:
            return tr("{count} characters: {text}").format(count=number(len(self.item.text)), text=self.item.label[:60])
        return tr("not {label}").format(label=self.item.label) if self.item.negated else self.item.label

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self.font()).horizontalAdvance(self.words()[:SHOWN_LONGEST])
        return QSize(min(WIDEST_PX, words + PADDING_PX + CROSS_ROOM_PX + 2), HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def cross(self) -> QRect:
        """Where the cross is clicked."""
        return self.rect().adjusted(self.width() - CROSS_ROOM_PX, 0, 0, 0)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # while the keyboard is here, letters are written
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.asked_for_all.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            copy_text(self.item.text)
        elif event.matches(QKeySequence.StandardKey.Cut):
            copy_text(self.item.text)
            self.removed.emit(True)
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in _ENDS:
            self.ended.emit(_ENDS[key])
        elif key in _REMOVING:
            self.removed.emit(key == Qt.Key.Key_Backspace)
        elif key in _OPENING:
            self.opened.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif is_typing(event):
            self.wrote.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        self.opened.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.cross().contains(event.position().toPoint()):
            self.removed.emit(True)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.cross().contains(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._point(False)
        super().leaveEvent(event)

    def _point(self, on_cross: bool) -> None:
        if on_cross != self._is_on_cross:
            self._is_on_cross = on_cross
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        frame = those.error if self._wrong else those.accent if focused else those.tint
        fill = those.error_fill if self._wrong else those.highlight if focused else those.tint
        painter.setPen(QPen(frame, 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_PX, RADIUS_PX)
        ink = those.on_highlight if focused and not self._wrong else those.text
        room = self.rect().adjusted(PADDING_PX, 0, -CROSS_ROOM_PX, 0)
        metrics = QFontMetrics(self.font())
        words = metrics.elidedText(self.words()[:SHOWN_LONGEST], Qt.TextElideMode.ElideRight, room.width() + 2)
        painter.setPen(ink)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        if self._wrong:
            draw_wave(painter, room.left(), room.left() + metrics.horizontalAdvance(words), self.height() - 2, frame)
        quiet = ink if focused or self._is_on_cross else those.secondary
        side = CROSS_PX
        cross = self.cross()
        top = (self.height() - side) // 2
        painter.drawPixmap(cross.left() + 2, top, icons.pixmap("x", quiet.name(), side, self.devicePixelRatioF()))


def copy_text(text: str) -> None:
    """Put a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)
