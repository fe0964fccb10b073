"""What the library panel shows, without a widget: the place, its order, its ids, and the counts of all places.

It asks the library off the main thread and never twice at once; while an import runs, the next question waits in
proportion to how long the last one took, so that a large library is not asked all the time.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from keeproom.model import Changes
from keeproom.ui.browse.places import ALL, LAST_IMPORT, Place, view_of

if TYPE_CHECKING:
    from keeproom.library.views import SidebarCounts
    from keeproom.ui.window.room import Room

SHORTEST_PAUSE_MS = 150
PAUSE_FACTOR = 4


class Shelf(QObject):
    """Signals carry what is new: `ids_changed(ids, keep_place)`, `counts_changed(SidebarCounts)`, `assets_changed`
    the ids whose cells must be read again, `place_changed(Place)`."""

    ids_changed = Signal(object, bool)
    counts_changed = Signal(object)
    assets_changed = Signal(object)
    place_changed = Signal(object)
    unanswered = Signal()

    def __init__(self, sort: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room: Room | None = None
        self._place = ALL
        self._sort = sort
        self._own_sorts: dict[str, str] = {}
        self._counts: SidebarCounts | None = None
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

    def attach(self, room: Room | None) -> None:
        """Show another library, or none."""
        self._room = room
        self._counts = None
        self._place = ALL
        self.place_changed.emit(ALL)
        if room is not None:
            room.session.changed.connect(self._on_changed)
            room.session.queue_progressed.connect(self.refresh)
            self._ask()

    def go(self, place: Place) -> None:
        if place != self._place:
            self._place = place
            self.place_changed.emit(place)
            self._start_over()

    def set_sort(self, sort: str) -> None:
        """Order the place by this; for places without an order of their own it is the order of all of them."""
        if self._place.sort is None:
            self._sort = sort
        else:
            self._own_sorts[self._place.name] = sort
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
        room = self._room
        if room is None:
            return
        self._asking, self._again = True, False
        self._asked_at = perf_counter()
        place, sort, keep = self._place, self.sort, self._keep_place
        room.run(
            _question(room, place, sort), lambda answer: self._on_answer(room, place, keep, *answer), self._on_error
        )

    def _on_answer(self, room: Room, place: Place, keep: bool, counts: SidebarCounts, ids: array[int]) -> None:
        self._asking = False
        if room is not self._room:
            return
        self._counts = counts
        self.counts_changed.emit(counts)
        if place == self._place:
            self._keep_place = True
            self.ids_changed.emit(ids, keep)
        if place != self._place or (self._again and not self._keep_place):
            self._ask()
        elif self._again:
            took_ms = round((perf_counter() - self._asked_at) * 1000)
            self._later.start(max(SHORTEST_PAUSE_MS, PAUSE_FACTOR * took_ms))

    def _on_error(self) -> None:
        """The room has told the error; what is shown stays as it was."""
        self._asking = False
        self.unanswered.emit()


def _question(room: Room, place: Place, sort: str) -> Callable[[], tuple[SidebarCounts, array[int]]]:
    """Counts and ids; called in a thread."""

    def ask() -> tuple[SidebarCounts, array[int]]:
        from keeproom.library import views

        counts = views.sidebar_counts(room.library)
        if place == LAST_IMPORT and counts.last_import is None:
            return counts, array("q")
        return counts, views.asset_ids(room.library, view_of(place, counts.last_import), sort)

    return ask
