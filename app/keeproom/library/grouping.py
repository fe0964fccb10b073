"""How rows in order are parted under headings, and what a scrubber beside them is marked with."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from keeproom.catalog.packing import NO_DATE
from keeproom.library.orders import Rows
from keeproom.library.pairs import Pairs
from keeproom.library.snapshot import Snapshot
from keeproom.library.traits import NO_MONTH
from keeproom.model import Group, Grouping

_DAY_S = 86_400
_NO_DAY = NO_DATE // _DAY_S
_DAY_US = _DAY_S * 1_000_000

Runs = tuple[NDArray[np.int64], NDArray[np.int64]]


def groups_of(captured: NDArray[np.int64], grouping: Grouping) -> tuple[Group, ...]:
    """The days or months of wall times that are in order, either way, with those unknown last."""
    if grouping not in _UNITS or not len(captured):
        return ()
    days = captured // _DAY_S
    starts, _ = _runs(days)
    keys = _dates(days[starts], _UNITS[grouping])
    news = np.concatenate(([True], keys[1:] != keys[:-1]))
    return _groups(keys[news].tolist(), starts[news], len(captured))


_UNITS = {Grouping.DAY: "D", Grouping.MONTH: "M"}


def _dates(days: NDArray[np.int64], unit: str) -> NDArray[np.str_]:
    known = days != _NO_DAY
    dates = np.where(known, days, 0).astype("datetime64[D]").astype(f"datetime64[{unit}]")
    return np.where(known, np.datetime_as_string(dates), "")


def by_value(values: NDArray[Any], name: Callable[[int], str] = lambda value: str(value or "")) -> tuple[Group, ...]:
    """A group for each run of equal numbers; 0 has an empty key."""
    starts, counts = _runs(values)
    return _following(zip(map(name, values[starts].tolist()), counts.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Edges:
    """The places of an upward order of all rows at which marks begin, one behind the other; from `end` on stand those
    without a value, and `rest` is what they are called."""

    names: Sequence[str]
    starts: NDArray[np.int64]
    end: int
    rest: str = ""

    def marks(self, places: NDArray[np.int64], *, descending: bool) -> tuple[Group, ...]:
        """The marks of those rows of the order that stand at these places, which ascend."""
        ends = np.searchsorted(places, [*self.starts[1:], self.end] if self.names else [])
        counts = np.diff(ends, prepend=0).tolist()
        known = list(zip(self.names, counts, strict=True))
        return _following([*(reversed(known) if descending else known), (self.rest, len(places) - sum(counts))])


def _following(each: Iterable[tuple[str, int]]) -> tuple[Group, ...]:
    """Groups with these counts, one behind the other, without those that are empty."""
    groups: list[Group] = []
    start = 0
    for key, count in each:
        if count:
            groups.append(Group(key, start, count))
            start += count
    return tuple(groups)


def value_edges(values: NDArray[Any], valued: int, name: Callable[[int], str]) -> Edges:
    """The edges between the values of all rows in order, of which the first are known."""
    starts, _ = _runs(values[:valued])
    return Edges([name(value) for value in values[starts].tolist()], starts, valued)


def letter_edges(letters: Sequence[tuple[str, int]], order: Rows) -> Edges:
    """The edges between first letters, of which each comes with the first row that has it."""
    begins = np.zeros(len(order), dtype=np.bool_)
    begins[[row for _, row in letters]] = True
    return Edges([letter for letter, _ in letters], np.flatnonzero(begins[order]), len(order))


def month_marks(months: NDArray[np.int32], *, descending: bool = False) -> tuple[Group, ...]:
    """A mark for each month of rows in order; `months` as in the column `month`. A clock that once went back makes no
    month come twice."""
    steady = (np.minimum if descending else np.maximum).accumulate(months)
    starts, counts = _runs(steady)
    return _following(zip(map(month_name, steady[starts].tolist()), counts.tolist(), strict=True))


def month_name(month: int) -> str:
    return "" if month == NO_MONTH else f"{month // 12:04}-{month % 12 + 1:02}"


def months_of_moments(moments: NDArray[np.int64]) -> NDArray[np.int32]:
    """The months here in which moments lie, as in the column `month`."""
    here = moments + time.localtime().tm_gmtoff * 1_000_000
    days = (here // _DAY_US).astype("datetime64[D]")
    return (days.astype("datetime64[M]").astype(np.int32) + 1970 * 12).astype(np.int32)


def in_imports(snapshot: Snapshot, rows: Rows) -> Rows:
    """Ascending rows in the order of their imports. Two at a time can have taken turns."""
    entries = snapshot.columns["entry"][rows]
    return rows if bool((entries[1:] >= entries[:-1]).all()) else rows[np.argsort(entries, kind="stable")]


def in_collections(pairs: Pairs, chosen: NDArray[np.bool_], *, descending: bool) -> tuple[Rows, NDArray[np.int64]]:
    """The chosen rows by collection, and there by their place: each in its first by name, and last those in none; with
    the id of the collection, 0 for none."""
    assert pairs.places is not None
    mine = chosen[pairs.rows]
    rows, nodes, places = pairs.rows[mine], pairs.nodes[mine], pairs.places[mine]
    first = np.concatenate(([True], rows[1:] != rows[:-1])) if len(rows) else np.empty(0, dtype=np.bool_)
    rows, nodes, places = rows[first], nodes[first], places[first]
    order = np.lexsort((rows, places, nodes))
    rest = chosen.copy()
    rest[rows] = False
    others = np.flatnonzero(rest).astype(np.int32)
    collected, of = rows[order], pairs.tree.ids[nodes[order]]
    if descending:
        collected, of, others = collected[::-1], of[::-1], others[::-1]
    return np.concatenate((collected, others)), np.concatenate((of, np.zeros(len(others), dtype=np.int64)))


def _runs(values: NDArray[Any]) -> Runs:
    """Where each run of equal values starts, and how long it is."""
    if not len(values):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    starts = np.concatenate(([0], np.flatnonzero(values[1:] != values[:-1]) + 1))
    return starts, np.diff(np.append(starts, len(values)))


def _groups(keys: Sequence[str], starts: NDArray[np.int64], total: int) -> tuple[Group, ...]:
    edges = [*starts.tolist(), total]
    return tuple(Group(key, start, end - start) for key, (start, end) in zip(keys, pairwise(edges), strict=True))
