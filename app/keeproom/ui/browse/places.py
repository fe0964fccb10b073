"""The places of the library: each is a query in text, and some have more to them, such as an order of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QTime

from keeproom.model import Kind
from keeproom.ui.status import KINDS
from keeproom.ui.texts import locale, printable, tr

if TYPE_CHECKING:
    from keeproom.library.views import SidebarCounts, View


class Branch(StrEnum):
    """What sort of place it is: the part of the sidebar in which it grows, and the beginning of its name."""

    LIBRARY = "library"
    KIND = "kind"
    IMPORT = "import"
    FOLDER = "folder"
    COLLECTION = "collection"
    TAG = "tag"
    CAMERA = "camera"
    DATE = "date"
    REVIEW = "review"


POSITION = "position"
"""The order that a person gave the items of a collection."""

NO_DATE = "none"

_SHORT = QLocale.FormatType.ShortFormat


@dataclass(frozen=True, slots=True)
class Place:
    """One list that can be gone to.

    `facet` and `value` make its query; a place without is all of the library. `collection` is the id of one, `entry`
    the import whose list is shown. `sort` is the place's own order, which comes without headings; None is the order
    the person chose. `empty` is what is said where it holds nothing. `named` tells that its text is a name somebody
    gave, and no word to translate.
    """

    branch: Branch
    value: str
    text: str = field(compare=False)
    icon: str = field(compare=False)
    facet: str = ""
    collection: int | None = None
    entry: int | None = None
    last_import: bool = False
    trashed: bool = False
    sort: str | None = None
    empty: str = field(default="Nothing here.", compare=False)
    named: bool = field(default=False, compare=False)

    @property
    def name(self) -> str:
        """What it is known by: `tag:places/paris`, `library:all`, `collection:12`."""
        return f"{self.branch}:{self.value if self.collection is None else self.collection}"

    @property
    def title(self) -> str:
        """What it is called on the screen."""
        return self.text if self.named else tr(self.text)

    @property
    def is_filled(self) -> bool:
        """Whether it is a collection into which a person puts things."""
        return self.collection is not None and self.sort is not None

    @property
    def scope(self) -> str:
        """Its query, in text; empty where nothing limits it. Not before the first paint."""
        if not self.facet:
            return ""
        if self.branch is Branch.DATE and self.value == NO_DATE:
            return f"{self.facet}:{NO_DATE}"  # the keyword, and no value of that name
        from keeproom.library.search import term

        return term(self.facet, self.value)


def _of_kind(kind: Kind) -> Place:
    row = KINDS[kind]
    return Place(Branch.KIND, kind.value, row.many, row.icon, "kind")


ALL = Place(Branch.LIBRARY, "all", "All", "images")
LAST_IMPORT = Place(
    Branch.LIBRARY,
    "last-import",
    "Last import",
    "history",
    last_import=True,
    sort="imported",
    empty="Nothing came in with the last import.",
)
UNRATED = Place(Branch.LIBRARY, "unrated", "Unrated", "star-off", "is", empty="Every item has a rating.")
UNFLAGGED = Place(Branch.LIBRARY, "unflagged", "Unflagged", "flag-off", "is", empty="Every item has a flag.")
PROBLEMS = Place(
    Branch.REVIEW, "problem", "Problems", "triangle-alert", "is", empty="No problems. Every item has its preview."
)
TRASH = Place(
    Branch.REVIEW,
    "trash",
    "Trash",
    "trash-2",
    trashed=True,
    empty="Nothing here. Items moved to Trash wait here until you delete them.",
)

PLACES = (ALL, LAST_IMPORT, *(_of_kind(kind) for kind in Kind), UNRATED, UNFLAGGED, PROBLEMS, TRASH)
"""The places that are there in every library."""


def import_place(entry: int, started_at: datetime | None = None) -> Place:
    """The list of one import; it is named by when it began, as soon as that is known."""
    text = tr("Import") if started_at is None else import_title(started_at)
    return Place(
        Branch.IMPORT,
        str(entry),
        text,
        "history",
        "import",
        entry=entry,
        sort="imported",
        empty="Nothing came in with this import.",
        named=True,
    )


def import_title(started_at: datetime) -> str:
    return tr("Import of {date}").format(date=moment(started_at))


def collection_place(collection: int, name: str, *, smart: bool = False) -> Place:
    """A collection; one that a person filled has the order that they gave it."""
    return Place(
        Branch.COLLECTION,
        name,
        last_part(name),
        "folder-search" if smart else "album",
        "collection",
        collection=collection,
        sort=None if smart else POSITION,
        empty="Nothing matches this search." if smart else "Nothing here. Drag photos and videos onto this collection.",
        named=True,
    )


def tag_place(name: str) -> Place:
    return Place(Branch.TAG, name, last_part(name), "tag", "tag", empty="Nothing has this tag.", named=True)


def folder_place(path: str) -> Place:
    """What came from a folder, or from one below it."""
    text = printable(path.rstrip("/").rpartition("/")[2] or path)
    return Place(Branch.FOLDER, path, text, "folder", "folder", empty="Nothing came from this folder.", named=True)


def camera_place(name: str) -> Place:
    return Place(Branch.CAMERA, name, name, "camera", "camera", empty="Nothing was taken with it.", named=True)


def date_place(value: str) -> Place:
    """A year (`2023`), a month (`2023-05`), or what has no date (`none`)."""
    return Place(Branch.DATE, value, date_title(value), "calendar", "date", empty="Nothing was taken then.", named=True)


def date_title(value: str) -> str:
    """`2023`, `May 2023`, `No date`."""
    if value == NO_DATE:
        return tr("No date")
    year, _, month = value.partition("-")
    return locale().toString(QDate(int(year), int(month), 1), "MMMM yyyy") if month else year


def last_part(name: str) -> str:
    """`paris` of `places/paris`; the whole name where it ends with nothing else."""
    return name.rpartition("/")[2] or name


def moment(at: datetime) -> str:
    """`14 May 2023, 10:02`, on this computer's clock."""
    here = at.astimezone()
    day = locale().toString(QDate(here.year, here.month, here.day), "d MMM yyyy")
    return f"{day}, {locale().toString(QTime(here.hour, here.minute), _SHORT)}"


def place_as_json(place: Place) -> dict[str, object]:
    """A place as values from which `read_place` makes it again."""
    smart = place.collection is not None and place.sort is None
    return {"place": place.name, "value": place.value, "smart": smart}


def read_place(told: Mapping[str, object]) -> Place | None:
    """The place that `place_as_json` told; None where it tells of none."""
    name, value = told.get("place"), told.get("value")
    if not isinstance(name, str) or not isinstance(value, str):
        return None
    fixed = next((place for place in PLACES if place.name == name), None)
    return fixed or _grown(name, value, smart=bool(told.get("smart")))


def _grown(name: str, value: str, *, smart: bool) -> Place | None:
    """A place that depends on what is in the library."""
    branch, _, key = name.partition(":")
    if branch == Branch.COLLECTION and key.isdecimal():
        return collection_place(int(key), value, smart=smart)
    makers = {Branch.TAG: tag_place, Branch.FOLDER: folder_place, Branch.CAMERA: camera_place}
    if branch == Branch.DATE:
        return date_place(value) if _is_date(value) else None
    make = makers.get(Branch(branch)) if branch in list(Branch) else None
    return None if make is None else make(value)


def short_moment(at: datetime) -> str:
    """`14 May, 10:02` of this year, `14 May 2022` of another: for narrow places."""
    here, now = at.astimezone(), datetime.now().astimezone()
    date = QDate(here.year, here.month, here.day)
    if here.year != now.year:
        return locale().toString(date, "d MMM yyyy")
    return f"{locale().toString(date, 'd MMM')}, {locale().toString(QTime(here.hour, here.minute), _SHORT)}"


def _is_date(value: str) -> bool:
    year, _, month = value.partition("-")
    known = year.isdecimal() and (not month or (month.isdecimal() and 1 <= int(month) <= 12))
    return value == NO_DATE or known


def place_called(name: str, counts: SidebarCounts | None) -> Place | None:
    """The place that `tag:places/paris`, `collection:Rome` or `library:unrated` names; None where there is none.

    Collections are found among those that `counts` tells of; a tag or a folder is taken as it is written.
    """
    branch, _, value = name.partition(":")
    if branch == Branch.COLLECTION:
        rows = counts.collections if counts is not None else ()
        found = next((row for row in rows if row.name == value), None)
        return None if found is None else collection_place(found.id, found.name, smart=found.query is not None)
    return read_place({"place": name, "value": value})


def view_of(place: Place, query: str = "", *, exactly: bool = False, stacked: bool = True) -> View:
    """What the library is asked for; imported here because nothing of the library is known at the first paint."""
    from keeproom.library.views import View

    return View(
        scope=place.scope,
        query=query,
        trashed=place.trashed,
        collection=place.collection,
        stacked=stacked,
        exactly=exactly,
    )
