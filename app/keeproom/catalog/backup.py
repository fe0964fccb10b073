"""Copying a catalog while it is in use."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from keeproom.errors import LibraryDamagedError


def copy_catalog(source: Path, target: Path) -> None:
    """Write a consistent copy of a catalog into a new file, checked and synced.

    Raises:
        LibraryDamagedError: the copy does not pass SQLite's own check; it is left for the caller to remove.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        answer = new.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if answer != "ok":
        raise LibraryDamagedError(f"The catalog {source} is damaged: {answer}. Nothing was changed.")
    fd = os.open(target, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
