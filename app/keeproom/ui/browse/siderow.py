"""How a row of the sidebar looks, where in it one can click, and the field in which a name is typed anew."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from keeproom.ui import icons
from keeproom.ui.browse.nodes import OWN
from keeproom.ui.browse.places import PROBLEMS, Branch
from keeproom.ui.browse.sidemodel import ROW_ROLE, Index, Row
from keeproom.ui.fonts import section_font, tabular
from keeproom.ui.texts import number, printable, tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import Line

ROW_PX = 28
LEFT_PX = 18
RIGHT_PX = 12
STEP_PX = 14
ICON_PX = 16
GAP_PX = 9
CHEVRON_PX = 12
HEADING_PX = 3
"""How much lower than the middle of its row a heading stands."""
MARGIN_PX = 6
RADIUS_PX = 6
LONGEST_NAME = 1_000


def chevron(rect: QRect, row: Row) -> QRect:
    """Where a click opens and closes a row; it is larger than what is painted."""
    return QRect(rect.left(), rect.top(), LEFT_PX + row.depth * STEP_PX, rect.height())


def adding(rect: QRect, row: Row) -> QRect:
    """Where a click on a heading adds something new below it; empty where nothing can be added."""
    if not (row.node.is_heading and row.node.branch in OWN):
        return QRect()
    return QRect(rect.right() - RIGHT_PX - ICON_PX - 4, rect.top(), ICON_PX + RIGHT_PX + 4, rect.height())


class SideRow(QStyledItemDelegate):
    """`shown` is the key of the place that is shown, `target` of the node on which something would be dropped. While it
    is `searched`, counts are of what is found: they have another colour, and the first heading says so."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.shown: str | None = None
        self.target: str | None = None
        self.searched = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row | None = index.data(ROW_ROLE)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, row)
        if row.is_open is not None:
            _paint_chevron(painter, option, row)
        (self._paint_heading if row.node.is_heading else self._paint_node)(painter, option, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        those = colours(option.palette)
        plate = QRectF(option.rect).adjusted(MARGIN_PX, 1, -MARGIN_PX, -1)
        on = row.node.key == self.shown
        if on or (option.state & QStyle.StateFlag.State_MouseOver and not row.node.is_heading):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(those.tint if on else those.hover)
            painter.drawRoundedRect(plate, RADIUS_PX, RADIUS_PX)
        focused = option.state & QStyle.StateFlag.State_HasFocus
        if focused or row.node.key == self.target:
            painter.setPen(QPen(those.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(plate.adjusted(1, 1, -1, -1), RADIUS_PX - 1, RADIUS_PX - 1)

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        those = colours(option.palette)
        painter.setFont(section_font(option.font))
        painter.setPen(those.secondary)
        room = option.rect.adjusted(LEFT_PX, HEADING_PX, -RIGHT_PX, HEADING_PX)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, row.node.text.upper())
        if self.searched and row.node.branch is Branch.LIBRARY:
            painter.setPen(those.accent)
            aligned = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room.adjusted(0, 0, -2, 0), aligned, tr("found").upper())
        plus = adding(option.rect, row)
        if not plus.isEmpty():
            _paint_icon(painter, option, plus.left() + 2, "plus", those.secondary.name(), lower=HEADING_PX)

    def _paint_node(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        those = colours(option.palette)
        on = row.node.key == self.shown
        left = option.rect.left() + LEFT_PX + row.depth * STEP_PX
        colour = those.warning if row.node.key == PROBLEMS.name else those.accent if on else those.secondary
        _paint_icon(painter, option, left, row.node.icon, colour.name())
        room = option.rect.adjusted(0, 0, -RIGHT_PX - 2, 0)
        room.setLeft(left + ICON_PX + GAP_PX)
        room.setRight(room.right() - self._paint_count(painter, option, room, row, on=on))
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold if on else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(those.text)
        words = printable(row.node.text).replace("\n", " ")
        text = QFontMetrics(font).elidedText(words[:LONGEST_NAME], Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_count(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, row: Row, *, on: bool) -> int:
        """Paint how many there are; how much room that takes."""
        if row.node.items is None:
            return 0
        those, font = colours(option.palette), tabular(option.font)
        painter.setFont(font)
        is_found = self.searched and row.node.branch is not Branch.REVIEW
        painter.setPen(those.accent if is_found else those.text if on else those.secondary)
        text = number(row.node.items)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        return QFontMetrics(font).horizontalAdvance(text) + 8

    # The field of a name

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = Line(parent=parent)
        editor.setAccessibleName(tr("New name"))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
        editor.selectAll()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        row: Row = index.data(ROW_ROLE)
        left = LEFT_PX + row.depth * STEP_PX + ICON_PX + 3
        editor.setGeometry(option.rect.adjusted(left, 0, -MARGIN_PX, 0))


def _paint_chevron(painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
    name = "chevron-down" if row.is_open else "chevron-right"
    left = option.rect.left() + 4 + row.depth * STEP_PX
    colour = colours(option.palette).secondary.name()
    _paint_icon(painter, option, left, name, colour, CHEVRON_PX, HEADING_PX if row.node.is_heading else 0)


def _paint_icon(
    painter: QPainter,
    option: QStyleOptionViewItem,
    left: int,
    name: str,
    colour: str,
    side: int = ICON_PX,
    lower: int = 0,
) -> None:
    ratio = option.widget.devicePixelRatioF() if option.widget else 1.0
    top = option.rect.top() + (option.rect.height() - side) // 2 + lower
    painter.drawPixmap(left, top, icons.pixmap(name, colour, side, ratio))
