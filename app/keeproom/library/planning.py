"""Finding what an import is about: walking files and folders, without following a link or reading a byte."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from keeproom.errors import UsageError
from keeproom.library.control import Control
from keeproom.library.layout import is_library, library_around
from keeproom.model import FileReport, Outcome, Reason


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A regular file that an import will look at; `path` is absolute and unresolved.

    `item` is the number of its line in the import's list, 0 where it has none yet.
    """

    path: str
    size_bytes: int
    item: int = 0


HIDDEN = Reason("hidden", "Hidden files and folders are left alone.")
LINK = Reason("link", "Links are not followed.")
SPECIAL = Reason("special", "This is no regular file.")
EMPTY = Reason("empty", "The file is empty.")
NO_SPACE = Reason("no-space", "There is no space left on the library's disk.")
LIBRARY = Reason("library", "This folder is a library of Keeproom.")


def plan_import(paths: Sequence[Path], control: Control) -> Iterator[PlannedFile | FileReport]:
    """Every file below the paths, and a report for each thing that is left out, in the order of names.

    A hidden file or folder is left out unless it is named itself. Each folder is walked once.

    Raises:
        UsageError: a path lies inside a library; nothing was done.
    """
    check_sources(paths)
    return _walk(list(dict.fromkeys(os.path.abspath(path) for path in paths)), control)


def check_sources(paths: Sequence[Path]) -> None:
    """Whether these paths may be imported at all.

    Raises:
        UsageError: a path lies inside a library.
    """
    for path in paths:
        if inside := library_around(Path(os.path.abspath(path))):
            raise UsageError(f"{path} lies inside the library {inside}. A library's own files cannot be imported.")


def _walk(named: Sequence[str], control: Control) -> Iterator[PlannedFile | FileReport]:
    seen: set[tuple[int, int]] = set()
    files = set()
    for path in named:
        for found in _look(path, seen, control):
            if isinstance(found, PlannedFile):
                if found.path in files:
                    continue
                if len(named) > 1:
                    files.add(found.path)
            yield found


def _look(root: str, seen: set[tuple[int, int]], control: Control) -> Iterator[PlannedFile | FileReport]:
    """One file, or a folder with all that is in it. No recursion: folders nest deeper than Python's stack."""
    waiting = [root]
    while waiting:
        control.check()
        path = waiting.pop()
        if path is not root and os.path.basename(path).startswith("."):
            yield _skipped(path, HIDDEN)
            continue
        try:
            status = os.lstat(path)
            if not stat.S_ISDIR(status.st_mode):
                yield _file(path, status)
                continue
            key = (status.st_dev, status.st_ino)
            if key in seen:
                continue
            seen.add(key)
            if is_library(Path(path)):
                yield _skipped(path, LIBRARY)
                continue
            names = sorted(os.listdir(path), reverse=True)
        except OSError as error:
            yield _failed(path, error)
            continue
        waiting.extend(os.path.join(path, name) for name in names)


def _file(path: str, status: os.stat_result) -> PlannedFile | FileReport:
    if stat.S_ISLNK(status.st_mode):
        return _skipped(path, LINK)
    if not stat.S_ISREG(status.st_mode):
        return _skipped(path, SPECIAL)
    if status.st_size == 0:
        return _skipped(path, EMPTY)
    return PlannedFile(path, status.st_size)


def _skipped(path: str, reason: Reason) -> FileReport:
    return FileReport(Path(path), Outcome.SKIPPED, reason=reason)


def _failed(path: str, error: OSError) -> FileReport:
    return FileReport(Path(path), Outcome.FAILED, reason=reason_of(error))


_CODES = {PermissionError: "unreadable", FileNotFoundError: "not-found", NotADirectoryError: "not-found"}


def reason_of(error: OSError) -> Reason:
    """The reason for a file that the system would not give or take."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NO_SPACE
    code = _CODES.get(type(error), "io-error")
    return Reason(code, f"{error.strerror or error}.")
