"""The tree of tags on the screen: rows, the headings that sort, the keys."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from keeproom.ui import icons
from keeproom.ui.fonts import tabular
from keeproom.ui.tags.model import COUNT, LEFT, NAME, OWN, RIGHT, TagsModel
from keeproom.ui.tags.tree import Node, Order
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.widgets import Line

ROW_PX = 30
HEADER_PX = 32
INDENT_PX = 20
COUNT_PX = 110
NARROW_PX = 420
WIDEST_NAME_PX = 640
PADDING_PX = 12
ICON_PX = 14
OPEN_AT_MOST = 300
"""A tree of more tags begins folded."""
Index = QModelIndex | QPersistentModelIndex

_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COPY, _ALL = QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll
_ORDERS = {NAME: Order.NAME, COUNT: Order.COUNT}


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        those = colours(option.palette)
        view = option.widget
        assert isinstance(view, TagsView)
        node = view.tags.node(index)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if on:
            painter.fillRect(option.rect, those.tint)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = tabular(option.font)
        painter.setFont(font)
        room = option.rect.adjusted(4 if index.column() == NAME else PADDING_PX, 0, -PADDING_PX, 0)
        if index.column() == NAME:
            room = self._paint_icon(painter, room, node, view)
        quiet = index.column() == OWN or not node.count
        painter.setPen(those.secondary if quiet and not on else those.text)
        words = self._words(node, index)
        mode = Qt.TextElideMode.ElideRight
        text = QFontMetrics(font).elidedText(words, mode, room.width())
        painter.drawText(room, index.data(Qt.ItemDataRole.TextAlignmentRole) | Qt.TextFlag.TextSingleLine, text)
        painter.restore()

    def _words(self, node: Node, index: Index) -> str:
        if index.column() == COUNT and node.is_tag and not node.count:
            return tr("unused")
        return str(index.data() or "")

    def _paint_icon(self, painter: QPainter, room: QRect, node: Node, view: QWidget) -> QRect:
        those = colours(view.palette())
        colour = (those.accent if node.count else those.disabled) if node.is_tag else those.disabled
        name = "tag" if node.is_tag else "folder"
        top = room.center().y() - ICON_PX // 2 + 1
        painter.drawPixmap(room.left(), top, icons.pixmap(name, colour.name(), ICON_PX, view.devicePixelRatioF()))
        return room.adjusted(ICON_PX + 8, 0, 0, 0)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = Line(parent=parent)
        editor.setAccessibleName(tr("New name"))
        editor.setMaxLength(4_000)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(18, 1, 0, -1))


class _Header(QHeaderView):
    """Headings that sort, flat, with an arrow beside the one that does."""

    def __init__(self, view: TagsView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setFixedHeight(HEADER_PX)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(False)
        self.setMinimumSectionSize(40)

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        beside = self.viewport().rect().adjusted(self.length(), 0, 0, 0)
        painter.fillRect(beside, those.base)
        painter.fillRect(beside.left(), beside.bottom(), beside.width(), 1, those.separator)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        those = colours(self.palette())
        painter.fillRect(rect, those.base)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, those.separator)
        tags = self._view.tags
        text = str(tags.headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        font = QFont(self.font())
        sorts = _ORDERS.get(logicalIndex) is tags.order
        if sorts:
            text = f"{text} {'↓' if tags.descending else '↑'}"
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(those.text if sorts else those.secondary)
        alignment = LEFT if logicalIndex == NAME else RIGHT
        painter.drawText(rect.adjusted(PADDING_PX, 0, -PADDING_PX, -1), alignment, text)


class TagsView(QTreeView):
    """`opened` carries the names whose items are to be shown; `asked_to_delete` that the chosen ones are to go."""

    opened = Signal(object)
    asked_to_delete = Signal()
    asked_for_menu = Signal(QPoint)
    chosen_changed = Signal()

    def __init__(self, tags: TagsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tags = tags
        self._open: dict[str, bool] = {}
        self._chosen: list[str] = []
        self._current = ""
        self._is_laying_out = False
        self.setAccessibleName(tr("Tags"))
        self.setHeader(_Header(self))
        self.setModel(tags)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setIndentation(INDENT_PX)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.header().sectionClicked.connect(self._on_heading)
        self.expanded.connect(lambda index: self._on_folded(index, True))
        self.collapsed.connect(lambda index: self._on_folded(index, False))
        self.doubleClicked.connect(lambda _index: self._on_opened())
        self.selectionModel().selectionChanged.connect(lambda *_: self._on_selection())
        tags.modelAboutToBeReset.connect(self._before_reset)
        tags.modelReset.connect(self._after_reset)

    # What is chosen

    def chosen(self) -> list[Node]:
        """The selected nodes, from top to bottom."""
        rows = self.selectionModel().selectedRows(NAME)
        return [self.tags.node(index) for index in sorted(rows, key=lambda index: self.visualRect(index).top())]

    def choose(self, keys: list[str]) -> None:
        """Select the tags of these folded names, and bring the first into sight."""
        indexes = [index for key in keys if (index := self.tags.index_of(key)).isValid()]
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().clearSelection()
        for index in indexes:
            self.selectionModel().select(index, flag.Select | flag.Rows)
        if indexes:
            self.selectionModel().setCurrentIndex(indexes[0], flag.NoUpdate)
            self.scrollTo(indexes[0])

    def neighbour(self) -> str:
        """The folded name of the row below the chosen ones and what they hold, or else above; empty without one."""
        rows = [index for node in self.chosen() for index in [self.tags.index_of(node.key)]]
        if not rows:
            return ""
        index = self.indexBelow(rows[-1])
        while index.isValid() and any(_is_within(index, row) for row in rows):
            index = self.indexBelow(index)
        index = index if index.isValid() else self.indexAbove(rows[0])
        return self.tags.node(index).key if index.isValid() else ""

    def rename(self) -> None:
        """Write the name of the current tag anew, where it stands."""
        index = self.currentIndex().siblingAtColumn(NAME)
        if index.isValid():
            self.edit(index)

    def _on_selection(self) -> None:
        if not self._is_laying_out:
            self.chosen_changed.emit()

    # Resets keep what a person has unfolded and chosen

    def _before_reset(self) -> None:
        self._chosen = [node.key for node in self.chosen()]
        current = self.currentIndex()
        self._current = self.tags.node(current).key if current.isValid() else ""
        self._is_laying_out = True

    def _after_reset(self) -> None:
        place = self.verticalScrollBar().value()
        if self.tags.is_filtered:
            self.expandAll()
        else:
            self._unfold()
        flag = QItemSelectionModel.SelectionFlag
        for key in self._chosen:
            index = self.tags.index_of(key)
            if index.isValid():
                self.selectionModel().select(index, flag.Select | flag.Rows)
        current = self.tags.index_of(self._current)
        if not current.isValid() and self.tags.rowCount():
            current = self.tags.index(0, NAME)
        self.selectionModel().setCurrentIndex(current, flag.NoUpdate)
        self.verticalScrollBar().setValue(place)
        self._is_laying_out = False
        self.chosen_changed.emit()

    def _unfold(self) -> None:
        by_itself = self.tags.tree.tags <= OPEN_AT_MOST
        if by_itself and not self._open:
            self.expandAll()
            return
        for node in self.tags.tree.nodes():
            if node.children and self._open.get(node.key, by_itself):
                self.setExpanded(self.tags.index_of(node.key), True)

    def _on_folded(self, index: QModelIndex, is_open: bool) -> None:
        if not self._is_laying_out and not self.tags.is_filtered:
            self._open[self.tags.node(index).key] = is_open

    # What a person does

    def _on_heading(self, section: int) -> None:
        order = _ORDERS.get(section)
        if order is not None:
            again = order is self.tags.order
            self.tags.sort_by(order, descending=not self.tags.descending if again else order is Order.COUNT)
            self.header().viewport().update()

    def _on_opened(self) -> None:
        names = [node.name for node in self.chosen()]
        if names:
            self.opened.emit(names)

    def _on_menu(self, place: QPoint) -> None:
        self.asked_for_menu.emit(self.viewport().mapToGlobal(place))

    def copy(self) -> None:
        """Put the chosen names on the clipboard, a line each."""
        QGuiApplication.clipboard().setText("\n".join(node.name for node in self.chosen()))

    def event(self, event: QEvent) -> bool:
        """What the tree does itself, no action of the window takes from it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() in _OPENING:
            self._on_opened()
        elif event.key() == Qt.Key.Key_F2:
            self.rename()
        elif event.key() == Qt.Key.Key_Delete:
            self.asked_to_delete.emit()
        elif event.matches(_COPY):
            self.copy()
        else:
            super().keyPressEvent(event)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A selected row is tinted from edge to edge; lines around the row that has the keyboard."""
        those = colours(self.palette())
        if self.selectionModel().isRowSelected(index.row(), index.parent()):
            painter.fillRect(0, option.rect.top(), self.viewport().width(), option.rect.height(), those.tint)
        flat = QStyleOptionViewItem(option)
        flat.palette.setColor(QPalette.ColorRole.Highlight, those.tint)
        super().drawRow(painter, flat, index)
        current = self.currentIndex()
        if self.hasFocus() and current.isValid() and current.internalId() == index.internalId():
            painter.fillRect(0, option.rect.top(), self.viewport().width(), 1, those.accent)
            painter.fillRect(0, option.rect.bottom(), self.viewport().width(), 1, those.accent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        own = COUNT_PX if width > NARROW_PX else 0
        self.setColumnHidden(OWN, not own)
        self.setColumnWidth(COUNT, COUNT_PX)
        self.setColumnWidth(OWN, own or COUNT_PX)
        self.setColumnWidth(NAME, max(120, min(WIDEST_NAME_PX, width - COUNT_PX - own)))


def _is_within(index: QModelIndex, top: QModelIndex) -> bool:
    """Whether an index is another one, or stands below it."""
    while index.isValid() and index != top:
        index = index.parent()
    return index.isValid()


def _is_own(event: QKeyEvent) -> bool:
    keys = (*_OPENING, Qt.Key.Key_F2, Qt.Key.Key_Delete)
    return (event.key() in keys and not event.modifiers()) or event.matches(_COPY) or event.matches(_ALL)
