"""The orders of the grid and its headings: a row for each."""

from __future__ import annotations

from collections.abc import Mapping

from keeproom.model import Grouping, SortKey
from keeproom.ui.browse.places import POSITION

SORTS: Mapping[str, str] = {
    SortKey.CAPTURED: "Taken",
    SortKey.IMPORTED: "Imported",
    SortKey.NAME: "Name",
    SortKey.SIZE: "Size",
    SortKey.RATING: "Rating",
    POSITION: "Own order",
}

GROUPINGS: Mapping[Grouping, str] = {
    Grouping.NONE: "No headings",
    Grouping.DAY: "By day",
    Grouping.MONTH: "By month",
    Grouping.IMPORT: "By import",
    Grouping.COLLECTION: "By collection",
}

ORDER_OF: Mapping[Grouping, str] = {
    Grouping.DAY: SortKey.CAPTURED,
    Grouping.MONTH: SortKey.CAPTURED,
    Grouping.IMPORT: SortKey.IMPORTED,
    Grouping.COLLECTION: POSITION,
}
"""The order that headings bring with them."""


def key_of(sort: str) -> str:
    """The key of an order such as `-imported`; newest imports first where the text says nothing known."""
    name = sort.removeprefix("-")
    return name if name in SORTS else SortKey.IMPORTED


def is_descending(sort: str) -> bool:
    return sort.startswith("-")


def goes_with(key: str, grouping: Grouping) -> bool:
    """Whether things can stand in this order under these headings."""
    return ORDER_OF.get(grouping, key) == key


def order_shown(sort: str, grouping: Grouping) -> str:
    """The order that a person sees: headings bring their own with them, whatever else was chosen."""
    key = ORDER_OF.get(grouping)
    return sort if key is None else order(key, descending=is_descending(sort))


def order(key: str, *, descending: bool) -> str:
    return f"-{key}" if descending else str(key)
