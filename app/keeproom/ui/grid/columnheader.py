"""The line above the list: titles that sort with a click, borders to drag, and a menu of the columns there are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF, QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from keeproom.ui.grid.columns import COLUMNS, FIRST, NAME_PX, NARROWEST_PX, Chosen, Slot, read_columns, write_columns
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours

HEADER_PX = 28
PADDING_PX = 8
ARROW_PX = 14


class ColumnHeader(QHeaderView):
    """`changed` says that columns are elsewhere or wider; `kept` carries the text to keep when that has come to rest.

    `sort_chosen` carries the key of a column that was clicked.
    """

    changed = Signal()
    kept = Signal(str)
    sort_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._names = list(COLUMNS)
        self._own = False
        self._filling = False
        self._sort: str | None = None
        self._descending = False
        model = QStandardItemModel(0, len(self._names), self)
        for section, row in enumerate(COLUMNS.values()):
            model.setHeaderData(section, Qt.Orientation.Horizontal, tr(row.title))
        self.setModel(model)
        self.setAccessibleName(tr("Columns"))
        self.setToolTip(tr("Click to sort, drag to move, right click to choose columns"))
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setMinimumSectionSize(NARROWEST_PX)
        self.setHighlightSections(False)
        self._keep_soon = QTimer(self, singleShot=True, interval=400)
        self._keep_soon.timeout.connect(lambda: self.kept.emit(self.text()))
        self.set_text("")
        self.sectionResized.connect(self._on_changed)
        self.sectionMoved.connect(self._on_changed)
        self.sectionClicked.connect(self._on_clicked)

    def set_text(self, text: str) -> None:
        """Show the columns as the text tells; an empty one as they are for somebody who never chose."""
        self._own = bool(text)
        self._filling = True
        for place, chosen in enumerate(read_columns(text)):
            section = self._names.index(chosen.name)
            self.moveSection(self.visualIndex(section), place)
            self.setSectionHidden(section, not chosen.shown)
            if chosen.shown:
                self.resizeSection(section, chosen.width)
        self._filling = False

    def text(self) -> str:
        """The text to keep."""
        sections = (self.logicalIndex(place) for place in range(self.count()))
        return write_columns(
            [
                Chosen(
                    self._names[section],
                    self.sectionSize(section) or COLUMNS[self._names[section]].width,
                    not self.isSectionHidden(section),
                )
                for section in sections
            ]
        )

    def fill(self, width: int) -> None:
        """Give the name what is left of the width, as long as nobody has chosen widths."""
        if self._own:
            return
        self._filling = True
        name = self._names.index(FIRST)
        self.resizeSection(name, max(NAME_PX, width - self.length() + self.sectionSize(name)))
        self._filling = False

    def slots(self) -> tuple[Slot, ...]:
        """The columns in sight, from left to right; places are those of the whole content."""
        sections = (self.logicalIndex(place) for place in range(self.count()))
        return tuple(
            Slot(COLUMNS[self._names[section]], self.sectionPosition(section), self.sectionSize(section))
            for section in sections
            if not self.isSectionHidden(section)
        )

    def sort_key(self) -> str:
        """By what the list is ordered; empty while nobody has said."""
        return self._sort or ""

    def show_sort(self, key: str | None, *, descending: bool) -> None:
        self._sort, self._descending = key, descending
        self.viewport().update()

    def show_column(self, name: str, *, shown: bool) -> None:
        """Show a column, or no longer; the first stays."""
        if name != FIRST:
            section = self._names.index(name)
            self.setSectionHidden(section, not shown)
            if shown and not self.sectionSize(section):
                self.resizeSection(section, COLUMNS[name].width)
            self._on_changed()

    def menu(self) -> QMenu:
        """The columns there are, with marks at those that are shown."""
        result = QMenu(self)
        result.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for section, name in enumerate(self._names):
            action = result.addAction(tr(COLUMNS[name].title))
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(section))
            action.setEnabled(name != FIRST)
            action.toggled.connect(self._shower(name))
        return result

    def _shower(self, name: str) -> Callable[[bool], None]:
        return lambda shown: self.show_column(name, shown=shown)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def _on_clicked(self, section: int) -> None:
        key = COLUMNS[self._names[section]].sort
        if key is not None:
            self.sort_chosen.emit(key)

    def _on_changed(self) -> None:
        if self._filling:
            return
        self._own = True
        self.changed.emit()
        self._keep_soon.start()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEADER_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), those.panel)
        painter.fillRect(0, self.height() - 1, self.width(), 1, those.separator)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for slot in self.slots():
            self._paint_title(painter, slot)
        painter.end()

    def _paint_title(self, painter: QPainter, slot: Slot) -> None:
        those = colours(self.palette())
        rect = QRect(slot.left - self.offset(), 0, slot.width, self.height() - 1)
        painter.fillRect(rect.right(), 7, 1, rect.height() - 13, those.separator)
        sorted_by = slot.column.sort is not None and slot.column.sort == self._sort
        painter.setPen(those.text if sorted_by else those.secondary)
        room = rect.adjusted(PADDING_PX, 0, -PADDING_PX - (ARROW_PX if sorted_by else 0), 0)
        title = tr(slot.column.title)
        text = QFontMetrics(self.font()).elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, slot.align, text)
        if sorted_by:
            self._paint_arrow(painter, QPoint(rect.right() - PADDING_PX - 4, rect.center().y()))

    def _paint_arrow(self, painter: QPainter, middle: QPoint) -> None:
        down = 1 if self._descending else -1
        points = [QPointF(middle) + QPointF(x, y * down) for x, y in ((-3.5, -1.5), (0, 2), (3.5, -1.5))]
        painter.setPen(QPen(colours(self.palette()).text, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF(points))
