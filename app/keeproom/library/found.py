"""Which rows of a snapshot queries find, remembered as long as the snapshot is the same."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from keeproom.library.covers import Stacks, stacks_of
from keeproom.library.facets import IS_PROBLEM, Tally, tally_of
from keeproom.library.grouping import Edges
from keeproom.library.search import Query, SearchError, needs, parse, rows_matching
from keeproom.library.snapshot import Snapshot
from keeproom.library.views import View
from keeproom.model import SortKey

T = TypeVar("T")
Mask = NDArray[np.bool_]

KEPT_MASKS = 4
AGES_S = 60
"""What is asked by the clock, as `imported:<1h`, is asked anew after this."""


class Finder:
    """Remembers what the last queries found; in one thread at a time."""

    def __init__(self) -> None:
        self._moment: tuple[int, int] = (-1, -1)
        self._masks: dict[Query, Mask] = {}
        self._smart: dict[str, NDArray[np.uint8] | None] = {}
        self._known: dict[str, Any] = {}

    def rows(self, session: Session, snapshot: Snapshot, query: Query) -> Mask:
        """The rows that answer, in the trash or not; not to be written to."""
        if query.is_empty:
            return snapshot.any_of(True)
        self._keep_up(snapshot)
        mask = self._masks.pop(query, None)
        if mask is None:
            mask = rows_matching(session, snapshot, query)
        self._masks[query] = mask
        while len(self._masks) > KEPT_MASKS:
            del self._masks[next(iter(self._masks))]
        return mask

    def count_smart(self, session: Session, snapshot: Snapshot, text: str, among: NDArray[np.uint8]) -> int | None:
        """How many of some rows, which are packed as bits, a saved search finds; None where it cannot be read."""
        self._keep_up(snapshot)
        if text not in self._smart:
            self._smart[text] = _bits(session, snapshot, text)
        bits = self._smart[text]
        return None if bits is None else int(np.bitwise_count(bits & among).sum())

    def living(self, snapshot: Snapshot) -> Mask:
        """The rows that are not in the trash; not to be written to."""
        return self._remember(snapshot, "living", lambda: snapshot.columns["trashed"] == 0)

    def totals(self, snapshot: Snapshot) -> tuple[int, int, int]:
        """How many assets are not in the trash, their bytes, and how many of them have a problem."""
        return self._remember(snapshot, "totals", lambda: _totals(snapshot, self.living(snapshot)))

    def stacks(self, snapshot: Snapshot) -> Stacks:
        """The stacks of the snapshot."""
        return self._remember(snapshot, "stacks", lambda: stacks_of(snapshot))

    def edges(self, snapshot: Snapshot, key: SortKey, find: Callable[[], Edges]) -> Edges:
        """Where marks begin in the order by a key."""
        return self._remember(snapshot, f"edges {key}", find)

    def tally(self, snapshot: Snapshot, chosen: Mask) -> Tally:
        """How often each value comes among these, which are not in the trash.

        Of most of all assets, those that are left out are counted, and taken away from the sum of all.
        """
        living = self.living(snapshot)
        if 2 * np.count_nonzero(chosen) <= np.count_nonzero(living):
            return tally_of(snapshot, chosen)
        whole = self._remember(snapshot, "tally", lambda: tally_of(snapshot, living))
        return whole.without(tally_of(snapshot, living & ~chosen))

    def _remember(self, snapshot: Snapshot, name: str, make: Callable[[], T]) -> T:
        self._keep_up(snapshot)
        if name not in self._known:
            self._known[name] = make()
        known: T = self._known[name]
        return known

    def _keep_up(self, snapshot: Snapshot) -> None:
        moment = (snapshot.revision, int(time.monotonic()) // AGES_S)
        if moment != self._moment:
            self._moment = moment
            self._masks.clear()
            self._smart.clear()
            self._known.clear()


def _totals(snapshot: Snapshot, living: Mask) -> tuple[int, int, int]:
    size = np.add.reduce(snapshot.columns["size"], where=living)
    troubled = np.count_nonzero(living & IS_PROBLEM[snapshot.columns["status"]])
    return int(np.count_nonzero(living)), int(size), int(troubled)


def _bits(session: Session, snapshot: Snapshot, text: str) -> NDArray[np.uint8] | None:
    try:
        return np.packbits(rows_matching(session, snapshot, parse(text)))
    except SearchError:
        return None


def needed(*queries: str) -> frozenset[str]:
    """The further columns and pairs that queries are answered from; those that cannot be read need none."""
    names: set[str] = set()
    for query in queries:
        try:
            names |= needs(parse(query))
        except SearchError:
            continue
    return frozenset(names)


def in_collection(session: Session, snapshot: Snapshot, finder: Finder, collection: int) -> Mask:
    """The rows of a collection; of a smart one those that its search finds. None of one that is gone.

    Raises:
        SearchError: its search cannot be read.
    """
    pairs = snapshot.pairs["collection"]
    known = pairs.known.get(collection)
    if known is None:
        return snapshot.any_of(False)
    if known.query is not None:
        return finder.rows(session, snapshot, parse(known.query))
    return pairs.mask((int(pairs.tree.node_of[collection]),), len(snapshot))


def chosen_by(session: Session, snapshot: Snapshot, finder: Finder, view: View, query: Query) -> Mask:
    """The rows that a view shows, stacks as all of their assets; `query` stands for that of the view."""
    chosen: Mask = snapshot.columns["trashed"] == view.trashed
    for each in (parse(view.scope), query):
        if not each.is_empty:
            chosen &= finder.rows(session, snapshot, each)
    if view.collection is not None:
        chosen &= in_collection(session, snapshot, finder, view.collection)
    return chosen
