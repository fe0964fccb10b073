"""The tree of tags as a model: three columns, names that can be written anew, tags that can be dragged."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from keeproom.ui.tags.tree import Node, Order, Tree, in_order, matching
from keeproom.ui.texts import number, plural, tooltip, tr

NAME, COUNT, OWN = range(3)
COLUMNS = ("Tag", "Items", "Directly")
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
MIME = "application/x-keeproom-tags"
SHOWN_LONGEST = 300
_NO_PARENT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class TagsModel(QAbstractItemModel):
    """`renamed` carries a tag's name and the one it is to have, `moved` names and the tag they are to stand below."""

    renamed = Signal(str, str)
    moved = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tree = Tree()
        self._filter = ""
        self._only_unused = False
        self.order, self.descending = Order.NAME, False
        self._lay_out()

    # What is shown

    def show(self, tree: Tree) -> bool:
        """Show this; whether rows came, went or moved, so that all of them are others."""
        before, self.tree = self.tree, tree
        if before.facts() == tree.facts():
            self.tree = before
            return False
        self._reset()
        return True

    def set_filter(self, words: str, *, only_unused: bool) -> None:
        self._filter, self._only_unused = words, only_unused
        self._reset()

    def sort_by(self, order: Order, *, descending: bool) -> None:
        self.order, self.descending = order, descending
        self._reset()

    @property
    def is_filtered(self) -> bool:
        return bool(self._filter.split()) or self._only_unused

    def shown(self) -> int:
        """How many tags are shown, those not counted that only stand above others."""
        return sum(node.is_tag for node in self._nodes)

    def node(self, index: Index) -> Node:
        return self._nodes[index.internalId()]

    def index_of(self, key: str) -> QModelIndex:
        """Where the tag with this folded name stands; no index, where it is not shown."""
        place = self._by_key.get(key)
        return QModelIndex() if place is None else self.createIndex(self._rows[place], NAME, place)

    def _reset(self) -> None:
        self.beginResetModel()
        self._lay_out()
        self.endResetModel()

    def _lay_out(self) -> None:
        """Number all that is shown, level by level."""
        shown = matching(self.tree, self._filter, only_unused=self._only_unused)
        self._nodes: list[Node] = []
        self._rows: list[int] = []
        self._parents: list[int] = []
        self._below: list[list[int]] = []
        self._tops = self._number(self.tree.tops, -1, shown)
        done = 0
        while done < len(self._nodes):  # which grows by what is below
            self._below.append(self._number(self._nodes[done].children, done, shown))
            done += 1
        self._by_key = {node.key: place for place, node in enumerate(self._nodes)}

    def _number(self, nodes: Sequence[Node], parent: int, shown: set[Node] | None) -> list[int]:
        """Number one level in its order."""
        wanted = nodes if shown is None else [node for node in nodes if node in shown]
        first = len(self._nodes)
        self._nodes += in_order(wanted, self.order, descending=self.descending)
        self._rows += range(len(wanted))
        self._parents += [parent] * len(wanted)
        return list(range(first, len(self._nodes)))

    # QAbstractItemModel

    def index(self, row: int, column: int, parent: Index = _NO_PARENT) -> QModelIndex:
        below = self._below[parent.internalId()] if parent.isValid() else self._tops
        if 0 <= row < len(below) and 0 <= column < len(COLUMNS):
            return self.createIndex(row, column, below[row])
        return QModelIndex()

    def parent(self, index: Index = _NO_PARENT) -> QModelIndex:  # type: ignore[override]
        above = self._parents[index.internalId()] if index.isValid() else -1
        return QModelIndex() if above < 0 else self.createIndex(self._rows[above], NAME, above)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        if not parent.isValid():
            return len(self._tops)
        return len(self._below[parent.internalId()]) if parent.column() == NAME else 0

    def hasChildren(self, parent: Index = _NO_PARENT) -> bool:
        return self.rowCount(parent) > 0

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if section == NAME else RIGHT
        if role == Qt.ItemDataRole.ToolTipRole and section:
            return tr(_EXPLAINED[section])
        return tr(COLUMNS[section]) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        node = self.node(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(node, index.column())
        if role == Qt.ItemDataRole.EditRole:
            return node.leaf
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == NAME:
            return f"{_text(node, NAME)}, {plural(node.count, '%n item', '%n items')}"
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == NAME:
            return tooltip(node.name[:SHOWN_LONGEST])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if index.column() == NAME else RIGHT
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A name was written; the tree shows it when the library has it."""
        node = self.node(index)
        leaf = str(value).strip()
        if role == Qt.ItemDataRole.EditRole and leaf and leaf != node.leaf:
            above = node.name.rpartition("/")[0]
            self.renamed.emit(node.name, f"{above}/{leaf}" if above else leaf)
        return False

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        usual = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled | flag.ItemIsDropEnabled
        return usual | flag.ItemIsEditable if index.column() == NAME else usual

    # Dragging

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        names = dict.fromkeys(self.node(index).name for index in indexes)
        result = QMimeData()
        result.setData(MIME, json.dumps(list(names)).encode())
        return result

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        return data.hasFormat(MIME)

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Tags were dropped on one, or beside all of them; the tree shows it when the library has it."""
        if not data.hasFormat(MIME):
            return False
        names = json.loads(bytes(data.data(MIME).data()))
        self.moved.emit(names, self.node(parent).name if parent.isValid() else "")
        return False


def _text(node: Node, column: int) -> str:
    if column == NAME:
        leaf = node.leaf[:SHOWN_LONGEST]
        return " ".join(leaf.split()) + ("…" if len(node.leaf) > SHOWN_LONGEST else "")
    if column == COUNT:
        return number(node.count)
    return number(node.own) if node.is_tag else ""


_EXPLAINED = {
    COUNT: "How many items have the tag, or one below it",
    OWN: "How many items have just this tag",
}
