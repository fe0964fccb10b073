"""The search field at work in a window: it asks the shelf, and follows what is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from keeproom.ui.search.language import Language, language_of, trouble_of
from keeproom.ui.window.pages import FIRST

if TYPE_CHECKING:
    from keeproom.library.views import SidebarCounts
    from keeproom.ui.search.field import SearchField
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room


class Guide(QObject):
    """Brings the field, the shelf, the grid and the open library together."""

    def __init__(self, window: MainWindow, field: SearchField) -> None:
        super().__init__(window)
        self._window = window
        self._field = field
        self._room: Room | None = None
        self._wants_first = False
        shelf = window.shelf
        field.searched.connect(self._on_searched)
        field.to_items.connect(self.go_to_items)
        field.left.connect(self._on_left)
        field.named.connect(self._on_named)
        shelf.query_changed.connect(field.show_query)
        shelf.query_refused.connect(lambda error: field.tell_refusal(trouble_of(error, shelf.query)))
        shelf.counts_changed.connect(self._on_counts)
        window.pages.turned.connect(field.popup.hide)
        shelf.arranged.connect(lambda _arrangement, _keep: self._on_arranged())

    def attach(self, room: Room | None) -> None:
        """Another library is open, or none; what its language needs is imported in a thread."""
        self._room = room
        self._field.speak(None)
        self._field.suggesting.show_saved(())
        self._field.sheet.show_counts(None)
        if room is not None:
            room.run(lambda: language_of(room.library), lambda language: self._on_language(room, language))

    def _on_language(self, room: Room, language: Language) -> None:
        if room is self._room:

            def run(
                function: Callable[[], object], on_done: Callable[[object], None], on_error: Callable[[], None]
            ) -> None:
                room.run(function, on_done, on_error)

            self._field.speak(language, run)

    def _on_counts(self, counts: SidebarCounts) -> None:
        saved = [(each.name, each.query) for each in counts.collections if each.query is not None]
        self._field.suggesting.show_saved(saved)
        self._field.sheet.show_counts(counts)

    def _on_searched(self, query: str) -> None:
        """Show what is found; the keyboard stays where it is typed."""
        self._wants_first = False
        if self._window.pages.name != FIRST:
            self._window.show_panel(FIRST)
            self._field.setFocus()
        self._window.shelf.set_query(query)

    def go_to_items(self) -> None:
        """Give the keyboard to the first item that is found, as soon as it is known."""
        self._window.show_panel(FIRST)
        self._wants_first = True
        if self._window.shelf.is_settled:
            self._on_arranged()

    def _on_arranged(self) -> None:
        if self._wants_first:
            self._wants_first = False
            grid = self._window.grid
            grid.setFocus()
            if grid.count():
                grid.make_current(0)

    def _on_left(self) -> None:
        self._window.front.focus_first()

    def _on_named(self, name: str, query: str) -> None:
        from keeproom.ui.acts.searching import keep

        keep(self._window, name, query)
