"""The grid's widget: shows a list of ids as cells, and lets a person move among them and choose."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from keeproom.model import THUMBNAIL_SIZES, Cell
from keeproom.ui.grid import accessible
from keeproom.ui.grid.cells import CellSource, CellStore
from keeproom.ui.grid.geometry import Geometry
from keeproom.ui.grid.keys import MOVES
from keeproom.ui.grid.mouse import Pointer
from keeproom.ui.grid.painter import INSET_PX, CellPainter, Look, select_circle
from keeproom.ui.grid.placing import Sight, placed
from keeproom.ui.grid.selection import Selection, position
from keeproom.ui.grid.thumbnails import CORNER_PX, Key, Thumbnails
from keeproom.ui.grid.words import lines
from keeproom.ui.texts import tooltip
from keeproom.ui.theme.palette import colours

LINE_PX = 40
KNOWN_CELLS = 500
KNOWN_KEYS = 20_000
NO_IDS: array[int] = array("q")
Modifier = Qt.KeyboardModifier


class GridView(QAbstractScrollArea):
    """A grid of cells. First paint, resize and scrolling cost the same for ten cells and for a million.

    `complete` is emitted whenever all that is in sight has its final look.
    """

    current_changed = Signal(int)
    selection_changed = Signal()
    context_requested = Signal(QPoint, bool)
    zoom_requested = Signal(int)
    complete = Signal()

    def __init__(self, parent: QWidget | None = None, cell_px: int = 160) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._ids = NO_IDS
        self._geometry = Geometry(self.viewport().width(), cell_px, 0)
        self._selection = Selection()
        self._current = 0
        self._hovered: int | None = None
        self._pointer = Pointer(self)
        self._source: CellSource | None = None
        self._painter: CellPainter | None = None
        self._placing = False
        self._known_keys: dict[tuple[str, int], Key] = {}
        self.cells = CellStore(self)
        self.cells.arrived.connect(self._on_cells_arrived)
        self.thumbnails = Thumbnails(self)
        self.thumbnails.loaded.connect(self._on_thumbnail_loaded)
        self._want_soon = QTimer(self, singleShot=True, interval=0)
        self._want_soon.timeout.connect(self._want)

    # What is shown

    def set_source(self, source: CellSource | None) -> None:
        """Where cells come from; None while there is no library."""
        self._source = source
        self._known_keys.clear()
        self.cells.set_source(source)
        self._want_soon.start()

    def set_ids(self, ids: array[int], *, keep_place: bool = True) -> None:
        """Show these. What is on the screen stays where it is, unless another list begins at its top."""
        before, self._ids = self._ids, ids
        selected = len(self._selection)
        current = before[self._current] if self._current < len(before) else None
        self._selection = self._selection.moved(before, ids) if keep_place else Selection(len(ids))
        found = position(ids, current) if keep_place and current is not None else None
        self._current = min(self._current, max(0, len(ids) - 1)) if keep_place and found is None else found or 0
        self._place(before if keep_place else None)
        if selected != len(self._selection):
            self.selection_changed.emit()

    def set_cell_size(self, cell_px: int) -> None:
        """The side of a cell in logical pixels; the current cell, or what is first in sight, stays in sight."""
        if cell_px != self._geometry.cell:
            self._lay_out(self.viewport().width(), cell_px)

    def ids(self) -> array[int]:
        return self._ids

    def count(self) -> int:
        return len(self._ids)

    def refresh(self, ids: Iterable[int]) -> None:
        """These have changed: their cells are read again as far as they are in sight."""
        changed = set(ids)
        self.cells.invalidate(changed)
        shown = (self.cells.get(asset) for asset in changed)
        self.thumbnails.retry(cell.sha256 for cell in shown if cell)
        self._want_soon.start()

    def cell(self, index: int) -> Cell | None:
        """What is known of a cell; None until it has been read."""
        return self.cells.get(self._ids[index]) if 0 <= index < len(self._ids) else None

    def is_complete(self) -> bool:
        """Whether all that is in sight has its final look."""
        span = self.visible()
        ids = self._ids[span.start : span.stop]
        return self.cells.knows(ids) and self.thumbnails.settled(self._keys(span))

    def close_down(self) -> None:
        """Ask for nothing more and end the threads."""
        self.set_source(None)
        self._want_soon.stop()
        self.thumbnails.close()

    # Places

    def geometry_now(self) -> Geometry:
        return self._geometry

    def offset(self) -> int:
        """How far the content is scrolled."""
        return self.verticalScrollBar().value()

    def visible(self) -> range:
        """The indexes of which something is in sight."""
        return self._geometry.span(self.offset(), self.viewport().height())

    def index_at(self, point: QPoint) -> int | None:
        """The index under a point of the viewport."""
        return self._geometry.at(point + QPoint(0, self.offset()))

    def viewport_rect(self, index: int) -> QRect:
        """Where a cell with its name is in the viewport; outside of it when scrolled away."""
        return self._geometry.rect(index).translated(0, -self.offset())

    def screen_rect(self, index: int) -> QRect:
        rect = self.viewport_rect(index)
        return QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def scroll_to(self, index: int) -> None:
        """Scroll as little as is needed to have the whole cell in sight."""
        rect = self._geometry.rect(index)
        bar = self.verticalScrollBar()
        if rect.top() < bar.value():
            bar.setValue(max(0, rect.top() - LINE_PX // 2))
        elif rect.bottom() > bar.value() + self.viewport().height():
            bar.setValue(rect.bottom() - self.viewport().height() + LINE_PX // 4)

    # Selection

    def current_index(self) -> int:
        return self._current

    def is_selected(self, index: int) -> bool:
        return index in self._selection

    def selected_count(self) -> int:
        return len(self._selection)

    def selected_ids(self) -> list[int]:
        """The ids of what is selected, in the order shown."""
        return self._selection.ids(self._ids)

    def selected_cells(self) -> list[Cell]:
        """What is known of what is selected: of what is in sight, and of the first few hundred; enough for a menu."""
        near = [index for index in self.visible() if index in self._selection]
        some = dict.fromkeys([*near, *islice(self._selection, KNOWN_CELLS)])
        return [cell for index in some if (cell := self.cell(index)) is not None]

    def select_all(self) -> None:
        self._selection.select_all()
        self._on_selected()

    def invert_selection(self) -> None:
        self._selection.invert()
        self._on_selected()

    def clear_selection(self) -> None:
        self._selection.clear()
        self._on_selected()

    def make_current(self, index: int, modifiers: Modifier = Modifier.NoModifier) -> None:
        """Go to a cell as a key or a click does: alone, with Shift as a range, with Ctrl beside what is selected."""
        if not 0 <= index < len(self._ids):
            return
        self._current = index
        if modifiers & Modifier.ShiftModifier:
            self._selection.extend_to(index, keep=bool(modifiers & Modifier.ControlModifier))
        elif not modifiers & Modifier.ControlModifier:
            self._selection.set_only(index)
        self.scroll_to(index)
        self._on_selected()
        self.current_changed.emit(index)
        accessible.announce(self, QAccessible.Event.Focus, index)

    def toggle(self, index: int) -> None:
        """Select a cell, or no longer."""
        self._current = index
        self._selection.toggle(index)
        self._on_selected()
        self.current_changed.emit(index)

    def cell_words(self, index: int) -> list[str]:
        """A cell as lines of text, its name first."""
        cell = self.cell(index)
        return [""] if cell is None else lines(cell)

    def _on_selected(self) -> None:
        self.viewport().update()
        self.selection_changed.emit()

    # Placing

    def _lay_out(self, width: int, cell_px: int) -> None:
        """Another width or cell size: the first cell in sight, or the current one if it is, keeps its height."""
        old, offset = self._geometry, self.offset()
        span = self.visible()
        anchor = self._current if self._current in span else (span[0] if span else 0)
        self._geometry = Geometry(width, cell_px, old.count, old.lead)
        if self._geometry.columns != old.columns:
            self._geometry = Geometry(width, cell_px, old.count)
        self._painter = None
        moved = 0
        if offset and span:
            moved = self._geometry.top(self._geometry.row(anchor)) - old.top(old.row(anchor))
        self._scroll_silently(offset + moved)

    def _place(self, before: array[int] | None) -> None:
        """Lay the new ids out so that what is on the screen stays there, if it is known where it was."""
        now = replace(self._geometry, count=len(self._ids), lead=0)
        if before is None:
            self._geometry = now
            self._scroll_silently(0)
        else:
            sight = Sight(self._geometry, self.offset(), self.viewport().height())
            self._geometry, offset = placed(before, self._ids, sight, now)
            self._scroll_silently(offset)

    def _scroll_silently(self, value: int) -> None:
        self._placing = True
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        bar.setRange(0, max(0, self._geometry.height - height))
        bar.setPageStep(height)
        bar.setSingleStep(LINE_PX)
        bar.setValue(value)
        self._placing = False
        self._hovered = None
        self.viewport().update()
        self._want_soon.start()

    def _drop_lead(self) -> None:
        """The first row is in sight again: fill its empty places, while everything moves anyway."""
        self._geometry = Geometry(self._geometry.width, self._geometry.cell, self._geometry.count)
        self.verticalScrollBar().setRange(0, max(0, self._geometry.height - self.viewport().height()))
        self.viewport().update()

    # Reading

    def _want(self) -> None:
        span = self.visible()
        page = max(len(span), 1)
        ahead = range(span.stop, min(span.stop + page, len(self._ids)))
        behind = range(max(0, span.start - page), span.start)
        self.cells.want(self._ids[behind.start : ahead.stop])
        self.thumbnails.want([*self._keys(span), *self._keys(ahead), *self._keys(behind)])
        if self.is_complete():
            self.complete.emit()

    def _keys(self, span: range) -> list[Key]:
        known = (self.cell(index) for index in span)
        return [key for cell in known if cell is not None and (key := self._key(cell)) is not None]

    def _key(self, cell: Cell) -> Key | None:
        """Which picture a cell shows; None where none was made."""
        if not cell.thumbnailed or self._source is None:
            return None
        ratio = self.devicePixelRatioF()
        side = round((self._geometry.cell - 2 * INSET_PX) * ratio)
        known = self._known_keys.get((cell.sha256, side))
        if known is None:
            px = min((size for size in THUMBNAIL_SIZES if size >= side), default=max(THUMBNAIL_SIZES))
            known = Key(cell.sha256, side, round(CORNER_PX * ratio), self._source.thumbnail(cell.sha256, px))
            self._known_keys[cell.sha256, side] = known
        return known

    def _image(self, cell: Cell) -> QImage | None:
        key = self._key(cell)
        return None if key is None else self.thumbnails.get(key)

    def _on_cells_arrived(self, _ids: Sequence[int]) -> None:
        if len(self._known_keys) > KNOWN_KEYS:
            self._known_keys.clear()
        self.viewport().update()
        self._want_soon.start()

    def _on_thumbnail_loaded(self, sha256: str) -> None:
        for index in self.visible():
            cell = self.cell(index)
            if cell is not None and cell.sha256 == sha256:
                self.viewport().update(self.viewport_rect(index))
        self._want_soon.start()

    # Qt's events

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out(self.viewport().width(), self._geometry.cell)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if self._placing:
            return
        if self._geometry.lead and self.offset() < self._geometry.row_height:
            self._drop_lead()
        else:
            self.viewport().scroll(0, dy)
        self._want_soon.start()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._painter = None
            self.viewport().update()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._painter = None
            self._want_soon.start()
            self.viewport().update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), those.canvas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._painter is None:
            self._painter = CellPainter(those, self.font(), self.devicePixelRatioF())
        for index in self._geometry.span(self.offset() + event.rect().top(), event.rect().height()):
            self._paint_cell(painter, self._painter, index)
        self._pointer.paint(painter, those)
        painter.end()

    def _paint_cell(self, painter: QPainter, paint: CellPainter, index: int) -> None:
        cell = self.cell(index)
        square = self._geometry.picture(index).translated(0, -self.offset())
        look = Look(
            selected=index in self._selection,
            current=index == self._current and self.hasFocus(),
            hovered=index == self._hovered,
        )
        paint.paint(painter, square, cell, None if cell is None else self._image(cell), look)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = MOVES.get(event.key())
        if move is not None and self._ids:
            target = move(self._geometry, self._current, self._geometry.page_rows(self.viewport().height()))
            self.make_current(target, event.modifiers())
        elif event.key() == Qt.Key.Key_Space and event.modifiers() & Modifier.ControlModifier and self._ids:
            self.toggle(self._current)
        elif event.key() == Qt.Key.Key_Escape and self._selection:
            self.clear_selection()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Modifier.ControlModifier:
            self.zoom_requested.emit(event.angleDelta().y())
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tool_tip(event)
            return True
        if event.type() == QEvent.Type.Leave:
            self.hover(None)
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
        elif self._ids:
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

    def circle(self, index: int) -> QRect:
        """The circle in the viewport that selects a cell with one click."""
        cell = self.cell(index)
        if self._painter is None or cell is None:
            return QRect()
        square = self._geometry.picture(index).translated(0, -self.offset())
        return select_circle(self._painter.frame(square, cell, self._image(cell)))

    def selection(self) -> Selection:
        return self._selection

    def set_selection(self, selection: Selection) -> None:
        """Select this, and tell who wants to know."""
        self._selection = selection
        self._on_selected()

    def hover(self, index: int | None) -> None:
        """The mouse is over this cell, or over none."""
        if index == self._hovered:
            return
        for each in (self._hovered, index):
            if each is not None and each < len(self._ids):
                self.viewport().update(self.viewport_rect(each))
        self._hovered = index
