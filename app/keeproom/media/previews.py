"""The door to preview readers: one file at a time as the viewer shows it.

A person waits for these: they are not niced, and take no turns with the readers of an import, whose slots may all be
held by files that take long, up to 30 s each. What keeps them few is who asks: one window has two (`workers.previews`),
one for what is looked at and one for what may be next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from keeproom.errors import ReaderFailedError, UnreadableMediaError
from keeproom.media.formats import FORMATS
from keeproom.media.messages import animation_of, preview_of
from keeproom.media.paths import checked_path
from keeproom.media.pictures import MEMORY_BYTES, TIMEOUT_S
from keeproom.media.process import ReaderDriver, memory_error
from keeproom.media.slots import Cancelled
from keeproom.media.wire import Frame, WireError
from keeproom.model import Preview, PreviewFrame

T = TypeVar("T")

Box = tuple[int, int]
"""Width and height in device pixels; (0, 0) is a box that everything fits in."""

ANIMATION_BYTES = 256 << 20
"""What all pictures of an animation may take."""

ANIMATION_TIMEOUT_S = 60.0
_ANSWER_BYTES = ANIMATION_BYTES + (16 << 20)
"""The largest animation, or a picture of 64 megapixels, and what is said about it."""


class PreviewReader:
    """Drives one reader process, which starts with the first file, or by `warm`, and is kept for the next ones.

    For one thread. `command` replaces the program that is started (tests plant readers that misbehave).
    """

    def __init__(
        self,
        *,
        timeout_s: float = TIMEOUT_S,
        memory_bytes: int = MEMORY_BYTES,
        command: Sequence[str] | None = None,
    ) -> None:
        self._driver = ReaderDriver("preview", None, memory_bytes, command, _ANSWER_BYTES)
        self._timeout_s = timeout_s
        self._memory_bytes = memory_bytes

    def warm(self, cancelled: Cancelled | None = None) -> None:
        """Start the process, if it does not run, and let it import what most pictures need.

        Raises:
            ReaderFailedError: it does not start.
            CancelledError: `cancelled` said so.
        """
        self._driver.ask({"warm": True}, self._timeout_s, cancelled)

    def read(self, path: Path, format: str, box: Box, cancelled: Cancelled | None = None) -> Preview:  # noqa: A002
        """The picture of a file, upright and in sRGB, as it fits into the box; never enlarged, 64 megapixels at most.

        `path` is absolute; `format` names a row of the registry.

        Raises:
            UnreadableMediaError: there is no picture to be had of it, and why; the reader is ready for the next one.
            ReaderFailedError: the reader crashed, took too long or too much memory; the next call starts a new one.
            CancelledError: `cancelled` said so; the reader was ended.
            ValueError: a relative path, or one with control characters.
            KeyError: no such format.
        """
        request = _request(path, format, box)
        return self._ask(request, self._timeout_s, preview_of, cancelled)

    def read_frames(
        self,
        path: Path,
        format: str,  # noqa: A002
        box: Box,
        cancelled: Cancelled | None = None,
        room_bytes: int = ANIMATION_BYTES,
    ) -> tuple[PreviewFrame, ...]:
        """All pictures of an animation, made smaller where they would not fit into `room_bytes`; none of a still.

        Raises:
            As `read`.
        """
        if not FORMATS[format].may_move:
            return ()
        request = {**_request(path, format, box), "animation": room_bytes}
        return self._ask(request, max(self._timeout_s, ANIMATION_TIMEOUT_S), animation_of, cancelled)

    def _ask(
        self,
        request: Mapping[str, object],
        timeout_s: float,
        unpack: Callable[[Frame], T],
        cancelled: Cancelled | None,
    ) -> T:
        answer = self._driver.ask(request, timeout_s, cancelled)
        if "unreadable" in answer.header:
            raise UnreadableMediaError(str(answer.header["unreadable"]))
        if "failed" in answer.header:
            self.close()
            raise memory_error(self._memory_bytes)
        try:
            return unpack(answer)
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


def _request(path: Path, name: str, box: Box) -> dict[str, object]:
    return {"path": checked_path(path), "format": FORMATS[name].name, "width": box[0], "height": box[1]}
