"""A view as the grid shows it: ids in order, parted into days or months; and the counts of all places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from keeproom.catalog.columns import KINDS, STATUSES
from keeproom.catalog.packing import NO_DATE
from keeproom.library.keeping import SnapshotKeeper
from keeproom.library.listing import read_sort
from keeproom.library.snapshot import Snapshot
from keeproom.library.views import View
from keeproom.model import Group, Grouping, Kind, SortKey, Status

Ids = NDArray[np.int64]

PROBLEMS = frozenset({Status.FAILED, Status.DAMAGED, Status.MISSING})
_DAY_S = 86_400
_NO_DAY = NO_DATE // _DAY_S
_IS_PROBLEM = np.array([status in PROBLEMS for status in STATUSES])


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The ids of a view in order, and the groups they stand in, one after the other; no groups where there are no
    headings."""

    ids: Ids
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """How many assets there are, those in the trash left out except of `trashed`; sizes are bytes."""

    all: int
    kinds: dict[Kind, int]
    problems: int
    trashed: int
    bytes: int


NOTHING = Arrangement(np.empty(0, dtype=np.int64))


def arrange(keeper: SnapshotKeeper, view: View, sort: str, grouping: Grouping = Grouping.NONE) -> Arrangement:
    """A view as of this moment. Days and months are those of the capture time: they imply an order by it, in the
    direction of `sort`.

    Raises:
        UsageError: there is no such sort key.
    """
    key, descending = read_sort(sort)
    if grouping is not Grouping.NONE:
        key = SortKey.CAPTURED
    snapshot = keeper.latest(key)
    order = snapshot.orders[key]
    rows = order.descending() if descending else order.rows
    chosen = _chosen(snapshot, view)
    rows = rows[chosen[rows]]
    ids = snapshot.ids[rows]
    return Arrangement(ids, groups_of(snapshot.columns["captured"][rows], grouping))


def _chosen(snapshot: Snapshot, view: View) -> NDArray[np.bool_]:
    """Which rows a view shows."""
    columns = snapshot.columns
    chosen: NDArray[np.bool_] = columns["trashed"] == view.trashed
    if view.kind is not None:
        chosen &= columns["kind"] == KINDS.index(view.kind)
    if view.imported_by is not None:
        chosen &= columns["entry"] == view.imported_by
    if view.problems:
        chosen &= _IS_PROBLEM[columns["status"]]
    return chosen


def groups_of(captured: NDArray[np.int64], grouping: Grouping) -> tuple[Group, ...]:
    """The groups of wall times that are in order, either way, with those unknown last."""
    if grouping is Grouping.NONE or not len(captured):
        return ()
    days = captured // _DAY_S
    starts = np.concatenate(([0], np.flatnonzero(np.diff(days)) + 1))
    keys = _keys(days[starts], "D" if grouping is Grouping.DAY else "M")
    news = np.concatenate(([True], keys[1:] != keys[:-1]))
    starts, keys = starts[news], keys[news]
    counts = np.diff(np.append(starts, len(captured)))
    return tuple(map(Group, keys.tolist(), starts.tolist(), counts.tolist()))


def _keys(days: NDArray[np.int64], unit: str) -> NDArray[np.str_]:
    known = days != _NO_DAY
    dates = np.where(known, days, 0).astype("datetime64[D]").astype(f"datetime64[{unit}]")
    return np.where(known, np.datetime_as_string(dates), "")


def totals(snapshot: Snapshot) -> Totals:
    columns = snapshot.columns
    living = columns["trashed"] == 0
    kinds = np.bincount(columns["kind"][living], minlength=len(KINDS)).tolist()
    count = int(np.count_nonzero(living))
    return Totals(
        all=count,
        kinds={kind: many for kind, many in zip(KINDS, kinds, strict=True) if many},
        problems=int(np.count_nonzero(_IS_PROBLEM[columns["status"]] & living)),
        trashed=len(snapshot) - count,
        bytes=int(columns["size"].sum(where=living)),
    )
