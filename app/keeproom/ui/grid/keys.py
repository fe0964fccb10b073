"""Where the keys lead in the grid: a row a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt

from keeproom.ui.grid.geometry import Geometry

Move = Callable[[Geometry, int, int], int]
"""From a geometry, the current index and the rows of a page to the next index."""

MOVES: Mapping[int, Move] = {
    Qt.Key.Key_Left: lambda g, index, _: g.step(index, columns=-1),
    Qt.Key.Key_Right: lambda g, index, _: g.step(index, columns=1),
    Qt.Key.Key_Up: lambda g, index, _: g.step(index, rows=-1),
    Qt.Key.Key_Down: lambda g, index, _: g.step(index, rows=1),
    Qt.Key.Key_PageUp: lambda g, index, page: max(index - page * g.columns, g.column(index) % max(1, g.count)),
    Qt.Key.Key_PageDown: lambda g, index, page: min(index + page * g.columns, g.count - 1),
    Qt.Key.Key_Home: lambda _g, _index, _page: 0,
    Qt.Key.Key_End: lambda g, _index, _page: g.count - 1,
}
