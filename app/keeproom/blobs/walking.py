"""Looking through the store's folders without reading a blob."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from keeproom.blobs.store import BlobStat, checked_name

_FAN_OUT = re.compile(r"[0-9a-f]{2}", re.ASCII)
_BLOB_LEVEL = 2


def walk_fan_out(folder: str) -> Iterator[BlobStat | Path]:
    """What is below `ab/cd/`, in the order of names: blobs as what they are, anything else as its path.

    Memory of one folder of each level. A folder that is no part of the fan-out is not entered.
    """
    return _walk(folder, "", 0)


def walk_flat(folder: str) -> Iterator[BlobStat | Path]:
    """The same for a folder that holds blobs directly. Memory of all its names."""
    return _walk(folder, "", _BLOB_LEVEL)


def stat_blob(path: str, sha256: str) -> BlobStat | None:
    """The regular file at `path` under its name; None where there is none, or something else."""
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return None
    return BlobStat(sha256, status.st_size) if stat.S_ISREG(status.st_mode) else None


def _walk(folder: str, digits: str, level: int) -> Iterator[BlobStat | Path]:
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        if level < _BLOB_LEVEL and _FAN_OUT.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, digits + entry.name, level + 1)
        elif level == _BLOB_LEVEL and _fits(entry.name, digits) and (found := stat_blob(entry.path, entry.name)):
            yield found
        elif os.path.lexists(entry.path):  # otherwise it went meanwhile
            yield Path(entry.path)


def _fits(name: str, digits: str) -> bool:
    try:
        return checked_name(name).startswith(digits)
    except ValueError:
        return False
