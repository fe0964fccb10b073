"""The orders of the grid and its headings: a row for each."""

from __future__ import annotations

from collections.abc import Mapping

from keeproom.model import Grouping, SortKey

SORTS: Mapping[SortKey, str] = {
    SortKey.CAPTURED: "Taken",
    SortKey.IMPORTED: "Imported",
    SortKey.NAME: "Name",
    SortKey.SIZE: "Size",
    SortKey.RATING: "Rating",
}

GROUPINGS: Mapping[Grouping, str] = {
    Grouping.NONE: "No headings",
    Grouping.DAY: "By day",
    Grouping.MONTH: "By month",
}


def key_of(sort: str) -> SortKey:
    """The key of an order such as `-imported`; newest imports first where the text says nothing known."""
    name = sort.removeprefix("-")
    return SortKey(name) if name in SORTS else SortKey.IMPORTED


def is_descending(sort: str) -> bool:
    return sort.startswith("-")


def order_shown(sort: str, grouping: Grouping) -> str:
    """The order that a person sees: days and months stand in the order of time, whatever else was chosen."""
    return sort if grouping is Grouping.NONE else order(SortKey.CAPTURED, descending=is_descending(sort))


def order(key: SortKey, *, descending: bool) -> str:
    return f"-{key}" if descending else str(key)
