"""One question to the library, and its answer: what a place holds under a search, and the counts of all places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from keeproom.model import Grouping
from keeproom.ui.browse.branches import Grower
from keeproom.ui.browse.places import Place, view_of

if TYPE_CHECKING:
    from keeproom.library.arranger import Arranger
    from keeproom.library.arranging import Arrangement
    from keeproom.library.search import SearchError
    from keeproom.library.views import SidebarCounts
    from keeproom.ui.grid.ids import Ids
    from keeproom.ui.window.room import Room


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown, and how. `exactly` takes the words of the search as they are spelt."""

    place: Place
    query: str
    sort: str
    grouping: Grouping
    exactly: bool = False
    stacked: bool = True

    @property
    def key(self) -> tuple[object, ...]:
        """Wishes of one key ask for one list, be it under another name."""
        return self.place.name, self.query, self.sort, self.grouping, self.exactly


@dataclass(frozen=True, slots=True)
class Answer:
    """What the library says to a wish. `entry` is the import whose list it is, `started_at` when that began;
    `changed_lines` are cells of import lists that must be read again. `headings` are the names of imports (when they
    began) or collections, by the keys of the groups."""

    counts: SidebarCounts
    arrangement: Arrangement
    entry: int | None
    started_at: datetime | None
    changed_lines: list[int]
    headings: Mapping[str, datetime | str] = field(default_factory=dict)


class Asker:
    """Asks one library; what it knows of it is made in a thread by the first question, and kept."""

    def __init__(self, room: Room, grower: Grower | None = None) -> None:
        self.room = room
        self._grower = grower or Grower()
        self._arranger: Arranger | None = None
        self._last: tuple[Wish, int, Answer] | None = None
        self._counted: tuple[tuple[str, bool], int, SidebarCounts] | None = None

    def answer(self, wish: Wish) -> Answer | SearchError:
        """Called in a thread, once at a time; where nothing was written since, the last answer holds.

        A search that cannot be understood is answered by why.
        """
        from keeproom.library.search import SearchError
        from keeproom.library.views import revision_now

        arranger = self.arranger()
        revision = revision_now(self.room.library)
        if self._last is not None and self._last[:2] == (wish, revision):
            return self._last[2]
        try:
            answer = self._ask(arranger, wish, revision)
        except SearchError as error:
            return error
        self._last = wish, revision, replace(answer, changed_lines=[])
        return answer

    def arranger(self) -> Arranger:
        """What answers; made by the first question."""
        from keeproom.library.arranger import Arranger

        if self._arranger is None:
            self._arranger = Arranger(self.room.library)
        return self._arranger

    def weigh(self, ids: Ids) -> int:
        """How many bytes these assets have together; in a thread."""
        from keeproom.ui.grid.ids import as_numpy

        snapshot = self.arranger().snapshots.latest()
        return int(snapshot.columns["size"][snapshot.mask_of(as_numpy(ids))].sum())

    def _ask(self, arranger: Arranger, wish: Wish, revision: int) -> Answer:
        place = wish.place
        counts = self._counts(arranger, wish, revision)
        self._grower.tree(counts, place)  # for the sidebar, which will ask for it
        entry = counts.last_import if place.last_import else place.entry
        found = None if entry is None else arranger.find_import(entry)
        arrangement = self._arrange(arranger, wish, entry)
        started_at = None if found is None else found.started_at
        headings = _headings(self.room, wish.grouping) if arrangement.groups else {}
        return Answer(counts, arrangement, entry, started_at, arranger.take_changed_lines(), headings)

    def _arrange(self, arranger: Arranger, wish: Wish, entry: int | None) -> Arrangement:
        from keeproom.library.arranging import NOTHING

        if entry is not None and not wish.query.strip():
            return arranger.arrange_import(entry, wish.sort, wish.grouping)
        if entry is None and wish.place.last_import:
            return NOTHING
        view = view_of(wish.place, wish.query, exactly=wish.exactly, stacked=wish.stacked)
        if entry is not None:
            view = replace(view, scope=f"import:{entry}")
        return arranger.arrange(view, wish.sort, wish.grouping)

    def _counts(self, arranger: Arranger, wish: Wish, revision: int) -> SidebarCounts:
        """The counts under the search; they are the same in every place."""
        from keeproom.library.views import View

        asked = wish.query, wish.exactly
        if self._counted is None or self._counted[:2] != (asked, revision):
            counts = arranger.counts(View(query=wish.query, exactly=wish.exactly))
            self._counted = asked, revision, counts
        return self._counted[2]


def _headings(room: Room, grouping: Grouping) -> Mapping[str, datetime | str]:
    from keeproom.library.headings import heading_names

    return heading_names(room.library, grouping)
