"""The list that is leafed through, and where in it one is."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
AHEAD, BEHIND = 2, 1
"""How many neighbours are wanted in the direction of travel, and in the other."""


class Track:
    """Ids in order, perhaps a million; they are never made into a list. It is empty, or one of them is the current."""

    def __init__(self, ids: Ids | array[int] | Sequence[int] = (), index: int = 0) -> None:
        if isinstance(ids, np.ndarray):
            self._ids: Ids = ids.astype(np.int64, copy=False)
        else:
            self._ids = np.array(ids, dtype=np.int64)
        self._index = min(max(index, 0), max(0, len(self._ids) - 1))
        self._direction = 1

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def index(self) -> int:
        return self._index

    @property
    def current(self) -> int | None:
        return self.at(self._index)

    def at(self, index: int) -> int | None:
        return int(self._ids[index]) if 0 <= index < len(self._ids) else None

    def go(self, index: int) -> bool:
        """Make another one current, the nearest there is; says whether it is another."""
        index = min(max(index, 0), max(0, len(self._ids) - 1))
        if index == self._index:
            return False
        self._direction = 1 if index > self._index else -1
        self._index = index
        return True

    def step(self, by: int) -> bool:
        return self.go(self._index + by)

    def neighbours(self) -> list[int]:
        """Those to be made ready: first the way one goes, then the way back."""
        ahead = [self._index + self._direction * step for step in range(1, AHEAD + 1)]
        behind = [self._index - self._direction * step for step in range(1, BEHIND + 1)]
        found = (self.at(index) for index in ahead + behind)
        return [asset for asset in found if asset is not None]

    def span(self, first: int, last: int) -> list[int]:
        """The ids from one place to before another, as far as there are any."""
        return [int(asset) for asset in self._ids[max(0, first) : max(0, last)]]

    def find(self, asset: int) -> int | None:
        """Where an item stands."""
        found = np.flatnonzero(self._ids == asset)
        return int(found[0]) if len(found) else None

    def holds(self, ids: Collection[int]) -> bool:
        return bool(np.isin(self._ids, np.fromiter(ids, np.int64, len(ids))).any())

    def remove(self, ids: Collection[int]) -> None:
        """These are gone: the current one gives way to the next that stays, else to the one before."""
        gone = np.isin(self._ids, np.fromiter(ids, np.int64, len(ids)))
        if gone.any():
            before = int(np.count_nonzero(gone[: self._index]))
            self._ids = self._ids[~gone]
            self._index = min(max(self._index - before, 0), max(0, len(self._ids) - 1))
