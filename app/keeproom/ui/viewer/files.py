"""What viewer and compare read of the open library: cells, and stored thumbnails, which are made again where they are
gone or broken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from keeproom.model import THUMBNAIL_SIZES, Cell
from keeproom.ui.grid.cells import CellStore
from keeproom.ui.grid.thumbnails import Key, Thumbnails
from keeproom.ui.theme.palette import DARK
from keeproom.ui.window.room import RoomCells

if TYPE_CHECKING:
    from keeproom.ui.window.room import Room


class Files(QObject):
    """Follows the library that is open; without one there is nothing."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._source: RoomCells | None = None
        self._wanted: tuple[Key, ...] = ()
        self._remade: set[str] = set()
        self._remaking: set[str] = set()
        self.cells = CellStore(self)
        self.thumbnails = Thumbnails(self)
        self.thumbnails.loaded.connect(self._on_loaded)

    def follow(self, room: Room | None) -> None:
        """Read from this library; nothing stays of the one before."""
        self.thumbnails.close()
        self._wanted = ()
        self._remade.clear()
        self._remaking.clear()
        self._source = None if room is None else RoomCells(room)
        self.cells.forget()
        self.cells.set_source(self._source)

    def key(self, cell: Cell, side: int = max(THUMBNAIL_SIZES)) -> Key | None:
        """A stored thumbnail of this size, turned as the cell is; None where none was made."""
        if not cell.thumbnailed or self._source is None:
            return None
        file: Path = self._source.thumbnail(cell.sha256, side)
        return Key(cell.sha256, side, 0, file, DARK.canvas.rgb(), cell.rotation % 4)

    def want(self, keys: Sequence[Key | None]) -> None:
        """Load these thumbnails, first things first."""
        self._wanted = tuple(key for key in keys if key is not None)
        self.thumbnails.want(self._wanted)
        self._remake(self._wanted)

    def is_settled(self, keys: Iterable[Key]) -> bool:
        """Whether each of these is here, or won't come."""
        those = list(keys)
        return self.thumbnails.settled(those) and self._remaking.isdisjoint(key.sha256 for key in those)

    def _on_loaded(self, sha256: str) -> None:
        self._remake(key for key in self._wanted if key.sha256 == sha256)

    def _remake(self, keys: Iterable[Key]) -> None:
        """Have broken ones made again, once."""
        source = self._source
        for key in keys:
            if source is not None and key.sha256 not in self._remade and self.thumbnails.is_broken(key):
                self._remade.add(key.sha256)
                self._remaking.add(key.sha256)
                source.remake(key.sha256, partial(self._on_remade, key))

    def _on_remade(self, key: Key, made: bool) -> None:
        self._remaking.discard(key.sha256)
        if made and self._source is not None:
            self.thumbnails.retry([key.sha256])
            self.thumbnails.want(self._wanted)
