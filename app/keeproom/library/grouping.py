"""How rows in order are parted under headings, and what a scrubber beside them is marked with."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
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


def by_value(values: NDArray[Any]) -> tuple[Group, ...]:
    """A group for each run of equal numbers; 0 has an empty key."""
    starts, counts = _runs(values)
    keys = [str(value) if value else "" for value in values[starts].tolist()]
    return tuple(map(Group, keys, starts.tolist(), counts.tolist()))


def month_marks(months: NDArray[np.int32]) -> tuple[Group, ...]:
    """A mark for each month of rows in order, either way, with those without one last; `months` as in the column
    `month`."""
    return _marked(months, int(np.count_nonzero(months)), _month)


def _marked(values: NDArray[Any], known: int, name: Callable[[int], str]) -> tuple[Group, ...]:
    """A mark for each value of rows in order, of which the first are known: found by their ends, not one by one."""
    if not len(values):
        return ()
    ordered = values[:known]
    if known and ordered[0] > ordered[-1]:
        starts = known - np.searchsorted(ordered[::-1], _span(ordered)[::-1], "right")
        keys = _span(ordered)[::-1]
    else:
        keys = _span(ordered)
        starts = np.searchsorted(ordered, keys, "left")
    edges = np.append(starts, known)
    each = [
        Group(name(key), start, end - start)
        for key, start, end in zip(keys.tolist(), edges[:-1].tolist(), edges[1:].tolist(), strict=True)
        if start < end
    ]
    rest = len(values) - known
    return (*each, Group(name(0), known, rest)) if rest else tuple(each)


def _span(ordered: NDArray[Any]) -> NDArray[Any]:
    """All values from the least to the greatest of some in order."""
    if not len(ordered):
        return ordered
    low, high = sorted((int(ordered[0]), int(ordered[-1])))
    return np.arange(low, high + 1, dtype=ordered.dtype)


def _month(month: int) -> str:
    return "" if month == NO_MONTH else f"{month // 12:04}-{month % 12 + 1:02}"


def months_of_moments(moments: NDArray[np.int64]) -> NDArray[np.int32]:
    """The months here in which moments lie, as in the column `month`."""
    here = moments + time.localtime().tm_gmtoff * 1_000_000
    days = (here // _DAY_US).astype("datetime64[D]")
    return (days.astype("datetime64[M]").astype(np.int32) + 1970 * 12).astype(np.int32)


def star_marks(ratings: NDArray[np.uint8]) -> tuple[Group, ...]:
    """A mark for each number of stars, as a digit."""
    return _marked(ratings, len(ratings), str)


def letter_places(letters: Sequence[tuple[str, int]], order: Rows) -> tuple[tuple[str, int], ...]:
    """The places in an order of those rows with which letters begin."""
    begins = np.zeros(len(order), dtype=np.bool_)
    begins[[row for _, row in letters]] = True
    places = np.flatnonzero(begins[order]).tolist()
    return tuple((letter, place) for (letter, _), place in zip(letters, places, strict=True))


def letter_marks(
    letters: Sequence[tuple[str, int]], order: Rows, shown: NDArray[np.bool_], *, descending: bool
) -> tuple[Group, ...]:
    """A mark for each first letter. `letters` have the places at which they begin in `order`, the upward order of all
    rows, of which only some are shown."""
    if not letters:
        return ()
    starts = [place for _, place in letters]
    counts = np.add.reduceat(shown[order], starts, dtype=np.int64).tolist()
    each = [(letter, count) for (letter, _), count in zip(letters, counts, strict=True) if count]
    ends = np.cumsum([count for _, count in (reversed(each) if descending else each)]).tolist()
    groups = zip(reversed(each) if descending else each, ends, strict=True)
    return tuple(Group(letter, end - count, count) for (letter, count), end in groups)


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
