"""A view as the grid shows it: ids in order, parted under headings, with marks for a scrubber."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from keeproom.catalog.columns import initials
from keeproom.library.covers import repeated, uncovered
from keeproom.library.found import Finder, chosen_by, needed
from keeproom.library.grouping import (
    Edges,
    by_value,
    groups_of,
    in_collections,
    in_imports,
    letter_edges,
    month_marks,
    month_name,
    months_of_moments,
    value_edges,
)
from keeproom.library.keeping import SnapshotKeeper
from keeproom.library.opening import Library
from keeproom.library.orders import Rows
from keeproom.library.search import Correction, corrected, parse
from keeproom.library.snapshot import Snapshot
from keeproom.library.sorts import read_sort
from keeproom.library.views import View
from keeproom.model import Group, Grouping, SortKey

Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]

POSITION = "position"
"""The order that a person gave a collection."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The ids of a view in order, and the groups they stand in, one after the other; no groups where there are no
    headings.

    `marks` are months, first letters or stars, one after the other, where the order has any. `corrections` tell which
    words found nothing, and what was looked for instead. `bytes` is the size of all that the view has, the covered
    members of stacks included, and `items` their number.
    """

    ids: Ids
    groups: tuple[Group, ...] = ()
    marks: tuple[Group, ...] = ()
    corrections: tuple[Correction, ...] = ()
    bytes: int = 0
    items: int = 0


_NONE: Rows = np.empty(0, dtype=np.int32)
NOTHING = Arrangement(np.empty(0, dtype=np.int64))

IMPLIED: Mapping[Grouping, SortKey] = {
    Grouping.DAY: SortKey.CAPTURED,
    Grouping.MONTH: SortKey.CAPTURED,
    Grouping.IMPORT: SortKey.IMPORTED,
    Grouping.COLLECTION: SortKey.IMPORTED,
}
"""Headings imply an order, in the direction of the one that was asked for: under imports assets stand as they came;
under collections by their place there, and by their coming where they are in none."""


def arrange(
    library: Library,
    keeper: SnapshotKeeper,
    view: View,
    sort: str,
    grouping: Grouping = Grouping.NONE,
    finder: Finder | None = None,
) -> Arrangement:
    """A view as of this moment.

    Raises:
        UsageError: there is no such sort key.
        SearchError: the scope or the query cannot be read.
    """
    finder = finder or Finder()
    key, descending = _key(view, sort, grouping)
    query = parse(view.query)
    with keeper.reading(key, _columns(view, key, grouping)) as (session, snapshot):
        chosen = chosen_by(session, snapshot, finder, view, query)
        corrections: tuple[Correction, ...] = ()
        if not (query.is_empty or view.exactly or chosen.any()):
            query, corrections = corrected(library, query)
            if corrections:
                chosen = chosen_by(session, snapshot, finder, view, query)
        size, items = int(np.dot(snapshot.columns["size"], chosen)), int(np.count_nonzero(chosen))
        disputed = _NONE
        if view.stacked and not view.trashed:
            chosen, disputed = uncovered(finder.stacks(snapshot), chosen)
        asked = _Asked(session, snapshot, finder, view, key, descending, chosen, disputed)
        rows, groups = _GROUPED.get(grouping, _Asked.ungrouped)(asked, grouping)
        marks = () if grouping is Grouping.COLLECTION else asked.marks(rows)
    return Arrangement(snapshot.ids[rows], groups, marks, corrections, size, items)


def _key(view: View, sort: str, grouping: Grouping) -> tuple[SortKey | None, bool]:
    """The key of an order, None for a collection's own, and whether it descends."""
    if grouping in IMPLIED:
        return IMPLIED[grouping], sort.startswith("-")
    if view.collection is not None and sort.removeprefix("-") == POSITION:
        return None, sort.startswith("-")
    return read_sort(sort)


def _columns(view: View, key: SortKey | None, grouping: Grouping) -> frozenset[str]:
    names = set(needed(view.scope, view.query))
    if view.collection is not None or grouping is Grouping.COLLECTION:
        names.add("collection")
    if key is SortKey.IMPORTED and grouping is not Grouping.COLLECTION:
        names.add("imported")
    return frozenset(names)


@dataclass(frozen=True)
class _Asked:
    """One question: what is shown of a snapshot, and in which direction; and of which rows only the first of each
    stack is."""

    session: Session
    snapshot: Snapshot
    finder: Finder
    view: View
    key: SortKey | None
    descending: bool
    chosen: Mask
    disputed: Rows

    def shown(self, rows: Rows) -> Rows:
        """Rows in order, with stacks as one."""
        return np.delete(rows, gone) if len(gone := self._gone(rows)) else rows

    def _gone(self, rows: Rows) -> NDArray[np.int64]:
        return repeated(self.snapshot, rows, self.disputed)

    def ungrouped(self, _: Grouping) -> tuple[Rows, tuple[Group, ...]]:
        return self._ordered(), ()

    def by_dates(self, grouping: Grouping) -> tuple[Rows, tuple[Group, ...]]:
        rows = self._ordered()
        return rows, groups_of(self.snapshot.columns["captured"][rows], grouping)

    def by_imports(self, _: Grouping) -> tuple[Rows, tuple[Group, ...]]:
        rows = in_imports(self.snapshot, np.flatnonzero(self.chosen).astype(np.int32))
        rows = self.shown(rows[::-1] if self.descending else rows)
        return rows, by_value(self.snapshot.columns["entry"][rows])

    def by_collections(self, _: Grouping) -> tuple[Rows, tuple[Group, ...]]:
        pairs = self.snapshot.pairs["collection"]
        rows, of = in_collections(pairs, self.chosen, descending=self.descending)
        of_row = np.zeros(len(self.snapshot), dtype=np.int64)
        of_row[rows] = of
        rows = self.shown(rows)
        return rows, by_value(of_row[rows])

    def _ordered(self) -> Rows:
        return self.shown(self._as_placed()) if self.key is None else self._in_order[0]

    def _as_placed(self) -> Rows:
        """In the order of the collection; a smart one has none, and stands by import."""
        pairs = self.snapshot.pairs["collection"]
        assert self.view.collection is not None
        known = pairs.known.get(self.view.collection)
        if known is None or known.query is not None or pairs.places is None:
            rows = np.flatnonzero(self.chosen).astype(np.int32)
        else:
            mine = (pairs.nodes == pairs.tree.node_of[self.view.collection]) & self.chosen[pairs.rows]
            rows, places = pairs.rows[mine], pairs.places[mine]
            rows = rows[np.argsort(places, kind="stable")]
        return rows[::-1] if self.descending else rows

    @cached_property
    def _in_order(self) -> tuple[Rows, NDArray[np.int64]]:
        """What is shown in the order by the key, and at which of its places that stands, ascending."""
        assert self.key is not None
        order = self.snapshot.orders[self.key]
        places = order.places(self.chosen)
        rows = order.at(places, descending=self.descending)
        gone = self._gone(rows)
        if not len(gone):
            return rows, places
        return np.delete(rows, gone), order.without(places, gone, descending=self.descending)

    def marks(self, rows: Rows) -> tuple[Group, ...]:
        """What a scrubber is marked with, beside these rows."""
        if self.key is SortKey.IMPORTED:
            moments = self.snapshot.columns["imported"][rows]
            return month_marks(months_of_moments(moments), descending=self.descending)
        find = _EDGES.get(self.key)
        if self.key is None or find is None or (self.view.trashed and self.key is SortKey.NAME):
            return ()  # no index has the names in the trash
        edges = self.finder.edges(self.snapshot, self.key, lambda: find(self))
        return edges.marks(self._in_order[1], descending=self.descending)

    def months(self) -> Edges:
        order = self.snapshot.orders[SortKey.CAPTURED]
        return value_edges(self.snapshot.columns["month"][order.rows], order.valued, month_name)

    def stars(self) -> Edges:
        order = self.snapshot.orders[SortKey.RATING]
        return value_edges(self.snapshot.columns["rating"][order.rows], order.valued, str)

    def letters(self) -> Edges:
        firsts = initials(self.session)
        rows = self.snapshot.rows_of(np.array([id_ for _, id_ in firsts], dtype=np.int64)).tolist()
        each = [(letter, row) for (letter, _), row in zip(firsts, rows, strict=True)]
        return letter_edges(each, self.snapshot.orders[SortKey.NAME].rows)


_GROUPED: Mapping[Grouping, Callable[[_Asked, Grouping], tuple[Rows, tuple[Group, ...]]]] = {
    Grouping.DAY: _Asked.by_dates,
    Grouping.MONTH: _Asked.by_dates,
    Grouping.IMPORT: _Asked.by_imports,
    Grouping.COLLECTION: _Asked.by_collections,
}
_EDGES: Mapping[SortKey | None, Callable[[_Asked], Edges]] = {
    SortKey.CAPTURED: _Asked.months,
    SortKey.RATING: _Asked.stars,
    SortKey.NAME: _Asked.letters,
}
"""What orders are marked by: months, stars and first letters."""
