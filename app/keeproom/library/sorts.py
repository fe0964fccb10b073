"""How orders are written."""

from __future__ import annotations

from keeproom.errors import UsageError
from keeproom.model import SortKey


def read_sort(sort: str) -> tuple[SortKey, bool]:
    """The key of an order such as `-captured`, and whether it descends.

    Raises:
        UsageError: there is no such key.
    """
    try:
        return SortKey(sort.removeprefix("-")), sort.startswith("-")
    except ValueError as error:
        possible = ", ".join(SortKey)
        raise UsageError(f"There is no sort key {sort!r}. Possible are {possible}, each with - in front.") from error
