"""What is seen of the current item: its picture, what plays, or why there is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QImage, QResizeEvent
from PySide6.QtWidgets import QWidget

from keeproom.model import Cell, Kind, PreviewFrame, Status
from keeproom.ui.grid.words import facts, lines
from keeproom.ui.images import turned, turned_sides
from keeproom.ui.players.animation import Animation
from keeproom.ui.players.bigbutton import PlayButton
from keeproom.ui.players.controls import Controls
from keeproom.ui.players.playback import Playback
from keeproom.ui.status import KINDS
from keeproom.ui.texts import tr
from keeproom.ui.viewer.canvas import Canvas
from keeproom.ui.viewer.eye import Eye
from keeproom.ui.viewer.files import Files
from keeproom.ui.viewer.flash import Flash
from keeproom.ui.viewer.hint import Hint
from keeproom.ui.viewer.playing import playback_of
from keeproom.ui.viewer.reasons import reason_of
from keeproom.ui.viewer.why import GONE, Problem, Why, is_unshowable, problem_of
from keeproom.workers.previews import Wanted

if TYPE_CHECKING:
    from keeproom.ui.window.room import Room

MOVING = frozenset({"gif", "webp", "png", "avif"})
"""Formats that can hold an animation."""


class Display(QWidget):
    """`zoom_changed` says that another scale, or none, is to be told; `plays_changed` that something else plays, or
    nothing; `sharpened` that the picture has all the pixels that are seen of it."""

    zoom_changed = Signal()
    plays_changed = Signal()
    sharpened = Signal()

    def __init__(self, offers: Sequence[QAction], files: Files, controls: Controls, parent: QWidget) -> None:
        super().__init__(parent)
        self._room: Room | None = None
        self._cell: Cell | None = None
        self._asks_reason = False
        self._controls = controls
        self.canvas = Canvas(self)
        self.eye = Eye(self.canvas, files)
        self.play_button = PlayButton(self.canvas)
        self.why = Why(offers, self)
        self.why.hide()
        self.hint = Hint(self)
        self.flash = Flash(self)
        self.eye.sharpened.connect(self.sharpened)
        self.eye.refused.connect(self._on_refused)
        self.eye.limited.connect(self.hint.tell)
        self.canvas.shown_changed.connect(self.zoom_changed)
        self.canvas.clicked.connect(self.toggle_playing)
        self.play_button.clicked.connect(self.toggle_playing)

    @property
    def cell(self) -> Cell | None:
        """The item that is shown, as it is known."""
        return self._cell

    @property
    def playback(self) -> Playback | None:
        return self._controls.playback

    @property
    def can_move(self) -> bool:
        """Whether it may be an animation of which only the first picture is shown yet."""
        return self._cell is not None and self._cell.format in MOVING and self.playback is None

    def scale(self) -> float | None:
        """The scale of the picture; None where there is none to be zoomed."""
        return self.canvas.scale() if self.why.isHidden() else None

    def is_settled(self) -> bool:
        """Whether it has its final look."""
        return not self._asks_reason and (not self.why.isHidden() or self.eye.is_settled())

    def show_cell(self, room: Room, cell: Cell) -> None:
        """Show an item; of one that is shown already only what is new."""
        before, self._cell, self._room = self._cell, cell, room
        is_another = before is None or before.id != cell.id
        if is_another:
            self.hint.hide()
        if before is None or essence(before) != essence(cell) or (before != cell and not self.why.isHidden()):
            self._look_at(room, cell)
        elif before.rotation != cell.rotation:
            self._turn(room, cell, cell.rotation - before.rotation)
        self.canvas.setAccessibleName(cell.name)
        self.canvas.setAccessibleDescription(", ".join(lines(cell)[1:]))

    def show_nothing(self) -> None:
        """Nothing but the canvas; what plays ends."""
        self._cell = None
        self._asks_reason = False
        self._play(None)
        self.eye.look_at(None, None)
        self.why.hide()

    def tell_gone(self) -> None:
        """The item is none of the library's any more."""
        self.show_nothing()
        self._tell(Problem("", tr(GONE), ""))

    def show_frames(self, wanted: Wanted, frames: Sequence[PreviewFrame]) -> None:
        """Play an animation, if it is the one that is shown."""
        cell = self._cell
        if cell is not None and wanted.sha256 == cell.sha256 and len(frames) > 1 and self.playback is None:
            animation = Animation(frames, self)
            self._play(animation)
            animation.play()

    def toggle_playing(self) -> None:
        if self.playback is not None:
            self.playback.toggle()

    def _look_at(self, room: Room, cell: Cell) -> None:
        self._asks_reason = False
        self.why.hide()
        self._play(None)
        if is_unshowable(cell):
            self.eye.look_at(None, None)
            self._tell(problem_of(cell))
            self._ask_reason(room, cell)
            return
        if cell.kind == Kind.AUDIO and not cell.thumbnailed:
            self.eye.look_at(None, None)
            self._tell(Problem(cell.name, "", facts(cell), KINDS[cell.kind].icon, "secondary", offers=False))
        else:
            self.eye.look_at(cell, room.previews)
        self._play(playback_of(room, cell, self))

    def _turn(self, room: Room, cell: Cell, turn: int) -> None:
        """The same item, turned: what plays goes on, and its next picture comes turned too."""
        shown = self.canvas.shown
        if self.eye.cell is not None:
            self.eye.look_at(cell, room.previews)
        elif shown is not None and shown.image is not None:
            self.canvas.begin(turned_sides(shown.size, turn), None, turned(shown.image, turn))

    def _tell(self, problem: Problem) -> None:
        self.why.tell(problem)
        self.why.show()
        self.zoom_changed.emit()

    def _ask_reason(self, room: Room, cell: Cell) -> None:
        """Why an item failed is no part of its cell."""
        if cell.status != Status.FAILED:
            return
        self._asks_reason = True

        def on_reason(reason: str) -> None:
            if self._cell is not None and self._cell.id == cell.id:
                self._asks_reason = False
                if not self.why.isHidden():
                    self._tell(problem_of(cell, reason))

        room.session.run(lambda: reason_of(room.library, cell.id), on_reason, lambda _error: on_reason(""))

    def _play(self, playback: Playback | None) -> None:
        """Have the bar steer this from now on; what played before ends."""
        if playback is None and self.playback is None:
            return
        if playback is not None:
            playback.framed.connect(lambda image: self._on_frame(playback, image))
            playback.failed.connect(self.hint.tell)
            playback.noted.connect(self.hint.tell)
        self._controls.steer(playback)
        self.canvas.plays = playback is not None and not isinstance(playback, Animation)
        self.play_button.offer(playback if self.canvas.plays and self.why.isHidden() else None)
        self.plays_changed.emit()

    def _on_frame(self, playback: Playback, image: QImage) -> None:
        if playback is not self.playback:
            return
        self.eye.release()
        image = turned(image, 0 if self._cell is None else self._cell.rotation)
        size, shown = (image.width(), image.height()), self.canvas.shown
        if shown is None or shown.size != size:
            self.canvas.begin(size, None, image)
        else:
            self.canvas.sharpen(image, size)

    def _on_refused(self, error: Exception) -> None:
        """A poster that is not to be had does not keep a video from being played."""
        if self._cell is not None and self.playback is None:
            self._tell(problem_of(self._cell, str(error)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.canvas.setGeometry(self.rect())
        self.why.setGeometry(self.rect())
        self.hint.place()
        self.flash.place()
        self.play_button.place()


def essence(cell: Cell) -> tuple[object, ...]:
    """What of a cell decides what is shown of it; where this stays, what is shown stays, if need be turned."""
    return cell.id, cell.sha256, cell.kind, is_unshowable(cell), cell.thumbnailed
