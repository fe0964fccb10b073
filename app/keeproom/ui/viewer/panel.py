"""The viewer: one item over the whole panel, and the way to the next."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent

from keeproom.model import Cell, Changes, Kind, Preview, PreviewFrame, Status
from keeproom.ui.grid.cells import CellStore
from keeproom.ui.grid.thumbnails import Thumbnails
from keeproom.ui.grid.words import facts, lines
from keeproom.ui.panel import PanelWidget
from keeproom.ui.players.animation import Animation
from keeproom.ui.players.bigbutton import PlayButton
from keeproom.ui.players.controls import Controls
from keeproom.ui.players.playback import Playback
from keeproom.ui.status import KINDS
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import DARK, palette_of
from keeproom.ui.viewer.canvas import Canvas
from keeproom.ui.viewer.eye import Eye, thumbnail_key
from keeproom.ui.viewer.fading import Fading
from keeproom.ui.viewer.files import RoomFiles
from keeproom.ui.viewer.filmstrip import Filmstrip
from keeproom.ui.viewer.fullscreen import FullScreen
from keeproom.ui.viewer.hint import Hint
from keeproom.ui.viewer.sight import Mode
from keeproom.ui.viewer.topbar import TopBar
from keeproom.ui.viewer.track import Ids, Track
from keeproom.ui.viewer.why import GONE, Problem, Why, has_picture, is_unshowable, problem_of
from keeproom.workers.previews import Wanted

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room

MOVING = frozenset({"gif", "webp", "png", "avif"})
"""Formats that can hold an animation."""

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
        self._cell: Cell | None = None
        self._is_quick = False
        self._is_in_sight = False
        self._asks_reason = False
        self.setPalette(palette_of(DARK))
        self.setAutoFillBackground(True)
        self._files = RoomFiles()
        self.cells = CellStore(self)
        self.thumbnails = Thumbnails(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        acts = self._window.action_set
        self.canvas = Canvas(self)
        acts.lend(self.canvas)
        self.eye = Eye(self.canvas, self.thumbnails, self._files.thumbnail)
        self.why = Why([acts[name] for name in OFFERS], self)
        self.why.hide()
        self.play_button = PlayButton(self.canvas)
        self.hint = Hint(self.canvas)
        self.top_bar = TopBar(acts, self)
        self.controls = Controls(acts, self._window.settings, self)
        self.controls.hide()
        self.filmstrip = Filmstrip(self.cells, self.thumbnails, self._files.thumbnail, self)
        self.filmstrip.setVisible(self._window.settings.flag("viewer.filmstrip"))
        self.fading = Fading(self, (self.top_bar, self.controls, self.filmstrip))
        self.full_screen = FullScreen(self._window, self)

    def _connect(self) -> None:
        self.canvas.sight_changed.connect(self._on_sight)
        self.canvas.stepped.connect(self.step)
        self.canvas.clicked.connect(self.toggle_playing)
        self.canvas.full_screen_wanted.connect(self.full_screen.toggle)
        self.play_button.clicked.connect(self.toggle_playing)
        self.canvas.context_requested.connect(self._on_context)
        self.eye.wants_changed.connect(self._want)
        self.eye.sharpened.connect(self._on_sharpened)
        self.eye.refused.connect(self._on_refused)
        self.eye.limited.connect(self.hint.tell)
        self.filmstrip.chosen.connect(self.go)
        self.cells.arrived.connect(self._on_cells)
        self.full_screen.changed.connect(self._on_full_screen)

    # What the window asks

    def attach(self, room: Room | None) -> None:
        self._show_nothing()
        self._room = room
        self._track = Track()
        self._files.follow(room)
        self.cells.forget()
        self.cells.set_source(self._files.cells)
        if room is not None:
            room.session.changed.connect(self._on_changed)
            room.previews.arrived.connect(self._on_preview)
            room.previews.refused.connect(self.eye.refuse)
            room.previews.animated.connect(self._on_animated)

    def enter(self) -> None:
        self._is_in_sight = True
        self.full_screen.watch(on=True)
        self._follow()

    def leave(self) -> None:
        """Stop what plays; the grid goes to what was seen last."""
        self._is_in_sight = False
        self.full_screen.watch(on=False)
        self._show_nothing()
        if self._room is not None:
            self._room.previews.want([])
        self._lead_grid()

    def stage(self) -> None:
        grid = self._window.grid
        kinds = ((index, grid.cell(index)) for index in range(min(grid.count(), 200)))
        first = next((index for index, cell in kinds if cell is not None and cell.kind == Kind.IMAGE), 0)
        self.show_items(grid.ids(), first)

    def is_complete(self) -> bool:
        if self._asks_reason or not self.filmstrip.is_complete():
            return False
        current = self._track.current
        if current is None or not self.cells.knows([current]):
            return current is None
        return not self.why.isHidden() or self.eye.is_settled()

    def chosen_ids(self) -> list[int]:
        current = self._track.current
        return [current] if current is not None and current > 0 else []

    def chosen_cells(self) -> list[Cell]:
        return [self._cell] if self._cell is not None and self._cell.id > 0 else []

    def focus_first(self) -> None:
        self.canvas.setFocus()

    # What is shown

    def show_items(self, ids: Ids | array[int] | Sequence[int], index: int, *, quick: bool = False) -> None:
        """Leaf through these, beginning with one of them; with `quick` Space goes back to where one came from."""
        self._track = Track(ids, index)
        self._is_quick = quick
        known = (self._window.grid.cells.get(asset) for asset in self._track.span(index - 20, index + 20))
        self.cells.put([cell for cell in known if cell is not None])
        self._show_nothing()
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

    def toggle_playing(self) -> None:
        if self.playback is not None:
            self.playback.toggle()

    def step_frame(self, frames: int) -> None:
        if self.playback is not None:
            self.playback.step(frames)

    def _follow(self) -> None:
        """Show the current item, as far as it is known by now."""
        self.filmstrip.show_track(self._track)
        current = self._track.current
        if current is None:
            self._show_nothing()
            self._tell(Problem("", tr(GONE), ""))
        else:
            self.cells.want([current, *self._track.neighbours()])
            cell = self.cells.get(current)
            if cell is not None:
                self._show(cell)
            elif self.cells.knows([current]):
                self._show_nothing()
                self._tell(Problem("", tr(GONE), ""))
        self._tell_place()
        self._want()

    def _show(self, cell: Cell) -> None:
        before, self._cell = self._cell, cell
        if before is None or _essence(before) != _essence(cell) or not self.why.isHidden():
            if before is None or before.id != cell.id:
                self.hint.hide()
            self._look_at(cell)
        self.canvas.setAccessibleName(cell.name)
        self.canvas.setAccessibleDescription(", ".join(lines(cell)[1:]))
        if before is None or before.id != cell.id:
            self.current_changed.emit(cell.id)
        self.chosen_changed.emit()

    def _look_at(self, cell: Cell) -> None:
        from keeproom.ui.viewer.playing import playback_of

        room = self._room
        self.why.hide()
        self._play(None)
        if room is None:
            return
        if is_unshowable(cell):
            self.eye.look_at(None, None)
            self._tell(problem_of(cell))
            self._ask_reason(cell)
            return
        if cell.kind == Kind.AUDIO and not cell.thumbnailed:
            self.eye.look_at(None, None)
            icon = KINDS[cell.kind].icon
            self._tell(Problem(cell.name, "", facts(cell), icon, "secondary", offers=False))
        else:
            self.eye.look_at(cell, room.previews)
        self._play(playback_of(room, cell, self))

    def _show_nothing(self) -> None:
        self._cell = None
        self._play(None)
        self.eye.look_at(None, None)
        self.why.hide()

    def _tell(self, problem: Problem) -> None:
        self.why.tell(problem)
        self.why.show()
        self.why.raise_()
        for bar in (self.top_bar, self.controls, self.filmstrip):
            bar.raise_()
        self.top_bar.show_zoom(Mode.FIT, None)

    def _tell_place(self) -> None:
        name = "" if self._cell is None else self._cell.name
        self.top_bar.show_item(name, self._track.index, len(self._track))
        self._on_sight(asks=False)

    def _ask_reason(self, cell: Cell) -> None:
        """Why an item failed is no part of its cell."""
        from keeproom.ui.viewer.reasons import reason_of

        room = self._room
        if room is None or cell.status != Status.FAILED:
            return
        self._asks_reason = True

        def on_reason(reason: str) -> None:
            self._asks_reason = False
            if self._cell == cell and not self.why.isHidden():
                self._tell(problem_of(cell, reason))

        room.session.run(lambda: reason_of(room.library, cell.id), on_reason, lambda _error: on_reason(""))

    def _play(self, playback: Playback | None) -> None:
        """Have the bar steer this from now on."""
        had = self.controls.playback
        if playback is None and had is None:
            return
        if playback is not None:
            playback.framed.connect(self._on_frame)
            playback.failed.connect(self.hint.tell)
            playback.noted.connect(self.hint.tell)
        self.controls.steer(playback)
        self.canvas.plays = playback is not None and not isinstance(playback, Animation)
        self.play_button.offer(playback if self.canvas.plays and self.why.isHidden() else None)
        self._lay_out()
        if self._is_in_sight:
            self._window.follow_situation()

    def _on_frame(self, image: QImage) -> None:
        if self.sender() is self.playback:
            self.eye.release()
            ratio = image.devicePixelRatio()
            size = (round(image.width() / ratio), round(image.height() / ratio))
            shown = self.canvas.shown
            if shown is None or shown.size != size:
                self.canvas.begin(size, None, image)
            else:
                self.canvas.sharpen(image, size)

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
        keys = [thumbnail_key(cell, self._files.thumbnail) for cell in cells]
        strip_keys = self.filmstrip.keys_in_sight() if strip else []
        self.thumbnails.want([*(key for key in keys if key is not None), *strip_keys])
        wanted = self.eye.wanted()
        ahead = [self.eye.fitting(cell) for cell in cells if has_picture(cell) or cell.id == current]
        room.previews.want([*([wanted] if wanted else []), *ahead])

    def _on_cells(self, ids: Sequence[int]) -> None:
        if not self._is_in_sight:
            return
        current = self._track.current
        if current in ids:
            self._follow()
        else:
            self._want()

    def _on_preview(self, wanted: Wanted, preview: Preview) -> None:
        self.eye.take(wanted, preview)

    def _on_sharpened(self) -> None:
        cell, room = self._cell, self._room
        if cell is not None and room is not None and cell.format in MOVING and self.playback is None:
            self._want()
            room.previews.animate(self.eye.fitting(cell))

    def _on_animated(self, wanted: Wanted, frames: Sequence[PreviewFrame]) -> None:
        cell = self._cell
        if cell is None or wanted.sha256 != cell.sha256 or len(frames) < 2 or self.playback is not None:
            return
        animation = Animation(frames, self)
        self._play(animation)
        animation.play()

    def _on_refused(self, error: Exception) -> None:
        cell = self._cell
        if cell is not None and self.playback is None:
            self._tell(problem_of(cell, str(error)))

    def _on_changed(self, changes: Changes) -> None:
        """Another program, or a worker, has changed something; perhaps what is in sight."""
        self.cells.invalidate(changes.changed)
        if changes.removed:
            self._on_removed(changes.removed)
        if self._is_in_sight:
            self._want()
            if self._track.current in changes.changed:
                self._follow()

    def _on_removed(self, ids: Sequence[int]) -> None:
        if not self._track.holds(ids):
            return
        name = self._cell.name if self._cell is not None and self._cell.id in ids else ""
        self._track.remove(ids)
        if self._is_in_sight:
            if name:
                self._show_nothing()
            self._follow()
            if name:
                self.hint.tell(tr("{name} is not in the library any more.").format(name=name))

    # What a person does

    def _on_sight(self, *, asks: bool = True) -> None:
        shows = self.why.isHidden() and self.canvas.shown is not None
        self.top_bar.show_zoom(self.canvas.sight.mode, self.canvas.scale() if shows else None)
        if asks and self._is_in_sight:
            self._window.follow_situation()

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
        for bar in (self.filmstrip, self.controls):
            if not bar.isHidden():
                bottom -= bar.height()
                bar.setGeometry(0, bottom, width, bar.height())
        inner = QRect(0, self.top_bar.height(), width, bottom - self.top_bar.height())
        self.canvas.setGeometry(self.rect() if self.full_screen.is_on else inner)
        self.why.setGeometry(inner)
        self.hint.place()
        self.play_button.place()

    def hideEvent(self, event: QHideEvent) -> None:
        if self.playback is not None:
            self.playback.pause()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), DARK.canvas)


def _essence(cell: Cell) -> tuple[object, ...]:
    """What of a cell decides how it is shown: where this stays, what is shown stays."""
    return cell.id, cell.sha256, cell.kind, is_unshowable(cell), cell.thumbnailed
