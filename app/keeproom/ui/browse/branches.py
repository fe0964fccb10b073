"""The nodes of the sidebar, made from the counts: a function a section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keeproom.model import Kind
from keeproom.ui.browse.nodes import Node
from keeproom.ui.browse.places import (
    ALL,
    LAST_IMPORT,
    NO_DATE,
    PLACES,
    PROBLEMS,
    TRASH,
    UNFLAGGED,
    UNRATED,
    Branch,
    Place,
    import_place,
    short_moment,
)
from keeproom.ui.browse.twigs import Twig, folders, grown
from keeproom.ui.texts import locale, tr

if TYPE_CHECKING:
    from keeproom.library.collecting import CollectionCount
    from keeproom.library.views import RecentImport, SidebarCounts

ICONS = {
    Branch.FOLDER: "folder",
    Branch.TAG: "tag",
    Branch.CAMERA: "camera",
    Branch.DATE: "calendar",
}
SMART_ICON, COLLECTION_ICON = "folder-search", "album"


def sidebar_tree(counts: SidebarCounts | None, current: Place = ALL) -> tuple[Node, ...]:
    """All sections that hold something; places that hold nothing are left out, but for the one a person is at and
    those always there."""
    return Grower().tree(counts, current)


class Grower:
    """Grows the tree, and keeps each section as long as what it is made of stays the same: with thousands of tags and
    folders a section takes a blink. Grown in a thread first, it is there at once for the window."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, Node]] = {}

    def tree(self, counts: SidebarCounts | None, current: Place = ALL) -> tuple[Node, ...]:
        if counts is None:
            return (_heading(Branch.LIBRARY, "Library", [_fixed(ALL, None, stays=True)]),)
        made = (self._section(section, counts, current) for section in SECTIONS)
        return tuple(node for node in made if node.below or node.stays)

    def _section(self, section: Section, counts: SidebarCounts, current: Place) -> Node:
        is_extra = current.branch in section.branches and not section.lists(counts, current.value)
        here = current.name if is_extra else ""
        needs = section.reads(counts), here
        kept = self._kept.get(section.make.__name__)
        if kept is None or kept[0] != needs:
            kept = needs, section.make(counts, current)
            self._kept[section.make.__name__] = kept
        return kept[1]


def _library(counts: SidebarCounts, current: Place) -> Node:
    nodes = [_fixed(ALL, counts.found, stays=True), _fixed(LAST_IMPORT, _of_last_import(counts))]
    imports = [_import(each) for each in counts.imports]
    kinds = [_fixed(place, counts.kinds.get(Kind(place.value), 0)) for place in PLACES if place.branch is Branch.KIND]
    rest = [*kinds, _fixed(UNRATED, counts.unrated), _fixed(UNFLAGGED, counts.unflagged)]
    nodes = _some(nodes, current)
    recent = _some(_with_current(imports, current, Branch.IMPORT), current)
    if len(recent) > 1 or current.branch is Branch.IMPORT:
        nodes.append(_above("recent-imports", "Recent imports", "clock", recent))
    return _heading(Branch.LIBRARY, "Library", [*nodes, *_some(rest, current)])


def _of_last_import(counts: SidebarCounts) -> int:
    """Its whole list; under a search, what of it is found."""
    if counts.found == counts.all:
        return counts.last_import_count
    return next((each.count for each in counts.imports if each.entry == counts.last_import), 0)


def _import(told: RecentImport) -> Node:
    place = import_place(told.entry)
    return Node(place.name, Branch.IMPORT, short_moment(told.started_at), "history", str(told.entry), told.count)


def _folders(counts: SidebarCounts, current: Place) -> Node:
    entries = _with_value(counts.folders, current, Branch.FOLDER)
    tops = folders(sorted(entries, key=lambda entry: entry[0].casefold()))
    return _heading(Branch.FOLDER, "Folders", list(_twigs(tops, Branch.FOLDER)))


def _tags(counts: SidebarCounts, current: Place) -> Node:
    tops = grown(_with_value(counts.tags, current, Branch.TAG))
    return _heading(Branch.TAG, "Tags", list(_twigs(tops, Branch.TAG)))


def _collections(counts: SidebarCounts, _current: Place) -> Node:
    tops = grown((row.name, row) for row in counts.collections)
    return _heading(Branch.COLLECTION, "Collections", [_collection(twig) for twig in tops], stays=True)


def _collection(twig: Twig[CollectionCount]) -> Node:
    below = tuple(_collection(each) for each in twig.below.values())
    own = twig.own
    if own is None or not own.id:
        key = f"{Branch.COLLECTION}:/{twig.name}"
        count = None if own is None else own.count
        return Node(key, Branch.COLLECTION, twig.text, "folder", twig.name, count, below, is_place=False, stays=True)
    smart = own.query is not None
    icon = SMART_ICON if smart else COLLECTION_ICON
    key = f"{Branch.COLLECTION}:{own.id}"
    return Node(key, Branch.COLLECTION, twig.text, icon, own.name, own.count, below, own.id, smart=smart, stays=True)


def _cameras(counts: SidebarCounts, current: Place) -> Node:
    entries = _with_value(counts.cameras, current, Branch.CAMERA)
    return _heading(Branch.CAMERA, "Cameras", [_value(Branch.CAMERA, name, name, count) for name, count in entries])


def _dates(counts: SidebarCounts, current: Place) -> Node:
    months = {key: count for key, count in counts.months.items() if key is not None}
    here = current.value if current.branch is Branch.DATE else ""
    if here and here != NO_DATE:
        year, _, month = here.partition("-")
        months.setdefault((int(year), int(month or 1)), 0)
    years: dict[int, list[tuple[int, int]]] = {}
    for (year_number, month_number), count in sorted(months.items(), reverse=True):
        years.setdefault(year_number, []).append((month_number, count))
    nodes = [_year(year_number, those, here) for year_number, those in years.items()]
    undated = counts.months.get(None, 0)
    if undated or here == NO_DATE:
        nodes.append(_value(Branch.DATE, NO_DATE, tr("No date"), undated))
    return _heading(Branch.DATE, "Dates", nodes)


def _year(year: int, months: Sequence[tuple[int, int]], here: str) -> Node:
    named = ((f"{year:04}-{month:02}", month, count) for month, count in months)
    below = tuple(
        _value(Branch.DATE, value, locale().standaloneMonthName(month), count)
        for value, month, count in named
        if count or value == here
    )
    total = sum(count for _, count in months)
    return _value(Branch.DATE, f"{year:04}", f"{year:04}", total)._replace(below=below)


def _review(counts: SidebarCounts, current: Place) -> Node:
    nodes = [_fixed(PROBLEMS, counts.problems), _fixed(TRASH, counts.trashed, stays=True)]
    return _heading(Branch.REVIEW, "Review", _some(nodes, current))


@dataclass(frozen=True, slots=True)
class Section:
    """How a section is made, which of the counts it reads, and the branches whose places it shows. `lists` tells that
    a value is among the counts, so that it makes no difference whether a person is there."""

    make: Callable[[SidebarCounts, Place], Node]
    reads: Callable[[SidebarCounts], object]
    branches: frozenset[Branch]
    lists: Callable[[SidebarCounts, str], bool] = lambda _counts, _value: False


def _is_in(entries: Callable[[SidebarCounts], Iterable[tuple[str, int]]]) -> Callable[[SidebarCounts, str], bool]:
    return lambda counts, value: any(count and name == value for name, count in entries(counts))


def _of_library(counts: SidebarCounts) -> object:
    imports = counts.found, counts.all, counts.last_import, counts.last_import_count, counts.imports
    return imports, dict(counts.kinds), counts.unrated, counts.unflagged


SECTIONS = (
    Section(_library, _of_library, frozenset({Branch.LIBRARY, Branch.KIND, Branch.IMPORT})),
    Section(_folders, lambda counts: counts.folders, frozenset({Branch.FOLDER}), _is_in(lambda counts: counts.folders)),
    Section(_collections, lambda counts: counts.collections, frozenset()),
    Section(_tags, lambda counts: counts.tags, frozenset({Branch.TAG}), _is_in(lambda counts: counts.tags)),
    Section(_cameras, lambda counts: counts.cameras, frozenset({Branch.CAMERA})),
    Section(_dates, lambda counts: dict(counts.months), frozenset({Branch.DATE})),
    Section(_review, lambda counts: (counts.problems, counts.trashed), frozenset({Branch.REVIEW})),
)
OPEN_AT_FIRST = frozenset({Branch.LIBRARY, Branch.FOLDER, Branch.COLLECTION, Branch.TAG, Branch.REVIEW})
MOST_OPEN = 40
"""A section of more than these is shown closed until a person opens it."""


def _heading(branch: Branch, text: str, below: Sequence[Node], *, stays: bool = False) -> Node:
    return Node(
        f"section:{branch}",
        branch,
        tr(text),
        below=tuple(below),
        is_place=False,
        is_heading=True,
        stays=stays,
        opens=branch in OPEN_AT_FIRST and len(below) <= MOST_OPEN,
    )


def _above(key: str, text: str, icon: str, below: Sequence[Node]) -> Node:
    """A name for others to lie below, which leads nowhere itself."""
    return Node(key, Branch.IMPORT, tr(text), icon, below=tuple(below), is_place=False)


def _fixed(place: Place, count: int | None, *, stays: bool = False) -> Node:
    return Node(place.name, place.branch, place.title, place.icon, place.value, count, stays=stays)


def _value(branch: Branch, name: str, text: str, count: int | None) -> Node:
    return Node(f"{branch}:{name}", branch, text, ICONS[branch], name, count)


def _twigs(twigs: Iterable[Twig[int]], branch: Branch) -> Iterator[Node]:
    icon = ICONS[branch]
    for twig in twigs:
        text = twig.text or twig.name or "/"
        below = tuple(_twigs(twig.below.values(), branch)) if twig.below else ()
        yield Node(f"{branch}:{twig.name}", branch, text, icon, twig.name, twig.own, below)


def _some(nodes: Iterable[Node], current: Place) -> list[Node]:
    """Those that hold something, stay, or are where a person is."""
    return [node for node in nodes if node.items or node.stays or node.key == current.name]


def _with_current(nodes: list[Node], current: Place, branch: Branch) -> list[Node]:
    """The nodes, and the place a person is at where it is not among them."""
    if current.branch is not branch or any(node.key == current.name for node in nodes):
        return nodes
    return [*nodes, Node(current.name, branch, current.title, current.icon, current.value)]


def _with_value(entries: Iterable[tuple[str, int]], current: Place, branch: Branch) -> Sequence[tuple[str, int]]:
    """The entries that hold something, and the one a person is at."""
    found = [entry for entry in entries if entry[1]]
    if current.branch is branch and all(name != current.value for name, _ in found):
        found.append((current.value, 0))
    return found
