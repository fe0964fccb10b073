"""The newest snapshot of a library: read once, then followed."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from keeproom.library.following import followed, with_order
from keeproom.library.opening import Library
from keeproom.library.snapshot import Snapshot, read_snapshot, with_columns
from keeproom.model import SortKey


class SnapshotKeeper:
    """The newest snapshot of a library, made and followed by whoever asks for it; in worker threads only."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None

    def latest(self, key: SortKey | None = None, columns: Collection[str] = ()) -> Snapshot:
        """The snapshot of this moment, with the order by `key` in it, and with these further columns and pairs. May
        take a second when something is read first."""
        with self.reading(key, columns) as (_, snapshot):
            return snapshot

    @contextmanager
    def reading(self, key: SortKey | None = None, columns: Collection[str] = ()) -> Iterator[tuple[Session, Snapshot]]:
        """The snapshot as `latest` gives it, and a session that sees the same moment of the catalog."""
        with self._library.catalog.read() as session:
            yield session, self._latest(session, key, columns)

    def _latest(self, session: Session, key: SortKey | None, columns: Collection[str]) -> Snapshot:
        with self._lock:
            known, self._snapshot = self._snapshot, None  # an error leaves nothing that is in doubt
            snapshot = read_snapshot(session) if known is None else followed(session, known)
            lacking = [name for name in columns if not snapshot.has(name)]
            if lacking:
                snapshot = with_columns(session, snapshot, lacking)
            if key is not None and key not in snapshot.orders:
                snapshot = with_order(session, snapshot, key)
            self._snapshot = snapshot
            return snapshot

    def forget(self) -> None:
        """Throw it away; the next question reads all of it."""
        with self._lock:
            self._snapshot = None
