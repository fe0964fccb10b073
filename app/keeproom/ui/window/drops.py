"""Files dragged over the window and dropped on it, wherever that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

from keeproom.ui.texts import tr
from keeproom.ui.window.dropping import NOTHING, DropOverlay, count_folders, drop_words, overlay_words, read_drop
from keeproom.ui.window.taking import is_own, take_in

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow


class Drops(QObject):
    """Tells over the window what would be imported, and imports it: at once, without a question."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._dragged = NOTHING
        self.overlay = DropOverlay(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            self._on_entered(event)
        elif isinstance(event, QDragMoveEvent):
            _accept(event)
        elif isinstance(event, QDragLeaveEvent):
            self.overlay.hide()
        elif isinstance(event, QDropEvent):
            self._on_dropped(event)
        else:
            return False
        return True

    def _on_entered(self, event: QDragEnterEvent) -> None:
        if event.source() is not None or is_own(self._window, event.mimeData()):
            event.ignore()  # what is dragged out of the library is in it already
            return
        _accept(event)
        self._dragged = read_drop(event.mimeData())
        paths = self._dragged.paths
        self.overlay.tell(overlay_words(self._dragged))
        if not paths:
            return
        self._window.background.run(
            lambda: count_folders(paths),
            lambda folders: self.overlay.correct(drop_words(paths, folders)),
            self._window.tell_error,
        )

    def _on_dropped(self, event: QDropEvent) -> None:
        self.overlay.hide()
        _accept(event)
        nothing = tr("There was no file and no picture in what was dropped.")
        take_in(self._window, event.mimeData(), nothing, self._dragged)


def _accept(event: QDropEvent) -> None:
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
