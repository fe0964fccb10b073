"""Which schema a catalog file has, told without SQLAlchemy and without writing a byte.

`HEAD` is the newest migration this program knows; the number is also the catalog's `user_version`, so that the first
hundred bytes of the file tell it without SQLite touching anything.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from keeproom.errors import LibraryDamagedError, LibraryTooNewError, LibraryUnavailableError

HEAD = 3
_HEADER = b"SQLite format 3\0"
_USER_VERSION_AT = 60  # https://www.sqlite.org/fileformat.html, section 1.3; the header is there too


def check_file(file: Path) -> int:
    """The schema number of a catalog file, read without writing a byte, not even a lock or a log.

    Raises:
        LibraryDamagedError: the file is missing or no SQLite database.
        LibraryTooNewError: a newer program made it.
        LibraryUnavailableError: it may not be read.
    """
    try:
        with file.open("rb") as stream:
            header = stream.read(100)
    except FileNotFoundError as error:
        raise LibraryDamagedError(
            f"The catalog {file} is missing. Put a copy from the backups folder in its place."
        ) from error
    except OSError as error:
        raise LibraryUnavailableError(f"The catalog {file} cannot be read: {error.strerror}.") from error
    if len(header) < 100 or not header.startswith(_HEADER):
        raise LibraryDamagedError(
            f"The catalog {file} is damaged: it is not a database any more. The files in the library are not touched; "
            "put a copy from its backups folder in its place."
        )
    number = max(int.from_bytes(header[_USER_VERSION_AT : _USER_VERSION_AT + 4]), _migration_on_disk(file))
    if number > HEAD:
        raise LibraryTooNewError(
            f"A newer Keeproom made the catalog {file} (version {number}; this program knows up to {HEAD}). "
            "Nothing was changed. Open it with the newer program."
        )
    return number


def _migration_on_disk(file: Path) -> int:
    """The migration that the file itself names; 0 where that can't be told now, for the real opening will tell."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        return 0
    if row is None:
        return 0
    return int(row[0]) if str(row[0]).isdecimal() else HEAD + 1
