"""Painting what is in sight, tile by tile, and never longer than a frame lasts.

A tile that is not there yet is built while there is time in the frame; the rest shows its colour, and is built between
this frame and the next. What may come into sight soon is built when there is nothing else to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent

from keeproom.ui.grid.headings import HeadingPainter
from keeproom.ui.grid.ids import listed
from keeproom.ui.grid.painter import CellPainter, Facts, Look, Painter, Tile
from keeproom.ui.grid.reading import Finish
from keeproom.ui.grid.rowpainter import RowPainter
from keeproom.ui.grid.thumbnails import CORNER_PX
from keeproom.ui.grid.tiles import Tiles
from keeproom.ui.theme.palette import colours

if TYPE_CHECKING:
    from keeproom.model import Cell
    from keeproom.ui.grid.view import GridView

FRAME_S = 0.009
"""So long a frame may take before it builds no more tiles: 60 frames a second, and time for the rest of the window."""
SLICE_S = 0.006


class Canvas(QObject):
    """Paints a grid. `finished` says that every cell in sight has its tile."""

    finished = Signal()

    def __init__(self, grid: GridView) -> None:
        super().__init__(grid)
        self._grid = grid
        self._tiles = Tiles()
        self._painter: Painter | None = None
        self._headings: HeadingPainter | None = None
        self._build_soon = QTimer(self, singleShot=True, interval=0)
        self._build_soon.timeout.connect(self._build)

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

    # Tiles

    def is_complete(self) -> bool:
        """Whether every cell in sight that is known has its tile."""
        return not any(self._is_missing(index) for index in self._grid.visible())

    def build_soon(self) -> None:
        self._build_soon.start()

    def frame(self, index: int) -> QRect:
        """Where in the viewport the picture of a cell is; empty when nothing is known of it."""
        cell = self._grid.cell(index)
        if cell is None:
            return QRect()
        tile = self._tile(index, cell) or self._built(index, cell)
        return tile.frame.translated(self.painter().tile_rect(self._grid.viewport_rect(index)).topLeft())

    def _facts(self, index: int, cell: Cell) -> Facts:
        grid, reading = self._grid, self._grid.reading
        return Facts(
            cell,
            reading.picture(reading.key(cell)),
            grid.fraction(cell.id),
            self.painter().tints and grid.is_selected(index),
            reading.is_hopeless(cell),
        )

    def _tile(self, index: int, cell: Cell) -> Tile | None:
        return self._tiles.get(cell.id, self._facts(index, cell), self._grid.reading.key(cell))

    def _built(self, index: int, cell: Cell) -> Tile:
        facts = self._facts(index, cell)
        tile = self.painter().build(facts)
        self._tiles.put(cell.id, facts, self._grid.reading.key(cell), tile)
        return tile

    def _is_missing(self, index: int) -> bool:
        cell = self._grid.cell(index)
        return cell is not None and self._tile(index, cell) is None

    def _build(self) -> None:
        """Build what is missing for as long as a slice lasts: first what is in sight, then what is near."""
        until = perf_counter() + SLICE_S
        grid = self._grid
        sight = grid.visible()
        done = self._build_some(sight, until)
        if done:
            self.finished.emit()
            done = self._build_some(grid.near(), until)
            self._tiles.trim(listed(grid.ids(), range(grid.near().start, grid.near().stop)))
        if not done:
            self._build_soon.start()

    def _build_some(self, span: Iterable[int], until: float) -> bool:
        """Whether none of these is missing any more."""
        for index in span:
            cell = self._grid.cell(index)
            if cell is None or self._tile(index, cell) is not None:
                continue
            if perf_counter() > until:
                return False
            self._built(index, cell)
            self._grid.update_cell(index)
        return True

    # Painting

    def paint(self, event: QPaintEvent, painter: QPainter) -> None:
        until = perf_counter() + FRAME_S
        grid, area = self._grid, event.rect()
        painter.fillRect(area, colours(grid.palette()).canvas)
        missing = self._paint_tiles(painter, area, until)
        self._paint_headings(painter, area)
        if missing:
            self._build_soon.start()

    def _paint_tiles(self, painter: QPainter, area: QRect, until: float) -> bool:
        """Whether there was no time for some."""
        grid, paint, ratio = self._grid, self.painter(), self.ratio()
        geometry, shift = grid.geometry_now(), grid.shift()
        late = False
        for index in geometry.span(area.top() - shift.y(), area.height()):
            rect = geometry.rect(index).translated(shift)
            cell = grid.cell(index)
            tile = None if cell is None else self._tile(index, cell)
            if tile is None and cell is not None and perf_counter() < until:
                tile = self._built(index, cell)
            covered = paint.tile_rect(rect)
            if tile is None:
                late = late or cell is not None
                paint.placeholder(painter, rect, cell)
                continue
            _copy(painter, covered.topLeft(), tile, ratio)
            look = self._look(index)
            if look is not None:
                paint.overlay(painter, rect, tile.frame.translated(covered.topLeft()), look)
        return late

    def _look(self, index: int) -> Look | None:
        """How a cell differs from its tile; None where it does not."""
        grid = self._grid
        selected, hovered = grid.is_selected(index), index == grid.hovered()
        current = index == grid.current_index() and grid.hasFocus()
        return Look(selected, current, hovered) if selected or current or hovered else None

    def _paint_headings(self, painter: QPainter, area: QRect) -> None:
        grid, geometry = self._grid, self._grid.geometry_now()
        if not geometry.sections:
            return
        stuck = geometry.stuck(grid.offset())
        for section in geometry.headings(area.top() + grid.offset(), area.height()):
            if stuck is None or section != stuck[0]:
                self._paint_heading(painter, section)
        if stuck is not None:
            self._paint_heading(painter, stuck[0])

    def _paint_heading(self, painter: QPainter, section: int) -> None:
        grid = self._grid
        members = grid.geometry_now().members(section)
        self.headings().paint(
            painter,
            grid.heading_rect(section),
            grid.heading_left(),
            grid.group(section),
            hovered=section == grid.hovered_section(),
            selected=grid.selection().count_in(members) == len(members),
        )

    def heading_target(self, section: int) -> QRect:
        """Where in the viewport a heading can be clicked."""
        grid = self._grid
        return self.headings().target(grid.heading_rect(section), grid.heading_left(), grid.group(section))

    def heading_circle(self, section: int) -> QRect:
        grid = self._grid
        return self.headings().circle(grid.heading_rect(section), grid.heading_left(), grid.group(section))


def _copy(painter: QPainter, place: QPoint, tile: Tile, ratio: float) -> None:
    """Copy a tile pixel by pixel, also where a logical pixel is not a whole number of them."""
    if ratio == 1.0:
        painter.drawImage(place, tile.image)
        return
    painter.save()
    painter.scale(1 / ratio, 1 / ratio)
    painter.drawImage(QPoint(round(place.x() * ratio), round(place.y() * ratio)), tile.image)
    painter.restore()
