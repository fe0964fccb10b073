"""What the library panel shows, without a widget: the place, the search, order and headings, its ids, and the counts of
all places.

It asks the library off the main thread and never twice at once; while an import runs, the next question waits in
proportion to how long the last one took, so that a large library is not asked all the time. A question reads only what
is new since the last one (see `library.snapshot`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from keeproom.model import Changes, Grouping
from keeproom.ui.browse.asking import Answer, Asker, Wish
from keeproom.ui.browse.branches import Grower
from keeproom.ui.browse.places import ALL, Place, collection_place, import_place, view_of

if TYPE_CHECKING:
    from keeproom.library.arranging import Arrangement
    from keeproom.library.search import SearchError
    from keeproom.library.views import SidebarCounts, View
    from keeproom.ui.window.room import Room

SHORTEST_PAUSE_MS = 150
PAUSE_FACTOR = 4
LONGEST_PAUSE_MS = 400
"""But for imports, so that one sees within a second what others do."""

PREPARE_MS = 2_000
"""So long after the first answer the orders are read that take a moment (half a second at a million)."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is on the screen: the answer to which wish, and the import that it is the list of. `trouble` is why the
    place's own query cannot be read."""

    wish: Wish
    entry: int | None
    arrangement: Arrangement
    headings: Mapping[str, datetime | str]
    trouble: SearchError | None = None


class Shelf(QObject):
    """Signals carry what is new: `arranged(Arrangement, keep_place)`, `counts_changed(SidebarCounts)`, `assets_changed`
    the ids whose cells must be read again, `place_changed(Place)`, `query_changed(str)`. `query_refused(SearchError)`
    tells that a search is not to be understood as it stands; what was shown before it stays. `unanswered` tells that a
    question failed. `leaving` comes before another place or another search is asked for."""

    arranged = Signal(object, bool)
    counts_changed = Signal(object)
    assets_changed = Signal(object)
    place_changed = Signal(object)
    query_changed = Signal(str)
    query_refused = Signal(object)
    unanswered = Signal()
    leaving = Signal()

    def __init__(self, sort: str, parent: QObject | None = None, grouping: Grouping = Grouping.NONE) -> None:
        super().__init__(parent)
        self._asker: Asker | None = None
        self.grower = Grower()
        self._place = ALL
        self._query = self._understood = ""
        self._refused: SearchError | None = None
        self._exactly = False
        self._stacked = True
        self._sort = sort
        self._grouping = grouping
        self._own_sorts: dict[str, str] = {}
        self._own_groupings: dict[str, Grouping] = {}
        self._counts: SidebarCounts | None = None
        self._shown: _Shown | None = None
        self._asking = False
        self._again = False
        self._keep_place = True
        self._asked_at = 0.0
        self._is_prepared = False
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._ask)

    @property
    def place(self) -> Place:
        return self._place

    @property
    def query(self) -> str:
        """The search as it was typed."""
        return self._query

    @property
    def refused(self) -> SearchError | None:
        """Why the search is not to be understood as it stands; None if it is, or nobody knows yet."""
        return self._refused

    @property
    def trouble(self) -> SearchError | None:
        """Why the place's own query cannot be read; None if it can, or nobody knows yet."""
        return None if self._shown is None else self._shown.trouble

    @property
    def exactly(self) -> bool:
        """Whether words that nothing matches are taken as they are spelt."""
        return self._exactly

    @property
    def stacked(self) -> bool:
        """Whether groups are shown as one."""
        return self._stacked

    @property
    def counts(self) -> SidebarCounts | None:
        return self._counts

    @property
    def headings(self) -> Mapping[str, datetime | str]:
        """The names of imports (when they began) or collections that are shown, by the keys of their groups."""
        return {} if self._shown is None else self._shown.headings

    @property
    def sort(self) -> str:
        """The order of the place that is shown."""
        return self._own_sorts.get(self._place.name) or self._place.sort or self._sort

    @property
    def grouping(self) -> Grouping:
        """By what the place that is shown is parted; one with an order of its own is not, until a person says so."""
        default = self._grouping if self._place.sort is None else Grouping.NONE
        return self._own_groupings.get(self._place.name, default)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is asked, and nothing to be asked that is known to be new."""
        return not self._asking and not self._later.isActive()

    def view(self) -> View:
        """What is shown, as the library is asked for it."""
        return view_of(self._place, self._searched, exactly=self._exactly, stacked=self._stacked)

    @property
    def asker(self) -> Asker | None:
        """Who knows what there is, for further questions; None without a library."""
        return self._asker

    @property
    def _searched(self) -> str:
        """The search that is answered: as it was typed, or the last one that could be understood."""
        return self._query if self._refused is None else self._understood

    def attach(self, room: Room | None) -> None:
        """Show another library, or none."""
        self._asker = None if room is None else Asker(room, self.grower)
        self._counts = self._shown = self._refused = None
        self._asking = self._again = self._exactly = self._is_prepared = False
        self._keep_place = True  # the first page is on the screen
        self._place = ALL
        self.place_changed.emit(ALL)
        if self._query:
            self._query = self._understood = ""
            self.query_changed.emit("")
        if room is not None:
            room.session.changed.connect(self._on_changed)
            room.session.queue_progressed.connect(self.refresh)
            room.session.import_progressed.connect(self.refresh)  # files that were here already change no asset
            self._ask()

    def go(self, place: Place) -> None:
        """Show another place; the search stays."""
        if self._turn_to(place):
            self._start_over()

    def go_to_import(self, entry: int) -> None:
        """Show an import's own list, its lines that are no assets included."""
        if self._place.entry != entry:
            self.go(import_place(entry))

    def set_query(self, text: str) -> None:
        """Search in the place that is shown; an empty text shows all of it."""
        if text != self._query:
            self.leaving.emit()
            if self._refused is None:
                self._understood = self._query
            self._query, self._refused, self._exactly = text, None, False
            self.query_changed.emit(text)
            self._start_over()

    def set_exactly(self, *, exactly: bool) -> None:
        """Take the words of this search as they are spelt, or look for near spellings where one finds nothing."""
        if exactly != self._exactly:
            self._exactly = exactly
            self._start_over()

    def set_stacked(self, stacked: bool) -> None:
        """Show groups as one, or each of their members."""
        if stacked != self._stacked:
            self._stacked = stacked
            self._start_over(keep_place=True)

    def set_sort(self, sort: str) -> None:
        """Order the place by this; for places without an order of their own it is the order of all of them."""
        if self._place.sort is None:
            self._sort = sort
        else:
            self._own_sorts[self._place.name] = sort
        self._start_over()

    def set_grouping(self, grouping: Grouping) -> None:
        """Part the place under headings; places without an order of their own are all parted alike."""
        if self._place.sort is None:
            self._grouping = grouping
        else:
            self._own_groupings[self._place.name] = grouping
        self._start_over()

    def refresh(self, _news: object = None) -> None:
        """Something may have changed; ask when it is time."""
        if self._asking:
            self._again = True
        elif not self._later.isActive():
            self._later.start(SHORTEST_PAUSE_MS)

    def _on_changed(self, changes: Changes) -> None:
        if changes.changed:
            self.assets_changed.emit(changes.changed)
        self.refresh()

    def _start_over(self, *, keep_place: bool = False) -> None:
        self._keep_place = keep_place
        if self._asking:
            self._again = True
        else:
            self._ask()

    def _wish(self) -> Wish:
        return Wish(self._place, self._searched, self.sort, self.grouping, self._exactly, self._stacked)

    def _ask(self) -> None:
        asker = self._asker
        if asker is None:
            return
        self._later.stop()
        self._asking, self._again = True, False
        self._asked_at = perf_counter()
        wish, keep = self._wish(), self._keep_place
        asker.room.run(
            lambda: asker.answer(wish),
            lambda answer: self._on_answer(asker, wish, keep, answer),
            lambda: self._on_error(asker),
        )

    def _on_answer(self, asker: Asker, wish: Wish, keep: bool, answer: Answer | SearchError) -> None:
        if asker is not self._asker:
            return
        self._asking = False
        if not self._is_prepared:
            self._is_prepared = True
            QTimer.singleShot(PREPARE_MS, self, lambda: self._prepare(asker))
        if not isinstance(answer, Answer):
            self._on_refused(wish, answer)
            return
        self._take_counts(answer)
        if answer.changed_lines:
            self.assets_changed.emit(tuple(answer.changed_lines))
        is_wanted = wish == self._wish()
        if is_wanted:
            self._keep_place = True
            self._show(wish, answer, keep=keep)
        if not is_wanted or (self._again and not self._keep_place):
            self._ask()
        elif self._again:
            self._later.start(self._pause_ms(asker))

    def _pause_ms(self, asker: Asker) -> int:
        """How long the next question waits."""
        took_ms = round((perf_counter() - self._asked_at) * 1000)
        longest_ms = PAUSE_FACTOR * took_ms if asker.room.session.is_importing else LONGEST_PAUSE_MS
        return max(SHORTEST_PAUSE_MS, min(PAUSE_FACTOR * took_ms, longest_ms))

    def _on_refused(self, wish: Wish, error: SearchError) -> None:
        """A search that is half typed, most often: it waits for the rest of it, and all else goes on."""
        if wish == self._wish():
            if self._refused is not None or wish.query == self._understood:
                self._show_trouble(wish, error)
                return
            self._refused = error
            self._keep_place = self._shown is not None and self._shown.wish.key == self._wish().key
            self.query_refused.emit(error)
        self._ask()

    def _show_trouble(self, wish: Wish, error: SearchError) -> None:
        """The place's own query cannot be read, such as that of a smart collection: it holds nothing."""
        from keeproom.library.arranging import NOTHING

        shown, self._shown = self._shown, _Shown(wish, None, NOTHING, {}, error)
        if shown is None or shown.trouble is None or shown.wish.key != wish.key:
            self.arranged.emit(NOTHING, False)

    def _prepare(self, asker: Asker) -> None:
        """Have what the next questions need read while nobody waits for it, once a library."""
        if asker is self._asker:
            asker.room.run(lambda: asker.arranger().prepare(), lambda more: self._prepare(asker) if more else None)

    def _take_counts(self, answer: Answer) -> None:
        if answer.counts != self._counts:
            self._counts = answer.counts
            self._follow_collection(answer.counts)
            self.counts_changed.emit(answer.counts)

    def _follow_collection(self, counts: SidebarCounts) -> None:
        """The collection that is shown may have another name by now, or be gone."""
        if self._place.collection is None:
            return
        found = next((row for row in counts.collections if row.id == self._place.collection), None)
        if found is None:
            self._turn_to(ALL)
        else:
            self._turn_to(collection_place(found.id, found.name, smart=found.query is not None))

    def _turn_to(self, place: Place) -> bool:
        """Make it the place that is to be shown; whether it was not already."""
        if place == self._place:
            return False
        self.leaving.emit()
        self._place = place
        self.place_changed.emit(place)
        return True

    def _show(self, wish: Wish, answer: Answer, *, keep: bool) -> None:
        """Tell what is to be shown, unless all of it is on the screen already."""
        shown, self._shown = self._shown, _Shown(wish, answer.entry, answer.arrangement, answer.headings)
        if shown is not None and (shown.wish.key, shown.entry) == (wish.key, answer.entry):
            if keep and shown.headings == answer.headings and _is_same(shown.arrangement, answer.arrangement):
                return
        elif shown is not None:
            keep = False  # another list, such as that of an import that has begun since
        self._name_place(answer)
        self.arranged.emit(answer.arrangement, keep)

    def _name_place(self, answer: Answer) -> None:
        """Tell the name of an import once it is known when it was."""
        if self._place.entry is not None and answer.started_at is not None:
            named = import_place(self._place.entry, answer.started_at)
            if named.text != self._place.text:
                self._place = named
                self.place_changed.emit(named)

    def _on_error(self, asker: Asker) -> None:
        """The room has told the error; what is shown stays as it was."""
        if asker is self._asker:
            self._asking = False
            self.unanswered.emit()


def _is_same(one: Arrangement, other: Arrangement) -> bool:
    same = len(one.ids) == len(other.ids) and bool((one.ids == other.ids).all())
    return same and _told(one) == _told(other)


def _told(arrangement: Arrangement) -> tuple[object, ...]:
    """All that is told beside the ids."""
    return arrangement.groups, arrangement.marks, arrangement.corrections, arrangement.bytes
