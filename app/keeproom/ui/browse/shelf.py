"""What the library panel shows, without a widget: the place, its order and headings, its ids, and the counts of all
places.

It asks the library off the main thread and never twice at once; while an import runs, the next question waits in
proportion to how long the last one took, so that a large library is not asked all the time. A question reads only what
is new since the last one (see `library.snapshot`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from keeproom.model import Changes, Grouping
from keeproom.ui.browse.places import ALL, Place, import_place, view_of

if TYPE_CHECKING:
    from keeproom.library.arranger import Arranger
    from keeproom.library.arranging import Arrangement
    from keeproom.library.views import SidebarCounts
    from keeproom.ui.window.room import Room

SHORTEST_PAUSE_MS = 150
PAUSE_FACTOR = 4


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown, and how."""

    place: Place
    sort: str
    grouping: Grouping


@dataclass(frozen=True, slots=True)
class Answer:
    """What the library says to a wish. `entry` is the import whose list it is, `started_at` when that began;
    `changed_lines` are cells of import lists that must be read again."""

    counts: SidebarCounts
    arrangement: Arrangement
    entry: int | None
    started_at: datetime | None
    changed_lines: list[int]


class Shelf(QObject):
    """Signals carry what is new: `arranged(Arrangement, keep_place)`, `counts_changed(SidebarCounts)`, `assets_changed`
    the ids whose cells must be read again, `place_changed(Place)`. `unanswered` tells that a question failed."""

    arranged = Signal(object, bool)
    counts_changed = Signal(object)
    assets_changed = Signal(object)
    place_changed = Signal(object)
    unanswered = Signal()

    def __init__(self, sort: str, parent: QObject | None = None, grouping: Grouping = Grouping.NONE) -> None:
        super().__init__(parent)
        self._asker: Asker | None = None
        self._place = ALL
        self._sort = sort
        self._grouping = grouping
        self._own_sorts: dict[str, str] = {}
        self._own_groupings: dict[str, Grouping] = {}
        self._counts: SidebarCounts | None = None
        self._shown: tuple[Wish, int | None, Arrangement] | None = None
        self._asking = False
        self._again = False
        self._keep_place = True
        self._asked_at = 0.0
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._ask)

    @property
    def place(self) -> Place:
        return self._place

    @property
    def counts(self) -> SidebarCounts | None:
        return self._counts

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

    def attach(self, room: Room | None) -> None:
        """Show another library, or none."""
        self._asker = None if room is None else Asker(room)
        self._counts = self._shown = None
        self._asking = self._again = False
        self._keep_place = True  # the first page is on the screen
        self._place = ALL
        self.place_changed.emit(ALL)
        if room is not None:
            room.session.changed.connect(self._on_changed)
            room.session.queue_progressed.connect(self.refresh)
            room.session.import_progressed.connect(self.refresh)  # files that were here already change no asset
            self._ask()

    def go(self, place: Place) -> None:
        if place != self._place:
            self._place = place
            self.place_changed.emit(place)
            self._start_over()

    def go_to_import(self, entry: int) -> None:
        """Show an import's own list, its lines that are no assets included."""
        if self._place.entry != entry:
            self.go(import_place(entry))

    def set_sort(self, sort: str) -> None:
        """Order the place by this; for places without an order of their own it is the order of all of them."""
        if self._place.sort is None:
            self._sort = sort
        else:
            self._own_sorts[self._place.name] = sort
        self._start_over()

    def set_grouping(self, grouping: Grouping) -> None:
        """Part the place by days or months; places without an order of their own are all parted alike."""
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

    def _start_over(self) -> None:
        self._keep_place = False
        if self._asking:
            self._again = True
        else:
            self._ask()

    def _ask(self) -> None:
        asker = self._asker
        if asker is None:
            return
        self._later.stop()
        self._asking, self._again = True, False
        self._asked_at = perf_counter()
        wish, keep = Wish(self._place, self.sort, self.grouping), self._keep_place
        asker.room.run(
            lambda: asker.answer(wish),
            lambda answer: self._on_answer(asker, wish, keep, answer),
            lambda: self._on_error(asker),
        )

    def _on_answer(self, asker: Asker, wish: Wish, keep: bool, answer: Answer) -> None:
        if asker is not self._asker:
            return
        self._asking = False
        if answer.counts != self._counts:
            self._counts = answer.counts
            self.counts_changed.emit(answer.counts)
        if answer.changed_lines:
            self.assets_changed.emit(tuple(answer.changed_lines))
        is_wanted = wish == Wish(self._place, self.sort, self.grouping)
        if is_wanted:
            self._keep_place = True
            self._show(wish, answer, keep=keep)
        if not is_wanted or (self._again and not self._keep_place):
            self._ask()
        elif self._again:
            took_ms = round((perf_counter() - self._asked_at) * 1000)
            self._later.start(max(SHORTEST_PAUSE_MS, PAUSE_FACTOR * took_ms))

    def _show(self, wish: Wish, answer: Answer, *, keep: bool) -> None:
        """Tell what is to be shown, unless all of it is on the screen already."""
        shown, self._shown = self._shown, (wish, answer.entry, answer.arrangement)
        if shown is not None and shown[:2] == (wish, answer.entry):
            if keep and _is_same(shown[2], answer.arrangement):
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


class Asker:
    """Asks one library; what it knows of it is made in a thread by the first question, and kept."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self._arranger: Arranger | None = None
        self._last: tuple[Wish, int, Answer] | None = None

    def answer(self, wish: Wish) -> Answer:
        """Called in a thread, once at a time; where nothing was written since, the last answer holds."""
        from keeproom.library.arranger import Arranger
        from keeproom.library.views import revision_now

        if self._arranger is None:
            self._arranger = Arranger(self.room.library)
        revision = revision_now(self.room.library)
        if self._last is not None and self._last[:2] == (wish, revision):
            return self._last[2]
        answer = self._ask(self._arranger, wish)
        self._last = wish, revision, replace(answer, changed_lines=[])
        return answer

    def _ask(self, arranger: Arranger, wish: Wish) -> Answer:
        from keeproom.library.arranging import NOTHING

        place = wish.place
        counts = arranger.counts()
        entry = counts.last_import if place.last_import else place.entry
        found = None if entry is None else arranger.find_import(entry)
        if entry is not None:
            arrangement = arranger.arrange_import(entry, wish.sort, wish.grouping)
        elif place.last_import:
            arrangement = NOTHING
        else:
            arrangement = arranger.arrange(view_of(place), wish.sort, wish.grouping)
        started_at = None if found is None else found.started_at
        return Answer(counts, arrangement, entry, started_at, arranger.take_changed_lines())


def _is_same(one: Arrangement, other: Arrangement) -> bool:
    return len(one.ids) == len(other.ids) and bool((one.ids == other.ids).all()) and one.groups == other.groups
