"""What is done with items: opening elsewhere, copying, taking out; and what is pasted."""

from __future__ import annotations

from keeproom.ui.actions.rows import ANY, LIBRARY, ONE, Action, Menu, Submenu
from keeproom.ui.acts import exporting, items

_ITEM = Menu.ITEM | Menu.ON_ITEM


ROWS = (
    Action(
        "item.open_outside",
        "Open in &default program",
        items.open_outside,
        _ITEM,
        "Ctrl+Shift+O",
        ONE,
        "square-arrow-out-up-right",
        group=1,
    ),
    Action("edit.paste", "&Paste", items.paste, Menu.EDIT | Menu.ON_BACKGROUND, "Ctrl+V", LIBRARY, "clipboard-paste"),
    Action("item.copy", "Cop&y", items.copy_items, _ITEM, "Ctrl+C", ANY, "copy", group=5, local=True),
    Action("item.copy_image", "Copy &image", items.copy_image, _ITEM, "Ctrl+Shift+C", ONE, group=5),
    Action("item.copy_path", "Copy pa&th", items.copy_paths, _ITEM, "Ctrl+Alt+C", ANY, group=5),
    Action("item.show_original", "Show original's &folder", items.show_original, _ITEM, "", ONE, "folder", group=5),
    Action(
        "item.export",
        "&Export…",
        exporting.export_chosen,
        _ITEM | Menu.SELECTION_BAR,
        "Ctrl+E",
        ANY,
        "share",
        group=5,
    ),
)

SUBMENUS = (Submenu("Open &with", _ITEM, fill=items.fill_open_with, group=1, needs=ONE),)
