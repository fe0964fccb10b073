"""What is dragged over the sidebar: items onto collections and tags, collections and tags onto each other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QListView, QWidget

from keeproom.ui.browse.nodes import Node, way_to
from keeproom.ui.browse.places import Branch
from keeproom.ui.browse.sidemodel import NODE_FORMAT, SidebarModel
from keeproom.ui.browse.siderow import SideRow
from keeproom.ui.copies import items_of

OPEN_MS = 600
"""So long one rests on a closed row before it opens."""
EDGE_PX = 24
SCROLL_PX = 12


class DropView(QListView):
    """A list on whose rows something can be let go: `dropped(ids, Node)` for items, `moved(Node, Node)` for a tag or
    a collection on another one, or on the heading of all of them.

    `is_own` tells whether items that are dragged are those of the library that is shown.
    """

    dropped = Signal(object, object)
    moved = Signal(object, object)

    tree: SidebarModel
    delegate: SideRow

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_own: Callable[[QMimeData], bool] = lambda _mime: False
        self._has_items = False
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self._rest = QTimer(self, singleShot=True, interval=OPEN_MS)
        self._rest.timeout.connect(self._open_target)

    def toggle(self, node: Node, opened: bool | None = None) -> None:
        """Open or close a node."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files from elsewhere are for the window, which imports them."""
        mime = event.mimeData()
        self._has_items = self._dragged(mime) is None and self.is_own(mime)
        event.setAccepted(self._dragged(mime) is not None or self._has_items)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._scroll_along(event.position().toPoint().y())
        node = self._target(event, has_items=self._has_items)
        self._aim(node)
        if node is not None:
            event.acceptProposedAction()
        else:
            event.setAccepted(False)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim(None)

    def dropEvent(self, event: QDropEvent) -> None:
        node = self._target(event, has_items=self.is_own(event.mimeData()))
        self._aim(None)
        event.setAccepted(node is not None)
        if node is None:
            return
        moved = self._dragged(event.mimeData())
        if moved is not None:
            self.moved.emit(moved, node)
        else:
            self.dropped.emit(items_of(event.mimeData()), node)

    def _dragged(self, mime: QMimeData) -> Node | None:
        """The tag or the collection that is dragged."""
        if not mime.hasFormat(NODE_FORMAT):
            return None
        key = bytes(mime.data(NODE_FORMAT).data()).decode("utf-8", "surrogatepass")
        way = way_to(self.tree.tree, key)
        return way[-1] if way else None

    def _target(self, event: QDropEvent, *, has_items: bool) -> Node | None:
        """The node on which this can be let go at this point."""
        row = self.tree.row(self.indexAt(event.position().toPoint()))
        if row is None:
            return None
        moved = self._dragged(event.mimeData())
        if moved is not None:
            return row.node if takes_node(row.node, moved) else None
        return row.node if has_items and takes_items(row.node) else None

    def _aim(self, node: Node | None) -> None:
        """Show where it would land."""
        key = None if node is None else node.key
        if key != self.delegate.target:
            self.delegate.target = key
            self.viewport().update()
            self._rest.stop()
            if node is not None and node.below:
                self._rest.start()

    def _open_target(self) -> None:
        way = way_to(self.tree.tree, self.delegate.target or "")
        if way and not way[-1].is_heading:
            self.toggle(way[-1], opened=True)

    def _scroll_along(self, height: int) -> None:
        """Near an edge the rows beyond it come into sight."""
        bar = self.verticalScrollBar()
        if height < EDGE_PX:
            bar.setValue(bar.value() - SCROLL_PX)
        elif height > self.viewport().height() - EDGE_PX:
            bar.setValue(bar.value() + SCROLL_PX)


def takes_items(node: Node) -> bool:
    """Whether items can be let go there: on a tag, and on a collection that a person fills."""
    if node.branch is Branch.TAG:
        return not node.is_heading
    return node.branch is Branch.COLLECTION and node.collection is not None and not node.smart


def takes_node(node: Node, moved: Node) -> bool:
    """Whether a tag or a collection can be moved below a node, which is another one and not below the first."""
    if node.branch is not moved.branch:
        return False
    if node.is_heading:
        return "/" in moved.name
    inside = node.name == moved.name or node.name.startswith(f"{moved.name}/")
    return not inside and moved.name.rpartition("/")[0] != node.name
