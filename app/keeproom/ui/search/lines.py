"""The list below the field: what could stand at the cursor, searches of before, saved searches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from keeproom.ui import icons
from keeproom.ui.fonts import section_font, tabular
from keeproom.ui.theme.palette import colours

ROW_PX = 28
HEADING_PX = 30
PADDING_PX = 10
ICON_PX = 14
MOST_ROWS = 12
SHOWN_LONGEST = 300
Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole


class LineKind(Enum):
    """What a line is, with its icon."""

    HEADING = ""
    COMPLETION = "completion"
    SEARCH = "history"
    SAVED = "bookmark"
    CLEAR = "eraser"
    SAVE = "save"


@dataclass(frozen=True, slots=True)
class Line:
    """`text` is what it puts in, `shown` and `detail` what is read."""

    kind: LineKind
    shown: str
    detail: str = ""
    text: str = ""


class LinesModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shortened(line.shown)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (shortened(line.shown), line.detail) if part)
        return line if role == LINE_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.lines[index.row()].kind is LineKind.HEADING:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def is_choice(self, row: int) -> bool:
        return self.lines[row].kind is not LineKind.HEADING


def shortened(text: str) -> str:
    """What a line shows of a text: no breaks, and not more than any screen is wide."""
    return " ".join(text[:SHOWN_LONGEST].split()) + ("…" if len(text) > SHOWN_LONGEST else "")


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line = index.data(LINE_ROLE)
        return QSize(100, HEADING_PX if line.kind is LineKind.HEADING else ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line: Line = index.data(LINE_ROLE)
        if line.kind is LineKind.HEADING:
            self._paint_heading(painter, option, line)
        else:
            self._paint_line(painter, option, line)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, line: Line) -> None:
        painter.setFont(section_font(option.font))
        painter.setPen(colours(option.palette).secondary)
        room = option.rect.adjusted(PADDING_PX + 4, 6, -PADDING_PX, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, line.shown.upper())

    def _paint_line(self, painter: QPainter, option: QStyleOptionViewItem, line: Line) -> None:
        those = colours(option.palette)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        if on or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(those.tint if on else those.hover)
            painter.drawRoundedRect(option.rect.adjusted(4, 0, -4, 0), 5, 5)
        room = option.rect.adjusted(PADDING_PX + 4, 0, -PADDING_PX - 4, 0)
        if line.kind is not LineKind.COMPLETION:
            colour = (those.accent if on else those.secondary).name()
            ratio = option.widget.devicePixelRatioF() if option.widget else 1.0
            top = option.rect.center().y() - ICON_PX // 2 + 1
            painter.drawPixmap(room.left(), top, icons.pixmap(line.kind.value, colour, ICON_PX, ratio))
            room.adjust(ICON_PX + 8, 0, 0, 0)
        font = tabular(option.font)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        words = metrics.elidedText(shortened(line.shown), Qt.TextElideMode.ElideRight, self._room_for_words(room, line))
        painter.setPen(those.text)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        self._paint_detail(painter, room.adjusted(metrics.horizontalAdvance(words) + 16, 0, 0, 0), line, option)

    def _room_for_words(self, room: QRect, line: Line) -> int:
        return room.width() * 2 // 3 if line.detail else room.width()

    def _paint_detail(self, painter: QPainter, room: QRect, line: Line, option: QStyleOptionViewItem) -> None:
        painter.setPen(colours(option.palette).secondary)
        detail = QFontMetrics(painter.font()).elidedText(line.detail, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, detail)


class LineList(QListView):
    """Never has the keyboard: the field moves the mark. `taken` carries the line that a person wants."""

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = LinesModel(self)
        self.setModel(self._lines)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(lambda index: self.taken.emit(self._lines.lines[index.row()]))

    def show_lines(self, lines: Sequence[Line]) -> None:
        self._lines.show(lines)
        self.clearSelection()
        self.scrollToTop()

    def lines(self) -> Sequence[Line]:
        return self._lines.lines

    def marked(self) -> Line | None:
        """The line that Enter would take."""
        rows = self.selectionModel().selectedRows()
        return self._lines.lines[rows[0].row()] if rows else None

    def move_mark(self, by: int) -> None:
        """Mark the next line, or the one before; past the last is none, and then the first."""
        choices = [row for row in range(len(self._lines.lines)) if self._lines.is_choice(row)]
        if not choices:
            return
        rows = self.selectionModel().selectedRows()
        stops = [None, *choices]
        place = stops.index(rows[0].row() if rows else None)
        row = stops[(place + by) % len(stops)]
        if row is None:
            self.clearSelection()
        else:
            self.setCurrentIndex(self._lines.index(row))
            self.scrollTo(self._lines.index(row if choices[0] != row else 0))
            self.scrollTo(self._lines.index(row))

    def wanted_height(self) -> int:
        heights = [HEADING_PX if line.kind is LineKind.HEADING else ROW_PX for line in self._lines.lines]
        return sum(heights[:MOST_ROWS])
