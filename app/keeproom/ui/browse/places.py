"""The places of the sidebar: a row a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QTime

from keeproom.model import Kind
from keeproom.ui.status import KINDS
from keeproom.ui.texts import locale, tr

if TYPE_CHECKING:
    from keeproom.library.views import SidebarCounts, View

    Count = Callable[[SidebarCounts], int]


@dataclass(frozen=True, slots=True)
class Place:
    """One list that can be gone to.

    `sort` is the place's own order, which comes without headings; None is the order the person chose. `entry` is the
    import whose list is shown. `always` shows it when it is empty. `empty` is what is said then.
    """

    name: str
    text: str = field(compare=False)
    icon: str
    section: str
    count: Count
    kind: Kind | None = None
    last_import: bool = False
    entry: int | None = None
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


def import_place(entry: int, started_at: datetime | None = None) -> Place:
    """The list of one import; it is named by when it began, as soon as that is known."""
    text = tr("Import") if started_at is None else tr("Import of {date}").format(date=_moment(started_at))
    empty = "Nothing came in with this import."
    return Place("import", text, "history", "", _uncounted, entry=entry, sort="imported", empty=empty)


def _uncounted(_counts: SidebarCounts) -> int:
    """It is not in the sidebar."""
    return 0


def _moment(at: datetime) -> str:
    here = at.astimezone()
    day = locale().toString(QDate(here.year, here.month, here.day), "d MMM yyyy")
    return f"{day}, {locale().toString(QTime(here.hour, here.minute), QLocale.FormatType.ShortFormat)}"


def view_of(place: Place) -> View:
    """What the library is asked for; imported here because nothing of the library is known at the first paint."""
    from keeproom.library.views import View

    return View(kind=place.kind, problems=place.problems)
