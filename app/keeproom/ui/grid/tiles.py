"""The finished cells, kept while they are likely to be seen again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from keeproom.ui.grid.painter import Facts, Tile
from keeproom.ui.grid.thumbnails import Key

KEPT_BYTES = 160_000_000
"""Some four screens at 3840×2160."""


@dataclass(frozen=True, slots=True)
class _Kept:
    tile: Tile
    facts: Facts
    key: Key | None
    pictured: bool


class Tiles:
    """Tiles by id. One that shows what is no longer so counts as missing, without anybody telling."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._bytes = 0

    def get(self, asset: int, facts: Facts, key: Key | None) -> Tile | None:
        """The tile that shows these facts; a picture that was let go since does not count as another one."""
        kept = self._kept.get(asset)
        if kept is None or not _shows(kept, facts, key):
            return None
        return kept.tile

    def put(self, asset: int, facts: Facts, key: Key | None, tile: Tile) -> None:
        self.drop(asset)
        self._kept[asset] = _Kept(tile, replace(facts, picture=None), key, facts.picture is not None)
        self._bytes += tile.image.sizeInBytes()

    def drop(self, asset: int) -> None:
        kept = self._kept.pop(asset, None)
        if kept is not None:
            self._bytes -= kept.tile.image.sizeInBytes()

    def trim(self, wanted: Iterable[int]) -> None:
        """Let the oldest go where there are too many, but none of these."""
        if self._bytes <= KEPT_BYTES:
            return
        near = set(wanted)
        for asset in [asset for asset in self._kept if asset not in near]:
            self.drop(asset)
            if self._bytes <= KEPT_BYTES:
                return

    def clear(self) -> None:
        self._kept.clear()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._kept)


def _shows(kept: _Kept, facts: Facts, key: Key | None) -> bool:
    was = kept.facts
    return (
        was.cell is facts.cell
        and kept.key == key
        and (kept.pictured or facts.picture is None)
        and (was.fraction, was.selected, was.hopeless) == (facts.fraction, facts.selected, facts.hopeless)
    )
