"""Orders of many rows by a column, kept right while rows come and change: numpy alone, nothing of a library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int32]
Keys = NDArray[Any]

_STRETCH = 65_536

FRESH_SHARE = 8
"""When more than one row in so many is touched, sorting anew costs less."""


@dataclass(frozen=True, slots=True)
class Order:
    """Rows by ascending key, ties by row; those without a value last. `valued` is how many have one."""

    rows: Rows
    valued: int

    def descending(self) -> Rows:
        """The rows by descending key, ties by row downwards; those without a value stay last."""
        return np.concatenate((self.rows[: self.valued][::-1], self.rows[self.valued :][::-1]))

    def first(self, chosen: NDArray[np.bool_], count: int, *, descending: bool) -> Rows:
        """The first of the chosen rows in this order, or in that of `descending`; no further is looked than needed."""
        valued, rest = self.rows[: self.valued], self.rows[self.valued :]
        found, known = [self.rows[:0]], 0
        for rows in (valued[::-1], rest[::-1]) if descending else (valued, rest):
            for start in range(0, len(rows), _STRETCH):
                if known >= count:
                    break
                stretch = rows[start : start + _STRETCH]
                found.append(stretch[chosen[stretch]])
                known += len(found[-1])
        return np.concatenate(found)[:count]

    def places(self, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        """At which places of the order the chosen rows stand."""
        return np.flatnonzero(chosen[self.rows])

    def at(self, places: NDArray[np.int64], *, descending: bool) -> Rows:
        """The rows at these places, which ascend, in this order or in that of `descending`."""
        rows = self.rows[places]
        if not descending:
            return rows
        valued = int(np.searchsorted(places, self.valued))
        return np.concatenate((rows[:valued][::-1], rows[valued:][::-1]))

    def without(self, places: NDArray[np.int64], gone: NDArray[np.int64], *, descending: bool) -> NDArray[np.int64]:
        """The places without those of the rows that stand at `gone` in what `at` gives."""
        if descending:
            valued = int(np.searchsorted(places, self.valued))
            gone = np.where(gone < valued, valued, valued + len(places)) - 1 - gone
        return np.delete(places, gone)


def order_by(keys: Keys, missing: Any = None) -> Order:
    """The order of all rows; `missing` is the key that stands for no value."""
    if missing is None:
        return Order(np.argsort(keys, kind="stable").astype(np.int32), len(keys))
    there = keys != missing
    valued = np.flatnonzero(there).astype(np.int32)
    rows = valued[np.argsort(keys[valued], kind="stable")]
    return Order(np.concatenate((rows, np.flatnonzero(~there).astype(np.int32))), len(valued))


def reordered(order: Order, touched: Rows, keys: Keys, missing: Any = None) -> Order:
    """An order after the keys of the rows `touched` (ascending) became other ones; new rows are among them."""
    if len(touched) * FRESH_SHARE > len(keys):
        return order_by(keys, missing)
    is_touched = np.zeros(len(keys), dtype=np.bool_)
    is_touched[touched] = True
    stays = ~is_touched[order.rows]
    valued, rest = order.rows[: order.valued][stays[: order.valued]], order.rows[order.valued :][stays[order.valued :]]
    has_value = np.ones(len(touched), dtype=np.bool_) if missing is None else keys[touched] != missing
    valued = _put_in(valued, touched[has_value], keys)
    lacking = touched[~has_value]
    rest = np.insert(rest, np.searchsorted(rest, lacking), lacking)
    return Order(np.concatenate((valued, rest)), len(valued))


def _put_in(rows: Rows, touched: Rows, keys: Keys) -> Rows:
    """Rows in order, with others put in where they belong."""
    touched = touched[np.argsort(keys[touched], kind="stable")]
    sorted_keys, wanted = keys[rows], keys[touched]
    places = np.searchsorted(sorted_keys, wanted, "left")
    ends = np.searchsorted(sorted_keys, wanted, "right")
    for place in np.flatnonzero(places != ends):
        ties = rows[places[place] : ends[place]]
        places[place] += np.searchsorted(ties, touched[place])
    return np.insert(rows, places, touched)


def without(order: Order, removed: NDArray[np.bool_]) -> Order:
    """An order after rows have gone, and those behind them have moved up."""
    stays = ~removed[order.rows]
    moved = order.rows - np.cumsum(removed, dtype=np.int32)[order.rows]
    return Order(moved[stays], int(np.count_nonzero(stays[: order.valued])))
