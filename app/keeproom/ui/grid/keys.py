"""Where the keys lead in the grid: a row a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt

from keeproom.ui.grid.geometry import Geometry

Move = Callable[[Geometry, int, int], int]
"""From a geometry, the current index and the height of a page to the next index."""

MOVES: Mapping[int, Move] = {
    Qt.Key.Key_Left: lambda g, index, _: g.step(index, columns=-1),
    Qt.Key.Key_Right: lambda g, index, _: g.step(index, columns=1),
    Qt.Key.Key_Up: lambda g, index, _: g.step(index, rows=-1),
    Qt.Key.Key_Down: lambda g, index, _: g.step(index, rows=1),
    Qt.Key.Key_PageUp: lambda g, index, height: g.page(index, height, -1),
    Qt.Key.Key_PageDown: lambda g, index, height: g.page(index, height, 1),
    Qt.Key.Key_Home: lambda _g, _index, _height: 0,
    Qt.Key.Key_End: lambda g, _index, _height: g.count - 1,
}
