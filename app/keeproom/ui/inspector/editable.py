"""Texts that are edited where they stand: flat until the mouse or the keyboard comes near.

What is typed belongs to the target that was shown when it was typed. It is saved by Enter, by leaving the field, and
when the field is to show something else; Escape brings back what was there.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPaintEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from keeproom.ui.describe.flatness import INSET_PX, LINE_PX, paint_flat, paint_frame
from keeproom.ui.describe.shared import Mixed, Shared
from keeproom.ui.inspector.fact import tip
from keeproom.ui.texts import printable, tr
from keeproom.ui.widgets import Line

MOST_LINES = 8
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PARAGRAPH = "\u2029"


class LineField(Line):
    """One line. `saved` carries the target and the text; `left` says that a person is done without a change."""

    saved = Signal(object, str)
    left = Signal()

    def __init__(self, name: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._empty = empty
        self._target: object = None
        self._loaded = ""
        self.setAccessibleName(name)
        self.setFrame(False)
        self.setFixedHeight(LINE_PX)
        self.setTextMargins(INSET_PX - 2, 0, INSET_PX - 2, 0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(lambda: self._show_tip())

    def load(self, target: object, text: Shared[str] | None) -> None:
        """Show a text of a target; what was typed for another one is saved, what is typed for this one stays."""
        if self.is_changed():
            if target == self._target:
                return
            self.save()
        fresh = "" if isinstance(text, Mixed) or text is None else printable(text)
        self._target = target
        self.setPlaceholderText(tr("Mixed") if isinstance(text, Mixed) else self._empty)
        if fresh != self.text() or fresh != self._loaded:
            self.setText(fresh)
            self.setCursorPosition(0)
        self._loaded = self.text()

    def is_changed(self) -> bool:
        return self.text() != self._loaded

    def save(self) -> None:
        """Keep what was typed, if it is something else."""
        if self.is_changed():
            self._loaded = self.text()
            self.saved.emit(self._target, self._loaded)

    def revert(self) -> None:
        self.setText(self._loaded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.save()
            self.selectAll()
        elif event.key() == Qt.Key.Key_Escape:
            if self.is_changed():
                self.revert()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.save()
            self.setCursorPosition(0)

    def _show_tip(self) -> None:
        self.setToolTip(tip(self.text()) if len(self.text()) > 24 else "")

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            super().paintEvent(event)
        else:
            paint_flat(self)


class TextField(QPlainTextEdit):
    """Several lines, as high as the text needs up to a limit. Ctrl+Enter saves as well."""

    saved = Signal(object, str)
    left = Signal()

    def __init__(self, name: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = empty
        self._target: object = None
        self._loaded = ""
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(INSET_PX)
        self.viewport().setAutoFillBackground(False)
        self.textChanged.connect(self._fit)
        self._fit()

    def text(self) -> str:
        """What stands there; `toPlainText` would make plain spaces of no-break ones."""
        return self.document().toRawText().replace(_PARAGRAPH, "\n")

    def load(self, target: object, text: Shared[str] | None) -> None:
        """Show a text of a target; what was typed for another one is saved, what is typed for this one stays."""
        if self.is_changed():
            if target == self._target:
                return
            self.save()
        fresh = "" if isinstance(text, Mixed) or text is None else printable(text)
        self._target = target
        self.setPlaceholderText(tr("Mixed") if isinstance(text, Mixed) else self._empty)
        if fresh != self.text():
            self.setPlainText(fresh)
        self._loaded = self.text()

    def is_changed(self) -> bool:
        return self.text() != self._loaded

    def save(self) -> None:
        """Keep what was typed, if it is something else."""
        if self.is_changed():
            self._loaded = self.text()
            self.saved.emit(self._target, self._loaded)

    def revert(self) -> None:
        self.setPlainText(self._loaded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif event.key() in _ENTER:
            self.insertPlainText("\n")  # also with Shift, which would put in a character of its own
        elif event.key() == Qt.Key.Key_Escape:
            if self.is_changed():
                self.revert()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.save()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(0, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, LINE_PX)

    def _fit(self) -> None:
        lines = max(1, round(self.document().size().height()))
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > MOST_LINES else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        wanted = max(LINE_PX, min(lines, MOST_LINES) * self.fontMetrics().lineSpacing() + 2 * INSET_PX)
        if wanted != self.height():
            self.setFixedHeight(wanted)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus() or self.underMouse():
            paint_frame(self, self.viewport())
        super().paintEvent(event)
