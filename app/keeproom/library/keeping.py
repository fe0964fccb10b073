"""The newest snapshot of a library: read once, then followed."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

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
        with ExitStack() as stack:
            with self._lock:  # before the session sees a moment, so that none is earlier than the snapshot's
                session = stack.enter_context(self._library.catalog.read())
                snapshot = self._snapshot = _with(session, self._followed(session), key, columns)
            yield session, snapshot

    def read_ahead(self, key: SortKey | None = None, columns: Collection[str] = ()) -> bool:
        """Read what a later question will need, and keep nobody waiting who asks something else meanwhile. Whether
        there was anything to read."""
        with self.reading() as (session, snapshot):
            more = _with(session, snapshot, key, columns)
        if more is snapshot:
            return False
        with self._lock, self._library.catalog.read() as session:
            self._snapshot = _joined(self._followed(session), followed(session, more))
        return True

    def _followed(self, session: Session) -> Snapshot:
        """The snapshot of the moment that the session sees; an error leaves none that is in doubt."""
        known, self._snapshot = self._snapshot, None
        return read_snapshot(session) if known is None else followed(session, known)

    def forget(self) -> None:
        """Throw it away; the next question reads all of it."""
        with self._lock:
            self._snapshot = None


def _with(session: Session, snapshot: Snapshot, key: SortKey | None, columns: Collection[str]) -> Snapshot:
    """The same moment with an order, columns and pairs, as far as it lacks them."""
    lacking = [name for name in columns if not snapshot.has(name)]
    if lacking:
        snapshot = with_columns(session, snapshot, lacking)
    return snapshot if key is None or key in snapshot.orders else with_order(session, snapshot, key)


def _joined(one: Snapshot, other: Snapshot) -> Snapshot:
    """What either of two snapshots of the same moment has."""
    return replace(
        one,
        columns={**other.columns, **one.columns},
        vocabularies={**other.vocabularies, **one.vocabularies},
        pairs={**other.pairs, **one.pairs},
        orders={**other.orders, **one.orders},
    )
