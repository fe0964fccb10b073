"""Comparing: two to four pictures side by side, with their facts, moved and zoomed together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from keeproom.model import Cell, Changes, Kind, Preview
from keeproom.ui.acts.culling import mark
from keeproom.ui.compare.facts import better, shown_facts
from keeproom.ui.compare.header import Header
from keeproom.ui.compare.locking import Difference, differences, followed
from keeproom.ui.compare.side import Side
from keeproom.ui.panel import PanelWidget
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import DARK, palette_of
from keeproom.ui.viewer.files import Files
from keeproom.ui.viewer.fullscreen import FullScreen
from keeproom.ui.viewer.hint import Hint
from keeproom.ui.viewer.sight import Mode
from keeproom.ui.viewer.track import Ids, Track
from keeproom.workers.previews import Wanted

if TYPE_CHECKING:
    from array import array

    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room

MOST = 4
FLICKER_MS = 700
ALONE = Qt.KeyboardModifier.ControlModifier
"""While this is held, a side moves by itself."""


def create(window: MainWindow) -> ComparePanel:
    return ComparePanel(window)


class ComparePanel(PanelWidget):
    """One of the sides is current: it is what item actions act on, and what next and previous exchange."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._room: Room | None = None
        self._track = Track()
        self._current = 0
        self._count = 0
        self._is_locked = True
        self._follows = False
        self._is_in_sight = False
        self._kept = [Difference()] * MOST
        self.setPalette(palette_of(DARK))
        self._files = Files(self)
        self.cells = self._files.cells
        self._build()
        self._connect()

    def _build(self) -> None:
        self.header = Header(self._window.action_set, self)
        self.sides = [Side(self._files, self) for _ in range(MOST)]
        self._row = QHBoxLayout()
        self._row.setSpacing(2)
        for side in self.sides:
            self._window.action_set.lend(side.canvas)
            self._row.addWidget(side, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self._row, 1)
        self.hint = Hint(self)
        self.full_screen = FullScreen(self._window, self)
        self._flicker = QTimer(self, interval=FLICKER_MS)
        self._flicker.timeout.connect(self._show_other)

    def _connect(self) -> None:
        for side in self.sides:
            side.chosen.connect(lambda side=side: self._choose(side))
            side.context_requested.connect(self._on_context)
            side.marked.connect(lambda fact, value: mark(self._window, fact, value))
            side.canvas.sight_changed.connect(lambda side=side: self._on_sight(side))
            side.canvas.stepped.connect(self.step)
            side.canvas.dragged.connect(self._on_dragged)
            side.canvas.shown_changed.connect(self._tell_zoom)
            side.eye.wants_changed.connect(self._want)
            side.eye.limited.connect(self.hint.tell)
        self.cells.arrived.connect(self._on_cells)
        self.full_screen.changed.connect(lambda on: self.header.show_full_screen(on=on))

    # What the window asks

    def attach(self, room: Room | None) -> None:
        self._clear()
        self._room = room
        self._files.follow(room)
        if room is not None:
            room.session.changed.connect(self._on_changed)
            room.previews.arrived.connect(self._on_preview)
            room.previews.refused.connect(self._on_refused)

    def enter(self) -> None:
        self._is_in_sight = True
        self.full_screen.watch(on=True)
        self._show_sides()

    def leave(self) -> None:
        self._is_in_sight = False
        self.full_screen.watch(on=False)
        self.set_flicker(on=False)
        for side in self.sides:
            side.eye.look_at(None, None)
            side.cell = None
        if self._room is not None:
            self._room.previews.want([])

    def stage(self) -> None:
        grid = self._window.grid
        cells = (grid.cell(index) for index in range(min(grid.count(), 200)))
        self.show_items([cell.id for cell in cells if cell is not None and cell.kind == Kind.IMAGE][:2])

    def is_complete(self) -> bool:
        shown = self._shown()
        ids = [side.asset for side in shown if side.asset is not None]
        return self.cells.knows(ids) and all(side.eye.is_settled() for side in shown)

    def chosen_ids(self) -> list[int]:
        asset = self.sides[self._current].asset
        return [asset] if asset is not None and asset > 0 else []

    def chosen_cells(self) -> list[Cell]:
        cell = self.sides[self._current].cell
        return [cell] if cell is not None and cell.id > 0 else []

    def focus_first(self) -> None:
        self.sides[self._current].canvas.setFocus()

    # What is shown

    def show_items(self, ids: Sequence[int], among: Ids | array[int] | Sequence[int] | None = None) -> None:
        """Show two to four items; next and previous exchange the current one for another of `among`, or of the grid."""
        self._clear()
        self._count = min(len(ids), MOST)
        self._track = Track(self._window.grid.ids() if among is None else among)
        self._kept = [Difference()] * MOST
        for index, side in enumerate(self.sides):
            side.asset = ids[index] if index < self._count else None
        known = (self._window.grid.cells.get(asset) for asset in ids[:MOST])
        self.cells.put([cell for cell in known if cell is not None])
        self.header.show_count(self._count)
        self._arrange()
        self._show_sides()
        self._make_current(0)
        self.set_mode(Mode.FIT)

    def step(self, by: int) -> None:
        """Put the next, or the previous, item of the list in the place of the current one."""
        side = self.sides[self._current]
        others = {other.asset for other in self._shown() if other is not side}
        index = None if side.asset is None else self._track.find(side.asset)
        found = None if index is None else self._other(index, by, others)
        if found is not None:
            side.asset = found
            self._show_sides()
            self.chosen_changed.emit()

    def swap(self) -> None:
        """Exchange the current side with the one beside it; it stays current in its new place."""
        if self._count < 2:
            return
        here, there = self._current, (self._current + 1) % self._count
        pair = self.sides[here], self.sides[there]
        pair[0].asset, pair[1].asset = pair[1].asset, pair[0].asset
        sights = pair[0].canvas.sight, pair[1].canvas.sight
        self._show_sides()
        self._follows = True
        for side, sight in zip(pair, reversed(sights), strict=True):
            side.canvas.set_sight(sight)
        self._follows = False
        self._relock()
        self._make_current(there)

    def set_mode(self, mode: Mode) -> None:
        self.sides[self._current].canvas.set_mode(mode)

    def mode(self) -> Mode:
        return self.sides[self._current].canvas.sight.mode

    def zoom(self, factor: float) -> None:
        self.sides[self._current].canvas.zoom(factor)

    def drop_current(self) -> None:
        """The current side's item goes."""
        asset = self.sides[self._current].asset
        if asset is not None:
            self._track.remove([asset])
            self._drop([asset])
            self.chosen_changed.emit()

    def flash(self, text: str) -> None:
        """Tell for a moment what was stated of the current side's item."""
        self.sides[self._current].flash.tell(text)

    def is_locked(self) -> bool:
        return self._is_locked

    def set_locked(self, *, locked: bool) -> None:
        """Have all sides move with the one that is moved, from how they are now; or each by itself."""
        self._is_locked = locked
        self.header.show_locked(locked=locked)
        if locked:
            self._relock()

    def is_flickering(self) -> bool:
        return self._flicker.isActive()

    def set_flicker(self, *, on: bool) -> None:
        """Show the pictures one after the other in the same place."""
        if on and self._count > 1:
            self._flicker.start()
        else:
            self._flicker.stop()
        self._arrange()

    def _shown(self) -> list[Side]:
        return self.sides[: self._count]

    def _clear(self) -> None:
        self._flicker.stop()
        self._count = 0
        for side in self.sides:
            side.clear()

    def _arrange(self) -> None:
        """The sides in sight: all that there are, or while it flickers the current one."""
        for index, side in enumerate(self.sides):
            one = index == self._current if self.is_flickering() else index < self._count
            side.setVisible(one)

    def _show_other(self) -> None:
        self._make_current((self._current + 1) % self._count)
        self._arrange()
        self.focus_first()

    def _show_sides(self) -> None:
        """Show what is known by now of each side."""
        ids = [side.asset for side in self._shown() if side.asset is not None]
        self.cells.want(ids)
        room = self._room
        for side in self._shown():
            cell = None if side.asset is None else self.cells.get(side.asset)
            is_known = cell is not None or self.cells.knows([side.asset or 0])
            if is_known and (cell is None or side.cell is None or cell != side.cell) and self._is_in_sight:
                side.show_cell(cell, None if room is None else room.previews)
        self._show_facts()
        self._want()

    def _show_facts(self) -> None:
        cells = [side.cell for side in self._shown()]
        facts = shown_facts(cells)
        marks = {fact.name: better(fact, cells) for fact in facts}
        for index, side in enumerate(self._shown()):
            side.show_facts([(fact, index in marks[fact.name]) for fact in facts])

    def _other(self, index: int, by: int, others: set[int | None]) -> int | None:
        """The next item of the list that no other side shows."""
        while (asset := self._track.at(index := index + by)) is not None:
            if asset not in others:
                return asset
        return None

    def _choose(self, side: Side) -> None:
        self._make_current(self.sides.index(side))

    def _make_current(self, index: int) -> None:
        self._current = index
        for place, side in enumerate(self.sides):
            side.make_current(current=place == index and self._count > 1)
        self._tell_zoom()
        self.chosen_changed.emit()

    # Together

    def _on_sight(self, side: Side) -> None:
        """One side is seen otherwise: so are the others, while they are locked."""
        if self._follows or self.sides.index(side) >= self._count:
            return
        alone = bool(QGuiApplication.queryKeyboardModifiers() & ALONE)
        frame = side.canvas.frame()
        if self._is_locked and not alone and frame is not None:
            self._lead(side)
        elif self._is_locked:
            self._relock()
        self._tell_zoom()
        if self._is_in_sight:
            self._window.follow_situation()

    def _lead(self, leader: Side) -> None:
        frame, shown = leader.canvas.frame(), self._shown()
        if frame is None:
            return
        sights = followed(shown.index(leader), frame, leader.canvas.sight, self._kept[: len(shown)])
        if leader.canvas.sight.mode in (Mode.FIT, Mode.FILL):
            self._kept = [Difference()] * MOST
        self._follows = True
        for side, sight in zip(shown, sights, strict=True):
            if side is not leader:
                side.canvas.set_sight(sight)
        self._follows = False

    def _relock(self) -> None:
        shown = self._shown()
        found = differences([side.canvas.frame() for side in shown], [side.canvas.sight for side in shown])
        self._kept = [*found, *[Difference()] * (MOST - len(found))]

    def _tell_zoom(self) -> None:
        canvas = self.sides[self._current].canvas
        self.header.show_zoom(canvas.sight.mode, canvas.scale())

    # What comes

    def _want(self) -> None:
        room = self._room
        if room is None or not self._is_in_sight:
            return
        shown = self._shown()
        shown.sort(key=lambda side: side is not self.sides[self._current])
        self._files.want([self._files.key(side.cell) for side in shown if side.cell is not None])
        wanted = [side.eye.wanted() for side in shown]
        room.previews.want([each for each in wanted if each is not None])

    def _on_preview(self, wanted: Wanted, preview: Preview) -> None:
        for side in self._shown():
            side.eye.take(wanted, preview)
        self._tell_zoom()

    def _on_refused(self, wanted: Wanted, error: Exception) -> None:
        for side in self._shown():
            side.eye.refuse(wanted, error)

    def _on_cells(self, _ids: Sequence[int]) -> None:
        if self._is_in_sight:
            self._show_sides()
            self.chosen_changed.emit()

    def _on_changed(self, changes: Changes) -> None:
        self.cells.invalidate(changes.changed)
        if self._room is not None:
            self._room.previews.try_again(changes.changed)
        if not self._track.holds(changes.removed) and not self._is_shown(changes.removed):
            self._show_if_changed(changes.changed)
            return
        names = [side.cell.name for side in self._shown() if side.cell is not None and side.asset in changes.removed]
        self._track.remove(changes.removed)
        self._drop(changes.removed)
        if names and self._is_in_sight:
            self.hint.tell(tr("{name} is not in the library any more.").format(name=", ".join(names)))

    def _is_shown(self, ids: Sequence[int]) -> bool:
        return any(side.asset in ids for side in self._shown())

    def _show_if_changed(self, ids: Sequence[int]) -> None:
        if self._is_in_sight and self._is_shown(ids):
            self._show_sides()

    def _drop(self, ids: Sequence[int]) -> None:
        """What is gone leaves its place; with one side left there is nothing to compare."""
        staying = [side.asset for side in self._shown() if side.asset is not None and side.asset not in ids]
        if len(staying) == self._count:
            return
        self._count = len(staying)
        for index, side in enumerate(self.sides):
            side.clear()
            side.asset = staying[index] if index < len(staying) else None
        self._current = min(self._current, max(0, self._count - 1))
        self.header.show_count(self._count)
        self._arrange()
        self._show_sides()
        if self._count < 2 and self._is_in_sight:
            self._window.go_back()

    # What a person does

    def _on_dragged(self) -> None:
        from keeproom.ui.dragging import begin_drag

        begin_drag(self._window)

    def _on_context(self, place: QPoint) -> None:
        self._window.show_context_menu(place, on_item=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in steps:
            self.step(steps[key])
        elif key == Qt.Key.Key_Escape and self.full_screen.is_on:
            self.full_screen.leave()
        elif key == Qt.Key.Key_Escape:
            self._window.go_back()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), DARK.canvas)
