"""The list of imports: newest first, each with its balance as a bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from keeproom.ui.fonts import tabular
from keeproom.ui.imports.parts import STATES, balance_words, found, shares, short_state, state_words
from keeproom.ui.imports.shares import paint_shares
from keeproom.ui.imports.words import exact_moment, folder_words, moment_words
from keeproom.ui.texts import plural, tooltip, tr
from keeproom.ui.theme.palette import Colours, colours

if TYPE_CHECKING:
    from keeproom.library.imports import ImportRecord

ROW_PX = 82
PADDING_PX = 12
LINE_PX = 19
BAR_PX = 6
Index = QModelIndex | QPersistentModelIndex
RECORD_ROLE = Qt.ItemDataRole.UserRole


class EntriesModel(QAbstractListModel):
    """The imports as rows; what is said of one may change while it stays where it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records: Sequence[ImportRecord] = ()

    @property
    def records(self) -> Sequence[ImportRecord]:
        return self._records

    def show(self, records: Sequence[ImportRecord]) -> None:
        """Show these; those known already keep their row, for new ones come on top."""
        known = [record.entry for record in self._records]
        fresh = [record.entry for record in records]
        more = len(fresh) - len(known)
        if more > 0 and fresh[more:] == known:
            self.beginInsertRows(QModelIndex(), 0, more - 1)
            self._records = records
            self.endInsertRows()
        elif fresh != known:
            self.beginResetModel()
            self._records = records
            self.endResetModel()
        else:
            self._records = records
        if records:
            self.dataChanged.emit(self.index(0), self.index(len(records) - 1))

    def row_of(self, entry: int) -> QModelIndex:
        """Where an import stands; no index where it is not listed."""
        for row, record in enumerate(self._records):
            if record.entry == entry:
                return self.index(row)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self._records)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        record = self._records[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return moment_words(record.started_at)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry_words(record)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip("\n".join((exact_moment(record.started_at), *record.folders)))
        return record if role == RECORD_ROLE else None


def entry_words(record: ImportRecord) -> str:
    """All that the row of an import says, as one text."""
    said = (moment_words(record.started_at), state_words(record), folder_words(record.folders), balance_words(record))
    return ", ".join(part for part in said if part)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        record: ImportRecord = index.data(RECORD_ROLE)
        those = colours(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, option, those)
        room = option.rect.adjusted(PADDING_PX, 9, -PADDING_PX, -9)
        _paint_head(painter, option, room, record, those)
        font = tabular(option.font)
        painter.setFont(font)
        painter.setPen(those.secondary)
        for line, text in ((1, folder_words(record.folders)), (2, _short_balance(record))):
            place = QRect(room.left(), room.top() + line * LINE_PX, room.width(), LINE_PX)
            elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided)
        bar = QRectF(room.left(), room.bottom() - BAR_PX + 2, room.width(), BAR_PX)
        paint_shares(painter, bar, shares(record), found(record), those)
        painter.restore()


def _short_balance(record: ImportRecord) -> str:
    return balance_words(record) or plural(found(record), "%n file", "%n files")


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, those: Colours) -> None:
    on = bool(option.state & QStyle.StateFlag.State_Selected)
    ground = QRectF(option.rect).adjusted(4.5, 2.5, -4.5, -2.5)
    if on or option.state & QStyle.StateFlag.State_MouseOver:
        focused = on and bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(those.accent, 2) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(those.tint if on else those.hover)
        painter.drawRoundedRect(ground, 6, 6)


def _paint_head(
    painter: QPainter, option: QStyleOptionViewItem, room: QRect, record: ImportRecord, those: Colours
) -> None:
    """When it was, and at the right how it stands, if it is not simply over."""
    font = tabular(option.font)
    painter.setFont(font)
    line = QRect(room.left(), room.top(), room.width(), LINE_PX)
    state = short_state(record)
    painter.setPen(getattr(those, STATES[record.state].role))
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, state)
    line.setWidth(line.width() - QFontMetrics(font).horizontalAdvance(state) - (8 if state else 0))
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    painter.setFont(bold)
    painter.setPen(those.text)
    words = QFontMetrics(bold).elidedText(moment_words(record.started_at), Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words)


class Entries(QListView):
    """The imports. `chosen` carries the one that a person went to."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Imports"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Delegate(self))
        self.viewport().setAutoFillBackground(False)
        self.entries = EntriesModel(self)
        self.setModel(self.entries)
        self._entry: int | None = None
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def record(self) -> ImportRecord | None:
        """The chosen import, as it stands now."""
        return next((record for record in self.entries.records if record.entry == self._entry), None)

    def show_records(self, records: Sequence[ImportRecord]) -> None:
        """Show these imports; the chosen one stays chosen, and what is in sight stays there."""
        self.selectionModel().blockSignals(True)
        self.entries.show(records)
        self.selectionModel().blockSignals(False)
        self.viewport().update()
        index = QModelIndex() if self._entry is None else self.entries.row_of(self._entry)
        if index.isValid():
            self.setCurrentIndex(index)
        else:
            self._entry = None

    def choose(self, entry: int | None) -> None:
        """Go to an import."""
        index = QModelIndex() if entry is None else self.entries.row_of(entry)
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)

    def _on_current(self, index: QModelIndex) -> None:
        record = index.data(RECORD_ROLE) if index.isValid() else None
        entry = None if record is None else record.entry
        if entry is not None and entry != self._entry:
            self._entry = entry
            self.chosen.emit(entry)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), colours(self.palette()).panel)
        painter.end()
        super().paintEvent(event)
