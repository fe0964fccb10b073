"""What only SQLite speaks: how a connection is set up, how transactions begin, what its errors mean."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql.selectable import Select

from keeproom.catalog.matching import FUNCTIONS
from keeproom.errors import LibraryDamagedError, LibraryUnavailableError

PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 10000",
    "cache_size = -16384",
    "temp_store = MEMORY",
)

_FULL = "disk is full"
_DAMAGED = ("malformed", "not a database", "corrupt")
_UNREACHABLE = ("readonly", "unable to open", "locked")


def make_engine(file: Path) -> Engine:
    """Connections to one catalog file, usable by any thread, with every pragma of the house set."""
    engine = create_engine(
        "sqlite://", creator=lambda: _connect(file), poolclass=QueuePool, pool_size=8, max_overflow=24
    )
    event.listen(engine, "begin", _begin)
    return engine


def _connect(file: Path) -> DBAPIConnection:
    # isolation_level=None: the driver opens no transaction by itself, so BEGIN is ours, and DDL is transactional.
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()
        for name, function in FUNCTIONS.items():
            connection.create_function(name, -1, function, deterministic=True)
    except BaseException:
        connection.close()
        raise
    return connection  # type: ignore[return-value]


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def data_version(connection: Connection) -> int:
    """A number that differs when another connection has committed since."""
    return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())


def _has_no_room(folder: Path) -> bool:
    """Whether no file can be made in a folder for want of blocks or of inodes."""
    try:
        disk = os.statvfs(folder)
    except OSError:
        return False
    return disk.f_bavail == 0 or (disk.f_files > 0 and disk.f_favail == 0)


def without_foreign_keys(connection: Connection) -> None:
    """Stop checking references on this connection; inside a transaction SQLite would ignore it."""
    bare = connection.connection.driver_connection
    assert bare is not None
    bare.execute("PRAGMA foreign_keys = OFF").close()


def insert_or_replace(
    model: type[DeclarativeBase], key: InstrumentedAttribute[Any], *columns: InstrumentedAttribute[Any]
) -> Insert:
    """An INSERT that gives a row that is there already, by its key, the new values of these columns."""
    row = insert(model)
    return row.on_conflict_do_update([key], set_={column.key: row.excluded[column.key] for column in columns})


def values_of(values: Iterable[int] | Iterable[str]) -> Select[Any]:
    """A one-column SELECT of any number of values, bound as one parameter: large `IN (…)` lists fail."""
    each = func.json_each(json.dumps(list(values))).table_valued("value")
    return select(each.c.value)


@contextmanager
def house_errors(file: Path) -> Iterator[None]:
    """Within the block, what SQLite says of a catalog file becomes an error of the house; a bug of ours stays one.

    Raises:
        OSError: the disk is full, or fails.
        LibraryDamagedError: the file is no sound database.
        LibraryUnavailableError: it cannot be reached.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        fit = _translated(error, file)
        if fit is error:
            raise
        raise fit from error


def _translated(error: DBAPIError | sqlite3.Error, file: Path) -> Exception:
    text = str(error.orig if isinstance(error, DBAPIError) else error)
    if _FULL in text or ("unable to open" in text and _has_no_room(file.parent)):
        return OSError(errno.ENOSPC, "No space left on device", str(file))
    if "disk I/O error" in text:
        return OSError(errno.EIO, "Input/output error", str(file))
    if any(sign in text for sign in _DAMAGED):
        return LibraryDamagedError(
            f"The catalog {file} is damaged ({text}). The files in the library are not touched; "
            "put a copy from its backups folder in its place."
        )
    if any(sign in text for sign in _UNREACHABLE):
        return LibraryUnavailableError(f"The catalog {file} cannot be used: {text}.")
    return error
