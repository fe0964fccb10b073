"""Opening a library in the window: the first page at once, everything else in a thread after it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from keeproom.errors import ExpectedError
from keeproom.ui.background import Background
from keeproom.ui.window.room import Room

if TYPE_CHECKING:
    from keeproom.library.opening import Library
    from keeproom.workers.session import Session

FIRST_CELLS = 200


@dataclass(frozen=True, slots=True)
class _Opened:
    """A library, and the class of its session, which is imported where it stops nobody."""

    library: Library
    session: type[Session]


class Opener(QObject):
    """Opens one library after the other. `opened(Room)` or `refused(Path, str)` ends each, unless another was begun."""

    opened = Signal(object)
    refused = Signal(object, str)

    def __init__(self, background: Background, bug: Callable[[BaseException], None], parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._bug = bug
        self._wanted: object = None

    def open(self, folder: Path) -> None:
        """Begin; what was painted before is on the screen first."""
        wish = self._wanted = object()  # and no path: the same one may be asked for twice
        QTimer.singleShot(0, self, lambda: self._begin(folder, wish))

    def stop(self) -> None:
        """What is being opened is closed again when it comes."""
        self._wanted = None

    def _begin(self, folder: Path, wish: object) -> None:
        if wish is not self._wanted:
            return
        self._background.run(
            lambda: _opened(folder),
            lambda found: self._on_opened(wish, found),
            lambda error: self._on_error(folder, wish, error),
        )

    def _on_opened(self, wish: object, found: _Opened) -> None:
        if wish is not self._wanted:
            found.library.close()
            return
        self.opened.emit(Room(found.library, found.session(found.library, self), self))

    def _on_error(self, folder: Path, wish: object, error: BaseException) -> None:
        if wish is not self._wanted:
            return
        if not isinstance(error, (ExpectedError, OSError)):
            self._bug(error)
        self.refused.emit(folder, error_words(error))


def _opened(folder: Path) -> _Opened:
    """Open the library; in a thread, for the imports alone take longer than a frame."""
    from keeproom.library.opening import open_library
    from keeproom.workers.session import Session

    return _Opened(open_library(folder), Session)


def error_words(error: BaseException) -> str:
    """An error as a sentence: its own text, or what the system says and about which file."""
    if isinstance(error, OSError) and error.strerror:
        where = f": {os.fsdecode(error.filename)}" if isinstance(error.filename, (str, bytes)) else ""
        return f"{error.strerror}{where}"
    return str(error) or type(error).__name__
