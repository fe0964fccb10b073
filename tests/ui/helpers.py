"""What several tests of the window use: made-up cells, and short forms."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QImage

from keeproom.model import Cell, Kind, Status
from keeproom.ui.window.main import MainWindow


def ids_of(values: Iterable[int]) -> array[int]:
    return array("q", values)


def ready(window: MainWindow) -> bool:
    """Whether the window shows a library, and nothing goes on in it."""
    known = window.room is not None and window.shelf.counts is not None
    return known and not window.activity.working and window.is_complete()


def make_cell(asset: int, **facts: object) -> Cell:
    """A cell that is ready and has a thumbnail, but for what is said otherwise."""
    known: dict[str, object] = {
        "id": asset,
        "name": f"IMG_{asset:04}.jpg",
        "kind": Kind.IMAGE,
        "sha256": f"{asset:064x}",
        "status": Status.READY,
        "thumbnailed": True,
        "colour": 0x336699,
        "width": 400,
        "height": 300,
        "duration_s": None,
        "rating": 0,
        "label": None,
        "flag": None,
        "version": 1,
    }
    return Cell(**{**known, **facts})  # type: ignore[arg-type]


class Source:
    """Cells of a made-up library; its thumbnails lie in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.facts: dict[int, dict[str, object]] = {}
        self.asked: list[list[int]] = []
        self.remade: list[str] = []
        self.can_remake = True

    def fetch(self, ids: Sequence[int], on_done: Callable[[Sequence[Cell]], None]) -> None:
        self.asked.append(list(ids))
        cells = [make_cell(asset, **self.facts.get(asset, {})) for asset in ids]
        QTimer.singleShot(0, lambda: on_done(cells))

    def thumbnail(self, sha256: str, px: int) -> Path:
        return self.folder / f"{sha256}-{px}.jpg"

    def remake(self, sha256: str, on_done: Callable[[bool], None]) -> None:
        """Make the thumbnail again, green, if that can be done."""
        self.remade.append(sha256)
        if self.can_remake:
            self.store(int(sha256, 16), "#00FF00")
        QTimer.singleShot(0, lambda: on_done(self.can_remake))

    def store(self, asset: int, colour: str, size: tuple[int, int] = (256, 192)) -> None:
        image = QImage(*size, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        assert image.save(str(self.thumbnail(f"{asset:064x}", 256)))
