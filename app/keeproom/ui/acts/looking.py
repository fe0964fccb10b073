"""How the window shows things: sidebar, sizes, light and dark, orders, selection."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from keeproom.model import Grouping
from keeproom.settings import SETTINGS
from keeproom.ui.acts.changing import tell_change
from keeproom.ui.browse.sorting import GROUPINGS, SORTS, goes_with, is_descending, key_of, order
from keeproom.ui.texts import tr
from keeproom.ui.window.notices import Offer

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow

SIZE_STEP_PX = 32


def toggle_sidebar(window: MainWindow) -> None:
    window.show_sidebar(not window.settings.flag("window.sidebar"))


def set_cell_size(window: MainWindow, cell_px: int) -> None:
    """Show pictures of this size, as far as they may be small or large; kept for the next time."""
    smallest, largest = SETTINGS["grid.cell"].bounds or (cell_px, cell_px)
    window.library_panel.choose_size(min(max(cell_px, smallest), largest))


def bigger(window: MainWindow) -> None:
    set_cell_size(window, window.grid.cell_size() + SIZE_STEP_PX)


def smaller(window: MainWindow) -> None:
    set_cell_size(window, window.grid.cell_size() - SIZE_STEP_PX)


def toggle_names(window: MainWindow) -> None:
    """Show names below the pictures, or don't."""
    shown = not window.settings.flag("grid.names")
    window.settings.put("grid.names", shown)
    window.grid.set_names(shown)


def show_as(mode: str) -> Callable[[MainWindow], None]:
    """A function that shows the library as pictures (`grid`) or as a `list`."""

    def show(window: MainWindow) -> None:
        window.settings.put("grid.mode", mode)
        window.library_panel.show_mode(listed=mode == "list")

    return show


def group_by(grouping: Grouping) -> Callable[[MainWindow], None]:
    """A function that parts the grid under headings; for places with an order of their own it is not kept.

    Where headings bring an order with them instead of one that was chosen, that is said.
    """

    def part(window: MainWindow) -> None:
        before, was_chosen = window.library_panel.order(), window.shelf.grouping is Grouping.NONE
        _part(window, grouping)
        if was_chosen and not goes_with(key_of(before), grouping):
            words = tr("Headings “{headings}” stand in their own order, not by “{key}”.")
            words = words.format(headings=tr(GROUPINGS[grouping]), key=tr(SORTS[key_of(before)]))
            again = tr("Sort by “{key}” again").format(key=tr(SORTS[key_of(before)]))
            tell_change(window, words, Offer(again, lambda: set_sort(window, before, quiet=True)))

    return part


def _part(window: MainWindow, grouping: Grouping) -> None:
    if window.shelf.place.sort is None:
        window.settings.put("grid.group", str(grouping))
    window.shelf.set_grouping(grouping)
    window.library_panel.show_order()


def appear(choice: str) -> Callable[[MainWindow], None]:
    """A function that makes the window light, dark, or as the system is."""

    def choose(window: MainWindow) -> None:
        window.settings.put("window.theme", choice)
        window.appearance.choose(choice)

    return choose


def sort_by(key: str) -> Callable[[MainWindow], None]:
    """A function that orders the grid by a key, in the direction it has."""
    return lambda window: set_sort(window, order(key, descending=is_descending(window.library_panel.order())))


def sort_direction(*, descending: bool) -> Callable[[MainWindow], None]:
    return lambda window: set_sort(window, order(key_of(window.library_panel.order()), descending=descending))


def set_sort(window: MainWindow, sort: str, *, quiet: bool = False) -> None:
    """Order the place that is shown; for places without an order of their own it is kept for the next time.

    Headings go where they would not stand in order, and that is said.
    """
    grouping, key = window.shelf.grouping, key_of(sort)
    fits = goes_with(key, grouping)
    if not fits:
        _part(window, Grouping.NONE)
    if window.shelf.place.sort is None:
        window.settings.put("grid.sort", sort)
    window.shelf.set_sort(sort)
    window.library_panel.show_order()
    if not fits and not quiet:
        words = tr("Sorted by “{key}”, without headings: “{headings}” needs its own order.")
        words = words.format(key=tr(SORTS[key]), headings=tr(GROUPINGS[grouping]))
        again = tr("{headings} again").format(headings=tr(GROUPINGS[grouping]))
        tell_change(window, words, Offer(again, lambda: _part(window, grouping)))


def select_all(window: MainWindow) -> None:
    window.grid.select_all()


def invert_selection(window: MainWindow) -> None:
    window.grid.invert_selection()


def select_none(window: MainWindow) -> None:
    window.grid.clear_selection()


def go_back(window: MainWindow) -> None:
    window.go_back()
