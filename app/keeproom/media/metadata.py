"""The door to the metadata reader: all tags of many files at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from keeproom.errors import ReaderFailedError, UnreadableMediaError
from keeproom.media.messages import metadata_of
from keeproom.media.paths import checked_path
from keeproom.media.process import ReaderDriver, memory_error
from keeproom.media.slots import Cancelled, ReaderSlots
from keeproom.media.wire import Frame, WireError
from keeproom.model import MetadataFacts

TIMEOUT_S = 30.0
TIMEOUT_PER_FILE_S = 2.0
"""What each further file of a batch adds to the deadline; exiftool needs about 10 ms for a photo."""

MEMORY_BYTES = 1 << 30
BATCH = 32

Result = MetadataFacts | UnreadableMediaError


class MetadataReader:
    """Drives one reader process with one exiftool, which starts with the first file and is kept.

    For one thread. `command` replaces the program that is started (tests plant readers that misbehave).
    """

    def __init__(
        self,
        slots: ReaderSlots,
        *,
        timeout_s: float = TIMEOUT_S,
        memory_bytes: int = MEMORY_BYTES,
        command: Sequence[str] | None = None,
    ) -> None:
        self._driver = ReaderDriver("metadata", slots, memory_bytes, command)
        self._timeout_s = timeout_s
        self._memory_bytes = memory_bytes

    def read(self, paths: Sequence[Path], cancelled: Cancelled | None = None) -> list[Result]:
        """The tags of each file, or why there are none, in the order of `paths`. The paths are absolute.

        A batch over which the reader fails is read again file by file, and only the culprit gets the
        ReaderFailedError; no failure of a file is raised.

        Raises:
            CancelledError: `cancelled` said so.
            ValueError: a path is relative or has control characters; nothing was read.
        """
        checked = [_checked(path) for path in paths]
        texts = [text for text in checked if isinstance(text, str)]
        read = (result for batch in _batches(texts) for result in self._read_batch(batch, cancelled))
        return [next(read) if isinstance(text, str) else text for text in checked]

    def _read_batch(self, texts: list[str], cancelled: Cancelled | None) -> list[Result]:
        try:
            return self._ask(texts, cancelled)
        except ReaderFailedError as error:
            if len(texts) == 1:
                return [error]
        return [result for text in texts for result in self._read_batch([text], cancelled)]

    def _ask(self, texts: list[str], cancelled: Cancelled | None) -> list[Result]:
        timeout_s = self._timeout_s + TIMEOUT_PER_FILE_S * (len(texts) - 1)
        answer = self._driver.ask({"paths": texts}, timeout_s, cancelled)
        try:
            if "failed" not in answer.header:
                return _results(answer, len(texts))
        except WireError as error:
            self.close()
            raise ReaderFailedError(f"The reader gave an answer that makes no sense ({error}).") from error
        self.close()
        if answer.header["failed"] == "memory":
            raise memory_error(self._memory_bytes)
        return [ReaderFailedError(str(answer.header["failed"])) for _ in texts]  # no exiftool: no file is to blame

    def close(self) -> None:
        """End the process and its exiftool; may be called again. A later `read` starts new ones."""
        self._driver.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _checked(path: Path) -> str | UnreadableMediaError:
    try:
        return checked_path(path)
    except UnreadableMediaError as error:
        return error


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(texts)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _results(answer: Frame, count: int) -> list[Result]:
    files = answer.header.get("files")
    if not isinstance(files, list) or len(files) != count or not all(isinstance(file, dict) for file in files):
        raise WireError("not one answer for each file")
    return [_result(file) for file in files]


def _result(file: dict[str, object]) -> Result:
    return UnreadableMediaError(str(file["unreadable"])) if "unreadable" in file else metadata_of(file)
