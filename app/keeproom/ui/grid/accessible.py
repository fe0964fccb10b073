"""What a screen reader is told of the grid: a list whose items are made when they are asked for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from keeproom.ui.grid.words import heading

if TYPE_CHECKING:
    from keeproom.ui.grid.view import GridView


class CellInterface(QAccessibleInterface):
    """One cell: its words, its place, whether it is selected."""

    def __init__(self, grid: GridView, index: int) -> None:
        super().__init__()
        self._grid = grid
        self.index = index

    def isValid(self) -> bool:
        return self.index < self._grid.count()

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._grid)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        _set(state, "focusable selectable multiSelectable")
        if self._grid.is_selected(self.index):
            _set(state, "selected")
        if self._grid.current_index() == self.index:
            _set(state, "focused active")
        return state

    def rect(self) -> QRect:
        return self._grid.screen_rect(self.index)

    def text(self, kind: QAccessible.Text) -> str:
        words = self._grid.cell_words(self.index)
        if kind == QAccessible.Text.Name:
            return words[0]
        return ", ".join(words[1:]) if kind == QAccessible.Text.Description else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """A screen reader does not rename photos."""


class HeadingInterface(CellInterface):
    """The heading of a group; `index` counts from the last cell on."""

    @property
    def section(self) -> int:
        return self.index - self._grid.count()

    def isValid(self) -> bool:
        return 0 <= self.section < self._grid.geometry_now().sections

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.Heading

    def state(self) -> QAccessible.State:
        return QAccessible.State()

    def rect(self) -> QRect:
        rect = self._grid.heading_rect(self.section)
        return QRect(self._grid.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def text(self, kind: QAccessible.Text) -> str:
        if kind != QAccessible.Text.Name:
            return ""
        text = self._grid.heading_text(self.section)
        return heading(text.name, text.count)


class GridInterface(QAccessibleWidget):
    """The grid as a list: first its cells, then the headings of their groups.

    What it hands out lives as long as it does: Qt keeps pointers to it.
    """

    def __init__(self, grid: GridView) -> None:
        super().__init__(grid, QAccessible.Role.List)
        self._grid = grid
        self._children: dict[int, CellInterface] = {}
        self._kept: list[CellInterface] = []

    def childCount(self) -> int:
        return self._grid.count() + self._grid.geometry_now().sections

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        if not 0 <= index < self.childCount():
            return None
        kind = CellInterface if index < self._grid.count() else HeadingInterface
        known = self._children.get(index)
        if type(known) is not kind:
            known = self._children[index] = kind(self._grid, index)
            self._kept.append(known)
            QAccessible.registerAccessibleInterface(known)
        return known

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        point = self._grid.viewport().mapFromGlobal(QPoint(x, y))
        index, section = self._grid.index_at(point), self._grid.section_at(point)
        if section is not None:
            return self.child(self._grid.count() + section)
        return None if index is None else self.child(index)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        return self.child(self._grid.current_index())

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return child.index if isinstance(child, CellInterface) else -1


def _set(state: QAccessible.State, flags: str) -> None:
    for flag in flags.split():
        setattr(state, flag, 1)


_interfaces: dict[int, GridInterface] = {}


def _factory(_class_name: str, item: QObject) -> QAccessibleInterface | None:
    from keeproom.ui.grid.view import GridView

    if not isinstance(item, GridView):
        return None
    key = id(item)
    if key not in _interfaces:
        _interfaces[key] = GridInterface(item)
        item.destroyed.connect(lambda: _interfaces.pop(key, None))
    return _interfaces[key]


@lru_cache(maxsize=1)
def install() -> None:
    """Let Qt know how a grid speaks; once for a process, however often it is called."""
    QAccessible.installFactory(_factory)


def announce(grid: QWidget, kind: QAccessible.Event, index: int) -> None:
    """Tell a screen reader, if there is one, what happened to a cell."""
    if QAccessible.isActive():
        event = QAccessibleEvent(grid, kind)
        event.setChild(index)
        QAccessible.updateAccessibility(event)
