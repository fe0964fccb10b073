"""Which cells are selected: one byte for each cell, so that a million are selected, counted or inverted in no time."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

_INVERTED = bytes((1, 0)) + bytes(254)
_FIND = b"\x01"


class Selection:
    """A set of positions in a list of ids, with the place from which a range is drawn (the anchor)."""

    def __init__(self, count: int = 0) -> None:
        self._mask = bytearray(count)
        self.anchor = 0

    def __contains__(self, index: int) -> bool:
        return 0 <= index < len(self._mask) and self._mask[index] == 1

    def __len__(self) -> int:
        return self._mask.count(1)

    def __iter__(self) -> Iterator[int]:
        """The positions, ascending."""
        index = self._mask.find(_FIND)
        while index >= 0:
            yield index
            index = self._mask.find(_FIND, index + 1)

    def __bool__(self) -> bool:
        return self._mask.find(_FIND) >= 0

    def copy(self) -> Selection:
        result = Selection()
        result._mask = bytearray(self._mask)
        result.anchor = self.anchor
        return result

    def clear(self) -> None:
        self._mask = bytearray(len(self._mask))

    def set_only(self, index: int) -> None:
        self.clear()
        self._mask[index] = 1
        self.anchor = index

    def toggle(self, index: int) -> None:
        self._mask[index] ^= 1
        self.anchor = index

    def extend_to(self, index: int, *, keep: bool = False) -> None:
        """Select from the anchor to `index`; what else was selected goes, unless it is to be kept."""
        if not keep:
            self.clear()
        first, last = sorted((min(self.anchor, len(self._mask) - 1), index))
        self.add(range(first, last + 1))

    def add(self, span: range) -> None:
        self._mask[span.start : span.stop] = _FIND * len(span)

    def select_all(self) -> None:
        self._mask = bytearray(_FIND) * len(self._mask)

    def invert(self) -> None:
        self._mask = self._mask.translate(_INVERTED)

    def ids(self, ids: array[int]) -> list[int]:
        """The ids that are selected, in the order of the list."""
        return [ids[index] for index in self]

    def moved(self, before: array[int], now: array[int]) -> Selection:
        """The same ids selected in another list; what is gone from it is selected no more."""
        result = Selection(len(now))
        if self:
            chosen = set(self.ids(before))
            result._mask = bytearray(map(chosen.__contains__, now))
        if self.anchor < len(before):
            result.anchor = position(now, before[self.anchor]) or 0
        return result


def position(ids: array[int], wanted: int) -> int | None:
    """Where an id stands in the list; 10 ms at worst for a million."""
    try:
        return ids.index(wanted)
    except ValueError:
        return None
