"""All actions and submenus, section by section, in the order in which menus show them."""

from __future__ import annotations

from keeproom.ui.actions import (
    browsing,
    culling,
    describing,
    helping,
    house,
    importing,
    inspecting,
    items,
    organising,
    searching,
    viewing,
)
from keeproom.ui.actions.rows import Action, Menu, Submenu

ACTIONS: tuple[Action, ...] = (
    *importing.ROWS,
    *house.ROWS,
    *viewing.ROWS,
    *describing.ROWS,
    *organising.ROWS,
    *items.ROWS,
    *culling.ROWS,
    *searching.ROWS,
    *browsing.ROWS,
    *inspecting.ROWS,
    *helping.ROWS,
)

SUBMENUS: tuple[Submenu, ...] = (
    Submenu("&Sort by", Menu.VIEW | Menu.ON_BACKGROUND, Menu.SORT, group=2),
    Submenu("&Appearance", Menu.VIEW, Menu.APPEARANCE, group=2),
    *describing.SUBMENUS,
    *organising.SUBMENUS,
    *items.SUBMENUS,
    *culling.SUBMENUS,
    *browsing.SUBMENUS,
    *viewing.SUBMENUS,
)
