"""The whole screen for the panel: the window's own bars step aside, and come back as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow


class FullScreen(QObject):
    """`changed` says that the window has come into, or out of, full screen while the panel is in sight."""

    changed = Signal(bool)

    def __init__(self, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._aside: list[QWidget] = []
        self._watches = False
        self._is_on = False
        window.installEventFilter(self)

    @property
    def is_on(self) -> bool:
        return self._is_on

    def watch(self, *, on: bool) -> None:
        """Whether the panel is in sight; where it is not, the window gets its bars back and its usual size."""
        self._watches = on
        if not on and self._is_on:
            self.leave()
        self._follow()

    def toggle(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def leave(self) -> None:
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowFullScreen)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.WindowStateChange:
            self._follow()
        return False

    def _follow(self) -> None:
        wanted = self._watches and self._window.isFullScreen()
        if wanted == self._is_on:
            return
        self._is_on = wanted
        if wanted:
            bars = (self._window.menuBar(), self._window.toolbar, self._window.status, self._window.side)
            self._aside = [bar for bar in bars if bar.isVisible()]
            for bar in self._aside:
                bar.hide()
        else:
            for bar in self._aside:
                bar.show()
            self._aside = []
        self.changed.emit(wanted)
