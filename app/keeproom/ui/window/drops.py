"""Files dragged over the window and dropped on it, wherever that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

from keeproom.ui.texts import tr
from keeproom.ui.window.dropping import NOTHING, DropOverlay, count_folders, drop_words, nothing_dropped, read_drop

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
        if not event.mimeData().hasUrls():
            event.ignore()
            return
        _accept(event)
        self._dragged = read_drop(event.mimeData())
        paths = self._dragged.paths
        self.overlay.tell(drop_words(paths, None) if paths else tr("There is no file in this"))
        self._window.background.run(
            lambda: count_folders(paths),
            lambda folders: self.overlay.correct(drop_words(paths, folders)),
            self._window.tell_error,
        )

    def _on_dropped(self, event: QDropEvent) -> None:
        self.overlay.hide()
        _accept(event)
        drop = read_drop(event.mimeData())
        if drop == NOTHING:  # the other program has ended already, but has told before what it drags
            drop = self._dragged
        if drop.others or not drop.paths:
            self._window.notices.tell(nothing_dropped(drop.others))
        self._window.import_paths(drop.paths)


def _accept(event: QDropEvent) -> None:
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
