"""What is known of the cells in sight: read by page, kept while it is likely to be wanted again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from keeproom.model import Cell

KEPT_CELLS = 8_000
"""A few KiB each; some thirty screens at 3840×2160."""


class CellSource(Protocol):
    """Where the grid's cells come from; the only thing that the grid knows of a library."""

    def fetch(self, ids: Sequence[int], on_done: Callable[[Sequence[Cell]], None]) -> None:
        """Read cells off the main thread and bring them to it; unknown ids are left out, a failure brings none."""

    def thumbnail(self, sha256: str, px: int) -> Path:
        """Where a thumbnail lies, if there is one."""

    def remake(self, sha256: str, on_done: Callable[[bool], None]) -> None:
        """Make the thumbnails of a blob again, off the main thread; then tell there whether they are there now.

        A source that can't do this says so at once.
        """
        on_done(False)


class CellStore(QObject):
    """The cells by id. `want` asks for what is missing, `arrived` tells which came.

    What is known of a changed cell is shown until the new state has come.
    """

    arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: CellSource | None = None
        self._cells: OrderedDict[int, Cell] = OrderedDict()
        self._stale: set[int] = set()
        self._asked: set[int] = set()
        self._unknown: set[int] = set()

    def set_source(self, source: CellSource | None) -> None:
        self._source = source
        self._asked.clear()

    def get(self, asset: int) -> Cell | None:
        return self._cells.get(asset)

    def put(self, cells: Iterable[Cell]) -> None:
        """Know these cells, as of now."""
        for cell in cells:
            self._cells[cell.id] = cell
            self._cells.move_to_end(cell.id)
            self._stale.discard(cell.id)
        while len(self._cells) > KEPT_CELLS:
            self._stale.discard(self._cells.popitem(last=False)[0])

    def invalidate(self, ids: Iterable[int]) -> None:
        """These have changed: they are read again when they are wanted."""
        changed = set(ids)
        self._stale |= changed & self._cells.keys()
        self._asked -= changed
        self._unknown -= changed

    def forget(self) -> None:
        """Another library: nothing known holds."""
        self._cells.clear()
        for each in (self._stale, self._asked, self._unknown):
            each.clear()

    def knows(self, ids: Iterable[int]) -> bool:
        """Whether nothing about these is still on its way."""
        return not self._missing(ids) and self._asked.isdisjoint(ids)

    def _missing(self, ids: Iterable[int]) -> list[int]:
        return [
            asset
            for asset in ids
            if (asset not in self._cells or asset in self._stale)
            and asset not in self._asked
            and asset not in self._unknown
        ]

    def want(self, ids: Sequence[int]) -> None:
        """Ask for the cells of these that are missing or stale and not asked for yet."""
        missing = self._missing(ids)
        if not missing or self._source is None:
            return
        self._asked.update(missing)
        self._source.fetch(missing, lambda cells: self._on_fetched(missing, cells))

    def _on_fetched(self, asked: Sequence[int], cells: Sequence[Cell]) -> None:
        current = self._asked.intersection(asked)
        self._asked -= current
        came = [cell for cell in cells if cell.id in current]
        self.put(came)
        self._unknown |= current - {cell.id for cell in came}
        self.arrived.emit(tuple(current))
