"""The lists of imports in memory: a line for each file that an import found, in the order of its plan.

A list follows its import by reading the lines that were added and those that do not wait any more. Files are taken in
the order of the plan, so that what has changed lies behind the first line that waited.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from keeproom.catalog.importlines import OUTCOMES, WAITING, first_waiting, lines_of, settled_lines
from keeproom.catalog.packing import Columns
from keeproom.catalog.tables import EntryRow, ImportItemRow, ImportRow
from keeproom.library.imports import CLOSED
from keeproom.library.opening import Library
from keeproom.library.revisions import read_revision
from keeproom.library.snapshot import Snapshot
from keeproom.model import Outcome

Ids = NDArray[np.int64]

KEPT_LISTS = 2
_IMPORTED = OUTCOMES.index(Outcome.IMPORTED)
_SKIPPED = OUTCOMES.index(Outcome.SKIPPED)


@dataclass(frozen=True, slots=True)
class ImportList:
    """One import's list at one revision. `lines` has `id`, `outcome` (its place in `OUTCOMES`) and `asset` (0: none).

    Before `frontier` no line waits. `ended_at` is None while the import is open.
    """

    entry: int
    started_at: datetime
    ended_at: datetime | None
    is_open: bool
    revision: int
    frontier: int
    lines: Columns

    @property
    def last(self) -> int:
        """The last line; 0 in an empty list."""
        ids = self.lines["id"]
        return int(ids[-1]) if len(ids) else 0

    def cell_ids(self, snapshot: Snapshot) -> Ids:
        """The assets that came in, and the other lines as negative numbers, in the order of the plan.

        What was skipped is told while the import goes on, and left out after it.
        """
        lines, assets, outcomes = self.lines["id"], self.lines["asset"], self.lines["outcome"]
        rows = np.minimum(snapshot.rows_of(assets), max(0, len(snapshot) - 1))
        own = (outcomes == _IMPORTED) & (assets > 0)
        if len(snapshot):
            own &= (snapshot.ids[rows] == assets) & (snapshot.columns["trashed"][rows] == 0)
        ids: Ids = np.where(own, assets, -lines)
        return ids if self.is_open else ids[outcomes != _SKIPPED]

    def changed_since(self, before: ImportList) -> Ids:
        """The lines whose outcome is another one than it was, as the negative numbers of their cells."""
        common = min(len(before.lines["id"]), len(self.lines["id"]))
        changed = before.lines["outcome"][:common] != self.lines["outcome"][:common]
        ids: Ids = -self.lines["id"][:common][changed]
        return ids


class ImportListKeeper:
    """The newest lists of a library's imports, read and followed by whoever asks; in worker threads only."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._lists: dict[int, ImportList] = {}

    def latest(self, entry: int) -> tuple[ImportList | None, Ids]:
        """One import's list, and which of its lines have changed since it was asked for; None where there is no such
        import."""
        with self._lock:
            known = self._lists.pop(entry, None)
            with self._library.catalog.read() as session:
                fresh = _latest(session, entry, known)
            if fresh is None:
                return None, np.empty(0, dtype=np.int64)
            self._lists[entry] = fresh
            while len(self._lists) > KEPT_LISTS:
                del self._lists[next(iter(self._lists))]
            return fresh, fresh.changed_since(known or fresh)

    def newest(self) -> int | None:
        """The newest import that found anything but files to skip; None where there is none."""
        found = ImportItemRow.outcome.in_([outcome for outcome in OUTCOMES if outcome != Outcome.SKIPPED])
        has_found = exists().where(ImportItemRow.entry_id == ImportRow.entry_id, found)
        newest = select(ImportRow.entry_id).where(has_found).order_by(ImportRow.entry_id.desc()).limit(1)
        with self._library.catalog.read() as session:
            return session.scalar(newest)


def _latest(session: Session, entry: int, known: ImportList | None) -> ImportList | None:
    revision = read_revision(session)
    if known is not None and known.revision == revision:
        return known
    row = session.execute(
        select(EntryRow.at, EntryRow.ended_at, ImportRow.state)
        .join(ImportRow, ImportRow.entry_id == EntryRow.id)
        .where(EntryRow.id == entry)
    ).one_or_none()
    if row is None:
        return None
    first = first_waiting(session, entry)
    fresh = ImportList(entry, row.at, row.ended_at, row.state not in CLOSED, revision, first or 0, {})
    lines = None if known is None else _followed(session, known, fresh)
    fresh = replace(fresh, lines=lines_of(session, entry) if lines is None else lines)
    return fresh if first is not None else replace(fresh, frontier=fresh.last + 1)


def _followed(session: Session, known: ImportList, now: ImportList) -> Columns | None:
    """The lines of an import that goes on: more of them, and the outcome of those whose turn has come.

    None where that is in doubt: it was begun or ended, or lines wait that did not, or are gone.
    """
    if (known.is_open, known.ended_at) != (now.is_open, now.ended_at) or 0 < now.frontier < known.frontier:
        return None
    if not now.is_open:
        return known.lines  # whatever happens to assets, a closed list stays
    news = lines_of(session, known.entry, known.last)
    settled = settled_lines(session, known.entry, known.frontier - 1, known.last)
    lines = {name: np.concatenate((column, news[name])) for name, column in known.lines.items()}
    places = np.searchsorted(lines["id"], settled["id"])
    for name, column in lines.items():
        column[places] = settled[name]
    passed = len(lines["id"]) if now.frontier == 0 else np.searchsorted(lines["id"], now.frontier)
    return None if (lines["outcome"][:passed] == WAITING).any() else lines
