"""Where each cell of the grid is: pure arithmetic on the width, the cell size and the number of cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRect

GAP_PX = 8
TOP_PX = 8
NAME_PX = 26


@dataclass(frozen=True, slots=True)
class Geometry:
    """A grid of `count` cells, `lead` empty places before the first.

    The lead keeps columns in place when cells come in above what is on the screen. Rectangles are in the coordinates
    of the whole content, whose top is 0; the caller takes the scroll position off.
    """

    width: int
    cell: int
    count: int
    lead: int = 0

    @property
    def columns(self) -> int:
        return max(1, (self.width - GAP_PX) // (self.cell + GAP_PX))

    @property
    def rows(self) -> int:
        return -(-(self.lead + self.count) // self.columns) if self.count else 0

    @property
    def row_height(self) -> int:
        return self.cell + NAME_PX + GAP_PX

    @property
    def height(self) -> int:
        """The height of the whole content; 0 for no cells."""
        return TOP_PX + self.rows * self.row_height if self.count else 0

    def row(self, index: int) -> int:
        return (index + self.lead) // self.columns

    def column(self, index: int) -> int:
        return (index + self.lead) % self.columns

    def left(self, column: int) -> int:
        """The left edge of a column; the spare width is shared among all gaps."""
        spare = max(0, self.width - self.columns * self.cell)
        return column * self.cell + (column + 1) * spare // (self.columns + 1)

    def top(self, row: int) -> int:
        return TOP_PX + row * self.row_height

    def rect(self, index: int) -> QRect:
        """The cell with its name line."""
        return QRect(self.left(self.column(index)), self.top(self.row(index)), self.cell, self.cell + NAME_PX)

    def picture(self, index: int) -> QRect:
        """The square in which the picture lies."""
        return QRect(self.left(self.column(index)), self.top(self.row(index)), self.cell, self.cell)

    def span(self, top: int, height: int) -> range:
        """The cells of which something lies between `top` and `top + height`."""
        if not self.count or height <= 0:
            return range(0)
        first_row = max(0, (top - TOP_PX) // self.row_height)
        last_row = max(0, (top + height - 1 - TOP_PX) // self.row_height)
        first = first_row * self.columns - self.lead
        last = (last_row + 1) * self.columns - self.lead
        return range(min(max(0, first), self.count), min(max(0, last), self.count))

    def at(self, point: QPoint) -> int | None:
        """The cell under a point, None where the point lies in a gap or beyond the last cell."""
        if point.y() < TOP_PX:
            return None
        row = (point.y() - TOP_PX) // self.row_height
        for index in range(row * self.columns - self.lead, (row + 1) * self.columns - self.lead):
            if 0 <= index < self.count and self.rect(index).contains(point):
                return index
        return None

    def touched(self, area: QRect) -> Iterator[range]:
        """The cells that an area touches, one range for each row, so that a tall rubber band stays cheap."""
        span = self.span(area.top(), area.height())
        if not span:
            return
        hit = [
            column
            for column in range(self.columns)
            if self.left(column) <= area.right() and area.left() < self.left(column) + self.cell
        ]
        if not hit:
            return
        for row in range(self.row(span[0]), self.row(span[-1]) + 1):
            start = row * self.columns - self.lead
            yield range(max(0, start + hit[0]), max(0, min(self.count, start + hit[-1] + 1)))

    def page_rows(self, height: int) -> int:
        """How many rows one page key moves."""
        return max(1, height // self.row_height)

    def step(self, index: int, *, columns: int = 0, rows: int = 0) -> int:
        """The cell so many columns and rows away; at the edges the nearest one in that direction, or the same."""
        if not self.count:
            return 0
        target = index + columns + rows * self.columns
        if rows and target >= self.count:
            below = self.row(self.count - 1) > self.row(index)
            target = self.count - 1 if below else index
        if rows and target < 0:
            target = self.column(index) if self.row(index) else index
        return min(max(0, target), self.count - 1)

    def placed_like(self, before: Geometry, index_before: int, index_now: int) -> Geometry:
        """This geometry with the lead that puts the cell `index_now` into the column `index_before` had."""
        if self.columns != before.columns:
            return self
        return replace(self, lead=(before.column(index_before) - index_now) % self.columns)
