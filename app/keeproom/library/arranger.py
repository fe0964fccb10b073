"""Everything that the window asks for to show a place: kept together, so that each question reads only what is new."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from keeproom.catalog.packing import NO_DATE
from keeproom.library.arranging import NOTHING, Arrangement, arrange, groups_of, totals
from keeproom.library.importlists import ImportList, ImportListKeeper
from keeproom.library.keeping import SnapshotKeeper
from keeproom.library.listing import read_sort
from keeproom.library.opening import Library
from keeproom.library.views import SidebarCounts, View
from keeproom.model import Grouping, SortKey

Ids = NDArray[np.int64]


class Arranger:
    """Answers questions about one library; from worker threads only."""

    def __init__(self, library: Library) -> None:
        self.snapshots = SnapshotKeeper(library)
        self.lists = ImportListKeeper(library)
        self._changed: list[Ids] = []

    def arrange(self, view: View, sort: str, grouping: Grouping = Grouping.NONE) -> Arrangement:
        """A view as of this moment; see `arranging.arrange`."""
        return arrange(self.snapshots, view, sort, grouping)

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
        key = key if grouping is Grouping.NONE else SortKey.CAPTURED
        snapshot = self.snapshots.latest(key)  # after the list, so that it knows all of the list's assets
        ids = found.cell_ids(snapshot)
        if key is SortKey.IMPORTED:
            return Arrangement(ids[::-1] if descending else ids)
        order = snapshot.orders[key]
        chosen = np.zeros(len(snapshot), dtype=np.bool_)
        chosen[snapshot.rows_of(ids[ids > 0])] = True
        rows = order.descending() if descending else order.rows
        rows = rows[chosen[rows]]
        lines = ids[ids < 0]
        captured = np.concatenate((snapshot.columns["captured"][rows], np.full(len(lines), NO_DATE)))
        return Arrangement(np.concatenate((snapshot.ids[rows], lines)), groups_of(captured, grouping))

    def counts(self) -> SidebarCounts:
        """What the sidebar tells as of this moment."""
        entry = self.lists.newest()
        last = None if entry is None else self.find_import(entry)
        snapshot = self.snapshots.latest()
        of_all = totals(snapshot)
        return SidebarCounts(
            all=of_all.all,
            kinds=of_all.kinds,
            problems=of_all.problems,
            trashed=of_all.trashed,
            last_import=entry,
            last_import_count=0 if last is None else len(last.cell_ids(snapshot)),
            bytes=of_all.bytes,
        )

    def take_changed_lines(self) -> list[int]:
        """The cells of import lists that must be read again, each told once."""
        changed, self._changed = self._changed, []
        return np.concatenate(changed).tolist() if changed else []
