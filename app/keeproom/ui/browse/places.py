"""The places of the sidebar: a row a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keeproom.model import Kind
from keeproom.ui.status import KINDS

if TYPE_CHECKING:
    from keeproom.library.views import SidebarCounts, View

    Count = Callable[[SidebarCounts], int]


@dataclass(frozen=True, slots=True)
class Place:
    """One list of assets that can be gone to.

    `sort` is the place's own order; None is the order the person chose. `always` shows it when it is empty. `empty` is
    what is said then.
    """

    name: str
    text: str
    icon: str
    section: str
    count: Count
    kind: Kind | None = None
    last_import: bool = False
    problems: bool = False
    always: bool = False
    sort: str | None = None
    empty: str = "Nothing here."


def _of_kind(kind: Kind) -> Place:
    row = KINDS[kind]
    return Place(kind.value, row.many, row.icon, "Library", lambda counts: counts.kinds.get(kind, 0), kind=kind)


ALL = Place("all", "All", "images", "Library", lambda counts: counts.all, always=True)
LAST_IMPORT = Place(
    "last-import",
    "Last import",
    "history",
    "Library",
    lambda counts: counts.last_import_count,
    last_import=True,
    sort="imported",
    empty="Nothing came in with the last import.",
)
PROBLEMS = Place(
    "problems",
    "Problems",
    "triangle-alert",
    "Review",
    lambda counts: counts.problems,
    problems=True,
    empty="No problems. Every item has its preview.",
)

PLACES = (ALL, LAST_IMPORT, *(_of_kind(kind) for kind in Kind), PROBLEMS)


def view_of(place: Place, last_import: int | None) -> View:
    """What the library is asked for; imported here because nothing of the library is known at the first paint."""
    from keeproom.library.views import View

    return View(
        kind=place.kind,
        imported_by=last_import if place.last_import else None,
        problems=place.problems,
    )
