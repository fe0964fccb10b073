"""One open catalog: reading, and writing under its lock with a revision number for each transaction."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.orm import Session

from keeproom.catalog import sqlite
from keeproom.catalog.tables import StateRow


@dataclass(frozen=True, slots=True)
class Write:
    """One write transaction: what it touches is stamped with `revision`, and happened `at` that moment."""

    session: Session
    revision: int
    at: datetime


class CatalogLock:
    """The flock that every write transaction, checkpoint and close of any process holds, one thread at a time."""

    def __init__(self, file: Path) -> None:
        self._fd = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._thread_lock = threading.RLock()
        self._depth = 0

    def __enter__(self) -> None:
        self._thread_lock.acquire()
        if self._depth == 0:
            try:
                fcntl.flock(self._fd, fcntl.LOCK_EX)
            except BaseException:
                self._thread_lock.release()
                raise
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if self._depth == 0:
            fcntl.flock(self._fd, fcntl.LOCK_UN)
        self._thread_lock.release()

    def close(self) -> None:
        os.close(self._fd)


class Catalog:
    """The catalog of one library, open in this process. Any thread may read and write.

    Errors of SQLite that a person can act on leave as errors of the house: a full disk as OSError, a damaged file as
    LibraryDamagedError, an unreachable one as LibraryUnavailableError. So does the opening.
    """

    def __init__(self, file: Path, lock: CatalogLock) -> None:
        self.file = file
        self.lock = lock
        self._engine = sqlite.make_engine(file)
        self._watch = threading.Lock()
        try:
            with sqlite.house_errors(self.file):
                self._watching = self._engine.connect()
        except BaseException:
            self._engine.dispose()
            lock.close()
            raise

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the catalog, and changes nothing."""
        with sqlite.house_errors(self.file), Session(self._engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Write]:
        """One immediate transaction: committed with full sync when the block ends, undone if it raises."""
        with sqlite.house_errors(self.file), self.lock, self._engine.connect() as connection:
            connection.execution_options(writing=True)
            with connection.begin(), Session(connection) as session:
                at = datetime.now(UTC)
                step = update(StateRow).values(revision=StateRow.revision + 1).returning(StateRow.revision)
                yield Write(session, session.execute(step).scalar_one(), at)
                session.flush()

    def data_version(self) -> int:
        """A number that differs when any other connection, of this process or another, has committed since."""
        with sqlite.house_errors(self.file), self._watch:
            version = sqlite.data_version(self._watching)
            self._watching.rollback()
            return version

    def close(self) -> None:
        """End all connections, the log moved into the catalog file where nobody else has it open."""
        with self.lock:
            self._watching.close()
            self._engine.dispose()
        self.lock.close()
