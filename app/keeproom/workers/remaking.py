"""Making thumbnails again that are gone or corrupt: one thread and one reader, however many are wanted at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from keeproom.errors import ExpectedError
from keeproom.library.content import remake_thumbnails
from keeproom.library.opening import Library
from keeproom.media.pictures import PictureReader
from keeproom.workers.pool import make_pool, start

IDLE_SECONDS = 5.0
"""How long the reader is kept when there is nothing to do."""

OnDone = Callable[[bool], None]

_log = logging.getLogger(__name__)


class Remaker(QObject):
    """Lives in the main thread. What was asked for last is made first: it is what a person looks at now."""

    _made = Signal(str, bool)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._calls: dict[str, list[OnDone]] = {}
        self._waiting: list[str] = []
        self._changed = threading.Condition()
        self._serving = False
        self._closing = False
        self._pool = make_pool(1)
        self._made.connect(self._on_made)

    def remake(self, sha256: str, on_done: OnDone) -> None:
        """Make the thumbnails of a blob again and call `on_done`, in the main thread, with whether there are any now.

        The same blob asked for twice is made once.
        """
        if self._closing:
            return
        calls = self._calls.setdefault(sha256, [])
        calls.append(on_done)
        with self._changed:
            if len(calls) == 1:
                self._waiting.append(sha256)
            self._changed.notify()
            begin, self._serving = not self._serving, True
        if begin:
            start(self._pool, self._serve)

    def close(self) -> None:
        """Make no more; the one in hand is given up. No call comes after this."""
        with self._changed:
            self._closing = True
            self._waiting.clear()
            self._changed.notify()
        self._calls.clear()
        self._pool.waitForDone()

    def _serve(self) -> None:
        with PictureReader(None) as reader:
            while (sha256 := self._next()) is not None:
                self._made.emit(sha256, self._make(reader, sha256))

    def _next(self) -> str | None:
        with self._changed:
            if not self._waiting and not self._closing:
                self._changed.wait(IDLE_SECONDS)
            if self._waiting:
                return self._waiting.pop()
            self._serving = False
            return None

    def _make(self, reader: PictureReader, sha256: str) -> bool:
        try:
            return bool(remake_thumbnails(self._library, sha256, reader, lambda: self._closing))
        except (ExpectedError, OSError):
            return False
        except Exception as error:  # noqa: BLE001 (the end of a job: told, and the next one is made)
            _log.error("A thumbnail could not be made again", exc_info=error)
            return False

    def _on_made(self, sha256: str, whether: bool) -> None:
        for on_done in self._calls.pop(sha256, ()):
            on_done(whether)
