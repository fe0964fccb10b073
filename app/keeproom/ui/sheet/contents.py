"""What stands on the sheet: the rows of the action table that have a shortcut, and what keys and mouse do besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from keeproom.ui.actions.rows import MENU_BAR, Action, Menu, Submenu
from keeproom.ui.texts import tr

MOST_KEYS = 2
"""How many shortcuts of one action are shown."""

PANEL_TITLES: Mapping[str, str] = {
    "library": "In the grid",
    "viewer": "In the viewer",
    "compare": "Comparing",
    "tags": "On the Tags page",
    "imports": "On the Imports page",
    "activity": "On the Activity page",
}

Keys = tuple[str, ...]
"""What is pressed together: `("Ctrl", "A")`."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that can be done, and the ways to do it."""

    text: str
    keys: tuple[Keys, ...]

    def matches(self, words: Sequence[str]) -> bool:
        """Whether each of these, in lower case, is somewhere in it."""
        known = " ".join([self.text, *("+".join(each) for each in self.keys)]).lower()
        return all(word in known for word in words)


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[Line, ...]

    def found(self, words: Sequence[str]) -> Section:
        """The lines that match; all of them where the title does."""
        if all(word in self.title.lower() for word in words):
            return self
        return Section(self.title, tuple(line for line in self.lines if line.matches(words)))


_HANDS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Choosing with the mouse",
        (
            ("Choose one", "Click"),
            ("Add one, or take it away", "Ctrl+Click"),
            ("Choose all up to here", "Shift+Click"),
            ("Choose all in a frame", "Drag"),
            ("Open", "Double click"),
            ("What can be done with it", "Right click"),
            ("Larger or smaller pictures", "Ctrl+Wheel"),
            ("Copy to another program", "Drag items out"),
            ("Import", "Drop files"),
        ),
    ),
    (
        "Choosing with the keys",
        (
            ("Go to the next one", "Arrows"),
            ("Choose all on the way", "Shift+Arrows"),
            ("Go without choosing", "Ctrl+Arrows"),
            ("Add one, or take it away", "Ctrl+Space"),
            ("First, last", "Home|End"),
            ("A page on, a page back", "PgDown|PgUp"),
            ("What can be done with it", "Shift+F10"),
        ),
    ),
)
"""What is no row of the action table, because it needs a place: `|` parts ways, `+` what is pressed together."""


def sections(rows: Iterable[Action], submenus: Iterable[Submenu]) -> list[Section]:
    """Everything in the order of the menu bar, then what belongs to one panel, then the mouse."""
    left = [row for row in rows if row.shortcut]
    result = []
    for menu, title in MENU_BAR.items():
        own = [row for row in left if not row.panels and row.menus & _with_children(menu, submenus)]
        left = [row for row in left if row not in own]
        result.append(_section(tr(title).replace("&", ""), own))
    for panel, title in PANEL_TITLES.items():
        own = [row for row in left if panel in row.panels]
        left = [row for row in left if row not in own]
        result.append(_section(tr(title), own))
    result.append(_section(tr("Elsewhere"), left))
    result += [
        Section(tr(title), tuple(Line(tr(text), _ways(keys)) for text, keys in hands)) for title, hands in _HANDS
    ]
    return [section for section in result if section.lines]


def search(those: Iterable[Section], text: str) -> list[Section]:
    """The sections with the lines in which every word of the text is found."""
    words = text.lower().split()
    return [found for section in those if (found := section.found(words)).lines]


def _with_children(menu: Menu, submenus: Iterable[Submenu]) -> Menu:
    """A menu, and those inside it."""
    result = menu
    for submenu in submenus:
        if submenu.menu is not None and menu & submenu.parents:
            result |= submenu.menu
    return result


def _section(title: str, rows: Iterable[Action]) -> Section:
    return Section(title, tuple(Line(_plain(row.text), tuple(_shortcuts(row))) for row in rows))


def _plain(text: str) -> str:
    return tr(text).replace("&", "").rstrip("…")


def _shortcuts(row: Action) -> Iterator[Keys]:
    for keys in row.shortcut.split()[:MOST_KEYS]:
        yield caps(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))


def caps(text: str) -> Keys:
    """The keys of a shortcut: `Ctrl++` is `Ctrl` and `+`."""
    parts = [part for part in text.removesuffix("+").split("+") if part]
    return (*parts, "+") if text.endswith("+") else tuple(parts)


def _ways(text: str) -> tuple[Keys, ...]:
    return tuple(tuple(tr(key) for key in way.split("+")) for way in text.split("|"))
