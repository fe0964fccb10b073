"""A library that is open in the window, and the session that works on it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from keeproom.errors import LibraryError
from keeproom.model import Cell
from keeproom.ui.grid.cells import CellSource

if TYPE_CHECKING:
    from keeproom.library.opening import Library
    from keeproom.workers.previews import Previews
    from keeproom.workers.remaking import Remaker
    from keeproom.workers.session import Session

T = TypeVar("T")

_log = logging.getLogger(__name__)


class FolderCells(CellSource):
    """Thumbnails of a library's folder before it is open: enough for the first page, which brings its own cells."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fetch(self, ids: Sequence[int], on_done: Callable[[Sequence[Cell]], None]) -> None:
        """Nothing can be read yet; the grid asks again when the library is open."""

    def thumbnail(self, sha256: str, px: int) -> Path:
        from keeproom.library.layout import thumbnail_file

        return thumbnail_file(self._folder, sha256, px)

    def remake(self, sha256: str, on_done: Callable[[bool], None]) -> None:
        """Nothing can be made yet; the grid asks again when the library is open."""


class Room(QObject):
    """The open library. `failed` carries the error of a question to it; closing waits only for the work in hand."""

    failed = Signal(object)

    def __init__(self, library: Library, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self.session = session
        session.setParent(self)
        self.folder: Path = library.folder

    @cached_property
    def previews(self) -> Previews:
        """Pictures for the viewer; made when the first one is looked at."""
        from keeproom.workers.previews import Previews

        return Previews(self.library, self)

    @cached_property
    def remaker(self) -> Remaker:
        """Makes thumbnails again; made when the first one is found gone."""
        from keeproom.workers.remaking import Remaker

        return Remaker(self.library, self)

    def run(
        self, function: Callable[[], T], on_done: Callable[[T], None], on_error: Callable[[], None] | None = None
    ) -> None:
        """Ask the library in a thread; an error is told by `failed`, and then `on_error` is called."""

        def on_failed(error: BaseException) -> None:
            self.failed.emit(error)
            if on_error is not None:
                on_error()

        self.session.run(function, on_done, on_failed)

    def close(self) -> None:
        """Wait until nothing is at work, and let the library go; twice is fine.

        Nothing is told after this but the answers to questions that were asked before.
        """
        for made in ("previews", "remaker"):
            if made in self.__dict__:
                self.__dict__[made].close()
        try:
            self.session.close()
        except (OSError, LibraryError) as error:  # the next start finds the imports all the same
            _log.warning("The library was left without a word to it: %s", error)
        for told in (self, self.session):
            told.blockSignals(True)
        self.library.close()


class RoomCells(FolderCells):
    """The cells of an open library."""

    def __init__(self, room: Room) -> None:
        super().__init__(room.folder)
        self._room = room

    def fetch(self, ids: Sequence[int], on_done: Callable[[Sequence[Cell]], None]) -> None:
        self._room.run(lambda: _read(self._room.library, ids), on_done, lambda: on_done(()))

    def remake(self, sha256: str, on_done: Callable[[bool], None]) -> None:
        """Have the thumbnails of a blob made again; `on_done` hears whether there are any now."""
        self._room.remaker.remake(sha256, on_done)


def _read(library: Library, ids: Sequence[int]) -> list[Cell]:
    from keeproom.library import views

    return views.cells(library, ids)
