"""Making bytes and names durable, and naming the file in an error of a descriptor."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

_FULL_SYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None)
"""On macOS fsync leaves the bytes in the drive's cache; its fcntl(2) names this as the way to the medium."""

_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP}
"""Some network and FUSE file systems have no fsync of a folder; their renames and links are synchronous."""


@contextmanager
def naming(path: str) -> Iterator[None]:
    """Give an OSError from within the block this path, if it has none: calls on a descriptor know no name."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = path
        raise


def sync_file(descriptor: int) -> None:
    """Return when the bytes and the mode of an open file are on the medium."""
    if _FULL_SYNC is not None:
        fcntl.fcntl(descriptor, _FULL_SYNC)
    else:
        os.fsync(descriptor)


def sync_path(path: str) -> None:
    """Return when a file, or the names in a folder, are on the medium."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with naming(path):
            sync_file(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: str) -> None:
    """Return when the names in a folder are on the medium, as far as its file system can say."""
    try:
        sync_path(path)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
