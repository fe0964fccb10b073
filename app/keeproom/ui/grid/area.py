"""The scroll area below the grid: which ids are where, how far it is scrolled, and that nothing in sight jumps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from keeproom.model import Group
from keeproom.ui.grid.columnheader import HEADER_PX, ColumnHeader
from keeproom.ui.grid.geometry import ROWS, TOP_PX, Geometry, Shape, pictures, starts_of
from keeproom.ui.grid.headings import Text
from keeproom.ui.grid.ids import NO_IDS, listed
from keeproom.ui.grid.placing import Sight, mended, placed, resized
from keeproom.ui.grid.scrubber import Scrubber
from keeproom.ui.grid.words import heading_date
from keeproom.ui.texts import printable
from keeproom.ui.theme.palette import colours

if TYPE_CHECKING:
    from keeproom.ui.grid.ids import Ids

LINE_PX = 40


class CellArea(QAbstractScrollArea):
    """Lays ids out as cells of a grid or as rows of a list; with groups, under their headings."""

    def __init__(self, parent: QWidget | None, cell_px: int) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scrubber = Scrubber(self)
        self.setVerticalScrollBar(self.scrubber)
        self._ids: Ids = NO_IDS
        self._groups: Sequence[Group] = ()
        self._group_name: Callable[[str], str] = heading_date
        self._cell_px = cell_px
        self._names = True
        self._listed = False
        self._placing = False
        self._geometry = Geometry(self.viewport().width(), self._shape(), 0)
        self.setCornerWidget(_Corner(self))
        self.columns = ColumnHeader(self)
        self.columns.hide()
        self.columns.changed.connect(self._on_columns)

    # What is laid out

    def ids(self) -> Ids:
        return self._ids

    def ids_in(self, span: range) -> list[int]:
        """The ids of a part, as plain integers."""
        return listed(self._ids, span)

    def count(self) -> int:
        return len(self._ids)

    def heading_text(self, section: int) -> Text:
        """What the heading of a group says, in one line."""
        group = self._groups[section]
        return Text(printable(self._group_name(group.key)).replace("\n", "␤"), group.count)

    def set_group_names(self, name: Callable[[str], str]) -> None:
        """How a group is called, from its key: by its date, unless somebody knows better."""
        self._group_name = name
        self.viewport().update()

    def cell_size(self) -> int:
        """The side of a cell of the grid, also while the list is shown."""
        return self._cell_px

    def set_cell_size(self, cell_px: int, at: QPoint | None = None) -> None:
        """The side of a cell in logical pixels.

        The cell at a point of the viewport stays there; without a point the current cell, or the first in sight, keeps
        its height.
        """
        if cell_px != self._cell_px:
            self._cell_px = cell_px
            self._lay_out(at)

    def set_names(self, shown: bool) -> None:
        """Whether names stand below the pictures."""
        if shown != self._names:
            self._names = shown
            self._lay_out()

    def is_list(self) -> bool:
        return self._listed

    def set_list(self, listed: bool) -> None:
        """Show rows with columns, or pictures."""
        if listed == self._listed:
            return
        self._listed = listed
        self._placing = True  # the header takes room, which resizes the viewport
        self.columns.setVisible(listed)
        self.setViewportMargins(0, HEADER_PX if listed else 0, 0, 0)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if listed else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(policy)
        self._placing = False
        self._place_header()
        self._lay_out()

    def _shape(self) -> Shape:
        return ROWS if self._listed else pictures(self._cell_px, names=self._names)

    def _width(self) -> int:
        """How wide the content is: as the viewport, or as all columns together."""
        width = self.viewport().width()
        if not self._listed:
            return width
        self.columns.fill(width)
        return max(width, self.columns.length())

    def _plain_geometry(self, width: int) -> Geometry:
        return Geometry(width, self._shape(), len(self._ids), starts_of(self._groups), headed=bool(self._groups))

    def _follow_need(self) -> None:
        """Have the scrubber there where not all is in sight without it, and only there; before anything is laid out."""
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self._overflows():
            policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        if policy != self.verticalScrollBarPolicy():
            before, self._placing = self._placing, True  # it takes room, which resizes the viewport
            self.setVerticalScrollBarPolicy(policy)
            self._placing = before
            self._place_header()
            self.scrubber.rest()

    def _overflows(self) -> bool:
        """Whether cells would be out of sight in the whole width. Of many that is known without adding them up."""
        shown = self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        width = self.viewport().width() + (self.scrubber.width() if shown else 0)
        plain, height = self._plain_geometry(width), self.viewport().height()
        return plain.count // plain.columns * plain.row_height > height or plain.height > height

    # Places

    def geometry_now(self) -> Geometry:
        return self._geometry

    def offset(self) -> int:
        """How far the content is scrolled."""
        return self.verticalScrollBar().value()

    def shift(self) -> QPoint:
        """From the coordinates of the content to those of the viewport."""
        return QPoint(-self.horizontalScrollBar().value(), -self.offset())

    def sight(self) -> Sight:
        return Sight(self._geometry, self.offset(), self.viewport().height())

    def visible(self) -> range:
        """The indexes of which something is in sight."""
        return self._geometry.span(self.offset(), self.viewport().height())

    def near(self) -> range:
        """The indexes in sight, and those of a page and a row before and behind."""
        height = self.viewport().height()
        beyond = height + self._geometry.row_height
        return self._geometry.span(self.offset() - beyond, height + 2 * beyond)

    def index_at(self, point: QPoint) -> int | None:
        """The index under a point of the viewport."""
        if self._is_on_stuck(point):
            return None
        return self._geometry.at(point - self.shift())

    def section_at(self, point: QPoint) -> int | None:
        """The group whose heading is under a point of the viewport."""
        stuck = self._geometry.stuck(self.offset())
        if stuck is not None and self._is_on_stuck(point):
            return stuck[0]
        return self._geometry.heading_at(point.y() - self.shift().y())

    def _is_on_stuck(self, point: QPoint) -> bool:
        stuck = self._geometry.stuck(self.offset())
        return stuck is not None and point.y() < stuck[1] + self._geometry.heading_height

    def viewport_rect(self, index: int) -> QRect:
        """Where a cell with its name is in the viewport; outside of it when scrolled away."""
        return self._geometry.rect(index).translated(self.shift())

    def heading_rect(self, section: int) -> QRect:
        """Where the heading of a group is in the viewport; the one that is stuck is at its top."""
        stuck = self._geometry.stuck(self.offset())
        line = self._geometry.heading(section)
        line.moveTop(stuck[1] if stuck is not None and stuck[0] == section else line.top() - self.offset())
        line.setWidth(self.viewport().width())
        return line

    def heading_left(self) -> int:
        return self._geometry.left(0) if not self._listed else TOP_PX

    def screen_rect(self, index: int) -> QRect:
        rect = self.viewport_rect(index)
        return QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def row_at_height(self, place: int) -> range:
        """The cells of the row at a height of the content, or of the row below it; at the end of all, the last."""
        span = self._geometry.span(place, 1)
        return span or range(max(0, len(self._ids) - 1), len(self._ids))

    def height_of(self, index: int) -> int:
        """How far the content is scrolled when a cell is the first in sight, its heading above it."""
        if index >= len(self._ids):
            return self._geometry.height
        return max(0, self._geometry.top(index) - self.first_row_px())

    def first_row_px(self) -> int:
        """How far below the viewport's top the first row that is seen whole begins at the least."""
        return max(self._geometry.heading_height, 0 if self._listed else TOP_PX)

    def scroll_to(self, index: int) -> None:
        """Scroll as little as is needed to have the whole cell in sight."""
        rect, bar = self._geometry.rect(index), self.verticalScrollBar()
        above = rect.top() - self._geometry.heading_height
        if above < bar.value():
            bar.setValue(max(0, above - (0 if self._listed else LINE_PX // 2)))
        elif rect.bottom() > bar.value() + self.viewport().height():
            bar.setValue(rect.bottom() - self.viewport().height() + (1 if self._listed else LINE_PX // 4))

    def update_cell(self, index: int) -> None:
        """Paint a cell again, with the rings around it."""
        self.viewport().update(self.viewport_rect(index).adjusted(-TOP_PX, -TOP_PX, TOP_PX, TOP_PX))

    # Placing

    def _anchor(self) -> int:
        """The cell that keeps its height when the layout changes: the first in sight."""
        return next(iter(self.visible()), 0)

    def _lay_out(self, at: QPoint | None = None) -> None:
        """Another width, size or mode: the anchor keeps its height, or the cell at a point its place."""
        before = self.sight()
        under = None if at is None else self._nearest(at)
        self._follow_need()
        now = replace(before.geometry, width=self._width(), shape=self._shape())
        if now.columns != before.geometry.columns or now.shape.wide != before.geometry.shape.wide:
            now = now.without_lead()
        offset = before.offset
        if before.span and under is not None and at is not None:
            offset = resized(before, now, under, at.y())
        elif before.span and before.offset:
            offset = resized(before, now, self._anchor())
        self._geometry = now
        if now.shape != before.geometry.shape or (self._listed and now.width != before.geometry.width):
            self._on_reshaped()
        self._scroll_silently(offset)

    def _nearest(self, point: QPoint) -> int | None:
        """The cell at a point, or the first of its row."""
        here = self.index_at(point)
        return here if here is not None else next(iter(self._geometry.span(point.y() + self.offset(), 1)), None)

    def _place(self, before: Ids | None) -> None:
        """Lay the new ids out so that what is on the screen stays there, if it is known where it was."""
        self._follow_need()
        plain = self._plain_geometry(self._width())
        if self._listed and plain.width != self._geometry.width:
            self._on_reshaped()
        if before is None:
            self._geometry = plain
            self._scroll_silently(0)
        else:
            self._geometry, offset = placed(before, self._ids, self.sight(), plain)
            self._scroll_silently(offset)

    def _scroll_silently(self, value: int) -> None:
        self._placing = True
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self._geometry.height - height))
        bar.setPageStep(height)
        bar.setSingleStep(LINE_PX)
        bar.setValue(value)
        across = self.horizontalScrollBar()
        across.setRange(0, max(0, self._geometry.width - self.viewport().width()))
        across.setPageStep(self.viewport().width())
        across.setSingleStep(LINE_PX)
        self._placing = False
        if self.viewport().height() != height:
            self._lay_out()  # the scroll bar below has come or gone
            return
        self.scrubber.relaid()
        self.viewport().update()
        self._on_moved()

    def _on_moved(self) -> None:
        """Something else may be in sight; for who shows it."""

    def _on_reshaped(self) -> None:
        """Cells have another size; for who paints them."""

    def _on_columns(self) -> None:
        if self._listed:
            self._on_reshaped()
            self._lay_out()

    def _place_header(self) -> None:
        self.columns.setGeometry(0, 0, self.viewport().width(), HEADER_PX)
        self.columns.setOffset(self.horizontalScrollBar().value())

    # Qt's events

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.scrubber.follow_width()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_header()
        if not self._placing:
            self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.columns.setOffset(self.horizontalScrollBar().value())
        if self._placing:
            return
        fresh = mended(self.sight())
        if fresh is not None:
            self._geometry, offset = fresh
            self._scroll_silently(offset)
            return
        self._blit(dx, dy)
        self._on_moved()

    def _blit(self, dx: int, dy: int) -> None:
        """Move what is painted already; the heading that is stuck stays, and is painted again."""
        viewport = self.viewport()
        strip = self._geometry.heading_height
        viewport.scroll(dx, dy, viewport.rect().adjusted(0, strip, 0, 0))
        if strip:
            viewport.update(0, 0, viewport.width(), strip)


class _Corner(QWidget):
    """Where the two scroll bars meet."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), colours(self.palette()).canvas)
