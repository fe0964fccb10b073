"""Moving cells within a list whose order is a person's own: with the mouse to a line between two cells, or by keys.

While the mouse stays over the cells nothing is dragged in the sense of the system: what leaves them is, and goes where
other programs and the sidebar take it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QPainter

from keeproom.ui.grid.geometry import Geometry
from keeproom.ui.grid.ids import id_at
from keeproom.ui.grid.selection import Selection
from keeproom.ui.theme.palette import Colours

if TYPE_CHECKING:
    from keeproom.ui.grid.ids import Ids
    from keeproom.ui.grid.view import GridView

LINE_PX = 3
EDGE_PX = 36
SCROLL_INTERVAL_MS = 30
SCROLL_PX = 18


class Gap(NamedTuple):
    """A place between two cells: the index of what stands behind it, and where its line is in the content."""

    behind: int
    line: QRect


def gap_at(geometry: Geometry, point: QPoint) -> Gap:
    """The gap that is nearest to a point of the content, in the row it is in."""
    row = _row_at(geometry, point.y())
    if geometry.shape.wide:
        return _gap_of_rows(geometry, row, point)
    index = next((each for each in row if geometry.rect(each).center().x() > point.x()), row.stop)
    picture = geometry.picture(min(index, row.stop - 1))
    half = max(LINE_PX, (geometry.left(1) - geometry.cell_width if geometry.columns > 1 else geometry.left(0)) // 2)
    across = picture.left() - half if index < row.stop else picture.right() + half
    return Gap(index, QRect(across - LINE_PX // 2, picture.top(), LINE_PX, picture.height()))


def _gap_of_rows(geometry: Geometry, row: range, point: QPoint) -> Gap:
    rect = geometry.rect(row.start)
    index = row.start + (point.y() > rect.center().y())
    return Gap(index, QRect(0, rect.top() + (index - row.start) * rect.height() - 1, rect.width(), LINE_PX))


def _row_at(geometry: Geometry, y: int) -> range:
    """The cells of the row at a height, the last row below all."""
    span = geometry.span(min(max(y, geometry.top(0)), geometry.height - 1), 1)
    return next((cells for cells, _, _ in geometry.rows(span)), range(geometry.count - 1, geometry.count))


def goes_before(ids: Ids, chosen: Selection, index: int) -> int | None:
    """The id before which what is chosen stands when it is moved to a gap; None for the end."""
    found = next(chosen.others(index), None)
    return None if found is None else id_at(ids, found)


def is_move(chosen: Selection, index: int) -> bool:
    """Whether anything would stand elsewhere: not, if what is chosen stands together around the gap."""
    first, last = next(iter(chosen), None), chosen.last()
    if first is None:
        return False
    return last - first + 1 != len(chosen) or not first <= index <= last + 1


def stepped(chosen: Selection, by: int) -> int | None:
    """The gap to which what is chosen moves by one place back (-1) or on (1); None at an end."""
    if by < 0:
        return next(chosen.others(next(iter(chosen), 0), back=True), None)
    following = next(chosen.others(chosen.last() + 1), None)
    return None if following is None else following + 1


class Mover(QObject):
    """What the mouse holds while cells are moved among themselves."""

    def __init__(self, grid: GridView) -> None:
        super().__init__(grid)
        self._grid = grid
        self._gap: Gap | None = None
        self._point = QPoint()
        self._timer = QTimer(self, interval=SCROLL_INTERVAL_MS)
        self._timer.timeout.connect(self._scroll_on)

    @property
    def is_on(self) -> bool:
        return self._gap is not None

    def move(self, point: QPoint) -> bool:
        """Follow the mouse at a point of the viewport; false when it has left the cells, which ends this."""
        viewport = self._grid.viewport()
        if not viewport.rect().adjusted(0, -EDGE_PX, 0, EDGE_PX).contains(point):
            self.end()
            return False
        self._point = point
        self._gap = gap_at(self._grid.geometry_now(), point - self._grid.shift())
        viewport.setCursor(Qt.CursorShape.DragMoveCursor)
        viewport.update()
        if not EDGE_PX <= point.y() < viewport.height() - EDGE_PX:
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()
        return True

    def drop(self) -> None:
        """Move what is selected to where the mouse is."""
        gap = self._gap
        self.end()
        if gap is not None:
            self._grid.move_chosen_to(gap.behind)

    def end(self) -> None:
        self._gap = None
        self._timer.stop()
        self._grid.viewport().unsetCursor()
        self._grid.viewport().update()

    def _scroll_on(self) -> None:
        """The mouse is held near an edge."""
        bar, top = self._grid.verticalScrollBar(), self._point.y() < EDGE_PX
        bar.setValue(bar.value() + (-SCROLL_PX if top else SCROLL_PX))
        self.move(self._point)

    def paint(self, painter: QPainter, those: Colours) -> None:
        """Paint the line at which what is held would come to stand."""
        if self._gap is not None:
            line = self._gap.line.translated(self._grid.shift())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(those.accent)
            painter.drawRoundedRect(line, 1, 1)
