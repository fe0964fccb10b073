"""What is done in the sidebar: going to places, menus of its rows, and what is dropped on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from keeproom.ui.acts import collecting, naming
from keeproom.ui.acts.changing import tell_change
from keeproom.ui.browse.nodes import Node
from keeproom.ui.browse.places import ALL, Branch
from keeproom.ui.texts import tr
from keeproom.ui.window.notices import Offer
from keeproom.ui.window.taking import is_own

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow

    Act = Callable[["MainWindow", Node], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a row's menu: for which nodes it is, and what it does. Entries of another group follow a line."""

    text: str
    act: Act
    fits: Callable[[Node], bool]
    group: int = 0


def _is(branch: Branch) -> Callable[[Node], bool]:
    return lambda node: node.branch is branch


def _is_own(branch: Branch) -> Callable[[Node], bool]:
    return lambda node: node.branch is branch and node.is_own


def _is_nested(node: Node) -> bool:
    return node.is_own and "/" in node.name


def _add_to_search(window: MainWindow, node: Node) -> None:
    """Look for what is in this place as well, wherever one is."""
    place = node.place
    if place is not None and place.scope:
        window.shelf.set_query(f"{window.shelf.query.strip()} {place.scope}".strip())


def _new_below(make: Callable[[MainWindow, str], None]) -> Act:
    return lambda window, node: make(window, "" if node.is_heading else node.name)


def _edit_search(window: MainWindow, node: Node) -> None:
    """Put the search of a smart collection into the search field, to be changed and saved under the same name."""
    row = next((row for row in collecting.collections(window) if row.id == node.collection), None)
    if row is not None and row.query is not None:
        window.sidebar.went.emit(ALL)
        window.shelf.set_query(row.query)
        window.toolbar.search.edit_saved(row.name)
        words = tr("Change the search, and save it as {name} again.").format(name=collecting.called(row.name))
        tell_change(window, words, Offer(tr("Save"), window.toolbar.search.ask_name))


def _show_tag_manager(window: MainWindow, _node: Node) -> None:
    window.action_set["view.tags"].trigger()


def _is_tag_heading(node: Node) -> bool:
    return node.branch is Branch.TAG and node.is_heading


ENTRIES = (
    Entry("Add to &search", _add_to_search, lambda node: node.place is not None and bool(node.place.scope)),
    Entry("Edit s&earch…", _edit_search, lambda node: node.smart),
    Entry("&New collection…", _new_below(collecting.new_collection), _is(Branch.COLLECTION), 1),
    Entry(
        "New s&mart collection from this search…",
        lambda window, _node: collecting.new_smart_collection(window),
        _is(Branch.COLLECTION),
        1,
    ),
    Entry("&New tag…", _new_below(naming.new_tag), _is(Branch.TAG), 1),
    Entry("Tag &manager", _show_tag_manager, _is_tag_heading, 1),
    Entry("&Rename…", lambda window, node: window.sidebar.rename(node), lambda node: node.is_own, 2),
    Entry("Move to the &top", lambda window, node: naming.nest(window, node, None), _is_nested, 2),
    Entry("&Delete collection…", naming.ask_to_delete, lambda node: node.collection is not None, 3),
    Entry("&Delete tag…", naming.ask_to_delete, _is_own(Branch.TAG), 3),
)


class SideActs(QObject):
    """Ties the sidebar of a window to what it can do."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        sidebar = window.sidebar
        sidebar.restore(window.settings.text("sidebar.open"))
        sidebar.folded.connect(self._keep)
        sidebar.renamed.connect(lambda node, text: naming.rename(window, node, text))
        sidebar.unwanted.connect(self._on_unwanted)
        sidebar.wanted.connect(self._on_wanted)
        sidebar.menu_wanted.connect(self.show_menu)
        sidebar.is_own = partial(is_own, window)
        sidebar.dropped.connect(lambda ids, node: drop_items(window, ids, node))
        sidebar.moved.connect(lambda node, above: naming.nest(window, node, above))

    def _keep(self) -> None:
        if self._window.works:
            self._window.settings.put("sidebar.open", self._window.sidebar.choices())

    def _on_unwanted(self, node: Node) -> None:
        if node.branch is Branch.TAG or node.collection is not None:
            naming.ask_to_delete(self._window, node)

    def _on_wanted(self, branch: Branch) -> None:
        (naming.new_tag if branch is Branch.TAG else collecting.new_collection)(self._window)

    def menu(self, node: Node) -> QMenu:
        """What can be done with a node."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = None
        for entry in ENTRIES:
            if entry.fits(node):
                if group not in (None, entry.group):
                    menu.addSeparator()
                group = entry.group
                menu.addAction(tr(entry.text)).triggered.connect(partial(self._act, entry, node))
        return menu

    def show_menu(self, node: Node, place: QPoint) -> None:
        menu = self.menu(node)
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(place)

    def _act(self, entry: Entry, node: Node, *_checked: bool) -> None:
        entry.act(self._window, node)


def drop_items(window: MainWindow, ids: list[int], node: Node) -> None:
    """Items were let go on a collection or a tag."""
    if node.branch is Branch.TAG:
        naming.give_tag(window, ids, node.name)
    else:
        collecting.add_items(window, ids, node.name)
