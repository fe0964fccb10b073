"""The door to picture readers: thumbnails and facts of one file at a time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from keeproom.errors import ReaderFailedError, UnreadableMediaError
from keeproom.media.formats import FORMATS
from keeproom.media.messages import picture_of
from keeproom.media.paths import checked_path
from keeproom.media.process import ReaderDriver, memory_error
from keeproom.media.slots import Cancelled, ReaderSlots
from keeproom.media.wire import WireError
from keeproom.model import THUMBNAIL_SIZES, Picture

TIMEOUT_S = 30.0
MEMORY_BYTES = max(1 << 30, min(3 << 30, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2))
"""Room for the largest picture that is decoded, 2 GB, and for the decoder itself; but not
more than half of what the machine has."""


class PictureReader:
    """Drives one reader process, which starts with the first file and is kept for the next ones.

    For one thread. Without `slots` it takes no turns with other readers. `command` replaces the program that is started
    (tests plant readers that misbehave).
    """

    def __init__(
        self,
        slots: ReaderSlots | None,
        *,
        timeout_s: float = TIMEOUT_S,
        memory_bytes: int = MEMORY_BYTES,
        command: Sequence[str] | None = None,
    ) -> None:
        self._driver = ReaderDriver("picture", slots, memory_bytes, command)
        self._timeout_s = timeout_s
        self._memory_bytes = memory_bytes

    def read(
        self,
        path: Path,
        format: str,  # noqa: A002 - the word of the registry
        sizes: Sequence[int] = THUMBNAIL_SIZES,
        cancelled: Cancelled | None = None,
    ) -> Picture:
        """Decode the file once: facts, and a JPEG for each of `sizes`, never larger than the picture itself.

        `path` is absolute; `format` names a row of the registry.

        Raises:
            UnreadableMediaError: the file makes no sense, and why; the reader is ready for the next one.
            ReaderFailedError: the reader crashed, took too long or too much memory; the next call starts a new one.
            CancelledError: `cancelled` said so.
            ValueError: a relative path, or one with control characters.
            KeyError: no such format.
        """
        request = {"path": checked_path(path), "format": FORMATS[format].name, "sizes": list(sizes)}
        answer = self._driver.ask(request, self._timeout_s, cancelled)
        if "unreadable" in answer.header:
            raise UnreadableMediaError(str(answer.header["unreadable"]))
        if "failed" in answer.header:
            self.close()
            raise memory_error(self._memory_bytes)
        try:
            return picture_of(answer)
        except WireError as error:
            self.close()
            raise ReaderFailedError(f"The reader gave an answer that makes no sense ({error}).") from error

    def close(self) -> None:
        """End the process; may be called again. A later `read` starts a new one."""
        self._driver.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
