"""The rows of the sidebar that are in sight of a tree: what is closed hides what lies below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QByteArray, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from keeproom.ui.browse.nodes import Node, walk, way_to
from keeproom.ui.browse.places import Branch
from keeproom.ui.texts import number, plural, printable, tooltip, tr

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
NODE_FORMAT = "application/x-keeproom-node"
"""A tag or a collection that is dragged in the sidebar: its key."""

KIND_WORDS = {
    Branch.FOLDER: "folder",
    Branch.COLLECTION: "collection",
    Branch.TAG: "tag",
    Branch.CAMERA: "camera",
    Branch.IMPORT: "import",
}


class Row(NamedTuple):
    """A node as it is shown. `is_open` is None where nothing lies below it."""

    node: Node
    depth: int
    is_open: bool | None


def rows_of(tree: Iterable[Node], is_open: Callable[[Node], bool], depth: int = 0) -> Iterator[Row]:
    """The rows in sight; what lies below a heading is not set in."""
    for node in tree:
        opened = is_open(node) if node.below else None
        yield Row(node, depth, opened)
        if opened:
            yield from rows_of(node.below, is_open, depth if node.is_heading else depth + 1)


class SidebarModel(QAbstractListModel):
    """Remembers by key what was opened and closed. Where nobody did, it is as the tree said first: a section does not
    open by itself because a search leaves little of it."""

    def __init__(self, rename: Callable[[Node, str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rename = rename
        self._tree: tuple[Node, ...] = ()
        self._rows: list[Row] = []
        self._chosen: dict[str, bool] = {}
        self._first: dict[str, bool] = {}
        self._places: dict[str, int] | None = None

    @property
    def tree(self) -> tuple[Node, ...]:
        return self._tree

    @property
    def choices(self) -> dict[str, bool]:
        """What a person opened or closed, by key."""
        return self._chosen

    def show(self, tree: tuple[Node, ...]) -> None:
        if tree != self._tree:
            self._tree = tree
            self._update()

    def restore(self, choices: dict[str, bool]) -> None:
        self._chosen = choices
        self._update()

    def is_open(self, node: Node) -> bool:
        return self._chosen.get(node.key, self._default(node))

    def _default(self, node: Node) -> bool:
        return self._first.setdefault(node.key, node.opens) if node.is_heading else node.opens

    def forget(self) -> None:
        """Another library comes: its sections are as it says."""
        self._first.clear()

    def set_open(self, node: Node, opened: bool) -> None:
        if opened == self._default(node):
            self._chosen.pop(node.key, None)
        else:
            self._chosen[node.key] = opened
        self._update()

    def reveal(self, key: str) -> bool:
        """Open all that lies above a node; whether there is such a node."""
        way = way_to(self._tree, key)
        closed = [node for node in way[:-1] if not self.is_open(node)]
        for node in closed:
            self._chosen[node.key] = True
        if closed:
            self._update()
        return bool(way)

    def row(self, index: Index) -> Row | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rows(self) -> Sequence[Row]:
        return self._rows

    def index_of(self, key: str) -> QModelIndex:
        """Where a node stands; no index where it is not in sight."""
        if self._places is None:
            self._places = {row.node.key: line for line, row in enumerate(self._rows)}
        line = self._places.get(key)
        return QModelIndex() if line is None else self.index(line)

    def find(self, start: str, after: str | None) -> Node | None:
        """The next node whose text begins so, from one on and round; what is closed is searched as well."""
        nodes = list(walk(self._tree))
        at = next((place for place, node in enumerate(nodes) if node.key == after), -1)
        wanted = start.casefold()
        turned = (*nodes[at + 1 :], *nodes[: at + 1])
        return next((node for node in turned if node.text.casefold().startswith(wanted)), None)

    def _update(self) -> None:
        """Show the rows as they are now: between those that stay at both ends, others go and come."""
        fresh, old = list(rows_of(self._tree, self.is_open)), self._rows
        keys, before = [row.node.key for row in fresh], [row.node.key for row in old]
        start = _common(keys, before)
        end = _common(keys[start:][::-1], before[start:][::-1])
        if len(before) - end > start:
            self.beginRemoveRows(QModelIndex(), start, len(before) - end - 1)
            self._set(old[:start] + old[len(old) - end :])
            self.endRemoveRows()
        if len(keys) - end > start:
            self.beginInsertRows(QModelIndex(), start, len(keys) - end - 1)
            self._set(fresh)
            self.endInsertRows()
        self._set(fresh)
        if fresh:
            self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))

    def _set(self, rows: list[Row]) -> None:
        self._rows, self._places = rows, None

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return printable(row.node.text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        return tip(row.node) if role == Qt.ItemDataRole.ToolTipRole else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A person has typed another name; it is shown when the library has it."""
        row = self.row(index)
        if row is None or role != Qt.ItemDataRole.EditRole:
            return False
        text = str(value)
        if text.strip() and text != row.node.text:
            self._rename(row.node, text)
        return False

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row(index)
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if row.node.is_own:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        return [NODE_FORMAT]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        mime = QMimeData()
        row = self.row(indexes[0]) if indexes else None
        if row is not None:
            mime.setData(NODE_FORMAT, QByteArray(row.node.key.encode("utf-8", "surrogatepass")))
        return mime


def spoken(row: Row) -> str:
    """What a screen reader says: `Rome, 12 items, collection, closed`."""
    node = row.node
    words = [printable(node.text)]
    if node.items is not None:
        words.append(plural(node.items, "%n item", "%n items"))
    if node.is_heading:
        words.append(tr("heading"))
    elif node.branch in KIND_WORDS and node.is_place:
        words.append(tr("smart collection") if node.smart else tr(KIND_WORDS[node.branch]))
    if row.is_open is not None:
        words.append(tr("open") if row.is_open else tr("closed"))
    return ", ".join(words)


def tip(node: Node) -> str | None:
    """The whole name where the row shows a part of it, and the exact count."""
    if node.is_heading:
        return None
    name = node.name if node.branch in (Branch.FOLDER, Branch.TAG, Branch.COLLECTION) else node.text
    count = "" if node.items is None else f"\n{number(node.items)}"
    return tooltip(printable(name or node.text) + count)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """With how many equal keys both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))
