"""What finds the pixels for a canvas: the stored thumbnail at once, the sharp picture when it has been decoded."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QImage

from keeproom.model import Cell, Preview
from keeproom.ui.images import image_of, seen_sides, turned, turned_sides
from keeproom.ui.texts import number, tr
from keeproom.ui.viewer.canvas import Canvas
from keeproom.ui.viewer.files import Files
from keeproom.ui.viewer.levels import WHOLE, Box, box_for
from keeproom.workers.previews import Previews, Wanted

HOLD_MS = 150
"""For so long the picture before stays, rather than that a plain colour flashes by."""

SETTLE_MS = 60
"""A canvas that changes its size asks for sharper pixels when it has come to rest."""


class Eye(QObject):
    """Follows one canvas. `wants_changed` says that `wanted` has another answer, `sharpened` that there is no sharper
    picture to come for now, `refused` carries why an item has no picture at all, `limited` why it gets no sharper."""

    wants_changed = Signal()
    sharpened = Signal()
    refused = Signal(object)
    limited = Signal(str)

    def __init__(self, canvas: Canvas, files: Files) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._files = files
        self._cell: Cell | None = None
        self._previews: Previews | None = None
        self._decoded: dict[Box, tuple[QImage, tuple[int, int]]] = {}
        self._asked: Box | None = None
        self._given_up = False
        self._begun = False
        self._hold = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._hold.timeout.connect(lambda: self._begin(None))
        self._rest = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._rest.timeout.connect(self._ask)
        canvas.sight_changed.connect(self._on_sight)
        files.thumbnails.loaded.connect(self._on_thumbnail)

    @property
    def cell(self) -> Cell | None:
        return self._cell

    def look_at(self, cell: Cell | None, previews: Previews | None) -> None:
        """Show another item: what is there of it at once, the rest as it comes. One that was turned meanwhile is turned
        at once, with the pixels that there are."""
        before, self._cell, self._previews = self._cell, cell, previews
        self._asked, self._given_up, self._begun = None, False, False
        self._decoded.clear()
        self._rest.stop()
        self._hold.stop()
        if cell is None:
            self._canvas.clear()
            return
        ready = None if previews is None else previews.get(self.fitting(cell))
        if before is not None and cell.rotation != before.rotation and _is_same(before, cell):
            self._turn(cell.rotation - before.rotation)
        if ready is not None:
            self.take(self.fitting(cell), ready)
        elif not self._begun and not self._begin_with_thumbnail():
            self._canvas.set_busy(busy=True)
            if self._canvas.shown is None:
                self._begin(None)
            else:
                self._hold.start()
        self._ask()

    def release(self) -> None:
        """Something else paints on the canvas from now on."""
        self._cell = None
        self._decoded.clear()
        self._rest.stop()
        self._hold.stop()
        self._canvas.set_busy(busy=False)

    def fitting(self, cell: Cell) -> Wanted:
        """What is to be asked for so that this item can be shown on the canvas, all of it."""
        box, sides = self._canvas.device_size(), seen_sides(cell)
        if sides is not None and sides[0] <= box[0] and sides[1] <= box[1]:
            box = WHOLE
        return _wanted(cell, box)

    def wanted(self) -> Wanted | None:
        """What a sharp picture needs, also when it has come already."""
        if self._cell is None or self._asked is None:
            return None
        return _wanted(self._cell, self._asked)

    def is_settled(self) -> bool:
        """Whether the canvas has its final look."""
        return self._cell is None or self._given_up or not (self._rest.isActive() or self._misses())

    def _misses(self) -> bool:
        return self._asked is not None and not self._given_up and self._asked not in self._decoded

    def take(self, wanted: Wanted, preview: Preview) -> None:
        """A preview has come; one for something else is left alone."""
        if self._cell is None or wanted.sha256 != self._cell.sha256:
            return
        turn = self._cell.rotation
        image, size = image_of(preview, turn), turned_sides((preview.full_width, preview.full_height), turn)
        box = turned_sides((wanted.width, wanted.height), turn)
        self._decoded[box] = (image, size)
        if not self._begun:
            self._begin(image, size)
        shown = self._canvas.shown
        is_finer = shown is None or shown.image is None or image.width() > shown.image.width()
        if is_finer or self._asked in (None, box):
            self._canvas.sharpen(image, size)
        self._canvas.set_busy(busy=self._misses())
        if box == WHOLE and preview.width < preview.full_width:
            self._tell_limit(preview)
        if self._asked is not None:
            self._ask()
            if not self._misses():
                self.sharpened.emit()

    def refuse(self, wanted: Wanted, error: Exception) -> None:
        """A preview that was wanted can't be had."""
        if self._cell is None or wanted.sha256 != self._cell.sha256:
            return
        self._given_up = True
        self._canvas.set_busy(busy=False)
        self._hold.stop()
        if self._decoded:
            self.limited.emit(str(error))
        else:
            self.refused.emit(error)

    def _turn(self, turn: int) -> None:
        """Turn what is on the canvas, as the first look of the same item."""
        shown = self._canvas.shown
        if shown is not None and shown.image is not None:
            self._begin(turned(shown.image, turn), turned_sides(shown.size, turn))

    def _begin_with_thumbnail(self) -> bool:
        key = None if self._cell is None else self._files.key(self._cell)
        image = None if key is None else self._files.thumbnails.get(key)
        if image is None or image.isNull():
            return False
        self._begin(image)
        return True

    def _begin(self, image: QImage | None, size: tuple[int, int] | None = None) -> None:
        """Put the item on the canvas in place of the one before."""
        cell = self._cell
        if cell is None or self._begun:
            return
        self._hold.stop()
        sides = size or _sides(cell, image)
        if sides is None:
            self._canvas.clear()
            self._canvas.set_busy(busy=True)
            return
        self._begun = True
        colour = None if cell.colour is None else QColor.fromRgb(cell.colour)
        self._canvas.begin(sides, colour, image)
        if self._asked is not None:
            self._ask()

    def _on_thumbnail(self, sha256: str) -> None:
        if self._cell is not None and sha256 == self._cell.sha256:
            shown = self._canvas.shown
            if not self._begun:
                self._begin_with_thumbnail()
            elif shown is not None and shown.image is None:
                self._begun = False
                self._begin_with_thumbnail()

    def _on_sight(self) -> None:
        if self._cell is not None and not self._given_up:
            self._rest.start()

    def _ask(self) -> None:
        """Find out what is needed for what is seen now; show it if it is here, else let it be asked for."""
        cell, frame = self._cell, self._canvas.frame()
        if cell is None or self._given_up:
            return
        if frame is None or not self._begun or not (cell.width or self._decoded):
            fitting = self.fitting(cell)
            box: Box = turned_sides((fitting.width, fitting.height), cell.rotation)
        else:
            box = box_for(frame, frame.scale(self._canvas.sight))
        if self._asked == box:
            return
        self._asked = box
        known = self._decoded.get(box)
        self._canvas.set_busy(busy=known is None)
        self.wants_changed.emit()
        if known is not None:
            self._canvas.sharpen(*known)
            self.sharpened.emit()
        else:
            self._look_up(_wanted(cell, box))

    def _look_up(self, wanted: Wanted) -> None:
        """What is known already is not told again."""
        if self._previews is None:
            return
        ready, error = self._previews.get(wanted), self._previews.error(wanted)
        if ready is not None:
            self.take(wanted, ready)
        elif error is not None:
            self.refuse(wanted, error)

    def _tell_limit(self, preview: Preview) -> None:
        scale = preview.width / preview.full_width
        megapixels = number(round(preview.full_width * preview.full_height / 1e6))
        text = tr(
            "100 % is not possible: of {all} megapixels, {some} are decoded at most. It is sharp up to {percent} %."
        )
        some = number(round(preview.width * preview.height / 1e6))
        self.limited.emit(text.format(all=megapixels, some=some, percent=int(scale * 100)))


def _wanted(cell: Cell, box: Box) -> Wanted:
    """What is to be decoded so that it fits a box once it is turned."""
    return Wanted(cell.id if cell.asset is None else cell.asset, cell.sha256, *turned_sides(box, cell.rotation))


def _is_same(one: Cell, other: Cell) -> bool:
    return (one.id, one.sha256) == (other.id, other.sha256)


def _sides(cell: Cell, image: QImage | None) -> tuple[int, int] | None:
    known = seen_sides(cell)
    return (image.width(), image.height()) if known is None and image is not None else known
