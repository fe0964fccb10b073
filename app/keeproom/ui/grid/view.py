"""The grid's widget: shows a list of ids as cells, and lets a person move among them and choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from keeproom.model import Cell
from keeproom.ui.grid.canvas import Canvas
from keeproom.ui.grid.cells import CellSource
from keeproom.ui.grid.choosing import ChoiceArea
from keeproom.ui.grid.ids import NO_IDS, id_at
from keeproom.ui.grid.keys import MOVES
from keeproom.ui.grid.mouse import Pointer
from keeproom.ui.grid.reading import Reading
from keeproom.ui.grid.reordering import goes_before, is_move, stepped
from keeproom.ui.grid.words import lines
from keeproom.ui.texts import tooltip
from keeproom.ui.theme.palette import colours

if TYPE_CHECKING:
    from keeproom.ui.grid.ids import Ids

KNOWN_CELLS = 500
PROGRESS_STEPS = 50
TOGETHER_MS = 4
Modifier = Qt.KeyboardModifier


class GridView(ChoiceArea):
    """A grid of cells, or a list. First paint, resize and scrolling cost the same for ten cells and for a million.

    `complete` is emitted whenever all that is in sight has its final look. `activated` and `preview_requested` carry
    the index that is to be opened or looked at; `drag_requested` says that the selection is dragged away, `reordered`
    carries the ids that are to stand elsewhere, and the id before which, None for the end.
    """

    activated = Signal(int)
    preview_requested = Signal(int)
    drag_requested = Signal()
    reordered = Signal(object, object)
    context_requested = Signal(QPoint, bool)
    zoom_requested = Signal(int)
    complete = Signal()

    def __init__(self, parent: QWidget | None = None, cell_px: int = 160) -> None:
        super().__init__(parent, cell_px)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._hovered: int | None = None
        self._hovered_section: int | None = None
        self._zoomed_at: QPoint | None = None
        self._reorderable = False
        self._fractions: dict[int, float] = {}
        self._pointer = Pointer(self)
        self._canvas = Canvas(self)
        self._canvas.finished.connect(self._on_look)
        self._canvas.pictures_lacked.connect(self._want_soon)
        self.reading = Reading(self)
        self.reading.cells_arrived.connect(self._on_news)
        self.reading.picture_arrived.connect(self._on_picture)
        self.reading.remade.connect(self._want_soon)
        self.cells, self.thumbnails = self.reading.cells, self.reading.thumbnails
        self._fresh: set[str] = set()
        self._wanted: tuple[Ids, range, range] | None = None
        self._want_timer = QTimer(self, singleShot=True, interval=0)
        self._want_timer.timeout.connect(self._want)

    # What is shown

    def set_source(self, source: CellSource | None) -> None:
        """Where cells come from; None while there is no library."""
        self.reading.set_source(source)
        self._canvas.source_changed()
        self._want_soon()

    def forget(self) -> None:
        """Another library: nothing known holds, and nothing is shown."""
        self.cells.forget()
        self.set_ids(NO_IDS, keep_place=False)
        self._canvas.forget()

    def refresh(self, ids: Iterable[int]) -> None:
        """These have changed: their cells are read again as far as they are in sight."""
        self.reading.refresh(ids)
        self._want_soon()

    def show_progress(self, fractions: Mapping[int, float]) -> None:
        """How much of which files is copied, by cell id; what is not named is not being copied."""
        before = self._fractions
        self._fractions = {asset: round(part * PROGRESS_STEPS) / PROGRESS_STEPS for asset, part in fractions.items()}
        changed = {
            asset for asset in before.keys() | self._fractions.keys() if before.get(asset) != self.fraction(asset)
        }
        self._canvas.cells_came(changed)

    def fraction(self, asset: int) -> float | None:
        """How much of a file is copied, where that goes on."""
        return self._fractions.get(asset)

    def cell(self, index: int) -> Cell | None:
        """What is known of a cell; None until it has been read."""
        return self.cells.get(id_at(self._ids, index)) if 0 <= index < len(self._ids) else None

    def cell_words(self, index: int) -> list[str]:
        """A cell as lines of text, its name first."""
        cell = self.cell(index)
        return [""] if cell is None else lines(cell, self.fraction(cell.id))

    def selected_cells(self) -> list[Cell]:
        """What is known of what is selected: of what is in sight, and of the first few hundred; enough for a menu."""
        near = [index for index in self.visible() if index in self._selection]
        some = dict.fromkeys([*near, *islice(self._selection, KNOWN_CELLS)])
        return [cell for index in some if (cell := self.cell(index)) is not None]

    def set_reorderable(self, reorderable: bool) -> None:
        """Whether the order is a person's own: then what is dragged within the grid is told by `reordered`."""
        self._reorderable = reorderable

    def is_reorderable(self) -> bool:
        return self._reorderable and not self._geometry.headed

    def move_chosen(self, by: int) -> None:
        """Ask for what is selected to stand one place before (-1) or behind (1)."""
        gap = stepped(self._selection, by)
        if gap is not None:
            self.move_chosen_to(gap)

    def move_chosen_to(self, gap: int) -> None:
        """Ask for what is selected to stand together before the cell at an index."""
        if self.is_reorderable() and is_move(self._selection, gap):
            self.reordered.emit(self.selected_ids(), goes_before(self._ids, self._selection, gap))

    def is_complete(self) -> bool:
        """Whether all that is in sight has its final look."""
        in_sight = self.ids_in(self.visible())
        return not self._fresh and self.cells.knows(in_sight) and self._canvas.is_complete()

    def close_down(self) -> None:
        """Ask for nothing more and end the threads."""
        self._want_timer.stop()
        self.reading.close()

    # Reading

    def _on_selected(self) -> None:
        self._canvas.build_soon()
        super()._on_selected()

    def _on_moved(self) -> None:
        self.hover(None, None)  # what is under the mouse now is known when that moves; a circle that was painted goes
        self._want_timer.start()

    def _on_reshaped(self) -> None:
        """Nothing is painted any more with pictures that were made for another size."""
        self._canvas.forget()
        self._wanted = None
        self.reading.set_finish(self._canvas.finish())

    def _want_soon(self) -> None:
        """There is news, or other cells are in sight."""
        self._wanted = None
        self._want_timer.start()

    def _want(self) -> None:
        ids, span, around = self._ids, self.visible(), self.near()
        if self._wanted is None or self._wanted[0] is not ids or self._wanted[1:] != (span, around):
            self._wanted = ids, span, around
            order = (span, range(span.stop, around.stop), range(around.start, span.start))
            near = [asset for each in order for asset in self.ids_in(each)]
            self.reading.set_finish(self._canvas.finish())
            self.reading.want(near, self._canvas.lacking(near))
        self._canvas.build_soon()

    def _on_look(self) -> None:
        if self.is_complete():
            self.complete.emit()

    def _on_news(self, ids: Sequence[int]) -> None:
        self._canvas.cells_came(ids)
        self._want_soon()

    def _on_picture(self, sha256: str) -> None:
        """Pictures come in by the dozen, and are shown together."""
        if not self._fresh:
            QTimer.singleShot(TOGETHER_MS, self, self._show_fresh)
        self._fresh.add(sha256)

    def _show_fresh(self) -> None:
        fresh, self._fresh = self._fresh, set()
        self._canvas.pictures_came(fresh)

    # Qt's events

    def hovered(self) -> int | None:
        return self._hovered

    def hovered_section(self) -> int | None:
        return self._hovered_section

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._repaint_all()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._repaint_all()
        return super().event(event)

    def _repaint_all(self) -> None:
        self._on_reshaped()
        self._want_soon()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._canvas.paint(event, painter)
        self._pointer.paint(painter, colours(self.palette()))
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move, act = MOVES.get(event.key()), _ACTS.get((event.key(), bool(event.modifiers() & Modifier.ControlModifier)))
        if move is not None and len(self._ids):
            height = self.viewport().height() - self._geometry.heading_height
            self.make_current(move(self._geometry, self._current, height), event.modifiers())
        elif act is not None and len(self._ids):
            act(self)
        elif event.key() == Qt.Key.Key_Escape and self._pointer.let_go():
            pass
        elif event.key() == Qt.Key.Key_Escape and self._selection:
            self.clear_selection()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Modifier.ControlModifier:
            self._zoomed_at = event.position().toPoint()
            self.zoom_requested.emit(event.angleDelta().y())
            self._zoomed_at = None
            event.accept()
        else:
            super().wheelEvent(event)

    def set_cell_size(self, cell_px: int, at: QPoint | None = None) -> None:
        super().set_cell_size(cell_px, at or self._zoomed_at)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tool_tip(event)
            return True
        if event.type() == QEvent.Type.Leave:
            self.hover(None, None)
        return super().viewportEvent(event)

    def _show_tool_tip(self, event: QHelpEvent) -> None:
        index = self.index_at(event.pos())
        if index is None or self.cell(index) is None:
            QToolTip.hideText()
            return
        text = tooltip("\n".join(self.cell_words(index)))
        QToolTip.showText(event.globalPos(), text, self.viewport(), self.viewport_rect(index))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.context_requested.emit(event.globalPos(), self.index_at(event.pos()) is not None)
        elif len(self._ids):
            if not self._selection:
                self.make_current(self._current)
            self.scroll_to(self._current)
            self.context_requested.emit(self.screen_rect(self._current).center(), True)
        else:
            self.context_requested.emit(self.mapToGlobal(self.rect().center()), False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.release()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pointer.double_click(event)

    def circle(self, index: int) -> QRect:
        """The circle in the viewport that selects a cell with one click; empty where there is none."""
        frame = self._canvas.frame(index)
        return QRect() if frame.isNull() else self._canvas.painter().circle(frame)

    def heading_target(self, section: int) -> QRect:
        """Where in the viewport a heading can be clicked."""
        return self._canvas.heading_target(section)

    def heading_circle(self, section: int) -> QRect:
        """The circle in the viewport that adds a group to the selection."""
        return self._canvas.heading_circle(section)

    def hover(self, index: int | None, section: int | None) -> None:
        """The mouse is over this cell, or over the heading of this group, or over neither."""
        if index != self._hovered:
            for each in (self._hovered, index):
                if each is not None and each < len(self._ids):
                    self.update_cell(each)
            self._hovered = index
        if section != self._hovered_section:
            for each in (self._hovered_section, section):
                if each is not None and each < self._geometry.sections:
                    self.viewport().update(self.heading_rect(each))
            self._hovered_section = section


_ACTS: Mapping[tuple[int, bool], Callable[[GridView], None]] = {
    (Qt.Key.Key_Return, False): lambda grid: grid.activated.emit(grid.current_index()),
    (Qt.Key.Key_Enter, False): lambda grid: grid.activated.emit(grid.current_index()),
    (Qt.Key.Key_Space, False): lambda grid: grid.preview_requested.emit(grid.current_index()),
    (Qt.Key.Key_Space, True): lambda grid: grid.toggle(grid.current_index()),
}
"""What keys do with the current cell: key, with Ctrl or without."""
