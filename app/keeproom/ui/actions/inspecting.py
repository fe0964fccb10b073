"""The inspector and properties."""

from __future__ import annotations

from keeproom.ui.actions.rows import ANY, LIBRARY, ONE, Action, Menu
from keeproom.ui.acts import inspecting

ROWS: tuple[Action, ...] = (
    Action(
        "view.inspector",
        "&Inspector",
        inspecting.toggle_inspector,
        Menu.VIEW,
        "I",
        LIBRARY,
        "panel-right",
        checked=lambda window: window.settings.flag("window.inspector"),
        panels=frozenset({"library", "viewer"}),
    ),
    Action("view.details", "&Find in details", inspecting.find_details, Menu.VIEW, "Ctrl+Shift+F", ONE),
    Action(
        "item.properties",
        "Propertie&s",
        inspecting.show_properties,
        Menu.ITEM | Menu.ON_ITEM,
        "Alt+Return",
        ANY,
        "info",
        group=7,
    ),
)
