"""The finished cells, kept while they are likely to be seen again."""

from __future__ import annotations

from collections.abc import Iterable

from keeproom.model import Cell
from keeproom.ui.grid.painter import Facts, Tile

KEPT_BYTES = 160_000_000
"""Some four screens at 3840×2160."""


class Tiles:
    """Tiles by id. One that is out of date is shown until there is a newer one; who knows of news tells them here."""

    def __init__(self) -> None:
        self._tiles: dict[int, Tile] = {}
        self._stale: set[int] = set()
        self._waiting: dict[str, set[int]] = {}
        self._bytes = 0

    def get(self, asset: int) -> Tile | None:
        return self._tiles.get(asset)

    def is_good(self, asset: int) -> bool:
        """Whether there is a tile, and it shows all that was known when it was asked last."""
        return asset in self._tiles and asset not in self._stale

    def is_pictured(self, asset: int) -> bool:
        """Whether there is a tile with its picture."""
        tile = self._tiles.get(asset)
        return tile is not None and tile.pictured

    def await_picture(self, cell: Cell) -> bool:
        """This one has lost its picture and needs it again; whether that is news."""
        waiting = self._waiting.setdefault(cell.sha256, set())
        is_news = cell.id not in waiting
        waiting.add(cell.id)
        return is_news

    def put(self, facts: Facts, tile: Tile) -> None:
        asset = facts.cell.id
        self.drop(asset)
        self._tiles[asset] = tile
        self._bytes += tile.image.sizeInBytes()
        if not tile.pictured:
            self._waiting.setdefault(facts.cell.sha256, set()).add(asset)

    def drop(self, asset: int) -> None:
        tile = self._tiles.pop(asset, None)
        self._stale.discard(asset)
        if tile is not None:
            self._bytes -= tile.image.sizeInBytes()

    def invalidate(self, ids: Iterable[int]) -> None:
        """There is news of these."""
        self._stale.update(asset for asset in ids if asset in self._tiles)

    def invalidate_all(self) -> None:
        self._stale.update(self._tiles)

    def pictures_came(self, shas: Iterable[str]) -> set[int]:
        """Cells that waited for these pictures; they are out of date now."""
        ids = {asset for sha256 in shas for asset in self._waiting.pop(sha256, ())}
        self.invalidate(ids)
        return ids

    def trim(self, wanted: Iterable[int]) -> None:
        """Let the oldest go where there are too many, but none of these."""
        if self._bytes <= KEPT_BYTES:
            return
        near = set(wanted)
        for asset in [asset for asset in self._tiles if asset not in near]:
            self.drop(asset)
            if self._bytes <= KEPT_BYTES:
                break
        self._waiting = {sha256: kept for sha256, ids in self._waiting.items() if (kept := ids & self._tiles.keys())}

    def clear(self) -> None:
        for each in (self._tiles, self._stale, self._waiting):
            each.clear()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._tiles)
