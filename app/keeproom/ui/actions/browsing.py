"""How the library is shown: order, sizes, parts of the window, light and dark, and what is selected."""

from __future__ import annotations

from keeproom.ui.actions.rows import ANY, ITEMS, NOTHING, Action, Menu, Situation, Submenu
from keeproom.ui.acts import looking
from keeproom.ui.browse.places import POSITION
from keeproom.ui.browse.sorting import GROUPINGS, SORTS, is_descending, key_of

LIBRARY_PANEL = frozenset({"library"})


def _themed(choice: str, text: str) -> Action:
    return Action(
        f"view.theme.{choice}",
        text,
        looking.appear(choice),
        Menu.APPEARANCE,
        checked=lambda window: window.appearance.choice == choice,
        choice="theme",
    )


def _in_order_of_its_own(now: Situation) -> bool:
    """Only what a person put in a collection has an order that they gave it."""
    return now.in_collection


_SORTS = tuple(
    Action(
        f"view.sort.{key}",
        text,
        looking.sort_by(key),
        Menu.SORT,
        checked=lambda window, key=key: key_of(window.library_panel.order()) == key,  # type: ignore[misc]
        choice="sort",
        needs=_in_order_of_its_own if key == POSITION else NOTHING,
    )
    for key, text in SORTS.items()
)

_GROUPINGS = tuple(
    Action(
        f"view.group.{grouping}",
        text,
        looking.group_by(grouping),
        Menu.GROUPING,
        checked=lambda window, grouping=grouping: window.shelf.grouping == grouping,  # type: ignore[misc]
        choice="grouping",
    )
    for grouping, text in GROUPINGS.items()
)


def _mode(mode: str, text: str, icon: str, shortcut: str) -> Action:
    return Action(
        f"view.mode.{mode}",
        text,
        looking.show_as(mode),
        Menu.VIEW,
        shortcut,
        icon=icon,
        group=2,
        checked=lambda window: window.settings.text("grid.mode") == mode,
        choice="view mode",
        panels=LIBRARY_PANEL,
    )


def _direction(name: str, text: str, *, descending: bool) -> Action:
    return Action(
        name,
        text,
        looking.sort_direction(descending=descending),
        Menu.SORT,
        group=1,
        checked=lambda window: is_descending(window.library_panel.order()) == descending,
        choice="direction",
    )


ROWS = (
    Action(
        "select.all",
        "Select &all",
        looking.select_all,
        Menu.EDIT | Menu.ON_BACKGROUND,
        "Ctrl+A",
        ITEMS,
        group=1,
        panels=LIBRARY_PANEL,
    ),
    Action(
        "select.invert",
        "&Invert selection",
        looking.invert_selection,
        Menu.EDIT | Menu.ON_BACKGROUND,
        "Ctrl+Shift+A",
        ITEMS,
        group=1,
        panels=LIBRARY_PANEL,
    ),
    Action(
        "select.none",
        "Select &none",
        looking.select_none,
        Menu.EDIT,
        "Ctrl+D",
        ANY,
        "x",
        group=1,
        panels=LIBRARY_PANEL,
    ),
    Action(
        "view.sidebar",
        "Si&debar",
        looking.toggle_sidebar,
        Menu.VIEW,
        "F9",
        icon="panel-left",
        checked=lambda window: window.settings.flag("window.sidebar"),
        panels=frozenset({"library", "imports", "activity", "tags"}),
    ),
    Action(
        "view.bigger",
        "&Bigger pictures",
        looking.bigger,
        Menu.VIEW,
        "Ctrl++ Ctrl+=",
        group=1,
        panels=LIBRARY_PANEL,
    ),
    Action("view.smaller", "S&maller pictures", looking.smaller, Menu.VIEW, "Ctrl+-", group=1, panels=LIBRARY_PANEL),
    Action(
        "view.names",
        "&Names below pictures",
        looking.toggle_names,
        Menu.VIEW,
        "Ctrl+Shift+N",
        group=1,
        checked=lambda window: window.settings.flag("grid.names"),
        panels=LIBRARY_PANEL,
    ),
    _mode("grid", "Picture&s", "layout-grid", "Ctrl+Shift+1"),
    _mode("list", "&List", "list", "Ctrl+Shift+2"),
    *_SORTS,
    *_GROUPINGS,
    _direction("view.sort.ascending", "&Ascending", descending=False),
    _direction("view.sort.descending", "&Descending", descending=True),
    _themed("system", "&Follow the system"),
    _themed("light", "&Light"),
    _themed("dark", "&Dark"),
)

SUBMENUS: tuple[Submenu, ...] = (Submenu("&Group by", Menu.VIEW | Menu.ON_BACKGROUND, Menu.GROUPING, group=2),)
