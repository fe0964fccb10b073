"""Where the thumbnails and cells of the open library come from, also when it is another one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from keeproom.ui.window.room import RoomCells

if TYPE_CHECKING:
    from keeproom.ui.grid.cells import CellSource
    from keeproom.ui.window.room import Room


class RoomFiles:
    """Follows the library that is open; without one there is nothing."""

    def __init__(self) -> None:
        self._cells: RoomCells | None = None

    @property
    def cells(self) -> CellSource | None:
        return self._cells

    def follow(self, room: Room | None) -> None:
        self._cells = None if room is None else RoomCells(room)

    def thumbnail(self, sha256: str, px: int) -> Path:
        """Where a thumbnail lies, if there is one."""
        return Path() if self._cells is None else self._cells.thumbnail(sha256, px)
