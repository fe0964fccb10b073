"""Everything that can be done, once: menus, context menus, buttons and shortcuts are built from this table.

A new action is one row. Rows that stand in one menu are parted by a line where `group` changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Flag, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from keeproom.ui.acts import house, importing, looking
from keeproom.ui.browse.sorting import SORTS, is_descending, key_of
from keeproom.ui.texts import tr

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow


class Menu(Flag):
    """Where an action stands."""

    FILE = auto()
    EDIT = auto()
    VIEW = auto()
    APPEARANCE = auto()
    SORT = auto()
    ITEM = auto()
    HELP = auto()
    IMPORT = auto()
    ACTIVITY = auto()
    ON_ITEM = auto()
    ON_BACKGROUND = auto()
    SELECTION_BAR = auto()


MENU_BAR: Mapping[Menu, str] = {
    Menu.FILE: "&File",
    Menu.EDIT: "&Edit",
    Menu.VIEW: "&View",
    Menu.ITEM: "&Item",
    Menu.HELP: "&Help",
}
SUBMENUS: Mapping[Menu, tuple[Menu, str]] = {
    Menu.SORT: (Menu.VIEW | Menu.ON_BACKGROUND, "&Sort by"),
    Menu.APPEARANCE: (Menu.VIEW, "&Appearance"),
}


@dataclass(frozen=True, slots=True)
class Situation:
    """All that decides what can be done now."""

    open: bool = False
    items: int = 0
    selected: int = 0
    in_trouble: int = 0
    importing: bool = False
    working: bool = False
    notices: int = 0


Needs = Callable[[Situation], bool]


def NOTHING(_: Situation) -> bool:
    return True


def LIBRARY(now: Situation) -> bool:
    return now.open


def ITEMS(now: Situation) -> bool:
    return now.items > 0


def ANY(now: Situation) -> bool:
    return now.selected > 0


def TROUBLE(now: Situation) -> bool:
    return now.in_trouble > 0


def IMPORT_RUNS(now: Situation) -> bool:
    return now.importing


def WORK(now: Situation) -> bool:
    return now.working


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done.

    `shortcut` may be several, parted by spaces; the menu shows the first. `checked` makes it an entry with a mark,
    `choice` names the entries of which one is marked.
    """

    name: str
    text: str
    function: Callable[[MainWindow], None]
    menus: Menu
    shortcut: str = ""
    needs: Needs = NOTHING
    icon: str = ""
    group: int = 0
    checked: Callable[[MainWindow], bool] | None = None
    choice: str = ""


def _themed(choice: str, text: str) -> Action:
    return Action(
        f"view.theme.{choice}",
        text,
        looking.appear(choice),
        Menu.APPEARANCE,
        checked=lambda window: window.appearance.choice == choice,
        choice="theme",
    )


_SORTS = tuple(
    Action(
        f"view.sort.{key}",
        text,
        looking.sort_by(key),
        Menu.SORT,
        checked=lambda window, key=key: key_of(window.shelf.sort) == key,  # type: ignore[misc]
        choice="sort",
    )
    for key, text in SORTS.items()
)

ACTIONS = (
    Action(
        "import.files",
        "Import &files…",
        importing.import_files,
        Menu.FILE | Menu.IMPORT | Menu.ON_BACKGROUND,
        "Ctrl+I",
        LIBRARY,
        "file-plus",
    ),
    Action(
        "import.folder",
        "Import f&older…",
        importing.import_folder,
        Menu.FILE | Menu.IMPORT | Menu.ON_BACKGROUND,
        "Ctrl+Shift+I",
        LIBRARY,
        "folder-plus",
    ),
    Action(
        "import.pause",
        "&Pause or resume",
        importing.pause_or_resume,
        Menu.FILE | Menu.ACTIVITY,
        "Ctrl+Shift+P",
        WORK,
        "pause",
        group=1,
    ),
    Action(
        "import.cancel",
        "&Cancel import",
        importing.cancel_import,
        Menu.FILE | Menu.ACTIVITY,
        "",
        IMPORT_RUNS,
        "x",
        group=1,
    ),
    Action("library.open", "Open &library…", house.open_library, Menu.FILE, "Ctrl+O", icon="folder-open", group=2),
    Action("keeproom.quit", "&Quit", house.quit_keeproom, Menu.FILE, "Ctrl+Q", group=3),
    Action("select.all", "Select &all", looking.select_all, Menu.EDIT | Menu.ON_BACKGROUND, "Ctrl+A", ITEMS, group=1),
    Action(
        "select.invert",
        "&Invert selection",
        looking.invert_selection,
        Menu.EDIT | Menu.ON_BACKGROUND,
        "Ctrl+Shift+A",
        ITEMS,
        group=1,
    ),
    Action("select.none", "Select &none", looking.select_none, Menu.EDIT, "Ctrl+D", ANY, "x", group=1),
    Action(
        "view.sidebar",
        "Si&debar",
        looking.toggle_sidebar,
        Menu.VIEW,
        "F9",
        icon="panel-left",
        checked=lambda window: window.settings.flag("window.sidebar"),
    ),
    Action(
        "view.problems",
        "&Problems",
        importing.show_problems,
        Menu.VIEW | Menu.ACTIVITY,
        "",
        LIBRARY,
        "triangle-alert",
        group=2,
    ),
    Action("view.bigger", "&Bigger pictures", looking.bigger, Menu.VIEW, "Ctrl++ Ctrl+=", group=1),
    Action("view.smaller", "S&maller pictures", looking.smaller, Menu.VIEW, "Ctrl+-", group=1),
    *_SORTS,
    Action(
        "view.sort.ascending",
        "&Ascending",
        looking.sort_direction(descending=False),
        Menu.SORT,
        group=1,
        checked=lambda window: not is_descending(window.shelf.sort),
        choice="direction",
    ),
    Action(
        "view.sort.descending",
        "&Descending",
        looking.sort_direction(descending=True),
        Menu.SORT,
        group=1,
        checked=lambda window: is_descending(window.shelf.sort),
        choice="direction",
    ),
    _themed("system", "&Follow the system"),
    _themed("light", "&Light"),
    _themed("dark", "&Dark"),
    Action(
        "view.notice", "&Go to message", looking.go_to_notice, Menu.VIEW, "F6", lambda now: now.notices > 0, group=3
    ),
    Action(
        "item.retry",
        "&Retry",
        importing.retry_selected,
        Menu.ITEM | Menu.ON_ITEM | Menu.SELECTION_BAR,
        "Ctrl+Shift+R",
        TROUBLE,
        "rotate-ccw",
    ),
    Action(
        "item.error",
        "Show &problem",
        importing.show_error,
        Menu.ITEM | Menu.ON_ITEM | Menu.SELECTION_BAR,
        "Ctrl+Shift+E",
        TROUBLE,
        "triangle-alert",
    ),
    Action("help.report", "&Write a report of what happened", house.write_report, Menu.HELP),
    Action("help.about", "&About Keeproom", house.about, Menu.HELP, icon="info", group=1),
)


class ActionSet(QObject):
    """The table as actions of a window: they act, and follow the situation."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._choices: dict[str, QActionGroup] = {}
        self._actions = {row.name: self._made(row) for row in ACTIONS}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def follow(self, now: Situation) -> None:
        """Enable what can be done now, and mark what is chosen."""
        for row in ACTIONS:
            action = self._actions[row.name]
            action.setEnabled(row.needs(now))
            if row.checked is not None:
                action.setChecked(row.checked(self._window))

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        for menu, title in MENU_BAR.items():
            bar.addMenu(self.menu(menu, bar, title))

    def menu(self, menu: Menu, parent: QWidget, title: str = "", *, only_possible: bool = False) -> QMenu:
        """A menu of the table; in a context menu what is not possible vanishes."""
        result = QMenu(tr(title), parent)
        group = None
        for row, action in self.rows(menu):
            if only_possible and not action.isEnabled():
                continue
            if group not in (None, row.group):
                result.addSeparator()
            group = row.group
            result.addAction(action)
        for child, (parents, child_title) in SUBMENUS.items():
            if menu in parents and not (only_possible and result.isEmpty()):
                result.addMenu(self.menu(child, result, child_title))
        result.aboutToShow.connect(self._window.follow_situation)
        return result

    def rows(self, menu: Menu) -> Iterator[tuple[Action, QAction]]:
        """The rows of a menu with their actions, as they stand in the table, by group."""
        for row in sorted((row for row in ACTIONS if menu in row.menus), key=lambda row: row.group):
            yield row, self._actions[row.name]

    def _made(self, row: Action) -> QAction:
        action = QAction(tr(row.text), self._window)
        action.setObjectName(row.name)
        action.setProperty("icon_name", row.icon)
        action.setCheckable(row.checked is not None)
        if row.shortcut:
            action.setShortcuts([QKeySequence(keys) for keys in row.shortcut.split()])
        if row.choice:
            self._choices.setdefault(row.choice, QActionGroup(self)).addAction(action)
        action.triggered.connect(lambda: self._act(row))
        self._window.addAction(action)
        return action

    def _act(self, row: Action) -> None:
        row.function(self._window)
        self._window.follow_situation()
