"""What keeps still: where the cells go when others come in above or below, or when their size changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keeproom.ui.grid.geometry import Geometry
from keeproom.ui.grid.ids import first_of, listed

if TYPE_CHECKING:
    from keeproom.ui.grid.ids import Ids


@dataclass(frozen=True, slots=True)
class Sight:
    """What is on the screen: a geometry, how far it is scrolled, and the height of the viewport."""

    geometry: Geometry
    offset: int
    height: int

    @property
    def span(self) -> range:
        return self.geometry.span(self.offset, self.height)

    def first_whole(self) -> int | None:
        """The first cell that is wholly in sight, or else the first of which something is."""
        span, top = self.span, self.offset + self.geometry.heading_height
        return next((index for index in span if self.geometry.top(index) >= top), span[0] if span else None)


def placed(before: Ids, ids: Ids, sight: Sight, plain: Geometry) -> tuple[Geometry, int]:
    """The geometry for `ids` and how far it is scrolled, so that what was in sight of `before` stays there.

    `plain` is the geometry of `ids` without a lead; it is the answer where nothing can be held in place, because all
    that was in sight is gone, or because there is nothing to scroll.
    """
    held = _held(before, ids, sight)
    if held is None:
        return plain, sight.offset
    index_before, index_now = held
    moved = plain.placed_like(sight.geometry, index_before, index_now)
    offset = moved.top(index_now) - sight.geometry.top(index_before) + sight.offset
    fits = 0 < offset <= moved.height - sight.height
    return (moved if fits else plain), offset


def _held(before: Ids, ids: Ids, sight: Sight) -> tuple[int, int] | None:
    """The first cell in sight that is in both lists: where it was, and where it is; a whole one, if there is."""
    span, first = sight.span, sight.first_whole()
    if first is None:
        return None
    order = [*range(first, span.stop), *range(span.start, first)]
    seen = listed(before, span)
    found = first_of([seen[index - span.start] for index in order], ids)
    return None if found is None else (order[found[0]], found[1])


def resized(sight: Sight, now: Geometry, anchor: int, at: int | None = None) -> int:
    """How far `now` is scrolled, so that the row of the anchor stays at its height.

    With `at`, a height in the viewport, the point of the row that was there stays there.
    """
    old_top, new_top = sight.geometry.top(anchor), now.top(anchor)
    if at is None:
        return sight.offset + new_top - old_top
    share = (sight.offset + at - old_top) / sight.geometry.row_height
    return round(new_top + share * now.row_height) - at


def mended(sight: Sight) -> tuple[Geometry, int] | None:
    """The geometry without its lead and how far it is scrolled, where the lead may go; None where all stays.

    It goes when its empty places come into sight, while everything moves anyway, or when nothing of its section is.
    """
    area = sight.geometry.lead_area()
    if area is None:
        return None
    top, bottom = area
    plain = sight.geometry.without_lead()
    if bottom <= sight.offset:
        return plain, sight.offset + plain.height - sight.geometry.height
    empty_in_sight = top + sight.geometry.shape.height > sight.offset
    return (plain, sight.offset) if empty_in_sight or top >= sight.offset + sight.height else None
