"""What a row of the action table says, the menus it can stand in, and what it may need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Flag, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from keeproom.ui.window.main import MainWindow


class Menu(Flag):
    """Where an action stands."""

    FILE = auto()
    EDIT = auto()
    VIEW = auto()
    APPEARANCE = auto()
    SORT = auto()
    GROUPING = auto()
    ADVANCE = auto()
    ITEM = auto()
    RATING = auto()
    LABEL = auto()
    FLAG = auto()
    LOOKING = auto()
    PLAYING = auto()
    STACKING = auto()
    HELP = auto()
    IMPORT = auto()
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


@dataclass(frozen=True, slots=True)
class Submenu:
    """A menu inside others, at the end of their `group`, or with `first` at its beginning.

    It holds the rows of `menu`, or what `fill` puts into it each time it is about to be shown.
    """

    title: str
    parents: Menu
    menu: Menu | None = None
    fill: Callable[[MainWindow, QMenu], None] | None = None
    group: int = 0
    needs: Needs | None = None
    first: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """All that decides what can be done now. `selected` counts what item actions act on; the kinds and troubles are
    counted among those of which something is known, and `ratings`, `labels` and `flags` are what these have. `panel` is
    the name of the panel in sight; `trashed` tells that it shows the trash, `ordered` that a person has ordered it."""

    open: bool = False
    panel: str = "library"
    items: int = 0
    selected: int = 0
    images: int = 0
    playable: int = 0
    in_trouble: int = 0
    importing: bool = False
    working: bool = False
    notices: int = 0
    can_go_back: bool = False
    ratings: frozenset[int] = frozenset()
    labels: frozenset[str | None] = frozenset()
    flags: frozenset[str | None] = frozenset()
    in_collection: bool = False
    grouped: int = 0
    trashed: bool = False
    ordered: bool = False


Needs = Callable[[Situation], bool]


def NOTHING(_: Situation) -> bool:
    return True


def LIBRARY(now: Situation) -> bool:
    return now.open


def ITEMS(now: Situation) -> bool:
    return now.items > 0


def ANY(now: Situation) -> bool:
    return now.selected > 0


def ONE(now: Situation) -> bool:
    return now.selected == 1


def MANY(now: Situation) -> bool:
    return now.selected > 1


def TROUBLE(now: Situation) -> bool:
    return now.in_trouble > 0


def IMPORT_RUNS(now: Situation) -> bool:
    return now.importing


def WORK(now: Situation) -> bool:
    return now.working


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done.

    `shortcut` may be several, parted by spaces; the menu shows the first. A `local` one counts only while the keyboard
    is in the content of a panel (its grid, its canvas), so that fields and buttons keep their letters, Space and Enter.
    `panels` names the panels in which it is possible; empty means all. `checked` makes it an entry with a mark,
    `choice` names the entries of which one is marked. Rows of one menu are parted by a line where `group` changes.
    What is done `once` is not repeated while its key is held: where the next item follows that would change them all.
    `brief` is what a button in a bar says, where that is not the text of the menu.

    Groups of the item menus: 0 problems, 1 open, 2 describe, 3 change, 4 relate, 5 take out, 6 trash, 7 properties.
    Groups of View: 0 parts of the window, 1 sizes, 2 modes, 3 pages, 4 full screen, 5 messages.
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
    local: bool = False
    panels: frozenset[str] = frozenset()
    once: bool = False
    brief: str = ""

    def is_possible(self, now: Situation) -> bool:
        return (not self.panels or now.panel in self.panels) and self.needs(now)
