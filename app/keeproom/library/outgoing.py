"""Folders with copies for other programs: what is dragged out, copied, or opened elsewhere.

They lie in the library's `working/`, on the disk of its files, so that a copy can share extents with what is stored;
each belongs to a process, as in `incoming/`. Another program may read a copy long after it got its path, therefore a
folder is kept for a while, also when its process has ended. A copy that was written to since is somebody's work and
stays.
"""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from keeproom.blobs.copying import copy
from keeproom.errors import ExpectedError
from keeproom.library.exporting import seal_of, total_bytes
from keeproom.library.filesystems import free_bytes
from keeproom.library.layout import Layout
from keeproom.library.newfile import new_file
from keeproom.library.opening import Library
from keeproom.library.processes import is_alive

KEPT_S = 3_600
"""How long the folder of a process that has ended is kept, or that of a window which is being closed."""

KEPT_ALIVE_S = 24 * 3_600
"""How long a process keeps its own folders: a program may show a copy for a long evening."""

_LATE_S = 2
"""A file whose time is later than its folder's by more than this was written to by somebody else."""

RESERVE_BYTES = 1_000_000_000
"""What copies leave free on the library's disk for imports."""


def working_folder(layout: Layout) -> Path:
    return layout.folder / "working"


def new_outgoing(library: Library) -> Path:
    """An empty folder for copies, of this process; those of its folders that are very old go."""
    own = working_folder(library.layout) / library.process.name
    _sweep(own, KEPT_ALIVE_S)
    own.mkdir(mode=0o700, exist_ok=True)
    folder = own / f"{time.time_ns()}-{uuid.uuid4().hex[:8]}"
    folder.mkdir(mode=0o700)
    return folder


def check_room(library: Library, ids: Sequence[int], folder: Path) -> None:
    """Raises ExpectedError: copies of these assets would fill the library's disk."""
    needed, free = total_bytes(library, ids), free_bytes(folder)
    if needed > free - RESERVE_BYTES and not _shares_extents(os.fspath(folder)):
        raise ExpectedError(
            f"There is not enough space for copies on the library's disk: {needed / 1e9:.1f} GB are needed, "
            f"{free / 1e9:.1f} GB are free. Export them to another disk instead."
        )


def _shares_extents(folder: str) -> bool:
    """Whether a copy in this folder takes no space, found by trying."""
    with new_file(folder) as one, new_file(folder) as other, os.fdopen(os.dup(one.descriptor), "rb") as source:
        os.write(one.descriptor, bytes(4_096))
        return copy(source, other.descriptor, folder, None)[1]


def discard_outgoing(folder: Path) -> None:
    """Remove a folder for copies that nobody has been told of."""
    shutil.rmtree(folder, ignore_errors=True)
    seal_of(folder).unlink(missing_ok=True)


def sweep_outgoing(library: Library, kept_s: float = KEPT_S) -> None:
    """Remove what is older than this of processes that have ended, and of this one."""
    for own in working_folder(library.layout).iterdir():
        if _is_of_process(own.name) and (own.name == library.process.name or not is_alive(library.layout, own.name)):
            _sweep(own, kept_s)


def _is_of_process(name: str) -> bool:
    """Whether a folder is named as processes are (see `Registration`); anything else is not ours to remove."""
    pid, _, rest = name.partition("-")
    return pid.isdigit() and len(rest) == 12


def _sweep(own: Path, kept_s: float) -> None:
    """Remove the old folders of one process, and its own when it is empty."""
    with suppress(FileNotFoundError):
        for folder in own.iterdir():
            made_s = _made_s(folder.name)
            if made_s is not None and time.time() - made_s > kept_s:
                _remove_untouched(folder, made_s)
    with suppress(OSError):  # something is left in it
        own.rmdir()


def _made_s(name: str) -> float | None:
    digits = name.partition("-")[0]
    return int(digits) / 1_000_000_000 if digits.isdigit() else None


def _remove_untouched(folder: Path, made_s: float) -> None:
    """Remove copies; what was edited, or put there, since stays, also under an old time."""
    seal = seal_of(folder)
    sealed_ns = seal.stat().st_ctime_ns if seal.exists() else None
    for entry in os.scandir(folder):
        status = entry.stat(follow_symlinks=False)
        is_old = status.st_mtime <= made_s + _LATE_S and (sealed_ns is None or status.st_ctime_ns <= sealed_ns)
        if is_old and entry.is_file(follow_symlinks=False):
            with suppress(FileNotFoundError):
                os.unlink(entry.path)
    with suppress(OSError):
        folder.rmdir()
        seal.unlink(missing_ok=True)
