"""Where each cell of the grid is: arithmetic on the width, the measures of a cell, their number and their groups.

A group of cells begins a new row below its heading. The tops of all groups are prefix sums, so that every question is a
search among them: the same for ten cells and for a million in ten thousand groups.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect

from keeproom.model import Group

GAP_PX = 8
TOP_PX = 8
NAME_PX = 26
HEADING_PX = 38
LIST_ROW_PX = 28
FEW_SECTIONS = 500
"""Up to here prefix sums are made without numpy, which is not there yet at the first paint."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The measures of a cell: the side of its picture, the height of what stands below it, and the gap to the next.

    A `wide` one is a row of the list: as wide as all columns together, alone in its row.
    """

    picture: int
    below: int = NAME_PX
    gap: int = GAP_PX
    wide: bool = False

    @property
    def height(self) -> int:
        return self.picture + self.below


def pictures(side: int, *, names: bool = True) -> Shape:
    """The shape of the cells of the grid."""
    return Shape(side, NAME_PX if names else 0)


ROWS = Shape(LIST_ROW_PX, below=0, gap=0, wide=True)


class Lead(NamedTuple):
    """So many empty places before the first cell of a section: they keep columns where they are when cells come in
    above what is on the screen."""

    section: int = 0
    places: int = 0


NO_LEAD = Lead()


@dataclass(frozen=True)
class Geometry:
    """`count` cells of one shape in a width. `starts` are the first cells of the sections, ascending, the first 0.

    Rectangles are in the coordinates of the whole content, whose top is 0; the caller takes the scroll position off.
    """

    width: int
    shape: Shape
    count: int
    starts: Sequence[int] = (0,)
    headed: bool = False
    lead: Lead = NO_LEAD

    @cached_property
    def columns(self) -> int:
        if self.shape.wide:
            return 1
        return max(1, (self.width - GAP_PX) // (self.shape.picture + GAP_PX))

    @cached_property
    def row_height(self) -> int:
        return self.shape.height + self.shape.gap

    @cached_property
    def heading_height(self) -> int:
        return HEADING_PX if self.headed else 0

    @property
    def height(self) -> int:
        """The height of the whole content; 0 for no cells."""
        return self._tops[-1] if self.count else 0

    @property
    def cell_width(self) -> int:
        return self.width if self.shape.wide else self.shape.picture

    # Sections

    @property
    def sections(self) -> int:
        """How many sections have a heading."""
        return len(self.starts) if self.headed and self.count else 0

    def section(self, index: int) -> int:
        """The section in which a cell is."""
        return bisect_right(self.starts, index) - 1

    def members(self, section: int) -> range:
        """The cells of a section."""
        last = section + 1 == len(self.starts)
        return range(self.starts[section], self.count if last else self.starts[section + 1])

    def heading(self, section: int) -> QRect:
        """The line above a section, over the whole width."""
        return QRect(0, self._tops[section], self.width, self.heading_height)

    def section_at(self, y: int) -> int:
        """The section at a height; the first above it, the last below."""
        return min(max(0, bisect_right(self._tops, y) - 1), len(self.starts) - 1)

    def headings(self, top: int, height: int) -> range:
        """The sections of whose heading something is between `top` and `top + height`."""
        if not self.sections or height <= 0:
            return range(0)
        first, last = self.section_at(top), self.section_at(top + height - 1)
        return range(first + (self._first_row(first) <= top), last + 1)

    def stuck(self, offset: int) -> tuple[int, int] | None:
        """The section whose heading stays at the top of the screen, and how far it is pushed out of it (0 or less)."""
        if not self.sections:
            return None
        section = self.section_at(offset)
        if self._tops[section] >= offset:
            return None
        return section, min(0, self._tops[section + 1] - offset - self.heading_height)

    def heading_at(self, y: int) -> int | None:
        """The section whose heading is at a height."""
        if not self.sections:
            return None
        section = self.section_at(y)
        return section if self._tops[section] <= y < self._first_row(section) else None

    def _lead(self, section: int) -> int:
        return self.lead.places if self.lead.section == section else 0

    @cached_property
    def _tops(self) -> Sequence[int]:
        """The top of each section with its heading, and the bottom of the last."""
        top = 0 if self.headed or self.shape.wide else TOP_PX
        if len(self.starts) <= FEW_SECTIONS:
            places = (len(self.members(section)) + self._lead(section) for section in range(len(self.starts)))
            heights = (self.heading_height - (-each // self.columns) * self.row_height for each in places)
            return list(accumulate(heights, initial=top))
        import numpy as np

        cells = np.diff(np.asarray(self.starts, dtype=np.int64), append=self.count)
        cells[self.lead.section] += self.lead.places
        ends = np.cumsum(self.heading_height - (-cells // self.columns) * self.row_height) + top
        return [top, *ends.tolist()]

    def _first_row(self, section: int) -> int:
        """The top of a section's first row."""
        return self._tops[section] + self.heading_height

    # Cells

    def _place(self, index: int) -> tuple[int, int]:
        """The top of a cell's row, and its column."""
        section = self.section(index)
        row, column = divmod(index - self.starts[section] + self._lead(section), self.columns)
        return self._first_row(section) + row * self.row_height, column

    def column(self, index: int) -> int:
        return self._place(index)[1]

    def top(self, index: int) -> int:
        """The top of the row of a cell."""
        return self._place(index)[0]

    def left(self, column: int) -> int:
        """The left edge of a column; the spare width is shared among all gaps."""
        if self.shape.wide:
            return 0
        spare = max(0, self.width - self.columns * self.shape.picture)
        return column * self.shape.picture + (column + 1) * spare // (self.columns + 1)

    def rect(self, index: int) -> QRect:
        """The cell with its name line."""
        top, column = self._place(index)
        return QRect(self.left(column), top, self.cell_width, self.shape.height)

    def picture(self, index: int) -> QRect:
        """The square in which the picture lies."""
        top, column = self._place(index)
        return QRect(self.left(column), top, self.shape.picture, self.shape.picture)

    def span(self, top: int, height: int) -> range:
        """The cells of which something lies between `top` and `top + height`."""
        if not self.count or height <= 0:
            return range(0)
        return range(self._row_start(top), self._row_start(top + height - 1, following=1))

    def rows(self, span: range) -> Iterator[tuple[range, int, int]]:
        """The rows of a span: their cells, the column of the first, and their top."""
        index = span.start
        while index < span.stop:
            top, column = self._place(index)
            stop = min(index + self.columns - column, self.members(self.section(index)).stop, span.stop)
            yield range(index, stop), column, top
            index = stop

    def _row_start(self, y: int, *, following: int = 0) -> int:
        """The first cell of the row at a height, or of a following row; at a heading, the first below it."""
        section = self.section_at(y)
        members = self.members(section)
        row = (y - self._first_row(section)) // self.row_height + following
        return min(max(members.start, members.start + row * self.columns - self._lead(section)), members.stop)

    def at(self, point: QPoint) -> int | None:
        """The cell under a point, None where the point lies in a gap, on a heading, or beyond the last cell."""
        section = self.section_at(point.y())
        members = self.members(section)
        row = (point.y() - self._first_row(section)) // self.row_height
        first = members.start + row * self.columns - self._lead(section)
        for index in range(first, first + self.columns):
            if row >= 0 and index in members and self.rect(index).contains(point):
                return index
        return None

    def touched(self, area: QRect) -> Iterator[range]:
        """The cells that an area touches, in ranges: one for each row, or for a section if it is as wide as that."""
        hit = [column for column in range(self.columns) if self._reaches(column, area)]
        if not hit or not self.count:
            return
        for section in range(self.section_at(area.top()), self.section_at(area.bottom()) + 1):
            top = self._first_row(section)
            first = max(0, (area.top() - top - self.shape.height) // self.row_height + 1)
            last = (area.bottom() - top) // self.row_height
            if len(hit) == self.columns:
                yield self._part(section, first * self.columns, (last + 1) * self.columns)
                continue
            last = min(last, (len(self.members(section)) + self._lead(section)) // self.columns)
            for row in range(first, last + 1):
                yield self._part(section, row * self.columns + hit[0], row * self.columns + hit[-1] + 1)

    def _reaches(self, column: int, area: QRect) -> bool:
        left = self.left(column)
        return left <= area.right() and area.left() < left + self.cell_width

    def _part(self, section: int, first: int, stop: int) -> range:
        """The cells at these places of a section."""
        members, lead = self.members(section), self._lead(section)
        start = min(max(members.start, members.start + first - lead), members.stop)
        return range(start, min(max(start, members.start + stop - lead), members.stop))

    # Steps

    def step(self, index: int, *, columns: int = 0, rows: int = 0) -> int:
        """The cell so many columns and rows away; at the edges the nearest one in that direction, or the same."""
        if not self.count:
            return 0
        for _ in range(abs(rows)):
            index = self._below(index) if rows > 0 else self._above(index)
        return min(max(0, index + columns), self.count - 1)

    def _below(self, index: int) -> int:
        section = self.section(index)
        members, lead = self.members(section), self._lead(section)
        place = index - members.start + lead
        if place // self.columns < (len(members) - 1 + lead) // self.columns:
            return min(index + self.columns, members.stop - 1)
        return index if section + 1 == len(self.starts) else self._nearest(section + 1, 0, place % self.columns)

    def _above(self, index: int) -> int:
        section = self.section(index)
        place = index - self.starts[section] + self._lead(section)
        if place >= self.columns:
            return max(index - self.columns, self.starts[section])
        return self._nearest(section - 1, self._last_row(section - 1), place) if section else index

    def _last_row(self, section: int) -> int:
        return (len(self.members(section)) - 1 + self._lead(section)) // self.columns

    def _nearest(self, section: int, row: int, column: int) -> int:
        """The cell in a row of a section that is nearest to a column."""
        members = self.members(section)
        index = members.start + row * self.columns + column - self._lead(section)
        return min(max(members.start, index), members.stop - 1)

    def page(self, index: int, height: int, direction: int) -> int:
        """The cell a page of that height away, in the same column; at least a row away, if there is one."""
        if not self.count:
            return 0
        top, column = self._place(index)
        y = top + direction * max(1, height // self.row_height) * self.row_height
        if y < self._first_row(0):
            return self._nearest(0, 0, column)
        if y >= self.height:
            return self.count - 1
        section = self.section_at(y)
        target = self._nearest(section, max(0, (y - self._first_row(section)) // self.row_height), column)
        return target if (target - index) * direction > 0 else self.step(index, rows=direction)

    # Keeping still

    def without_lead(self) -> Geometry:
        return replace(self, lead=NO_LEAD) if self.lead.places else self

    def placed_like(self, before: Geometry, index_before: int, index_now: int) -> Geometry:
        """This geometry with the lead that puts the cell `index_now` into the column `index_before` had."""
        if self.columns != before.columns:
            return self
        section = self.section(index_now)
        places = (before.column(index_before) - (index_now - self.starts[section])) % self.columns
        return replace(self, lead=Lead(section, places))

    def lead_area(self) -> tuple[int, int] | None:
        """From where to where the section with the lead reaches; None without one."""
        if not self.lead.places or not self.count:
            return None
        return self._tops[self.lead.section], self._tops[self.lead.section + 1]


def starts_of(groups: Sequence[Group]) -> Sequence[int]:
    """Where the sections of these groups begin; one that holds everything where there are none."""
    return [group.start for group in groups] or (0,)
