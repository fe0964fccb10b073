"""What the grid reads: cells from its source, their pictures from files; and what it does about a file that is gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from keeproom.model import THUMBNAIL_SIZES, Cell
from keeproom.ui.grid.cells import CellSource, CellStore
from keeproom.ui.grid.thumbnails import Key, Thumbnails

KNOWN_KEYS = 20_000
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Finish:
    """How pictures are made for the screen: the longest side and the corners in its pixels, the colour behind."""

    side: int
    corner: int
    canvas: int


class Reading(QObject):
    """Cells and pictures. `cells_arrived` carries ids, `picture_arrived` the checksum of each picture that is settled.

    A thumbnail that can't be loaded is made again by the source, once for each file; what can't be made stays as it is.
    `remade` says that some are to be loaded once more.
    """

    cells_arrived = Signal(object)
    picture_arrived = Signal(str)
    remade = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._source: CellSource | None = None
        self._finish = Finish(1, 0, 0)
        self._keys: dict[tuple[str, int], Key] = {}
        self._remade: set[Path] = set()
        self._remaking: set[str] = set()
        self.cells = CellStore(self)
        self.cells.arrived.connect(self.cells_arrived)
        self.thumbnails = Thumbnails(self)
        self.thumbnails.loaded.connect(self._on_loaded)

    def set_source(self, source: CellSource | None) -> None:
        """Where cells come from; None while there is no library."""
        self._source = source
        for each in (self._keys, self._remade, self._remaking):
            each.clear()
        self.cells.set_source(source)

    def set_finish(self, finish: Finish) -> None:
        """From now on pictures are made so."""
        if finish != self._finish:
            self._finish = finish
            self._keys.clear()

    def refresh(self, ids: Iterable[int]) -> None:
        """These have changed: their cells are read again when they are wanted."""
        changed = set(ids)
        self.cells.invalidate(changed)
        shown = (self.cells.get(asset) for asset in changed)
        self.thumbnails.retry(cell.sha256 for cell in shown if cell)

    def want(self, near: Sequence[int], lacking: Sequence[int]) -> None:
        """Read what is near, and load the pictures of what lacks one; first things first."""
        self.cells.want(near)
        keys = [key for asset in lacking if (key := self._key_of(asset)) is not None]
        self.thumbnails.want(keys)
        for key in keys:
            if self.thumbnails.is_broken(key):
                self._remake(key)

    def key(self, cell: Cell) -> Key | None:
        """Which picture a cell shows; None where none was made."""
        if not cell.thumbnailed or self._source is None:
            return None
        name = (cell.sha256, cell.rotation % QUARTERS)
        known = self._keys.get(name)
        if known is None:
            known = self._keys[name] = self._made(*name, self._source)
        return known

    def _made(self, sha256: str, turn: int, source: CellSource) -> Key:
        if len(self._keys) > KNOWN_KEYS:
            self._keys.clear()
        finish = self._finish
        px = min((size for size in THUMBNAIL_SIZES if size >= finish.side), default=max(THUMBNAIL_SIZES))
        return Key(sha256, finish.side, finish.corner, source.thumbnail(sha256, px), finish.canvas, turn)

    def _key_of(self, asset: int) -> Key | None:
        cell = self.cells.get(asset)
        return None if cell is None else self.key(cell)

    def picture(self, key: Key | None) -> QImage | None:
        return None if key is None else self.thumbnails.get(key)

    def is_hopeless(self, cell: Cell) -> bool:
        """Whether the picture of a cell can't be read, and nobody is making it again."""
        key = self.key(cell)
        return key is not None and self.thumbnails.is_broken(key) and key.sha256 not in self._remaking

    def awaits(self, cell: Cell) -> bool:
        """Whether the picture of a cell may still come."""
        key = self.key(cell)
        if key is None or self.thumbnails.get(key) is not None:
            return False
        return not self.thumbnails.is_broken(key) or key.sha256 in self._remaking

    def close(self) -> None:
        """Ask for nothing more and end the threads."""
        self.set_source(None)
        self.thumbnails.close()

    def _remake(self, key: Key) -> None:
        if self._source is None or key.file in self._remade:
            return
        self._remade.add(key.file)
        self._remaking.add(key.sha256)
        self._source.remake(key.sha256, lambda made: self._on_remade(key, made=made))

    def _on_remade(self, key: Key, *, made: bool) -> None:
        if key.sha256 not in self._remaking:
            return
        self._remaking.discard(key.sha256)
        if made:
            self.thumbnails.retry([key.sha256])
            self.remade.emit()
        self.picture_arrived.emit(key.sha256)

    def _on_loaded(self, sha256: str) -> None:
        for turn in range(QUARTERS):
            key = self._keys.get((sha256, turn))
            if key is not None and self.thumbnails.is_broken(key):
                self._remake(key)
        self.picture_arrived.emit(sha256)
