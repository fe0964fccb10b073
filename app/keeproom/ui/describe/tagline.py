"""The line in which tags are typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from keeproom.ui.describe.flatness import INSET_PX, LINE_PX, paint_flat
from keeproom.ui.texts import tr
from keeproom.ui.widgets import CONTROL_PX, Line

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class TagLine(Line):
    """The field; what its keys mean is told by signals."""

    taken = Signal(bool)
    stepped = Signal(int)
    completed = Signal()
    backed = Signal()
    left = Signal()
    entered = Signal()
    exited = Signal()

    def __init__(self, parent: QWidget | None = None, *, flat: bool = False) -> None:
        super().__init__(parent=parent)
        self._flat = flat
        self.setAccessibleName(tr("Add a tag"))
        self.setPlaceholderText(tr("Add a tag"))
        self.setFixedHeight(LINE_PX if flat else CONTROL_PX)
        self.setTextMargins(INSET_PX - 2, 0, INSET_PX - 2, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._flat and not self.hasFocus():
            paint_flat(self)
        else:
            super().paintEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tab completes, where there is something to complete."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._completes(event):
            self.completed.emit()
            return True
        return super().event(event)

    def _completes(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Tab and not event.modifiers() and bool(self.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        is_at_start = not self.cursorPosition() and not self.hasSelectedText()
        if key in _ENTER:
            self.taken.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self.textEdited.emit("")
            else:
                self.left.emit()
        elif is_at_start and (key == Qt.Key.Key_Left or (key == Qt.Key.Key_Backspace and not self.text())):
            self.backed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.exited.emit()
