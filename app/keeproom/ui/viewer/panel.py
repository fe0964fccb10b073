"""The viewer: one item over the whole panel, and the way to the next."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent

from keeproom.model import Cell, Changes, Kind
from keeproom.ui.acts.culling import mark
from keeproom.ui.panel import PanelWidget
from keeproom.ui.players.controls import Controls
from keeproom.ui.players.playback import Playback
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import DARK, palette_of
from keeproom.ui.viewer.display import Display
from keeproom.ui.viewer.fading import Fading
from keeproom.ui.viewer.files import Files
from keeproom.ui.viewer.filmstrip import Filmstrip
from keeproom.ui.viewer.fullscreen import FullScreen
from keeproom.ui.viewer.markline import MarkLine
from keeproom.ui.viewer.sight import Mode
from keeproom.ui.viewer.topbar import TopBar
from keeproom.ui.viewer.track import Ids, Track
from keeproom.ui.viewer.why import has_picture

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room

OFFERS = ("item.retry", "item.error", "item.open_outside")

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


def create(window: MainWindow) -> ViewerPanel:
    return ViewerPanel(window)


class ViewerPanel(PanelWidget):
    """Shows one item of a list. `current_changed` carries its id."""

    current_changed = Signal(int)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._room: Room | None = None
        self._track = Track()
        self._is_quick = False
        self._is_in_sight = False
        self.setPalette(palette_of(DARK))
        self.setAutoFillBackground(True)
        self._files = Files(self)
        self.cells = self._files.cells
        self._build()
        self._connect()

    def _build(self) -> None:
        acts = self._window.action_set
        self.controls = Controls(acts, self._window.settings, self)
        self.controls.hide()
        self.display = Display([acts[name] for name in OFFERS], self._files, self.controls, self)
        self.display.lower()
        self.canvas = self.display.canvas
        acts.lend(self.canvas)
        self.top_bar = TopBar(acts, self)
        self.filmstrip = Filmstrip(self._files, self)
        self.filmstrip.setVisible(self._window.settings.flag("viewer.filmstrip"))
        self.marks = MarkLine(self)
        self.fading = Fading(self, (self.top_bar, self.controls, self.marks, self.filmstrip))
        self.full_screen = FullScreen(self._window, self)

    def _connect(self) -> None:
        self.canvas.sight_changed.connect(self._on_sight)
        self.canvas.stepped.connect(self.step)
        self.canvas.dragged.connect(self._on_dragged)
        self.canvas.full_screen_wanted.connect(self.full_screen.toggle)
        self.canvas.context_requested.connect(self._on_context)
        self.display.eye.wants_changed.connect(self._want)
        self.display.zoom_changed.connect(self._tell_zoom)
        self.display.plays_changed.connect(self._on_plays)
        self.display.sharpened.connect(self._on_sharpened)
        self.filmstrip.chosen.connect(self.go)
        self.marks.marked.connect(lambda fact, value: mark(self._window, fact, value))
        self.cells.arrived.connect(self._on_cells)
        self.full_screen.changed.connect(self._on_full_screen)

    # What the window asks

    def attach(self, room: Room | None) -> None:
        self.display.show_nothing()
        self._room = room
        self._track = Track()
        self._files.follow(room)
        if room is not None:
            room.session.changed.connect(self._on_changed)
            room.previews.arrived.connect(self.display.eye.take)
            room.previews.refused.connect(self.display.eye.refuse)
            room.previews.animated.connect(self.display.show_frames)

    def enter(self) -> None:
        self._is_in_sight = True
        self.full_screen.watch(on=True)
        self._follow()

    def leave(self) -> None:
        """Stop what plays; the grid goes to what was seen last."""
        self._is_in_sight = False
        self.full_screen.watch(on=False)
        self.display.show_nothing()
        if self._room is not None:
            self._room.previews.want([])
        self._lead_grid()

    def stage(self) -> None:
        grid = self._window.grid
        kinds = ((index, grid.cell(index)) for index in range(min(grid.count(), 200)))
        first = next((index for index, cell in kinds if cell is not None and cell.kind == Kind.IMAGE), 0)
        self.show_items(grid.ids(), first)

    def is_complete(self) -> bool:
        current = self._track.current
        is_known = current is None or self.cells.knows([current])
        return is_known and self.display.is_settled() and self.filmstrip.is_complete()

    def chosen_ids(self) -> list[int]:
        current = self._track.current
        return [current] if current is not None and current > 0 else []

    def chosen_cells(self) -> list[Cell]:
        cell = self.display.cell
        return [cell] if cell is not None and cell.id > 0 and cell.id == self._track.current else []

    def focus_first(self) -> None:
        self.canvas.setFocus()

    # What is shown

    def show_items(self, ids: Ids | array[int] | Sequence[int], index: int, *, quick: bool = False) -> None:
        """Leaf through these, beginning with one of them; with `quick` Space goes back to where one came from."""
        self._track = Track(ids, index)
        self._is_quick = quick
        self.display.play_button.setToolTip(tr("Play (K)") if quick else tr("Play (K, Space)"))
        known = (self._window.grid.cells.get(asset) for asset in self._track.span(index - 20, index + 20))
        self.cells.put([cell for cell in known if cell is not None])
        self.display.show_nothing()
        self.set_mode(Mode.FIT)  # the zoom stays while one leafs, not from one visit to the next
        self._follow()

    def current_asset(self) -> int | None:
        return self._track.current

    def pair(self) -> list[int]:
        """The item in sight and the one after it, or before it at the end."""
        index = self._track.index
        first = max(0, min(index, len(self._track) - 2))
        return self._track.span(first, first + 2)

    @property
    def playback(self) -> Playback | None:
        return self.controls.playback

    def step(self, by: int) -> None:
        self.go(self._track.index + by)

    def go(self, index: int) -> None:
        """Show another item of the list, the nearest there is."""
        if self._track.go(index):
            self._follow()

    def set_mode(self, mode: Mode) -> None:
        self.canvas.set_mode(mode)

    def mode(self) -> Mode:
        return self.canvas.sight.mode

    def zoom(self, factor: float) -> None:
        self.canvas.zoom(factor)

    def show_filmstrip(self, *, shown: bool) -> None:
        self._window.settings.put("viewer.filmstrip", shown)
        self.filmstrip.setVisible(shown)
        self._lay_out()
        self._want()

    def flash(self, text: str) -> None:
        """Tell for a moment what was stated of the item in sight."""
        self.display.flash.tell(text)

    def drop_current(self) -> None:
        """The item in sight goes; the next takes its place, and without any the viewer closes."""
        current = self._track.current
        if current is not None:
            self._track.remove([current])
        if self._track.current is None:
            self._window.go_back()
        else:
            self._follow()

    def toggle_playing(self) -> None:
        self.display.toggle_playing()

    def step_frame(self, frames: int) -> None:
        if self.playback is not None:
            self.playback.step(frames)

    def _follow(self) -> None:
        """Show the current item, as far as it is known by now, and ask for what is missing."""
        self.filmstrip.show_track(self._track)
        current = self._track.current
        self.cells.want([*([] if current is None else [current]), *self._track.neighbours()])
        self._show_known()
        cell = self.display.cell
        name = cell.name if cell is not None and cell.id == current else ""
        self.top_bar.show_item(name, self._track.index, len(self._track))
        self._tell_zoom()
        self._want()

    def _show_known(self) -> None:
        """Show what is known of the current item; as long as nothing is, what was shown stays."""
        current, room = self._track.current, self._room
        cell = None if current is None else self.cells.get(current)
        if current is None or (cell is None and self.cells.knows([current])):
            self.display.tell_gone()
            self.marks.show_cell(None)
        elif cell is not None and room is not None:
            before = self.display.cell
            self.display.show_cell(room, cell)
            self.marks.show_cell(cell)
            if before is None or before.id != cell.id:
                self.current_changed.emit(cell.id)
        self.chosen_changed.emit()

    # What comes

    def _want(self) -> None:
        """Ask for everything that is shown, or will be soon, most urgent first."""
        room, current = self._room, self._track.current
        if room is None or current is None or not self._is_in_sight:
            return
        near = self._track.neighbours()
        strip = self.filmstrip.ids_in_sight() if self.filmstrip.isVisible() else []
        self.cells.want([current, *near, *strip])
        cells = [cell for cell in map(self.cells.get, [current, *near]) if cell is not None]
        strip_keys = self.filmstrip.keys_in_sight() if strip else []
        self._files.want([*map(self._files.key, cells), *strip_keys])
        eye = self.display.eye
        wanted = eye.wanted()
        ahead = [eye.fitting(cell) for cell in cells if has_picture(cell) or cell.id == current]
        room.previews.want([*([wanted] if wanted else []), *ahead])

    def _on_cells(self, ids: Sequence[int]) -> None:
        if not self._is_in_sight:
            return
        current = self._track.current
        if current in ids:
            self._follow()
        else:
            self._want()

    def _on_sharpened(self) -> None:
        """What may move is asked for when its first picture is there."""
        cell, room = self.display.cell, self._room
        if cell is not None and room is not None and self.display.can_move:
            self._want()
            room.previews.animate(self.display.eye.fitting(cell))

    def _on_changed(self, changes: Changes) -> None:
        """Another program, or a worker, has changed something; perhaps what is in sight."""
        self.cells.invalidate(changes.changed)
        if self._room is not None:
            self._room.previews.try_again(changes.changed)
        if changes.removed:
            self._on_removed(changes.removed)
        if self._is_in_sight:
            self._want()
            if self._track.current in changes.changed:
                self._follow()

    def _on_removed(self, ids: Sequence[int]) -> None:
        if not self._track.holds(ids):
            return
        cell = self.display.cell
        is_shown = cell is not None and cell.id in ids
        self._track.remove(ids)
        if self._is_in_sight:
            self._follow()
            if cell is not None and is_shown:
                self.display.hint.tell(tr("{name} is not in the library any more.").format(name=cell.name))

    # What a person does

    def _on_sight(self) -> None:
        self._tell_zoom()
        if self._is_in_sight:
            self._window.follow_situation()

    def _tell_zoom(self) -> None:
        self.top_bar.show_zoom(self.canvas.sight.mode, self.display.scale())

    def _on_plays(self) -> None:
        self._lay_out()
        if self._is_in_sight:
            self._window.follow_situation()

    def _on_dragged(self) -> None:
        from keeproom.ui.dragging import begin_drag

        begin_drag(self._window)

    def _on_context(self, place: QPoint) -> None:
        self._window.show_context_menu(place, on_item=True)

    def _on_full_screen(self, on: bool) -> None:
        self.top_bar.show_full_screen(on=on)
        self.fading.turn(on=on)
        self._lay_out()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._on_context(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in _STEPS:
            self.step(_STEPS[key])
        elif key == Qt.Key.Key_Home:
            self.go(0)
        elif key == Qt.Key.Key_End:
            self.go(len(self._track) - 1)
        elif key == Qt.Key.Key_Space:
            self._on_space()
        elif key == Qt.Key.Key_Escape:
            self._on_escape()
        else:
            event.ignore()

    def _on_space(self) -> None:
        """Close a quick preview; else play, or go on where nothing plays."""
        if self._is_quick:
            self._window.go_back()
        elif self.playback is not None:
            self.playback.toggle()
        else:
            self.step(1)

    def _on_escape(self) -> None:
        if self.full_screen.is_on:
            self.full_screen.leave()
        else:
            self._window.go_back()

    def _lead_grid(self) -> None:
        """Make what was seen last the grid's current item, but leave a selection of several as it is."""
        current, grid = self._track.current, self._window.grid
        index = None if current is None else Track(grid.ids()).find(current)
        if index is None:
            return
        if grid.selected_count() > 1:
            grid.scroll_to(index)
        elif index != grid.current_index():
            grid.make_current(index)

    # Its place

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        """Bars around the picture; in full screen on it."""
        width, height = self.width(), self.height()
        self.top_bar.setGeometry(0, 0, width, self.top_bar.height())
        bottom = height
        for bar in (self.filmstrip, self.marks, self.controls):
            if not bar.isHidden():
                bottom -= bar.height()
                bar.setGeometry(0, bottom, width, bar.height())
        inner = QRect(0, self.top_bar.height(), width, bottom - self.top_bar.height())
        self.display.setGeometry(self.rect() if self.full_screen.is_on else inner)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), DARK.canvas)
