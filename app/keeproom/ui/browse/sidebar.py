"""The sidebar: the places that hold something, with their counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from keeproom.ui import icons
from keeproom.ui.browse.places import ALL, PLACES, PROBLEMS, Place
from keeproom.ui.fonts import section_font, tabular
from keeproom.ui.texts import number, tr
from keeproom.ui.theme.palette import colours

if TYPE_CHECKING:
    from keeproom.library.views import SidebarCounts

ROW_PX = 28
SECTION_PX = 34
PADDING_PX = 12
ICON_PX = 16
Index = QModelIndex | QPersistentModelIndex
PLACE_ROLE = Qt.ItemDataRole.UserRole
COUNT_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Row:
    """A place, or the heading of a section."""

    text: str
    place: Place | None = None
    count: int | None = None


def rows(counts: SidebarCounts | None, current: Place = ALL) -> tuple[Row, ...]:
    """Headings and places; empty places are left out, but for the one a person is at and those always there."""
    result: list[Row] = []
    section = ""
    for place in PLACES:
        count = None if counts is None else place.count(counts)
        if not (place.always or count or place == current):
            continue
        if place.section != section:
            section = place.section
            result.append(Row(section))
        result.append(Row(place.text, place, count))
    return tuple(result)


class PlacesModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows(None)

    def show(self, counts: SidebarCounts | None, current: Place = ALL) -> None:
        fresh = rows(counts, current)
        if [row.place for row in fresh] == [row.place for row in self._rows]:
            self._rows = fresh
            self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
        else:
            self.beginResetModel()
            self._rows = fresh
            self.endResetModel()

    def row_of(self, place: Place) -> QModelIndex:
        """Where a place stands; no index, when it is not shown."""
        for line, row in enumerate(self._rows):
            if row.place == place:
                return self.index(line)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(row.text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr(row.text) if row.count is None else f"{tr(row.text)}, {number(row.count)}"
        if role == PLACE_ROLE:
            return row.place
        return row.count if role == COUNT_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._rows[index.row()].place is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW_PX if index.data(PLACE_ROLE) else SECTION_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = index.data(PLACE_ROLE)
        if place is None:
            self._paint_heading(painter, option, index)
        else:
            self._paint_place(painter, option, index, place)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.setFont(section_font(option.font))
        painter.setPen(colours(option.palette).secondary)
        room = option.rect.adjusted(PADDING_PX + 4, 10, -PADDING_PX, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, str(index.data()).upper())

    def _paint_place(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, place: Place) -> None:
        those = colours(option.palette)
        elsewhere = isinstance(option.widget, Sidebar) and option.widget.is_elsewhere
        on = bool(option.state & QStyle.StateFlag.State_Selected) and not elsewhere
        if on or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(those.tint if on else those.hover)
            painter.drawRoundedRect(option.rect.adjusted(6, 1, -6, -1), 6, 6)
        colour = those.warning if place == PROBLEMS else those.accent if on else those.secondary
        left = option.rect.left() + PADDING_PX + 4
        top = option.rect.center().y() - ICON_PX // 2 + 1
        ratio = option.widget.devicePixelRatioF() if option.widget else 1.0
        painter.drawPixmap(left, top, icons.pixmap(place.icon, colour.name(), ICON_PX, ratio))
        room = option.rect.adjusted(PADDING_PX + 4 + ICON_PX + 10, 0, -PADDING_PX - 4, 0)
        taken = self._paint_count(painter, option.font, room, index, those.text if on else those.secondary)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold if on else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(those.text)
        room.setRight(room.right() - taken)
        text = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_count(self, painter: QPainter, base: QFont, room: QRect, index: Index, colour: QColor) -> int:
        count = index.data(COUNT_ROLE)
        if count is None:
            return 0
        font = tabular(base)
        painter.setFont(font)
        painter.setPen(colour)
        text = number(count)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        return QFontMetrics(font).horizontalAdvance(text) + 8


class Sidebar(QListView):
    """Says where a person wants to go; shows where they are."""

    went = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Places"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Delegate(self))
        self.viewport().setAutoFillBackground(False)
        self._model = PlacesModel(self)
        self.setModel(self._model)
        self._place = ALL
        self._counts: SidebarCounts | None = None
        self.is_elsewhere = False
        self.show_place(ALL)
        self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_counts(self, counts: SidebarCounts | None) -> None:
        self._counts = counts
        self.show_place(self._place)

    def show_place(self, place: Place) -> None:
        """Mark a place as the one that is shown, without going there."""
        self._place = place
        self._model.show(self._counts, place)
        if self.selectionModel().currentIndex().data(PLACE_ROLE) != place:
            self.setCurrentIndex(self._model.row_of(place))

    def set_elsewhere(self, elsewhere: bool) -> None:
        """Something is shown that is no place: none is marked, and each can be gone to, the last one too."""
        self.is_elsewhere = elsewhere
        self.viewport().update()

    def _on_chosen(self, index: QModelIndex) -> None:
        place = index.data(PLACE_ROLE)
        if self.is_elsewhere and place is not None:
            self.went.emit(place)

    def _on_current(self, index: QModelIndex) -> None:
        place = index.data(PLACE_ROLE) if index.isValid() else None
        if place is not None and place != self._place:
            self._place = place
            self.went.emit(place)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), colours(self.palette()).panel)
        painter.end()
        super().paintEvent(event)  # type: ignore[arg-type]
