"""The list under a tag field: tags that may be meant, with their counts, and the way to make a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from keeproom.ui import icons
from keeproom.ui.describe.suggesting import Suggestion
from keeproom.ui.fonts import tabular
from keeproom.ui.texts import number, printable, tooltip, tr
from keeproom.ui.theme.palette import colours

ROW_PX = 28
PADDING_PX = 10
ICON_PX = 14
LAID_OUT_LONGEST = 400
_ROLE = Qt.ItemDataRole.UserRole


class SuggestionList(QListWidget):
    """`chosen` carries the suggestion that was clicked. The keyboard stays where it is: the field moves the row."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Suggested tags"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setItemDelegate(_Delegate(self))
        self.itemClicked.connect(lambda item: self.chosen.emit(item.data(_ROLE)))

    def show_suggestions(self, those: Sequence[Suggestion], *, marked: bool = True) -> None:
        """Show these, the first one marked, or none."""
        self.clear()
        for suggestion in those:
            item = QListWidgetItem(_words(suggestion), self)
            item.setData(_ROLE, suggestion)
            item.setToolTip(tooltip(suggestion.name[:LAID_OUT_LONGEST]))
        self.setCurrentRow(0 if those and marked else -1)

    def current(self) -> Suggestion | None:
        item = self.currentItem()
        marked = None if item is None else item.data(_ROLE)
        return marked if isinstance(marked, Suggestion) else None

    def step(self, by: int) -> None:
        """Mark the next one, or the one before; round at the ends."""
        if self.count():
            start = self.currentRow() if self.currentRow() >= 0 or by > 0 else 0
            self.setCurrentRow((start + by) % self.count())

    def height_wanted(self) -> int:
        return self.count() * ROW_PX + 2


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        those = colours(option.palette)
        suggestion: Suggestion = index.data(_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = option.state & QStyle.StateFlag.State_Selected
            painter.setPen(QPen(Qt.PenStyle.NoPen))
            painter.setBrush(those.tint if chosen else those.hover)
            painter.drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), 5, 5)
        room = option.rect.adjusted(PADDING_PX, 0, -PADDING_PX, 0)
        painter.setFont(tabular(option.font))
        if suggestion.creates:
            plus = icons.pixmap("plus", those.accent.name(), ICON_PX, painter.device().devicePixelRatioF())
            painter.drawPixmap(room.left(), room.center().y() - ICON_PX // 2 + 1, plus)
            room.adjust(ICON_PX + 6, 0, 0, 0)
        elif suggestion.count:
            painter.setPen(those.secondary)
            painter.drawText(
                room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number(suggestion.count)
            )
            room.adjust(0, 0, -painter.fontMetrics().horizontalAdvance(number(suggestion.count)) - 8, 0)
        painter.setPen(those.text)
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        painter.restore()


def _words(suggestion: Suggestion) -> str:
    line = " ".join(printable(suggestion.name)[:LAID_OUT_LONGEST].split())
    return tr("Create tag “{name}”").replace("{name}", line) if suggestion.creates else line
