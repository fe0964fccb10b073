"""What is chosen in the grid: the current cell, the selection, and both as a bookmark."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from keeproom.model import Group
from keeproom.ui.grid import accessible
from keeproom.ui.grid.area import CellArea
from keeproom.ui.grid.bookmark import MOST_SELECTED, Bookmark
from keeproom.ui.grid.ids import first_of, id_at, position
from keeproom.ui.grid.selection import Selection

if TYPE_CHECKING:
    from keeproom.ui.grid.ids import Ids

Modifier = Qt.KeyboardModifier

HEIRS = 500
"""So many neighbours are asked whether they stay."""


class ChoiceArea(CellArea):
    """A scroll area of cells of which one is current and any number is selected."""

    current_changed = Signal(int)
    selection_changed = Signal()

    def __init__(self, parent: QWidget | None, cell_px: int) -> None:
        super().__init__(parent, cell_px)
        self._selection = Selection()
        self._current = 0
        self._hands_on = False

    def set_ids(
        self, ids: Ids, groups: Sequence[Group] = (), keep_place: bool = True, marks: Sequence[Group] = ()
    ) -> None:
        """Show these, under headings if there are groups, which cover all of them in order; so do the marks that the
        scrubber shows.

        What is on the screen stays where it is, unless another list begins at its top.
        """
        before, self._ids, self._groups = self._ids, ids, groups
        self.scrubber.set_marks(marks, self.columns.sort_key())
        current = id_at(before, self._current) if self._current < len(before) else None
        chosen = self._selection
        self._selection = chosen.moved(before, ids) if keep_place else Selection(len(ids))
        found = position(ids, current) if keep_place and current is not None else None
        self._current = min(self._current, max(0, len(ids) - 1)) if keep_place and found is None else found or 0
        is_other = len(chosen) != len(self._selection)
        if keep_place and self._hands_on and is_other and not self._selection:
            self._choose_heir(before, chosen)
        self._place(before if keep_place else None)
        if is_other:
            self.selection_changed.emit()

    def _anchor(self) -> int:
        span = self.visible()
        return self._current if self._current in span else next(iter(span), 0)

    # Selection

    def current_index(self) -> int:
        return self._current

    def is_selected(self, index: int) -> bool:
        return index in self._selection

    def selected_count(self) -> int:
        return len(self._selection)

    def selected_ids(self) -> list[int]:
        """The ids of what is selected, in the order shown; of a million it takes a blink, so not for every menu."""
        return self._selection.ids(self._ids)

    def selected_array(self) -> Ids:
        """The same, without making a million objects."""
        return self._selection.chosen(self._ids)

    def select_all(self) -> None:
        self._selection.select_all()
        self._on_selected()

    def invert_selection(self) -> None:
        self._selection.invert()
        self._on_selected()

    def clear_selection(self) -> None:
        self._selection.clear()
        self._on_selected()

    def make_current(self, index: int, modifiers: Modifier = Modifier.NoModifier) -> None:
        """Go to a cell as a key or a click does: alone, with Shift as a range, with Ctrl beside what is selected."""
        if not 0 <= index < len(self._ids):
            return
        self._current = index
        if modifiers & Modifier.ShiftModifier:
            self._selection.extend_to(index, keep=bool(modifiers & Modifier.ControlModifier))
        elif not modifiers & Modifier.ControlModifier:
            self._selection.set_only(index)
        self.scroll_to(index)
        self._on_selected()
        self.current_changed.emit(index)
        accessible.announce(self, QAccessible.Event.Focus, index)

    def toggle(self, index: int) -> None:
        """Select a cell, or no longer."""
        self._current = index
        self._selection.toggle(index)
        self._on_selected()
        self.current_changed.emit(index)

    def choose_group(self, section: int, *, add: bool = False) -> None:
        """Select a group alone; or beside what is selected, or no longer if all of it is."""
        members = self._geometry.members(section)
        if not add:
            self._selection.clear()
        if add and self._selection.count_in(members) == len(members):
            self._selection.remove(members)
        else:
            self._selection.add(members)
        self._current = self._selection.anchor = members.start
        self._on_selected()
        self.current_changed.emit(members.start)

    def hand_on(self) -> None:
        """What is selected may leave the list by what its person does to it: when all of it has, the next that stays is
        selected in its place. Holds until something else is selected."""
        self._hands_on = True

    def choose_next(self) -> None:
        """Select what follows on what is selected, or else what comes before it: for who takes that away."""
        chosen = self._selection.copy()
        self._selection.clear()
        self._choose_heir(self._ids, chosen)
        if self._selection:
            self.scroll_to(self._current)
        self._on_selected()
        self.current_changed.emit(self._current)

    def _choose_heir(self, before: Ids, chosen: Selection) -> None:
        """Select what followed in the list before on what was chosen there, or else what came before it."""
        first = next(iter(chosen), 0)
        order = [*islice(chosen.others(first), HEIRS), *islice(chosen.others(first, back=True), HEIRS)]
        found = first_of([id_at(before, index) for index in order], self._ids)
        if found is not None:
            self._current = found[1]
            self._selection.set_only(found[1])

    def selection(self) -> Selection:
        return self._selection

    def set_selection(self, selection: Selection) -> None:
        """Select this, and tell who wants to know."""
        self._selection = selection
        self._on_selected()

    def _on_selected(self) -> None:
        self._hands_on = False
        self.viewport().update()
        self.selection_changed.emit()

    # The next time

    def bookmark(self) -> Bookmark:
        """Where somebody is now."""
        if not len(self._ids):
            return Bookmark()
        anchor = self._anchor()
        few = len(self._selection) <= MOST_SELECTED
        return Bookmark(
            id_at(self._ids, anchor) if self.offset() else None,
            self._geometry.top(anchor) - self.offset(),
            id_at(self._ids, self._current),
            tuple(self.selected_ids()) if few else (),
        )

    def go_to(self, mark: Bookmark) -> None:
        """Show the place of a bookmark, as far as there is still something of it."""
        current = None if mark.current is None else position(self._ids, mark.current)
        anchor = None if mark.anchor is None else position(self._ids, mark.anchor)
        self._current = self._selection.anchor = current or 0
        self._selection.choose(self._ids, array("q", mark.selected))
        if anchor is not None:
            self._scroll_silently(self._geometry.top(anchor) - mark.above)
        self._on_selected()
