"""The canvas: shows a picture through a sight, and lets a person zoom and move it by mouse, touch and keys."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from keeproom.ui.theme.palette import DARK
from keeproom.ui.viewer.painting import Shown, paint
from keeproom.ui.viewer.sight import STEP, Frame, Mode, Sight

NOTCH = 120
ARROW_STEP = 0.1
"""How much of the canvas an arrow key moves a picture by."""

SPINNER_MS = 60
SPINNER_PX = 22
PAUSE_BEFORE_SPINNER_MS = 300

_ARROWS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_STEPS = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}


class Canvas(QWidget):
    """`sight_changed` says that a person, or a new size, has changed what is seen; `stepped` that the mouse asks for
    the next (1) or previous (-1) item; `context_requested` carries the place on the screen; `touched` comes with every
    press of the mouse, `clicked` where it was not moved, `dragged` where it was and the picture cannot be;
    `shown_changed` says that there is another picture. A canvas that `plays` is for full screen by a double click,
    any other zooms."""

    sight_changed = Signal()
    stepped = Signal(int)
    context_requested = Signal(QPoint)
    touched = Signal()
    clicked = Signal()
    dragged = Signal()
    shown_changed = Signal()
    full_screen_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, enlarges: bool = False) -> None:
        super().__init__(parent)
        self._enlarges = enlarges
        self._shown: Shown | None = None
        self._sight = Sight()
        self.plays = False
        self._dragged_from: QPointF | None = None
        self._pressed_at: QPointF | None = None
        self._busy = QTimer(self, interval=SPINNER_MS)
        self._busy.timeout.connect(self._turn)
        self._busy_ticks = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.grabGesture(Qt.GestureType.PinchGesture)

    # What is shown

    @property
    def shown(self) -> Shown | None:
        return self._shown

    @property
    def sight(self) -> Sight:
        return self._sight

    def device_size(self) -> tuple[int, int]:
        """The canvas in pixels of the screen."""
        ratio = self.devicePixelRatioF()
        return max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))

    def frame(self) -> Frame | None:
        """Picture and canvas, while there is a picture."""
        return None if self._shown is None else Frame(self._shown.size, self.device_size(), self._enlarges)

    def scale(self) -> float | None:
        """Screen pixels for each picture pixel: 1 is 100 %."""
        frame = self.frame()
        return None if frame is None else frame.scale(self._sight)

    def begin(self, size: tuple[int, int], colour: QColor | None, image: QImage | None = None) -> None:
        """Another picture, of which a first image, or only a colour, is known."""
        self._shown = Shown((max(1, size[0]), max(1, size[1])), image, colour)
        self._settle()
        self.update()
        self.shown_changed.emit()

    def sharpen(self, image: QImage, size: tuple[int, int]) -> None:
        """More pixels of the same picture; what is seen stays where it is."""
        self._shown = Shown((max(1, size[0]), max(1, size[1])), image)
        self.update()

    def clear(self) -> None:
        """Nothing but the canvas."""
        self._shown = None
        self.set_busy(busy=False)
        self.update()
        self.shown_changed.emit()

    def set_busy(self, *, busy: bool) -> None:
        """Pixels are on their way; after a pause this is shown."""
        if busy and not self._busy.isActive():
            self._busy_ticks = 0
            self._busy.start()
        elif not busy and self._busy.isActive():
            self._busy.stop()
            self.update()

    def _turn(self) -> None:
        self._busy_ticks += 1
        if self._spins():
            self.update(self._spinner_rect().toAlignedRect())

    def _spins(self) -> bool:
        return self._busy.isActive() and self._busy_ticks * SPINNER_MS > PAUSE_BEFORE_SPINNER_MS

    def _spinner_rect(self) -> QRectF:
        return QRectF(self.width() - SPINNER_PX - 16, self.height() - SPINNER_PX - 16, SPINNER_PX, SPINNER_PX)

    # What is seen of it

    def set_sight(self, sight: Sight) -> None:
        """See this; told by `sight_changed` if it is another."""
        frame = self.frame()
        sight = sight if frame is None else frame.settled(sight)
        if sight != self._sight:
            self._sight = sight
            self.update()
            self._follow_cursor()
            self.sight_changed.emit()

    def set_mode(self, mode: Mode) -> None:
        self.set_sight(Sight(mode, centre=self._sight.centre))

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom about a point of the widget, or about its middle."""
        frame = self.frame()
        if frame is not None:
            ratio = self.devicePixelRatioF()
            place = None if at is None else (at.x() * ratio, at.y() * ratio)
            self.set_sight(frame.zoomed(self._sight, factor, place))

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by logical pixels."""
        frame, ratio = self.frame(), self.devicePixelRatioF()
        if frame is not None:
            self.set_sight(frame.panned(self._sight, dx * ratio, dy * ratio))

    def overflows(self) -> bool:
        frame = self.frame()
        return frame is not None and frame.overflows(self._sight)

    def toggle_actual(self, at: QPointF | None = None) -> None:
        """All of the picture, or true pixels with this point where it is."""
        frame = self.frame()
        if frame is None:
            return
        if self._sight.mode != Mode.FIT or frame.fit_scale() >= 1:
            self.set_mode(Mode.FIT)
        else:
            self.zoom(1 / frame.fit_scale(), at)

    def _settle(self) -> None:
        frame = self.frame()
        if frame is not None:
            self._sight = frame.settled(self._sight)
        self._follow_cursor()

    def _follow_cursor(self) -> None:
        held = self._dragged_from is not None
        shape = Qt.CursorShape.ClosedHandCursor if held else Qt.CursorShape.OpenHandCursor
        self.setCursor(shape if self.overflows() else Qt.CursorShape.ArrowCursor)

    # Painting

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), DARK.canvas)
        frame = self.frame()
        if frame is not None and self._shown is not None:
            painter.save()
            ratio = self.devicePixelRatioF()
            painter.scale(1 / ratio, 1 / ratio)
            paint(painter, self._shown, frame, self._sight)
            painter.restore()
        if self._spins():
            self._paint_spinner(painter)

    def _paint_spinner(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(DARK.separator, 3))
        painter.drawEllipse(self._spinner_rect().adjusted(2, 2, -2, -2))
        painter.setPen(QPen(DARK.accent, 3, c=Qt.PenCapStyle.RoundCap))
        painter.drawArc(self._spinner_rect().adjusted(2, 2, -2, -2), -self._busy_ticks * 24 * 16, 100 * 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A free zoom keeps its scale; what fits goes on fitting."""
        frame, ratio = self.frame(), self.devicePixelRatioF()
        before = max(1, round(event.oldSize().width() * ratio)), max(1, round(event.oldSize().height() * ratio))
        if frame is not None and self._sight.mode == Mode.FREE and event.oldSize().isValid():
            change = replace(frame, canvas=before).fit_scale() / frame.fit_scale()
            self._sight = replace(self._sight, ratio=self._sight.ratio * change)
        self._settle()
        self.sight_changed.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._settle()
            self.update()
            self.sight_changed.emit()
        elif isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1 + event.value(), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            return self._on_gesture(event)
        return super().event(event)

    def _on_gesture(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        self.zoom(pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint())))
        event.accept()
        return True

    # Mouse and keys

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or not delta.y():
            self.pan((delta.x() or delta.y()) / 2, 0)
        else:
            self.zoom(STEP ** (delta.y() / NOTCH), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit()
        if event.button() in _STEPS:
            self.stepped.emit(_STEPS[event.button()])
        elif event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._dragged_from = event.position()
            self._pressed_at = event.position() if event.button() == Qt.MouseButton.LeftButton else None
            self._follow_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None:
            way = event.position() - self._dragged_from
            self._dragged_from = event.position()
            self.pan(way.x(), way.y())
            if self._pressed_at is not None and _is_far(event.position() - self._pressed_at):
                self._pressed_at = None
                self._drag_out()

    def _drag_out(self) -> None:
        """What cannot be moved about is taken out of the window."""
        if self._shown is not None and not self.overflows():
            self._dragged_from = None
            self.dragged.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = None
        self._follow_cursor()
        if self._pressed_at is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = None
            self.clicked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            self.mousePressEvent(event)
        elif self.plays:
            self.clicked.emit()  # takes back what the first click did
            self.full_screen_wanted.emit()
        else:
            self.toggle_actual(event.position())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.touched.emit()
        self.context_requested.emit(self.mapToGlobal(self.rect().center()) if by_key else event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move a picture that does not fit; all else is for the panel."""
        direction = _ARROWS.get(Qt.Key(event.key()))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if direction is None or not plain or not self.overflows():
            event.ignore()
            return
        self.pan(direction[0] * self.width() * ARROW_STEP, direction[1] * self.height() * ARROW_STEP)


def _is_far(way: QPointF) -> bool:
    return way.manhattanLength() > QGuiApplication.styleHints().startDragDistance()
