"""Everything that the window asks for to show a place: kept together, so that each question reads only what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from keeproom.catalog.columns import FURTHER
from keeproom.catalog.packing import NO_DATE
from keeproom.catalog.tables import AssetRow, CollectionRow, EntryRow, ImportRow
from keeproom.library.arranging import IMPLIED, NOTHING, Arrangement, arrange
from keeproom.library.collecting import CollectionCount
from keeproom.library.facets import NEEDS, facets_of
from keeproom.library.found import Finder, needed
from keeproom.library.grouping import by_value, groups_of, month_name
from keeproom.library.importlists import ImportList, ImportListKeeper
from keeproom.library.keeping import SnapshotKeeper
from keeproom.library.opening import Library
from keeproom.library.orders import Rows
from keeproom.library.search import corrected, parse
from keeproom.library.search.knownwords import read_words
from keeproom.library.snapshot import Snapshot
from keeproom.library.sorts import read_sort
from keeproom.library.traits import NO_MONTH
from keeproom.library.views import RecentImport, SidebarCounts, View
from keeproom.model import Group, Grouping, SortKey

Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]

RECENT = 10
"""So many imports are told of."""
_EVERYTHING = View()

_AHEAD: Sequence[tuple[SortKey | None, tuple[str, ...]]] = (
    (SortKey.NAME, ()),
    (SortKey.SIZE, ()),
    *((None, (name,)) for name in ("ext", "lens", "mime")),
    (None, tuple(column.name for column in FURTHER)),
)
"""Orders and columns that are read before anybody asks for them, those first that somebody may ask for soonest."""


class Arranger:
    """Answers questions about one library; from worker threads only, one at a time."""

    def __init__(self, library: Library) -> None:
        self.snapshots = SnapshotKeeper(library)
        self.lists = ImportListKeeper(library)
        self._library = library
        self._finder = Finder()
        self._changed: list[Ids] = []

    def arrange(self, view: View, sort: str, grouping: Grouping = Grouping.NONE) -> Arrangement:
        """A view as of this moment; see `arranging.arrange`."""
        return arrange(self._library, self.snapshots, view, sort, grouping, self._finder)

    def prepare(self) -> bool:
        """Read one thing that is not needed for the first answer, but takes long when it is asked for; questions that
        are asked meanwhile wait for nothing. Whether there may be more to read."""
        if any(self.snapshots.read_ahead(key, columns) for key, columns in _AHEAD):
            return True
        read_words(self._library)
        return False

    def find_import(self, entry: int) -> ImportList | None:
        """The list of an import as of this moment; None where there is no such import."""
        found, changed = self.lists.latest(entry)
        if len(changed):
            self._changed.append(changed)
        return found

    def arrange_import(self, entry: int, sort: str, grouping: Grouping = Grouping.NONE) -> Arrangement:
        """An import's own list: in the order of its plan, for that is what `imported` means here. In other orders,
        lines that are no assets come last."""
        found = self.find_import(entry)
        if found is None:
            return NOTHING
        key, descending = read_sort(sort)
        key = IMPLIED.get(grouping, key)
        snapshot = self.snapshots.latest(key)  # after the list, so that it knows all of the list's assets
        ids = found.cell_ids(snapshot)
        size = int(snapshot.columns["size"][snapshot.rows_of(ids[ids > 0])].sum())
        if key is SortKey.IMPORTED:
            return Arrangement(ids[::-1] if descending else ids, bytes=size, items=len(ids))
        order = snapshot.orders[key]
        chosen = np.zeros(len(snapshot), dtype=np.bool_)
        chosen[snapshot.rows_of(ids[ids > 0])] = True
        rows = order.at(order.places(chosen), descending=descending)
        lines = ids[ids < 0]
        captured = np.concatenate((snapshot.columns["captured"][rows], np.full(len(lines), NO_DATE)))
        groups = groups_of(captured, grouping)
        marks = _marks(snapshot, rows, len(lines), key)
        shown = np.concatenate((snapshot.ids[rows], lines))
        return Arrangement(shown, groups, marks, bytes=size, items=len(ids))

    def counts(self, view: View = _EVERYTHING) -> SidebarCounts:
        """What the sidebar tells as of this moment; counts beside filters are under the view's query, not its scope.

        Raises:
            SearchError: the query cannot be read.
        """
        entry = self.lists.newest()
        last = None if entry is None else self.find_import(entry)
        smart, query = self._smart_queries(), parse(view.query)
        with self.snapshots.reading(None, {*NEEDS, *needed(view.query, *smart)}) as (session, snapshot):
            count, size, in_trouble = self._finder.totals(snapshot)
            living = self._finder.living(snapshot)
            chosen = living & self._finder.rows(session, snapshot, query)
            if not (query.is_empty or view.exactly or chosen.any()):  # as the view itself is answered
                query, corrections = corrected(self._library, query)
                chosen = living & self._finder.rows(session, snapshot, query) if corrections else chosen
            facets = facets_of(snapshot, self._finder.tally(snapshot, chosen))
            return SidebarCounts(
                all=count,
                bytes=size,
                trashed=len(snapshot) - count,
                in_trouble=in_trouble,
                last_import=entry,
                last_import_count=0 if last is None else len(last.cell_ids(snapshot)),
                found=facets.found,
                kinds=facets.kinds,
                problems=facets.problems,
                unrated=facets.unrated,
                unflagged=facets.unflagged,
                ratings=facets.ratings,
                labels=facets.labels,
                flags=facets.flags,
                cameras=facets.cameras,
                months=facets.months,
                tags=facets.tags,
                folders=facets.folders,
                collections=self._collections(session, snapshot, chosen, facets.collections),
                imports=_recent(session, snapshot, chosen),
            )

    def take_changed_lines(self) -> list[int]:
        """The cells of import lists that must be read again, each told once."""
        changed, self._changed = self._changed, []
        return np.concatenate(changed).tolist() if changed else []

    def _collections(
        self, session: Session, snapshot: Snapshot, chosen: Mask, members: Mapping[int, int]
    ) -> tuple[CollectionCount, ...]:
        """All collections in the order of names, smart ones counted by what their searches find."""
        pairs, among = snapshot.pairs["collection"], np.packbits(chosen)
        return tuple(
            CollectionCount(
                row.id,
                row.name,
                members.get(row.id, 0)
                if row.query is None
                else self._finder.count_smart(session, snapshot, row.query, among),
                row.query,
            )
            for row in (pairs.known[id_] for id_ in pairs.tree.ids.tolist() if id_)
        )

    def _smart_queries(self) -> list[str]:
        with self._library.catalog.read() as session:
            return list(session.scalars(select(CollectionRow.query).where(CollectionRow.query.is_not(None))))


def _recent(session: Session, snapshot: Snapshot, chosen: Mask) -> tuple[RecentImport, ...]:
    """The newest imports that brought some of these."""
    newest = (
        select(EntryRow.id, EntryRow.at)
        .join(ImportRow, ImportRow.entry_id == EntryRow.id)
        .where(exists().where(AssetRow.entry_id == EntryRow.id))
        .order_by(EntryRow.id.desc())
        .limit(RECENT)
    )
    rows = session.execute(newest).all()
    if not rows:
        return ()
    oldest = rows[-1].id
    entries = snapshot.columns["entry"]
    at = np.flatnonzero(chosen & (entries >= oldest))
    counts = np.bincount(entries[at] - oldest, minlength=rows[0].id - oldest + 1).tolist()
    each = (RecentImport(row.id, row.at, counts[row.id - oldest]) for row in rows)
    return tuple(one for one in each if one.count)


def _marks(snapshot: Snapshot, rows: Rows, lines: int, key: SortKey) -> tuple[Group, ...]:
    """The marks of an import's own list, at whose end are lines that are no assets."""
    if key is not SortKey.CAPTURED:
        return ()
    months = np.concatenate((snapshot.columns["month"][rows], np.full(lines, NO_MONTH, dtype=np.int32)))
    return by_value(months, month_name)
