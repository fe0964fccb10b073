"""Which cells are selected: one byte for each cell, so that a million are selected, counted or inverted in no time.

The mask is a `bytearray`, which needs no numpy at the first paint and is a numpy array without a copy where one is
wanted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keeproom.ui.grid.ids import are_in, id_at, listed, masked, position

if TYPE_CHECKING:
    from keeproom.ui.grid.ids import Ids

_INVERTED = bytes((1, 0)) + bytes(254)
_ON, _OFF = b"\x01", b"\x00"


class Selection:
    """A set of positions in a list of ids, with the place from which a range is drawn (the anchor)."""

    def __init__(self, count: int = 0) -> None:
        self._mask = bytearray(count)
        self._count: int | None = 0
        self.anchor = 0

    def __contains__(self, index: int) -> bool:
        return 0 <= index < len(self._mask) and self._mask[index] == 1

    def __len__(self) -> int:
        if self._count is None:
            self._count = self._mask.count(1)
        return self._count

    def __iter__(self) -> Iterator[int]:
        """The positions, ascending."""
        index = self._mask.find(_ON)
        while index >= 0:
            yield index
            index = self._mask.find(_ON, index + 1)

    def last(self) -> int:
        """The last position that is selected; -1 where none is."""
        return self._mask.rfind(_ON)

    def others(self, start: int, *, back: bool = False) -> Iterator[int]:
        """The positions that are not selected, from `start` on, or back from before it."""
        index = self._mask.rfind(_OFF, 0, start) if back else self._mask.find(_OFF, start)
        while index >= 0:
            yield index
            index = self._mask.rfind(_OFF, 0, index) if back else self._mask.find(_OFF, index + 1)

    def __bool__(self) -> bool:
        return self._mask.find(_ON) >= 0

    def count_in(self, span: range) -> int:
        """How many of these positions are selected."""
        return self._mask.count(1, span.start, span.stop)

    def copy(self) -> Selection:
        result = Selection()
        result._mask, result._count, result.anchor = bytearray(self._mask), self._count, self.anchor
        return result

    def clear(self) -> None:
        self._mask = bytearray(len(self._mask))
        self._count = 0

    def set_only(self, index: int) -> None:
        self.clear()
        self._mask[index] = 1
        self._count = 1
        self.anchor = index

    def toggle(self, index: int) -> None:
        self._mask[index] ^= 1
        self._count = None
        self.anchor = index

    def extend_to(self, index: int, *, keep: bool = False) -> None:
        """Select from the anchor to `index`; what else was selected goes, unless it is to be kept."""
        if not keep:
            self.clear()
        first, last = sorted((min(self.anchor, len(self._mask) - 1), index))
        self.add(range(first, last + 1))

    def add(self, span: range) -> None:
        self._mask[span.start : span.stop] = _ON * len(span)
        self._count = None

    def remove(self, span: range) -> None:
        self._mask[span.start : span.stop] = bytes(len(span))
        self._count = None

    def select_all(self) -> None:
        self._mask = bytearray(_ON) * len(self._mask)
        self._count = len(self._mask)

    def invert(self) -> None:
        self._count = None if self._count is None else len(self._mask) - self._count
        self._mask = self._mask.translate(_INVERTED)

    def choose(self, ids: Ids, wanted: Ids) -> None:
        """Select exactly these of the list, as far as they are in it."""
        self._mask = are_in(ids, wanted)
        self._count = None

    def chosen(self, ids: Ids) -> Ids:
        """The ids that are selected, in the order of the list."""
        return masked(ids, self._mask)

    def ids(self, ids: Ids) -> list[int]:
        """The same as plain integers; a list of a million takes some 30 ms."""
        return listed(self.chosen(ids))

    def moved(self, before: Ids, now: Ids) -> Selection:
        """The same ids selected in another list; what is gone from it is selected no more."""
        if before is now:
            return self.copy()
        result = Selection(len(now))
        if self:
            result.choose(now, self.chosen(before))
        if self.anchor < len(before):
            result.anchor = position(now, id_at(before, self.anchor)) or 0
        return result
