"""Tables of pages: flat, light at any length, with columns from a table and the keys that people know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from keeproom.ui.fonts import tabular
from keeproom.ui.texts import tooltip, tr
from keeproom.ui.theme.palette import colours

T = TypeVar("T")

ROW_PX = 30
HEADER_PX = 30
PADDING_PX = 12
SHEET_RADIUS_PX = 8
Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COPY, _ALL = QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """`least` is how many pixels it needs, `share` its part of the room that is left over. Where it is narrow, the
    column with the lowest `rank` goes first. `quiet` is in the secondary colour, `elide` is where it is shortened."""

    text: str
    value: Callable[[T], str]
    least: int
    share: int
    rank: int
    alignment: Qt.AlignmentFlag = LEFT
    quiet: bool = False
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight


def column_widths(columns: Sequence[Column[Any]], room: int) -> list[int]:
    """How wide each column is; 0 for those that there is no room for."""
    shown = sorted(columns, key=lambda column: -column.rank)
    while len(shown) > 1 and sum(column.least for column in shown) > room:
        shown.pop()
    spare = max(0, room - sum(column.least for column in shown))
    shares = sum(column.share for column in shown) or 1
    result = [column.least + spare * column.share // shares if column in shown else 0 for column in columns]
    result[columns.index(shown[0])] += room - sum(result)
    return result


class ColumnsModel(QAbstractTableModel):
    """What all of these tables answer alike: the columns and their headings."""

    def __init__(self, columns: Sequence[Column[Any]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.columns[section].alignment
        return tr(self.columns[section].text) if role == Qt.ItemDataRole.DisplayRole else None


class RowsModel(ColumnsModel, Generic[T]):
    """Rows that are all known."""

    def __init__(self, columns: Sequence[Column[T]], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self.rows: Sequence[T] = ()

    def show(self, rows: Sequence[T]) -> None:
        """Show these rows in place of the others; what stands before and behind what has changed is left alone."""
        before, after = self.rows, rows
        first = _alike(before, after)
        last = _alike(before[first:][::-1], after[first:][::-1])
        gone, come = len(before) - first - last, len(after) - first - last
        if gone == come:
            self.rows = rows
            if gone:
                self.dataChanged.emit(self.index(first, 0), self.index(first + gone - 1, len(self.columns) - 1))
            return
        if gone:
            self.beginRemoveRows(QModelIndex(), first, first + gone - 1)
            self.rows = [*before[:first], *before[first + gone :]]
            self.endRemoveRows()
        if come:
            self.beginInsertRows(QModelIndex(), first, first + come - 1)
            self.rows = rows
            self.endInsertRows()

    def show_columns(self, columns: Sequence[Column[T]], rows: Sequence[T]) -> None:
        self.beginResetModel()
        self.columns, self.rows = columns, rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.alignment
        if role == Qt.ItemDataRole.DisplayRole:
            return column.value(self.rows[index.row()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(column.text)}: {column.value(self.rows[index.row()])}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(column.value(self.rows[index.row()]))
        return None


def _alike(one: Sequence[object], other: Sequence[object]) -> int:
    """How many of the first elements are the same."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


class FlatDelegate(QStyledItemDelegate):
    """Text, shortened where it has no room; a line around the row that has the keyboard."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        those = colours(option.palette)
        model = index.model()
        assert isinstance(model, ColumnsModel)
        column = model.columns[index.column()]
        painter.save()
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        if on:
            painter.fillRect(option.rect, those.tint)
        view = option.widget
        if isinstance(view, QTableView) and view.hasFocus() and view.currentIndex().row() == index.row():
            left, width = option.rect.left(), option.rect.width()
            painter.fillRect(left, option.rect.top(), width, 1, those.accent)
            painter.fillRect(left, option.rect.bottom(), width, 1, those.accent)
        room = self.paint_before(painter, option.rect.adjusted(PADDING_PX, 0, -PADDING_PX, 0), index)
        font = tabular(option.font)
        painter.setFont(font)
        painter.setPen(those.secondary if column.quiet and not on else those.text)
        words = str(index.data() or "").replace("\n", " ")
        text = QFontMetrics(font).elidedText(words, column.elide, room.width())
        painter.drawText(room, column.alignment | Qt.TextFlag.TextSingleLine, text)
        painter.restore()

    def paint_before(self, painter: QPainter, room: QRect, index: Index) -> QRect:
        """Paint what stands before the text; the room that is left for it."""
        return room


class _Header(QHeaderView):
    """Headings that align with their cells, without bevels."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(HEADER_PX)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        those = colours(self.palette())
        painter.fillRect(rect, those.base)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, those.separator)
        role = Qt.ItemDataRole.TextAlignmentRole
        alignment = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal, role)
        text = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        painter.setPen(those.secondary)
        room = rect.adjusted(PADDING_PX, 0, -PADDING_PX, -1)
        words = QFontMetrics(self.font()).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, alignment or LEFT, words)


class FlatTable(QTableView):
    """`opened` carries the row that is to be shown, by double click or Enter; `copied` says that a person wants the
    chosen rows on the clipboard, `asked_for_menu` where a context menu is wanted."""

    opened = Signal(int)
    copied = Signal()
    asked_for_menu = Signal(object)
    chosen_changed = Signal()

    def __init__(self, model: ColumnsModel, delegate: FlatDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns_model = model
        self.setHorizontalHeader(_Header(self))
        self.setModel(model)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW_PX)
        rows.setDefaultSectionSize(ROW_PX)
        rows.hide()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        model.modelReset.connect(self.chosen_changed)  # the selection model says nothing of what it loses by that

    def chosen_ranges(self) -> list[tuple[int, int]]:
        """First and last row of each stretch that is selected, in order."""
        return sorted((part.top(), part.bottom()) for part in self.selectionModel().selection().toList())

    def chosen_rows(self) -> list[int]:
        """Every selected row, in order."""
        return [row for first, last in self.chosen_ranges() for row in range(first, last + 1)]

    def select_row(self, row: int) -> None:
        """Choose one row and bring it into sight."""
        index = self._columns_model.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def fit_columns(self) -> None:
        """Give the columns the room that there is."""
        for section, width in enumerate(column_widths(self._columns_model.columns, self.viewport().width())):
            self.setColumnHidden(section, not width)
            if width:
                self.setColumnWidth(section, width)

    def event(self, event: QEvent) -> bool:
        """What the table does itself, no action of the window takes from it: opening, copying, selecting all."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENING and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif event.matches(_COPY):
            self.copied.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def _on_menu(self, place: QPoint) -> None:
        self.asked_for_menu.emit(self.viewport().mapToGlobal(place))


class Framed(QFrame):
    """A table on a page: a sheet with round corners."""

    def __init__(self, table: FlatTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 6)
        column.addWidget(table)

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(those.separator, 1))
        painter.setBrush(those.base)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), SHEET_RADIUS_PX, SHEET_RADIUS_PX)


def _is_own(event: QKeyEvent) -> bool:
    return event.key() in _OPENING or event.matches(_COPY) or event.matches(_ALL)
