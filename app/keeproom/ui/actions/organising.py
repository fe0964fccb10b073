"""Putting items into collections, and showing several as one."""

from __future__ import annotations

from keeproom.ui.actions.rows import ANY, LIBRARY, MANY, Action, Menu, Situation, Submenu
from keeproom.ui.acts import collecting, grouping

_ITEM = Menu.ITEM | Menu.ON_ITEM
LIBRARY_PANEL = frozenset({"library"})


def _in_collection(now: Situation) -> bool:
    return now.selected > 0 and now.in_collection


def _grouped(now: Situation) -> bool:
    return now.grouped > 0


def _one_grouped(now: Situation) -> bool:
    return now.grouped == 1 and now.selected == 1


ROWS: tuple[Action, ...] = (
    Action(
        "item.collect",
        "&Collect…",
        collecting.pick_collection,
        Menu.SELECTION_BAR,
        "B",
        ANY,
        "album",
        group=2,
        local=True,
    ),
    Action(
        "item.uncollect",
        "&Remove from collection",
        collecting.remove_chosen,
        Menu.EDIT | Menu.ON_ITEM,
        "Backspace",
        _in_collection,
        group=2,
        local=True,
        panels=LIBRARY_PANEL,
    ),
    Action("item.group", "&Group as one", grouping.group_chosen, Menu.STACKING, "Ctrl+G", MANY, "group"),
    Action("item.ungroup", "&Ungroup", grouping.ungroup_chosen, Menu.STACKING, "Ctrl+Alt+G", _grouped, "ungroup"),
    Action("item.cover", "&Make cover", grouping.make_cover, Menu.STACKING, "", _one_grouped, group=1),
    Action("item.take_out", "&Take out of group", grouping.take_out_chosen, Menu.STACKING, "", _grouped, group=1),
    Action(
        "collection.new",
        "Ne&w collection…",
        collecting.new_collection,
        Menu.EDIT,
        "Ctrl+N",
        LIBRARY,
        "album",
        group=3,
    ),
    Action(
        "view.groups",
        "G&roups as one item",
        grouping.toggle_groups,
        Menu.VIEW,
        "",
        LIBRARY,
        group=2,
        checked=lambda window: window.shelf.stacked,
        panels=LIBRARY_PANEL,
    ),
)

SUBMENUS: tuple[Submenu, ...] = (
    Submenu("Add to collection", _ITEM, fill=collecting.fill_collections, group=2, needs=ANY),
    Submenu("Group", _ITEM, Menu.STACKING, group=4, needs=ANY),
)
