"""The action table as actions of a window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget

from keeproom.ui.actions.rows import MENU_BAR, Action, Menu, Situation, Submenu
from keeproom.ui.actions.table import ACTIONS, SUBMENUS
from keeproom.ui.texts import tr

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow


class ActionSet(QObject):
    """The rows as actions: they act, and follow the situation."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._now = Situation()
        self._choices: dict[str, QActionGroup] = {}
        self._actions = {row.name: self._made(row) for row in ACTIONS}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    @property
    def now(self) -> Situation:
        """The situation that the actions follow."""
        return self._now

    def follow(self, now: Situation) -> None:
        """Enable what can be done now, and mark what is chosen."""
        self._now = now
        for row in ACTIONS:
            action = self._actions[row.name]
            action.setEnabled(row.is_possible(now))
            if row.checked is not None:
                action.setChecked(row.checked(self._window))

    def lend(self, content: QWidget) -> None:
        """Let the local shortcuts count while the keyboard is in this widget."""
        content.addActions([self._actions[row.name] for row in ACTIONS if row.local])

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        for menu, title in MENU_BAR.items():
            bar.addMenu(self.menu(menu, bar, title))

    def menu(self, menu: Menu, parent: QWidget, title: str = "", *, only_possible: bool = False) -> QMenu:
        """A menu of the table; in a context menu what is not possible vanishes."""
        result = QMenu(tr(title), parent)
        group = None
        for row in self._entries(menu):
            if only_possible and not self._is_possible(row):
                continue
            if group not in (None, row.group):
                result.addSeparator()
            group = row.group
            if isinstance(row, Action):
                result.addAction(self._actions[row.name])
            else:
                result.addMenu(self._submenu(row, result))
        result.aboutToShow.connect(self._window.follow_situation)
        return result

    def rows(self, menu: Menu) -> Iterator[tuple[Action, QAction]]:
        """The rows of a menu with their actions, as they stand in the table, by group."""
        for row in sorted((row for row in ACTIONS if menu in row.menus), key=lambda row: row.group):
            yield row, self._actions[row.name]

    def _entries(self, menu: Menu) -> list[Action | Submenu]:
        rows: list[Action | Submenu] = [row for row in ACTIONS if menu in row.menus]
        rows += [row for row in SUBMENUS if menu in row.parents]
        return sorted(rows, key=lambda row: (row.group, not (isinstance(row, Submenu) and row.first)))

    def _is_possible(self, row: Action | Submenu) -> bool:
        if isinstance(row, Action):
            return self._actions[row.name].isEnabled()
        if row.needs is not None and not row.needs(self._now):
            return False
        return row.menu is None or any(action.isEnabled() for _, action in self.rows(row.menu))

    def _submenu(self, row: Submenu, parent: QMenu) -> QMenu:
        if row.menu is not None:
            return self.menu(row.menu, parent, row.title)
        result = QMenu(tr(row.title), parent)
        fill = row.fill
        assert fill is not None
        result.aboutToShow.connect(lambda: fill(self._window, result))
        return result

    def _made(self, row: Action) -> QAction:
        action = QAction(tr(row.text), self._window)
        action.setObjectName(row.name)
        action.setProperty("icon_name", row.icon)
        action.setProperty("brief", tr(row.brief))
        action.setCheckable(row.checked is not None)
        action.setAutoRepeat(not row.once)
        if row.shortcut:
            action.setShortcuts([QKeySequence(keys) for keys in row.shortcut.split()])
        if row.choice:
            self._choices.setdefault(row.choice, QActionGroup(self)).addAction(action)
        action.triggered.connect(lambda: self._act(row))
        if row.local:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        else:
            self._window.addAction(action)
        return action

    def _act(self, row: Action) -> None:
        if row.local and isinstance(QApplication.activePopupWidget(), QMenu):
            return  # a key for an open menu, not for what is behind it; what a menu chooses comes after it has closed
        row.function(self._window)
        self._window.follow_situation()
