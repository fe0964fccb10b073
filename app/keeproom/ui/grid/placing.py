"""What keeps still: where the cells go when others come in above or below, so that nothing on the screen moves."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from keeproom.ui.grid.geometry import Geometry
from keeproom.ui.grid.selection import position


@dataclass(frozen=True, slots=True)
class Sight:
    """What was on the screen: a geometry, how far it was scrolled, and the height of the viewport."""

    geometry: Geometry
    offset: int
    height: int


def placed(before: array[int], ids: array[int], sight: Sight, plain: Geometry) -> tuple[Geometry, int]:
    """The geometry for `ids` and how far it is scrolled, so that what was in sight of `before` stays there.

    `plain` is the geometry of `ids` without a lead; it is the answer where nothing can be held in place, because all
    that was in sight is gone, or because there is nothing to scroll.
    """
    held = _held(before, ids, sight)
    if held is None:
        return plain, sight.offset
    index_before, index_now = held
    moved = plain.placed_like(sight.geometry, index_before, index_now)
    old_top = sight.geometry.top(sight.geometry.row(index_before))
    offset = moved.top(moved.row(index_now)) - old_top + sight.offset
    fits = 0 < offset <= moved.height - sight.height
    return (moved if fits else plain), offset


def _held(before: array[int], ids: array[int], sight: Sight) -> tuple[int, int] | None:
    """The first cell in sight that is in both lists: where it was, and where it is; a whole one, if there is."""
    span = sight.geometry.span(sight.offset, sight.height)
    whole = [index for index in span if sight.geometry.rect(index).top() >= sight.offset]
    for index in whole or span:
        now = position(ids, before[index])
        if now is not None:
            return index, now
    return None
