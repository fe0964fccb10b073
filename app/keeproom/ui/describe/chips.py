"""One tag or collection as a chip, with a cross that takes it off."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from keeproom.ui.texts import number, plural, printable, tr
from keeproom.ui.theme.palette import colours

CHIP_PX = 24
PADDING_PX = 9
CROSS_PX = 18
WIDEST_PX = 220
NARROWEST_PX = 80
LAID_OUT_LONGEST = 400
_REMOVING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_OWN = frozenset((*_REMOVING, *_TAKING, *_STEPS))


class Chip(QWidget):
    """A name. One that only some items have is an outline with their number; `taken` is a click on it, `removed` one on
    its cross. Left and Right ask by `stepped` for the neighbour."""

    taken = Signal()
    removed = Signal()
    stepped = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ""
        self._text = ""
        self._on: int | None = None
        self._crossed = True
        self._offered = False
        self._is_over_cross = False
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_name(
        self, name: str, on: int | None = None, *, crossed: bool = True, offered: bool = False, verb: str = ""
    ) -> None:
        """A name; `on` tells how many items have it where not all do, `offered` that none has. `verb` says what a click
        does."""
        self.name, self._on, self._crossed, self._offered = name, on, crossed, offered
        line = " ".join(printable(name)[:LAID_OUT_LONGEST].split())
        self._text = f"+ {line}" if offered else line or "␣"
        some = "" if on is None else plural(on, "on %n item", "on %n items")
        self.setAccessibleName(", ".join(part for part in (self._text, some, verb) if part))
        self.setToolTip(_tip(name, "" if on is None else f"{some}. {tr('Click to put it on all.')}", verb))
        self.updateGeometry()
        self.update()

    def is_on_all(self) -> bool:
        return self._on is None

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self._text) + self._around()
        return QSize(min(WIDEST_PX, wide + 2), CHIP_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(NARROWEST_PX, self.sizeHint().width()), CHIP_PX)

    def _around(self) -> int:
        count = 0 if self._on is None else self.fontMetrics().horizontalAdvance(f" {number(self._on)}") + 2
        return 2 * PADDING_PX + count + (CROSS_PX - 5 if self._crossed else 0)

    def _cross(self) -> QRectF:
        return QRectF(self.width() - CROSS_PX - 3, (self.height() - CROSS_PX) / 2, CROSS_PX, CROSS_PX)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._crossed and self._cross().contains(event.position())
        if over != self._is_over_cross:
            self._is_over_cross = over
            self.update()

    def leaveEvent(self, event: object) -> None:
        self._is_over_cross = False
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.rect().contains(event.position().toPoint()):
            return
        if self._crossed and self._cross().contains(event.position()):
            self.removed.emit()
        else:
            self.taken.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def event(self, event: QEvent) -> bool:
        """While it has the keyboard, its keys are no actions of the window: Delete would be the trash."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _OWN:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _REMOVING and self._crossed:
            self.removed.emit()
        elif key in _TAKING:
            self.taken.emit()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        edge = QPen(those.outline, 1, Qt.PenStyle.DashLine if self._on is not None else Qt.PenStyle.SolidLine)
        if self._offered:
            painter.setBrush(those.hover if self.underMouse() else Qt.BrushStyle.NoBrush)
        elif self._on is None:
            edge = QPen(those.tint, 1)
            painter.setBrush(those.tint)
        painter.setPen(QPen(those.accent, 2) if self.hasFocus() else edge)
        painter.drawRoundedRect(shape, CHIP_PX / 2, CHIP_PX / 2)
        self._paint_text(painter)
        if self._crossed:
            self._paint_cross(painter)

    def _paint_text(self, painter: QPainter) -> None:
        those = colours(self.palette())
        room = self.rect().adjusted(PADDING_PX, 0, -PADDING_PX - (CROSS_PX - 5 if self._crossed else 0), 0)
        if self._on is not None:
            painter.setPen(those.secondary)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number(self._on))
            room.adjust(0, 0, -painter.fontMetrics().horizontalAdvance(f" {number(self._on)}") - 2, 0)
        painter.setPen(those.text)
        shown = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    def _paint_cross(self, painter: QPainter) -> None:
        those = colours(self.palette())
        place = self._cross()
        if self._is_over_cross:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(those.hover)
            painter.drawEllipse(place)
        painter.setPen(QPen(those.text if self._is_over_cross else those.secondary, 1.4))
        middle, arm = place.center(), 3.4
        painter.drawLine(middle - QPointF(arm, arm), middle + QPointF(arm, arm))
        painter.drawLine(middle - QPointF(arm, -arm), middle + QPointF(arm, -arm))


def _tip(name: str, *more: str) -> str:
    from keeproom.ui.inspector.fact import tip

    return tip("\n".join((name, *(line for line in more if line))))
