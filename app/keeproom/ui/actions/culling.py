"""Going through pictures: when a mark leads on, the trash, and places in a collection."""

from __future__ import annotations

from keeproom.ui.actions.rows import ANY, Action, Menu, Situation, Submenu
from keeproom.ui.acts import culling, trashing

_ITEM = Menu.ITEM | Menu.ON_ITEM
LIBRARY_PANEL = frozenset({"library"})
SHOWING = frozenset({"library", "viewer", "compare"})


def _trashable(now: Situation) -> bool:
    return now.selected > 0 and not now.trashed


def _restorable(now: Situation) -> bool:
    return now.selected > 0 and now.trashed


def _holds_living(now: Situation) -> bool:
    return now.open and now.items > 0 and not now.trashed


def _movable(now: Situation) -> bool:
    return ANY(now) and now.ordered


def _advance(when: str, text: str) -> Action:
    return Action(
        f"culling.advance.{when}",
        text,
        culling.advance(when),
        Menu.ADVANCE,
        checked=culling.advances(when),
        choice="advance",
    )


ROWS: tuple[Action, ...] = (
    _advance(culling.NEVER, "&Never"),
    _advance(culling.IN_VIEWER, "In the &viewer"),
    _advance(culling.ALWAYS, "In viewer and &grid"),
    Action(
        "item.backwards",
        "Move bac&kwards",
        culling.move_in_order(-1),
        _ITEM,
        "Alt+Shift+Left",
        _movable,
        group=3,
        panels=LIBRARY_PANEL,
    ),
    Action(
        "item.forwards",
        "Move for&wards",
        culling.move_in_order(1),
        _ITEM,
        "Alt+Shift+Right",
        _movable,
        group=3,
        panels=LIBRARY_PANEL,
    ),
    Action(
        "item.restore",
        "Restore from Tras&h",
        trashing.restore_chosen,
        _ITEM | Menu.SELECTION_BAR,
        "Ctrl+R",
        _restorable,
        "archive-restore",
        group=6,
        once=True,
        panels=SHOWING,
        brief="Restore",
    ),
    Action(
        "item.trash",
        "Mo&ve to Trash",
        trashing.trash_chosen,
        _ITEM | Menu.SELECTION_BAR,
        "Del",
        _trashable,
        "trash-2",
        group=6,
        local=True,
        once=True,
        panels=SHOWING,
        brief="Trash",
    ),
    Action(
        "item.trash_rejected",
        "Trash re&jected",
        trashing.trash_rejected,
        Menu.ITEM | Menu.ON_BACKGROUND,
        "Ctrl+Shift+X",
        _holds_living,
        group=6,
        once=True,
        panels=LIBRARY_PANEL,
    ),
)

SUBMENUS: tuple[Submenu, ...] = (Submenu("Go on after a &mark", Menu.VIEW, Menu.ADVANCE, group=2),)
