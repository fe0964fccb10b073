"""`keeproom open` as it is, with an eye on it: tells when the first page was painted, and when all of it was there.

Started by `bench_grid` as a process of its own: `python -m tests.bench.first_paint LIBRARY [all]` prints the moment of
the first paint on the monotonic clock and ends there; with `all`, also when the grid had all of the library, with every
picture that is in sight.
"""

from __future__ import annotations

import os
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer

from keeproom.__main__ import main
from keeproom.ui.window.main import MainWindow

LOOK_EVERY_MS = 5


class Eye(QObject):
    """Watches the grid of a window from its first paint on; closes the window at the end."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._painted = 0.0
        self._arranged = False
        window.shelf.arranged.connect(self._on_arranged)
        self._look = QTimer(self, interval=LOOK_EVERY_MS)
        self._look.timeout.connect(self._on_look)
        window.grid.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._window.grid.count() and not self._painted:
            self._painted = -1.0
            QTimer.singleShot(0, self, self._on_painted)  # when the paint is through
        return False

    def _on_painted(self) -> None:
        self._painted = time.monotonic()
        if sys.argv[2:] == ["all"]:
            self._look.start()
        else:
            print(self._painted, flush=True)
            os._exit(0)  # nothing of the library is open yet

    def _on_arranged(self) -> None:
        self._arranged = True

    def _on_look(self) -> None:
        if self._arranged and self._window.grid.is_complete():
            self._look.stop()
            print(self._painted, time.monotonic(), flush=True)
            self._window.close()


def watched_show(window: MainWindow) -> None:
    Eye(window)
    show(window)


if __name__ == "__main__":
    show = MainWindow.show
    MainWindow.show = watched_show  # type: ignore[assignment,method-assign]
    sys.exit(main(["--library", sys.argv[1], "open"]))
