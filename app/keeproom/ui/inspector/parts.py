"""What the pages of the inspector are made of: the line that tells a problem, and how content scrolls."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from keeproom.ui.inspector.wrapped import WrappedLabel
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import LinkButton

MARGIN_PX = 12
GAP_PX = 6
"""Above the line of a problem: a part of it, so that nothing is left where there is none."""


class TroubleLine(QFrame):
    """What is wrong, with a way to the reason where there is one, and one to try again."""

    def __init__(self, retry: Callable[[], None], parent: QWidget, why: Callable[[], None] | None = None) -> None:
        super().__init__(parent)
        self.text = WrappedLabel("", self, "warning", lines=2)
        self.why = LinkButton(tr("Why"), self)
        self.why.setToolTip(tr("Show the steps and what came of them"))
        self.why.setVisible(why is not None)
        if why is not None:
            self.why.clicked.connect(why)
        self.retry = LinkButton(tr("Retry"), self)
        self.retry.setToolTip(tr("Try what failed once more (Ctrl+Shift+R)"))
        self.retry.clicked.connect(retry)
        self._fill = "warning_fill"
        row = QHBoxLayout(self)
        row.setContentsMargins(10, GAP_PX + 3, 4, 3)
        row.setSpacing(0)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.why)
        row.addWidget(self.retry)

    def tell(self, text: str, role: str, *, can_retry: bool) -> None:
        """Say it in the colours of `warning` or `error`."""
        self._fill = f"{role}_fill"
        self.text.set_role(role)
        self.text.setText(text)
        self.retry.setVisible(can_retry)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(getattr(colours(self.palette()), self._fill))
        painter.drawRoundedRect(self.rect().adjusted(0, GAP_PX, 0, 0), 6, 6)


class Page(QScrollArea):
    """A page that scrolls upright only. It has the keyboard for that, and Ctrl+C copies what is on it."""

    def __init__(self, content: QWidget, name: str, copy: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._copy = copy
        self._host = host = with_margins(content)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(host)
        host.setAutoFillBackground(False)

    def settle(self) -> None:
        """Give all that is on it its place now."""
        _lay_out(self._host)
        QApplication.sendEvent(self.viewport(), QEvent(QEvent.Type.LayoutRequest))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.settle()

    def event(self, event: QEvent) -> bool:
        """While it has the keyboard, Ctrl+C is no action of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and self._is_copy(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._copy is not None and self._is_copy(event):
            self._copy()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colours(self.palette()).accent, 2))
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(2, 2, -2, -2), 5, 5)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _is_copy(self, event: QEvent) -> bool:
        if self._copy is None or not isinstance(event, QKeyEvent):
            return False
        return event.matches(QKeySequence.StandardKey.Copy)


def with_margins(content: QWidget) -> QWidget:
    host = QWidget()
    column = QVBoxLayout(host)
    column.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
    column.addWidget(content)
    return host


def _lay_out(widget: QWidget) -> None:
    """Lay out what is below a widget, then itself. Left alone, Qt goes one level outwards at each turn of the event
    loop, so that half of it is seen in old places; and a layout that is told of a change while it is hidden drops it.
    """
    for child in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if not child.isHidden():
            _lay_out(child)
    layout = widget.layout()
    if layout is not None:
        layout.activate()
