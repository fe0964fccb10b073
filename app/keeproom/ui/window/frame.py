"""The three parts of the window side by side: sidebar, panel, inspector, with the widths that a person gave them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from keeproom.ui.theme.palette import colours

if TYPE_CHECKING:
    from keeproom.ui.inspector.panel import Inspector
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room

SIDEBAR_MIN_PX = 160
INSPECTOR_MIN_PX = 260
PANEL_MIN_PX = 320
WIDE_PX = 1_920
NARROW_SIDES = (216, 304)
WIDE_SIDES = (260, 380)
"""Widths of the sidebar and the inspector, in narrow windows and in wide ones."""


class InspectorSide(QWidget):
    """Keeps the inspector's place from the first paint on; what it holds is made when there is a library."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.inspector: Inspector | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setMinimumWidth(INSPECTOR_MIN_PX)

    def attach(self, room: Room | None) -> None:
        if self.inspector is None and room is not None:
            from keeproom.ui.inspector.panel import Inspector

            self.inspector = Inspector(self._window)
            self._column.addWidget(self.inspector)
        if self.inspector is not None:
            self.inspector.attach(room)

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.fillRect(event.rect(), those.panel)
        painter.fillRect(0, 0, 1, self.height(), those.separator)


class Frame(QSplitter):
    """Widths follow the window's until a person moves a handle; `widths` tells them then, as text for the settings."""

    def __init__(self, sidebar: QWidget, panel: QWidget, side: QWidget, widths: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        sidebar.setMinimumWidth(SIDEBAR_MIN_PX)
        panel.setMinimumWidth(PANEL_MIN_PX)
        for part in (sidebar, panel, side):
            self.addWidget(part)
        self.setStretchFactor(1, 1)
        self._own = _read(widths)
        self.splitterMoved.connect(self._on_moved)

    @property
    def widths(self) -> str:
        return "" if self._own is None else f"{self._own[0]} {self._own[1]}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        was_wide, wide = event.oldSize().width() >= WIDE_PX, self.width() >= WIDE_PX
        if event.oldSize().width() <= 0 or was_wide != wide:
            self.place()
        super().resizeEvent(event)

    def place(self) -> None:
        """Give the sides their widths, and the panel what is left."""
        left, right = self._own or (WIDE_SIDES if self.width() >= WIDE_PX else NARROW_SIDES)
        self.setSizes([left, max(PANEL_MIN_PX, self.width() - left - right), right])

    def _on_moved(self) -> None:
        left, _, right = self.sizes()
        before = self._own or (WIDE_SIDES if self.width() >= WIDE_PX else NARROW_SIDES)
        self._own = (left or before[0], right or before[1])


def _read(widths: str) -> tuple[int, int] | None:
    """Two widths from text; None where there are none."""
    words = widths.split()
    if len(words) == 2 and all(word.isdecimal() for word in words):
        return int(words[0]), int(words[1])
    return None
