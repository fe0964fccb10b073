"""Names and values under headings, as a model for a tree; a filter hides what does not have its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase

from keeproom.ui.fonts import section_font
from keeproom.ui.inspector.fact import tip

SHOWN_LONGEST = 300
ROW_PX = 22
NAME, VALUE = 0, 1
_NO_PARENT = QModelIndex()
_TOP = 0
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    tags: tuple[Tag, ...]


def groups_of(metadata: Mapping[str, object]) -> list[Group]:
    """Tags by `Group:Tag`, as exiftool names them, in its order; values as texts."""
    found: dict[str, list[Tag]] = defaultdict(list)
    for name, value in metadata.items():
        group, _, tag = name.partition(":")
        found[group if tag else ""].append(Tag(tag or name, text_of(value)))
    return [Group(title, tuple(tags)) for title, tags in found.items()]


def text_of(value: object) -> str:
    """A JSON value as a person reads it; of many the parts."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(text_of, value))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {text_of(part)}" for name, part in value.items())
    return "" if value is None else str(value)


class TagModel(QAbstractItemModel):
    """Groups at the top, their tags below; two columns, name and value.

    The internal id of a tag's index is the place of its group and one more; that of a group is nought.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: Sequence[Group] = ()
        self._shown: Sequence[Group] = ()
        self._filter = ""
        self._heading = QFont()
        self._monospace = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)

    def show_groups(self, groups: Iterable[Group]) -> None:
        """Show other tags, under the same filter."""
        self.beginResetModel()
        self._groups = tuple(groups)
        self._shown = _matching(self._groups, self._filter)
        self.endResetModel()

    def set_filter(self, words: str) -> None:
        """Show only the tags whose group, name and value have all of these words between them."""
        self.beginResetModel()
        self._filter = words
        self._shown = _matching(self._groups, words)
        self.endResetModel()

    def set_fonts(self, base: QFont) -> None:
        self._heading = section_font(base)
        if base.pointSizeF() > 0:
            self._monospace.setPointSizeF(base.pointSizeF() * 12 / 13)

    def total(self) -> int:
        return sum(len(group.tags) for group in self._groups)

    def shown(self) -> int:
        return sum(len(group.tags) for group in self._shown)

    def groups(self) -> Sequence[Group]:
        """What is shown under the filter."""
        return self._shown

    def tag(self, index: Index) -> tuple[Group, Tag] | None:
        """The tag of an index, with its group; None for a group's own."""
        if not index.isValid() or index.internalId() == _TOP:
            return None
        group = self._shown[index.internalId() - 1]
        return group, group.tags[index.row()]

    # QAbstractItemModel

    def index(self, row: int, column: int, parent: Index = _NO_PARENT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, index: Index = _NO_PARENT) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, NAME, _TOP)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        if not parent.isValid():
            return len(self._shown)
        is_group = parent.internalId() == _TOP and parent.column() == NAME
        return len(self._shown[parent.row()].tags) if is_group else 0

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.internalId() == _TOP:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found = self.tag(index)
        if found is None:
            return self._heading_data(index, role) if index.isValid() else None
        group, tag = found
        text = tag.name if index.column() == NAME else tag.value
        if role == Qt.ItemDataRole.DisplayRole:
            return shortened(text)
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, ROW_PX)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{group.title}: {tag.name}\n{tag.value}")
        if role == Qt.ItemDataRole.FontRole and index.column() == VALUE:
            return self._monospace
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tag.name}: {shortened(tag.value)}"
        return None

    def _heading_data(self, index: Index, role: int) -> object:
        title = self._shown[index.row()].title
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return title if index.column() == NAME else ""
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, ROW_PX)
        return self._heading if role == Qt.ItemDataRole.FontRole else None


def shortened(text: str) -> str:
    """What a line of a tree shows: no breaks, and not more than any screen is wide."""
    return " ".join(text[:SHOWN_LONGEST].split()) + ("…" if len(text) > SHOWN_LONGEST else "")


def _matching(groups: Sequence[Group], words: str) -> Sequence[Group]:
    wanted = words.casefold().split()
    if not wanted:
        return groups
    matching = (Group(group.title, tuple(tag for tag in group.tags if _has(group, tag, wanted))) for group in groups)
    return tuple(group for group in matching if group.tags)


def _has(group: Group, tag: Tag, wanted: Sequence[str]) -> bool:
    text = f"{group.title}:{tag.name} {tag.value}".casefold()
    return all(word in text for word in wanted)
