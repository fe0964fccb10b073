"""What a person states of items: rating, label, flag, tags, name, date, and which side is up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from keeproom.model import Flag, Label
from keeproom.ui.actions.rows import ANY, Action, Menu, Submenu
from keeproom.ui.acts import describing

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow

_ITEM = Menu.ITEM | Menu.ON_ITEM
_LABEL_KEYS = {Label.RED: "6", Label.YELLOW: "7", Label.GREEN: "8", Label.BLUE: "9"}
_FLAG_ROWS = (
    (Flag.PICK, "&Pick", "P", "flag"),
    (Flag.REJECT, "&Reject", "X", "x"),
    (None, "&No flag", "U", "flag-off"),
)


def _marked(fact: str, value: int | str | None) -> Callable[[MainWindow], bool]:
    """Whether all that is chosen has this value, as far as something is known of it."""
    return lambda window: getattr(window.action_set.now, fact) == {value}


def _rating(stars: int) -> Action:
    text = ("&0 stars", "&1 star")[stars] if stars < 2 else f"&{stars} stars"
    return Action(
        f"item.rate.{stars}",
        text,
        describing.rate(stars),
        Menu.RATING,
        str(stars),
        ANY,
        checked=_marked("ratings", stars),
        choice="rating",
        local=True,
        once=True,
    )


def _label(label: Label | None) -> Action:
    return Action(
        f"item.label.{label or 'none'}",
        f"&{label.capitalize()}" if label else "&No label",
        describing.label(label),
        Menu.LABEL,
        _LABEL_KEYS.get(label, "") if label else "-",
        ANY,
        checked=_marked("labels", label),
        choice="label",
        local=True,
        once=True,
    )


def _flag(flag: Flag | None, text: str, shortcut: str, icon: str) -> Action:
    return Action(
        f"item.flag.{flag or 'none'}",
        text,
        describing.flag(flag),
        Menu.FLAG,
        shortcut,
        ANY,
        icon,
        checked=_marked("flags", flag),
        choice="flag",
        local=True,
        once=True,
    )


ROWS: tuple[Action, ...] = (
    *(_rating(stars) for stars in range(6)),
    *(_label(label) for label in (*Label, None)),
    *(_flag(*row) for row in _FLAG_ROWS),
    Action("item.rate", "&Rate", describing.choose_rating, Menu.SELECTION_BAR, "", ANY, "star", group=2),
    Action(
        "item.tags",
        "Ta&gs…",
        describing.edit_tags,
        _ITEM | Menu.SELECTION_BAR,
        "T",
        ANY,
        "tag",
        group=2,
        local=True,
        brief="Tag",
    ),
    Action(
        "item.rotate_left",
        "Rotate &left",
        describing.turn(-1),
        _ITEM,
        "Ctrl+[",
        ANY,
        "rotate-ccw-square",
        group=3,
    ),
    Action(
        "item.rotate_right",
        "Rot&ate right",
        describing.turn(1),
        _ITEM,
        "Ctrl+]",
        ANY,
        "rotate-cw-square",
        group=3,
    ),
    Action("item.date", "Date and ti&me…", describing.edit_times, _ITEM, "", ANY, "calendar-clock", group=3),
    Action("item.rename", "Re&name…", describing.rename, _ITEM, "F2", ANY, "pencil", group=3),
)

SUBMENUS: tuple[Submenu, ...] = (
    Submenu("Rating", _ITEM, Menu.RATING, group=2, needs=ANY, first=True),
    Submenu("La&bel", _ITEM, Menu.LABEL, group=2, needs=ANY, first=True),
    Submenu("Flag", _ITEM, Menu.FLAG, group=2, needs=ANY, first=True),
)
