"""The sidebar: the places that hold something, with their counts, as a tree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QListView, QWidget

from keeproom.ui.browse.branches import Grower
from keeproom.ui.browse.nodes import Node, walk
from keeproom.ui.browse.places import ALL, Place
from keeproom.ui.browse.sidedrops import DropView
from keeproom.ui.browse.sidemodel import Row, SidebarModel
from keeproom.ui.browse.siderow import ROW_PX, SideRow, adding, chevron
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours

if TYPE_CHECKING:
    from keeproom.library.views import SidebarCounts

MOST_KEPT = 1_000
"""So many opened and closed nodes are remembered."""


class Sidebar(DropView):
    """Says where a person wants to go (`went`), and what they want of a tag or a collection: another name
    (`renamed(Node, str)`), that it goes (`unwanted(Node)`), a new one below a heading (`wanted(Branch)`), or what else
    there is (`menu_wanted(Node, QPoint)`). `folded` says that something was opened or closed."""

    went = Signal(object)
    renamed = Signal(object, str)
    unwanted = Signal(object)
    wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)
    folded = Signal()

    def __init__(self, parent: QWidget | None = None, grower: Grower | None = None) -> None:
        super().__init__(parent)
        self._grower = grower or Grower()
        self._quiet = False
        self.delegate = SideRow(self)
        self.tree = SidebarModel(self.renamed.emit, self)
        self.setAccessibleName(tr("Places"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(self.delegate)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setProperty("ground", "panel")
        self.setModel(self.tree)
        self._place = ALL
        self._counts: SidebarCounts | None = None
        self._pressed: str | None = None
        self._typed = ""
        self._typing = QTimer(self, singleShot=True, interval=QApplication.keyboardInputInterval())
        self._typing.timeout.connect(self._forget_typed)
        self.is_elsewhere = False
        self._refresh()
        self._go_silently_to(ALL.name)

    # What is shown

    def show_counts(self, counts: SidebarCounts | None) -> None:
        self._counts = counts
        if counts is None:
            self.tree.forget()
        self._refresh()

    def show_place(self, place: Place) -> None:
        """Mark a place as the one that is shown, without going there."""
        moved = place.name != self._place.name
        self._place = place
        self._refresh()
        if moved or not self.currentIndex().isValid():
            self._go_silently_to(place.name)

    def show_searched(self, searched: bool) -> None:
        """Whether the counts are of what a search finds."""
        if searched != self.delegate.searched:
            self.delegate.searched = searched
            self.setAccessibleDescription(tr("Counts are of what the search finds.") if searched else "")
            self.viewport().update()

    def set_elsewhere(self, elsewhere: bool) -> None:
        """Something is shown that is no place: none is marked, and each can be gone to, the last one too."""
        self.is_elsewhere = elsewhere
        self._mark()

    def node(self, index: QModelIndex | None = None) -> Node | None:
        """The node at an index, or the current one."""
        row = self.tree.row(self.currentIndex() if index is None else index)
        return None if row is None else row.node

    def rename(self, node: Node) -> None:
        """Let a person type another name in its row."""
        index = self.tree.index_of(node.key)
        if index.isValid() and node.is_own:
            self.setCurrentIndex(index)
            self.edit(index)

    def choices(self) -> str:
        """What was opened and closed, as text for the settings."""
        kept = list(self.tree.choices.items())[-MOST_KEPT:]
        return json.dumps(dict(kept)) if kept else ""

    def restore(self, text: str) -> None:
        """Open and close what `choices` told."""
        try:
            told = json.loads(text) if text else {}
        except ValueError:
            told = {}
        with self._in_place():
            self.tree.restore({key: bool(value) for key, value in told.items()} if isinstance(told, dict) else {})

    def _refresh(self) -> None:
        with self._in_place():
            self.tree.show(self._grower.tree(self._counts, self._place))
            self._mark()

    def _mark(self) -> None:
        self.delegate.shown = None if self.is_elsewhere else self._place.name
        self.viewport().update()

    @contextmanager
    def _in_place(self) -> Iterator[None]:
        """Rows may come and go: what is in sight stays where it is, and so does the current one."""
        quiet, self._quiet = self._quiet, True
        bar, current = self.verticalScrollBar(), self.node()
        line, beyond = divmod(bar.value(), ROW_PX)
        in_sight = [row.node.key for row in self.tree.rows()[line : line + self.height() // ROW_PX + 2]]
        if current is not None and current.key in in_sight:  # before all others
            in_sight.insert(0, current.key)
        lines = {key: self.tree.index_of(key).row() - line for key in in_sight}
        yield
        held = next((key for key in in_sight if self.tree.index_of(key).isValid()), None)
        if current is not None and self.node() != current:
            self.setCurrentIndex(self.tree.index_of(current.key))
        if held is not None and bar.value():
            self.executeDelayedItemsLayout()
            bar.setValue((self.tree.index_of(held).row() - lines[held]) * ROW_PX + beyond)
        self._quiet = quiet

    def _go_silently_to(self, key: str) -> None:
        quiet, self._quiet = self._quiet, True
        index = self.tree.index_of(key)
        if index.isValid():
            self.setCurrentIndex(index)
        self._quiet = quiet

    # What a person does

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        if not self._quiet:
            self._visit(self.node(current))

    def _visit(self, node: Node | None) -> None:
        """Go where a node leads, unless one is there."""
        place = None if node is None else node.place
        if place is not None and (self.is_elsewhere or place.name != self._place.name):
            self._place = place
            self._mark()
            self.went.emit(place)

    def toggle(self, node: Node, opened: bool | None = None) -> None:
        """Open what is closed and close what is open, or as it is said."""
        before = self.tree.is_open(node)
        wanted = not before if opened is None else opened
        if node.below and wanted != before:
            with self._in_place():
                self.tree.set_open(node, wanted)
            if not self.currentIndex().isValid():
                self._go_silently_to(node.key)
            self.folded.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press chooses a row; one goes there when the button is let go, for it may be the beginning of a drag."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        row = self.tree.row(index)
        self._pressed = None
        if row is None or event.button() != Qt.MouseButton.LeftButton or self._press(row, point, index):
            return
        self._pressed = row.node.key
        self._quiet = True
        super().mousePressEvent(event)
        self._quiet = False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        node, pressed = self.node(self.indexAt(event.position().toPoint())), self._pressed
        self._pressed = None
        if node is not None and node.key == pressed:
            self._visit(node)

    def _press(self, row: Row, point: QPoint, index: QModelIndex) -> bool:
        """Whether a press opened, closed or added something, and so leads nowhere."""
        rect = self.visualRect(index)
        if adding(rect, row).contains(point):
            self.wanted.emit(row.node.branch)
            return True
        folds = row.is_open is not None and chevron(rect, row).contains(point)
        if folds or (row.node.place is None and row.is_open is not None):
            self._go_silently_to(row.node.key)
            self.toggle(row.node)
            return True
        return False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens and closes what has something below it."""
        index = self.indexAt(event.position().toPoint())
        row = self.tree.row(index)
        if row is not None and row.is_open is not None and not self._press(row, event.position().toPoint(), index):
            self.toggle(row.node)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        node = self.node(index)
        if node is not None:
            at = self.visualRect(index).center() if by_key else event.pos()
            self.menu_wanted.emit(node, self.viewport().mapToGlobal(at))

    def event(self, event: QEvent) -> bool:
        """Letters look for a name here, and F2 and Del are for what is current here, whatever they mean elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.tree.row(self.currentIndex())
        acts = {
            Qt.Key.Key_Left: self._on_left,
            Qt.Key.Key_Right: self._on_right,
            Qt.Key.Key_Return: self._on_enter,
            Qt.Key.Key_Enter: self._on_enter,
            Qt.Key.Key_F2: lambda row: self.rename(row.node),
            Qt.Key.Key_Delete: self._on_delete,
        }
        act = acts.get(Qt.Key(event.key()))
        if act is not None and row is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            act(row)
        else:
            super().keyPressEvent(event)

    def _on_left(self, row: Row) -> None:
        """Close what is open, or go up."""
        if row.is_open:
            self.toggle(row.node, opened=False)
            return
        lines = self.tree.rows()
        here = self.currentIndex().row()
        for line in range(here - 1, -1, -1):
            above = lines[line]
            if above.depth < row.depth or (above.node.is_heading and not row.node.is_heading):
                self.setCurrentIndex(self.tree.index(line))
                return

    def _on_right(self, row: Row) -> None:
        """Open what is closed, or go to the first below."""
        if row.is_open is False:
            self.toggle(row.node, opened=True)
        elif row.is_open:
            self.setCurrentIndex(self.tree.index(self.currentIndex().row() + 1))

    def _on_enter(self, row: Row) -> None:
        if row.node.place is None:
            self.toggle(row.node)
        else:
            self._visit(row.node)

    def _on_delete(self, row: Row) -> None:
        if row.node.is_own:
            self.unwanted.emit(row.node)

    def keyboardSearch(self, search: str) -> None:
        """Go to the next name that begins with what is typed, also below what is closed."""
        current = self.node()
        again = search == self._typed and len(search) == 1
        self._typed = search if again else self._typed + search
        self._typing.start()
        after = current.key if current is not None and (again or len(self._typed) == 1) else self._before(current)
        found = self.tree.find(self._typed, after)
        if found is not None:
            with self._in_place():
                self.tree.reveal(found.key)
            self.setCurrentIndex(self.tree.index_of(found.key))

    def _before(self, current: Node | None) -> str | None:
        """The key after which the current node comes first."""

        keys = [node.key for node in walk(self.tree.tree)]
        here = keys.index(current.key) if current is not None and current.key in keys else 0
        return keys[here - 1] if here else None

    def _forget_typed(self) -> None:
        self._typed = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), colours(self.palette()).panel)
        painter.end()
        super().paintEvent(event)


def _is_own(event: QKeyEvent) -> bool:
    """Whether a key means something to the sidebar itself."""
    if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
        return False
    return event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Delete) or (event.text().isprintable() and bool(event.text()))
