"""The list of files: a table with a badge before what became of each file."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from keeproom.ui.flattable import FlatDelegate, FlatTable, Index
from keeproom.ui.grid.badges import BADGE_PX, paint_status
from keeproom.ui.imports.columns import OUTCOME, Said
from keeproom.ui.imports.lines import LINE_ROLE, LinesModel
from keeproom.ui.status import STATUSES
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours

GAP_PX = 8


class _Delegate(FlatDelegate):
    def paint_before(self, painter: QPainter, room: QRect, index: Index) -> QRect:
        said = index.data(LINE_ROLE) if index.column() == OUTCOME else None
        if said is None:
            return room
        self._paint_badge(
            painter, QRectF(room.left(), room.center().y() - BADGE_PX / 2 + 0.5, BADGE_PX, BADGE_PX), said
        )
        return room.adjusted(BADGE_PX + GAP_PX, 0, 0, 0)

    def _paint_badge(self, painter: QPainter, place: QRectF, said: Said) -> None:
        """The badge of the state; a small ring where the state has none, so that the words stay in line."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = STATUSES[said.state]
        if row.shape is not None:
            paint_status(painter, said.state, QPointF(place.right(), place.top()))
            return
        parent = self.parent()
        assert isinstance(parent, QWidget)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(getattr(colours(parent.palette()), row.colour), 1.8))
        painter.drawEllipse(place.center(), 3.0, 3.0)


class LinesTable(FlatTable):
    """Has the model read what comes into sight."""

    def __init__(self, model: LinesModel, parent: QWidget | None = None) -> None:
        super().__init__(model, _Delegate(), parent)
        self._lines = model
        self.setAccessibleName(tr("Files of this import"))
        self.verticalScrollBar().valueChanged.connect(self._look)
        for news in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            news.connect(self._look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look()

    def _look(self) -> None:
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        self._lines.bring(max(0, first), last if last >= 0 else self._lines.rowCount() - 1)
