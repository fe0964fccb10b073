"""The tag manager as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout

from keeproom.ui.acts import tagkeeping
from keeproom.ui.acts.tagkeeping import short
from keeproom.ui.pace import Pace
from keeproom.ui.panel import PanelWidget
from keeproom.ui.tags import telling
from keeproom.ui.tags.head import Head
from keeproom.ui.tags.model import TagsModel
from keeproom.ui.tags.strip import HEIGHT_PX, Question, Strip
from keeproom.ui.tags.tree import Node, Tree, read_tree, tops_of
from keeproom.ui.tags.view import TagsView
from keeproom.ui.texts import plural, tr
from keeproom.ui.widgets import PlainLabel

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room

READ_MS = 500
"""How often, at most, the tags are read while the library changes."""

NO_TAGS = "No tags yet. Select photos in the library and press T to tag them, or make a tag here."
NONE_MATCHES = "No tag has these words."
Told = Callable[[str], None]


def create(window: MainWindow) -> TagsPanel:
    return TagsPanel(window)


class TagsPanel(PanelWidget):
    """Follows the library while it is in sight; what is unfolded and chosen stays."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._room: Room | None = None
        self._answered = False
        self._wanted: list[str] = []
        self._is_made = False
        self.model = TagsModel(self)
        self.head = Head(self)
        self.view = TagsView(self.model, self)
        self.message = PlainLabel("", self, "secondary", wrap=True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.strip = Strip(self)
        self._pace = Pace(self._ask, READ_MS, self)
        self._lay_out()
        self._connect()
        self._follow()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.strip)

    def _connect(self) -> None:
        for name, text, tip, act in (
            ("show", tr("Show items"), tr("Show what has these tags (Enter)"), self.show_items),
            ("rename", tr("Rename"), tr("Write the name anew (F2)"), self.view.rename),
            ("move", tr("Move under…"), tr("Put them below another tag"), self.ask_move),
            ("merge", tr("Merge into…"), tr("Make them one tag"), self.ask_merge),
            ("delete", tr("Delete…"), tr("Take them off everything (Del)"), self.ask_delete),
        ):
            self.strip.add(name, text, tip, act)
        self.strip.ended.connect(self.view.setFocus)
        self.head.filtered.connect(self._on_filtered)
        self.head.filter.down.connect(self._to_tags)
        self.head.make.clicked.connect(self.ask_create)
        self.head.remove_unused.clicked.connect(self.ask_delete_unused)
        self.model.renamed.connect(self._on_renamed)
        self.model.moved.connect(self._on_moved)
        self.view.opened.connect(lambda names: tagkeeping.show_items(self._window, names))
        self.view.asked_to_delete.connect(self.ask_delete)
        self.view.asked_for_menu.connect(self._on_menu)
        self.view.chosen_changed.connect(self._follow)

    # The page

    def attach(self, room: Room | None) -> None:
        self._room = room
        self._pace.forget()
        self._answered = False
        self._show(Tree())
        if room is not None:
            room.session.changed.connect(lambda _changes: self._pace.nudge())
            self._pace.nudge()

    def enter(self) -> None:
        self._window.notices.keep_clear(HEIGHT_PX)
        self._pace.turn(on=True)
        if self._pace.is_settled:
            self._pace.hurry()

    def leave(self) -> None:
        self._window.notices.keep_clear(0)
        self._pace.turn(on=False)

    def stage(self) -> None:
        """The tags show themselves."""

    def is_complete(self) -> bool:
        return self._answered and self._pace.is_settled and not self.head.is_filtering()

    def focus_first(self) -> None:
        (self.view if self.model.tree.tags else self.head.make).setFocus()

    def refresh(self) -> None:
        """What was asked for here is made: read the tags at once."""
        self._is_made = True
        self._pace.hurry()

    def _ask(self, done: Callable[[], None]) -> None:
        room = self._room
        if room is None:
            done()
            return

        is_last, self._is_made = self._is_made, False

        def on_done(tree: Tree) -> None:
            done()
            if room is self._room:
                self._answered = True
                self._show(tree)
                self._wanted = [] if is_last else self._wanted

        room.run(lambda: read_tree(room.library), on_done, done)

    def _show(self, tree: Tree) -> None:
        had_focus = self.view.hasFocus() or self.head.make.hasFocus()
        self.model.show(tree)
        if self._wanted and any(self.model.index_of(key).isValid() for key in self._wanted):
            self.view.choose(self._wanted)
            self._wanted = []
        self._follow()
        if had_focus and self.isVisible():
            self.focus_first()

    def _on_filtered(self) -> None:
        self.model.set_filter(self.head.filter.text(), only_unused=self.head.unused.isChecked())
        self._follow()

    def _to_tags(self) -> None:
        self._on_filtered()
        self.view.setFocus()
        if not self.view.chosen() and self.model.rowCount():
            self.view.choose([self.model.node(self.model.index(0, 0)).key])

    def _follow(self) -> None:
        tree, shown = self.model.tree, self.model.shown()
        self.head.show_counts(tree.tags, shown, len(tree.unused))
        self.message.setText(tr(NONE_MATCHES if tree.tags else NO_TAGS) if self._answered else "")
        self._stack.setCurrentWidget(self.view if shown else self.message)
        chosen = self.view.chosen()
        self.strip.says.setText(self._words(chosen))
        for name, button in self.strip.buttons.items():
            button.setEnabled(len(chosen) == 1 if name == "rename" else bool(chosen))

    def _words(self, chosen: Sequence[Node]) -> str:
        if not chosen:
            return tr("Choose tags to rename, move, merge or delete them.") if self.model.tree.tags else ""
        if len(chosen) > 1:
            return plural(len(chosen), "%n tag selected", "%n tags selected")
        return f"{short(chosen[0].name)} · {plural(chosen[0].count, '%n item', '%n items')}"

    # What is chosen

    def names(self) -> list[str]:
        """The chosen tags, without those below another chosen one."""
        from keeproom.catalog.collation import folded

        return tops_of((node.name for node in self.view.chosen()), folded)

    def all_names(self) -> list[str]:
        return [node.name for node in self.model.tree.nodes()]

    def show_items(self) -> None:
        if self.names():
            tagkeeping.show_items(self._window, self.names())

    # Questions

    def ask_create(self) -> None:
        """A new tag, below the chosen one."""
        chosen = self.view.chosen()
        above = f"{chosen[0].name}/" if len(chosen) == 1 else ""
        self.strip.ask(
            Question(tr("New tag:"), tr("Create"), self._create, written=above, hint=tr("Name, as in places/Paris"))
        )

    def ask_move(self) -> None:
        names = self.names()
        if names:
            self.strip.ask(
                Question(
                    _about(names, tr("Move “{name}” under"), "Move %n tag under", "Move %n tags under"),
                    tr("Move"),
                    lambda under: self._on_moved(names, under),
                    written="",
                    hint=tr("Top level"),
                    names=self.all_names(),
                    needs_text=False,
                )
            )

    def ask_merge(self) -> None:
        names, tree = self.names(), self.model.tree
        if names:
            self.strip.ask(
                Question(
                    _about(names, tr("Merge “{name}” into"), "Merge %n tag into", "Merge %n tags into"),
                    tr("Merge"),
                    lambda into: self._merge(names, into),
                    written=self._biggest(names) if len(names) > 1 else "",
                    hint=tr("Name of a tag"),
                    names=self.all_names(),
                    detail=lambda into, tell: self._tell(lambda room: telling.merged(room, tree, names, into), tell),
                )
            )

    def ask_delete(self) -> None:
        names = self.names()
        if names:
            self._ask_delete(names, _about(names, tr("Delete “{name}”?"), "Delete %n tag?", "Delete %n tags?"))

    def ask_delete_unused(self) -> None:
        names = list(self.model.tree.unused)
        if names:
            self._ask_delete(names, plural(len(names), "Delete %n unused tag?", "Delete %n unused tags?"))

    def _ask_delete(self, names: list[str], text: str) -> None:
        verb = plural(len(names), "Delete", "Delete %n tags")
        detail = lambda _written, tell: self._tell(lambda room: telling.deleted(room, names), tell)  # noqa: E731
        act = lambda _written: self._delete(names)  # noqa: E731
        self.strip.ask(Question(text, verb, act, detail=detail, endangers=True, needs_text=False))

    def _tell(self, words: Callable[[Room], str], tell: Told) -> None:
        """Have the library count, in a thread."""
        room = self._room
        if room is not None:
            room.run(lambda: words(room), tell)

    def _biggest(self, names: Sequence[str]) -> str:
        """The one most items have: what others are usually merged into."""
        counts = {node.name: node.count for node in self.view.chosen()}
        return max(names, key=lambda name: counts.get(name, 0))

    # Changes

    def _create(self, name: str) -> None:
        self._want([name])
        tagkeeping.create(self._window, name, self.refresh, self._on_refused)

    def _on_renamed(self, name: str, new_name: str) -> None:
        self._want([new_name])
        tagkeeping.rename(self._window, name, new_name, self.refresh, self._on_refused)

    def _on_moved(self, names: Sequence[str], under: str) -> None:
        from keeproom.library.tagmoving import place_under

        self._want([place_under(name, under) for name in names])
        tagkeeping.move(self._window, names, under, self.refresh, self._on_refused)

    def _on_refused(self) -> None:
        """What was asked for is not going to be there; what is chosen stays."""
        self._wanted = []

    def _delete(self, names: list[str]) -> None:
        """The row that stands where they were is chosen then, so that the keyboard goes on from there."""
        following = self.view.neighbour()

        def on_done() -> None:
            self._wanted = [following]
            self.refresh()

        tagkeeping.delete(self._window, names, on_done if self.names() == names else self.refresh)

    def _merge(self, names: Sequence[str], into: str) -> None:
        self._want([into])
        tagkeeping.merge(self._window, names, into, self.refresh, self._on_refused)

    def _want(self, names: Sequence[str]) -> None:
        """Choose these, as soon as they are read."""
        from keeproom.catalog.collation import folded

        self._wanted = [folded(name) for name in names]

    def _on_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in self.strip.buttons.values():
            if button.isEnabled():
                menu.addAction(button.text(), button.click)
        menu.addSeparator()
        menu.addAction(tr("New tag…"), self.ask_create)
        menu.popup(place)


def _about(names: Sequence[str], one: str, single: str, many: str) -> str:
    """A question about one tag by its name, or about how many."""
    return one.format(name=short(names[0])) if len(names) == 1 else plural(len(names), single, many)
