"""Names and values in a tree, with a filter above it, and ways to copy them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from keeproom.ui.fonts import tabular
from keeproom.ui.inspector.tags import NAME, Group, Tag, TagModel
from keeproom.ui.texts import number, plural, tr
from keeproom.ui.widgets import CONTROL_PX, PlainLabel

FILTER_PAUSE_MS = 80


class TagTable(QWidget):
    """Groups of tags under a filter that says how many it leaves; `nothing` is said where there are none at all.

    `name_share` is the part of the width that names have.
    """

    def __init__(self, name: str, nothing: str, parent: QWidget | None = None, name_share: float = 0.45) -> None:
        super().__init__(parent)
        self.model = TagModel(self)
        self.field = QLineEdit(self)
        self.tree = _Tree(self.model, self, name_share)
        self._nothing_text = nothing
        self._count = PlainLabel("", self, "secondary")
        self._nothing = PlainLabel("", self, "secondary", wrap=True)
        self._pause = QTimer(self, singleShot=True, interval=FILTER_PAUSE_MS)
        self._pause.timeout.connect(self._filter)
        self._assemble(name)
        self.show_groups(())

    def _assemble(self, name: str) -> None:
        self.field.setPlaceholderText(tr("Filter"))
        self.field.setAccessibleName(tr("Filter the details"))
        self.field.setToolTip(tr("Show only lines that have these words (Ctrl+Shift+F)"))
        self.field.setClearButtonEnabled(True)
        self.field.setFixedHeight(CONTROL_PX)
        self.field.setTextMargins(5, 0, 5, 0)
        self.field.textChanged.connect(lambda: self._pause.start())
        self.field.returnPressed.connect(self._to_tree)
        self.tree.setAccessibleName(name)
        self._count.setFont(tabular(self.font()))
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._nothing)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.field, 1)
        top.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(self._stack, 1)

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show other tags under the same filter."""
        self.model.set_fonts(self.font())
        self.model.show_groups(groups)
        self._follow()

    def filter_now(self, words: str) -> None:
        """Put words into the filter, without the pause that typing has."""
        self.field.setText(words)
        self._filter()

    def text(self) -> str:
        """All that is shown, a line each."""
        return "\n".join(_line(group, tag) for group in self.model.groups() for tag in group.tags)

    def count_text(self) -> str:
        return self._count.text()

    def nothing_text(self) -> str:
        return self._nothing.text()

    def _filter(self) -> None:
        self._pause.stop()
        self.model.set_filter(self.field.text())
        self._follow()

    def _follow(self) -> None:
        total, shown = self.model.total(), self.model.shown()
        self.tree.unfold()
        words = (
            number(total)
            if shown == total
            else tr("{shown} of {total}").format(shown=number(shown), total=number(total))
        )
        self._count.setText(words if total else "")
        self._count.setAccessibleName(plural(shown, "%n line shown", "%n lines shown"))
        self.field.setEnabled(total > 0)
        self._nothing.setText(tr("No line has these words.") if total else self._nothing_text)
        self._stack.setCurrentIndex(0 if shown else 1)

    def _to_tree(self) -> None:
        self._filter()
        self.tree.setFocus()


class _Tree(QTreeView):
    """Two columns in a fixed proportion; Ctrl+C copies values."""

    def __init__(self, model: TagModel, table: TagTable, name_share: float) -> None:
        super().__init__(table)
        self._name_share = name_share
        self._tags = model
        self._table = table
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.header().setStretchLastSection(True)
        self.header().setMinimumSectionSize(40)

    def unfold(self) -> None:
        """Open every group; a group's title goes across both columns."""
        self.expandAll()
        for row in range(self._tags.rowCount()):
            self.setFirstColumnSpanned(row, self.rootIndex(), True)
        first = self._tags.index(0, NAME, self._tags.index(0, NAME))
        self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)

    def chosen(self) -> list[tuple[Group, Tag]]:
        """The selected lines in their order."""
        rows = sorted(self.selectionModel().selectedRows(), key=lambda index: (index.internalId(), index.row()))
        return [found for index in rows if (found := self._tags.tag(index)) is not None]

    def copy_values(self) -> None:
        _to_clipboard("\n".join(tag.value for _, tag in self.chosen()))

    def copy_lines(self) -> None:
        _to_clipboard("\n".join(_line(group, tag) for group, tag in self.chosen()))

    def copy_all(self) -> None:
        _to_clipboard(self._table.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnWidth(NAME, round(self.viewport().width() * self._name_share))

    def event(self, event: QEvent) -> bool:
        """Ctrl+C is the tree's while it has the keyboard, not an action's of the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Copy)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            if self.chosen():
                self.copy_values()
        else:
            super().keyPressEvent(event)

    def menu(self) -> QMenu:
        """What can be copied now."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = len(self.chosen())
        if chosen:
            menu.addAction(tr("Copy value") if chosen == 1 else tr("Copy values"), self.copy_values)
            menu.addAction(tr("Copy line") if chosen == 1 else tr("Copy lines"), self.copy_lines)
        menu.addAction(tr("Copy all"), self.copy_all)
        return menu

    def _on_menu(self, place: QPoint) -> None:
        self.menu().popup(self.viewport().mapToGlobal(place))


def _line(group: Group, tag: Tag) -> str:
    return f"{group.title}:{tag.name}: {tag.value}" if group.title else f"{tag.name}: {tag.value}"


def _to_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
