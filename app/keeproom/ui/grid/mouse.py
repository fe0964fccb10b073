"""What the mouse does in the grid: choosing cells, groups, ranges, what a rubber band touches; dragging away."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication

from keeproom.ui.grid.geometry import Geometry
from keeproom.ui.grid.reordering import Mover
from keeproom.ui.grid.selection import Selection
from keeproom.ui.theme.palette import Colours

if TYPE_CHECKING:
    from keeproom.ui.grid.view import GridView

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SCROLL_INTERVAL_MS = 30


@dataclass(slots=True)
class Band:
    """From `start` to `end`, in the coordinates of the whole content; `kept` stays selected whatever the band does."""

    start: QPoint
    kept: Selection
    end: QPoint = field(default_factory=QPoint)

    def __post_init__(self) -> None:
        self.end = QPoint(self.start)

    def area(self) -> QRect:
        return QRect(self.start, self.end).normalized()

    def selection(self, geometry: Geometry) -> Selection:
        """What was kept, and every cell that the band touches."""
        result = self.kept.copy()
        for span in geometry.touched(self.area()):
            result.add(span)
        return result


class Pointer(QObject):
    """Follows the mouse from press to release."""

    def __init__(self, grid: GridView) -> None:
        super().__init__(grid)
        self._grid = grid
        self._band: Band | None = None
        self._pressed: int | None = None
        self._held_at: QPoint | None = None
        self._mover = Mover(grid)
        self._timer = QTimer(self, interval=SCROLL_INTERVAL_MS)
        self._timer.timeout.connect(self._scroll_on)

    def press(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index, section = self._grid.index_at(point), self._heading_at(point)
        if event.button() == Qt.MouseButton.LeftButton:
            if index is not None:
                self._choose(index, point, event.modifiers())
            elif section is not None:
                self._choose_group(section, point, event.modifiers())
            else:
                self._begin_band(point, keep=bool(event.modifiers() & CTRL))
        elif event.button() == Qt.MouseButton.RightButton and index is not None and not self._grid.is_selected(index):
            self._grid.make_current(index)

    def double_click(self, event: QMouseEvent) -> None:
        """Open a cell; on its circle, on a heading, and with Ctrl or Shift it is two clicks."""
        point = event.position().toPoint()
        index = self._grid.index_at(point)
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers() & (CTRL | SHIFT)
        if index is None or not plain or self._grid.circle(index).contains(point):
            self.press(event)
            return
        self._pressed = self._held_at = None
        self._grid.activated.emit(index)

    def move(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._band is not None:
            self._stretch(self._band, point)
            self._scroll_where(point)
        elif self._mover.is_on:
            self._move_or_drag(point)
        elif self._held_at is not None:
            self._drag_from(self._held_at, point)
        else:
            self._grid.hover(self._grid.index_at(point), self._heading_at(point))

    def _drag_from(self, start: QPoint, point: QPoint) -> None:
        """What is held is dragged away as soon as the mouse has moved far enough for nobody to do so by mistake."""
        if (point - start).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = self._held_at = None
            self._move_or_drag(point)

    def _move_or_drag(self, point: QPoint) -> None:
        """What is held moves among the others where their order is a person's own; what leaves them is dragged away."""
        if not (self._grid.is_reorderable() and self._mover.move(point)):
            self._grid.drag_requested.emit()

    def let_go(self) -> bool:
        """Leave what is held where it was; whether it was being moved."""
        was_on = self._mover.is_on
        self._mover.end()
        return was_on

    def _scroll_where(self, point: QPoint) -> None:
        if 0 <= point.y() < self._grid.viewport().height():
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def release(self) -> None:
        self._timer.stop()
        if self._mover.is_on:
            self._mover.drop()
        elif self._band is not None:
            self._band = None
            self._grid.viewport().update()
        elif self._pressed is not None:
            self._grid.make_current(self._pressed)
        self._pressed = self._held_at = None

    def _heading_at(self, point: QPoint) -> int | None:
        """The group whose heading can be clicked there."""
        section = self._grid.section_at(point)
        on_it = section is not None and self._grid.heading_target(section).contains(point)
        return section if on_it else None

    def paint(self, painter: QPainter, those: Colours) -> None:
        """Paint the rubber band, if one is drawn, or where cells would be moved."""
        self._mover.paint(painter, those)
        if self._band is None:
            return
        area = self._band.area().translated(self._grid.shift())
        painter.setOpacity(0.5)
        painter.fillRect(area, those.tint)
        painter.setOpacity(1.0)
        painter.setPen(QPen(those.accent, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)

    def _choose(self, index: int, point: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        only = modifiers & (CTRL | SHIFT)
        on_circle = not only and self._grid.circle(index).contains(point)
        if on_circle or only == CTRL:
            self._grid.toggle(index)
            return
        if not only and self._grid.is_selected(index):
            self._pressed = index  # a click on one of many selects it alone when the button is let go
        else:
            self._grid.make_current(index, modifiers)
        self._held_at = point

    def _choose_group(self, section: int, point: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        on_circle = self._grid.heading_circle(section).contains(point)
        self._grid.choose_group(section, add=on_circle or bool(modifiers & CTRL))

    def _begin_band(self, point: QPoint, *, keep: bool) -> None:
        kept = self._grid.selection().copy() if keep else Selection(self._grid.count())
        kept.anchor = self._grid.current_index()
        self._band = Band(point - self._grid.shift(), kept)
        self._grid.set_selection(kept.copy())

    def _stretch(self, band: Band, point: QPoint) -> None:
        band.end = point - self._grid.shift()
        self._grid.set_selection(band.selection(self._grid.geometry_now()))

    def _scroll_on(self) -> None:
        """The mouse is held above or below the viewport: scroll on, the faster the farther."""
        point = self._grid.viewport().mapFromGlobal(self._grid.cursor().pos())
        beyond = point.y() if point.y() < 0 else max(0, point.y() - self._grid.viewport().height())
        bar = self._grid.verticalScrollBar()
        bar.setValue(bar.value() + beyond // 2)
        if self._band is not None:
            self._stretch(self._band, point)
