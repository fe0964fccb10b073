"""Painting what is in sight, tile by tile, and never longer than a frame lasts.

A tile that is not there yet is built while there is time in the frame; the rest shows its colour, and is built between
this frame and the next. What may come into sight soon is built when there is nothing else to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent

from keeproom.ui.grid.headings import HeadingPainter, State
from keeproom.ui.grid.painter import CellPainter, Facts, Look, Painter, Tile
from keeproom.ui.grid.reading import Finish
from keeproom.ui.grid.rowpainter import RowPainter
from keeproom.ui.grid.thumbnails import CORNER_PX
from keeproom.ui.grid.tiles import Tiles
from keeproom.ui.theme.palette import colours

if TYPE_CHECKING:
    from keeproom.model import Cell
    from keeproom.ui.grid.view import GridView

FRAME_S = 0.006
"""So long a frame may take before it builds no more tiles: 60 frames a second, and time for the rest of the window."""
SLICE_S = 0.003
PATIENCE_MS = 80
"""So long a cell in sight waits for its picture before it is built without: most come sooner, and to build it twice
would take the time that the pictures need to come."""


class Canvas(QObject):
    """Paints a grid. `finished` says that every cell in sight has its tile, `pictures_lacked` that some pictures are
    needed again."""

    finished = Signal()
    pictures_lacked = Signal()

    def __init__(self, grid: GridView) -> None:
        super().__init__(grid)
        self._grid = grid
        self._tiles = Tiles()
        self._painter: Painter | None = None
        self._headings: HeadingPainter | None = None
        self._build_soon = QTimer(self, singleShot=True, interval=0)
        self._build_soon.timeout.connect(self._build)
        self._painted = QRect()
        self._without_pictures = False
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._on_patience_lost)

    # What the look depends on

    def forget(self) -> None:
        """Another theme, font, pixel ratio, size or mode: nothing that was painted holds."""
        self._painter = self._headings = None
        self._tiles.clear()
        self._grid.viewport().update()

    def painter(self) -> Painter:
        if self._painter is None:
            self._painter = self._made_painter()
        return self._painter

    def _made_painter(self) -> Painter:
        grid, those = self._grid, colours(self._grid.palette())
        ratio, geometry = self.ratio(), grid.geometry_now()
        if geometry.shape.wide:
            return RowPainter(those, grid.font(), ratio, grid.columns.slots(), geometry.width)
        return CellPainter(those, grid.font(), ratio, geometry.shape)

    def headings(self) -> HeadingPainter:
        if self._headings is None:
            grid = self._grid
            self._headings = HeadingPainter(colours(grid.palette()), grid.font(), self.ratio())
        return self._headings

    def ratio(self) -> float:
        return self._grid.viewport().devicePixelRatioF()

    def finish(self) -> Finish:
        """How pictures are to be made."""
        ratio = self.ratio()
        canvas = colours(self._grid.palette()).canvas.rgb() & 0xFFFFFF
        corner = 2 if self._grid.geometry_now().shape.wide else CORNER_PX
        return Finish(round(self.painter().picture_px * ratio), round(corner * ratio), canvas)

    # News

    def cells_came(self, ids: Iterable[int]) -> None:
        """These are known, or known better."""
        self._tiles.invalidate(ids)
        self.build_soon()

    def pictures_came(self, shas: Iterable[str]) -> None:
        """Pictures were loaded, or are known not to come."""
        self._tiles.pictures_came(shas)
        self.build_soon()

    def source_changed(self) -> None:
        """Everything may be different; until that is known, what was painted is shown."""
        self._tiles.invalidate_all()
        self.build_soon()

    # Tiles

    def is_complete(self) -> bool:
        """Whether every cell in sight that is known has its tile."""
        grid = self._grid
        return all(self._is_final(asset) for asset in grid.ids_in(grid.visible()))

    def _is_final(self, asset: int) -> bool:
        cell = self._grid.cells.get(asset)
        if cell is None:
            return True
        return self._tiles.is_good(asset) and (self._tiles.is_pictured(asset) or not self._grid.reading.awaits(cell))

    def lacking(self, ids: Iterable[int]) -> list[int]:
        """Those of these whose pictures are wanted: they have no tile, none with a picture, or an old one."""
        tiles = self._tiles
        return [asset for asset in ids if not (tiles.is_good(asset) and tiles.is_pictured(asset))]

    def build_soon(self) -> None:
        self._build_soon.start()

    def frame(self, index: int) -> QRect:
        """Where in the viewport the picture of a cell is; empty when nothing is known of it."""
        cell = self._grid.cell(index)
        if cell is None:
            return QRect()
        tile = self._tiles.get(cell.id) or self._built(cell, self._grid.is_selected(index))
        margin = self.painter().margin
        return tile.frame.translated(self._grid.viewport_rect(index).topLeft() - QPoint(margin, margin))

    def _built(self, cell: Cell, selected: bool) -> Tile:
        """A new tile; or the old one for a moment, where its picture was let go and has to be loaded again."""
        grid, reading = self._grid, self._grid.reading
        picture = reading.picture(reading.key(cell))
        known = self._tiles.get(cell.id)
        if picture is None and known is not None and known.pictured and reading.awaits(cell):
            if self._tiles.await_picture(cell):
                self.pictures_lacked.emit()
            return known
        facts = Facts(
            cell, picture, grid.fraction(cell.id), self.painter().tints and selected, reading.is_hopeless(cell)
        )
        tile = self.painter().build(facts)
        self._tiles.put(facts, tile)
        return tile

    def _build(self) -> None:
        """Build what is missing for as long as a slice lasts: first what is in sight, then what is near."""
        until = perf_counter() + SLICE_S
        grid = self._grid
        done = self._build_some(grid.visible(), until)
        if done:
            self._without_pictures = False
            self.finished.emit()
            done = self._build_some(grid.near(), until)
            self._tiles.trim(grid.ids_in(grid.near()))
        if not done:
            self._build_soon.start()

    def _build_some(self, span: range, until: float) -> bool:
        """Whether all of these are built that can be."""
        grid = self._grid
        for index, asset in zip(span, grid.ids_in(span), strict=True):
            if self._tiles.is_good(asset):
                continue
            cell = grid.cells.get(asset)
            if cell is None or not self._is_due(cell):
                continue
            if perf_counter() > until:
                return False
            self._built(cell, grid.is_selected(index))
            grid.update_cell(index)
        return True

    def _is_due(self, cell: Cell) -> bool:
        """Whether a cell is to be built now, and not when its picture has come."""
        if self._without_pictures or not self._grid.reading.awaits(cell):
            return True
        if not self._patience.isActive():
            self._patience.start()
        return False

    def _on_patience_lost(self) -> None:
        self._without_pictures = True
        self.build_soon()

    # Painting

    def paint(self, event: QPaintEvent, painter: QPainter) -> None:
        until = perf_counter() + FRAME_S
        area = event.rect()
        self._painted = area if event.region().rectCount() == 1 else QRect()
        if self._paint_tiles(painter, area, until):
            self._build_soon.start()
        self._paint_headings(painter, area)

    def _paint_tiles(self, painter: QPainter, area: QRect, until: float) -> bool:
        """Whether there was no time for some."""
        grid, margin = self._grid, self.painter().margin
        geometry, shift = grid.geometry_now(), grid.shift()
        lefts = [geometry.left(column) + shift.x() - margin for column in range(geometry.columns)]
        around = geometry.span(area.top() - shift.y() - margin, area.height() + 2 * margin)
        rows = [(row, column, top + shift.y() - margin) for row, column, top in geometry.rows(around)]
        self._paint_ground(painter, area, [top for row, _, top in rows if len(row) == geometry.columns], lefts)
        ids, looks, late = grid.ids_in(around), self._looks(around), []
        copy, overlay = _copier(painter, self.ratio()), self.painter().overlay
        for row, column, top in rows:
            for index in row:
                asset, left = ids[index - around.start], lefts[column + index - row.start]
                tile = self._tile(index, asset, until)
                if tile is None:
                    late.append((asset, QRect(left, top, geometry.cell_width + 2 * margin, geometry.row_height)))
                    continue
                copy(left, top, tile.image)
                if index in looks:
                    overlay(painter, left, top, tile.frame, looks[index])
        return self._paint_late(painter, late)

    def _paint_ground(self, painter: QPainter, area: QRect, full_rows: Iterable[int], lefts: Sequence[int]) -> None:
        """The canvas where no tile will be: filling it below them too would take as long as copying them."""
        canvas, geometry = colours(self._grid.palette()).canvas, self._grid.geometry_now()
        if not self.ratio().is_integer():
            full_rows = ()  # between tiles there may be seams
        side, y = geometry.cell_width + 2 * self.painter().margin, area.top()
        ends = [0, *(left + side for left in lefts)]
        gaps = [(end, left - end) for end, left in zip(ends, [*lefts, area.right() + 1], strict=True) if left > end]
        for top in full_rows:
            painter.fillRect(area.left(), y, area.width(), top - y, canvas)
            for left, width in gaps:
                painter.fillRect(left, top, width, geometry.row_height, canvas)
            y = max(y, top + geometry.row_height)
        painter.fillRect(area.left(), y, area.width(), area.bottom() + 1 - y, canvas)

    def _paint_late(self, painter: QPainter, late: Sequence[tuple[int, QRect]]) -> bool:
        """What stands in for tiles there was no time for; whether some of them can be built."""
        for asset, place in late:
            self.painter().placeholder(painter, place, self._grid.cells.get(asset))
        return any(self._grid.cells.get(asset) is not None for asset, _ in late)

    def _tile(self, index: int, asset: int, until: float) -> Tile | None:
        """The tile of a cell, built if there is time; it may be out of date for a frame."""
        tile = self._tiles.get(asset)
        if tile is not None and (not self.painter().tints or tile.selected == self._grid.is_selected(index)):
            return tile
        cell = self._grid.cells.get(asset)
        if cell is None or perf_counter() > until or not self._is_due(cell):
            self._tiles.invalidate((asset,))
            return tile
        seen = self._grid.viewport_rect(index) & self._grid.viewport().rect()
        if not self._painted.contains(seen):
            self._grid.update_cell(index)  # of this cell only a part is painted now
        return self._built(cell, self._grid.is_selected(index))

    def _looks(self, span: range) -> dict[int, Look]:
        """How cells differ from their tiles, where they do."""
        grid = self._grid
        current = grid.current_index() if grid.hasFocus() else None
        selected = Look(selected=True)
        looks = {index: selected for index in span if grid.is_selected(index)}
        for index in {current, grid.hovered()} - {None}:
            assert index is not None
            looks[index] = Look(grid.is_selected(index), index == current, index == grid.hovered())
        return looks

    def _paint_headings(self, painter: QPainter, area: QRect) -> None:
        grid, geometry = self._grid, self._grid.geometry_now()
        if not geometry.sections:
            return
        stuck = geometry.stuck(grid.offset())
        for section in geometry.headings(area.top() + grid.offset(), area.height()):
            if stuck is None or section != stuck[0]:
                self._paint_heading(painter, section)
        if stuck is not None:
            self._paint_heading(painter, stuck[0], stuck=True)

    def _paint_heading(self, painter: QPainter, section: int, *, stuck: bool = False) -> None:
        grid = self._grid
        members = grid.geometry_now().members(section)
        self.headings().paint(
            painter,
            grid.heading_rect(section),
            grid.heading_left(),
            grid.heading_text(section),
            State(
                hovered=section == grid.hovered_section(),
                selected=grid.selection().count_in(members) == len(members),
                stuck=stuck,
            ),
        )

    def heading_target(self, section: int) -> QRect:
        """Where in the viewport a heading can be clicked."""
        grid = self._grid
        return self.headings().target(grid.heading_rect(section), grid.heading_left(), grid.heading_text(section))

    def heading_circle(self, section: int) -> QRect:
        grid = self._grid
        return self.headings().circle(grid.heading_rect(section), grid.heading_left(), grid.heading_text(section))


def _copier(painter: QPainter, ratio: float) -> Callable[[int, int, QImage], None]:
    """What copies a tile pixel by pixel, also where a logical pixel is not a whole number of them."""
    if ratio == 1.0:
        return painter.drawImage

    def copy(left: int, top: int, image: QImage) -> None:
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        painter.drawImage(round(left * ratio), round(top * ratio), image)
        painter.restore()

    return copy
