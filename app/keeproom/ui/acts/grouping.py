"""Groups: items that are shown as one, under the first of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from keeproom.ui.acts.changing import Progress, change, tell_change
from keeproom.ui.texts import plural, tr
from keeproom.ui.window.notices import Offer

if TYPE_CHECKING:
    from keeproom.library.editing import Edited
    from keeproom.library.opening import Library
    from keeproom.ui.window.main import MainWindow

    Job = Callable[[Library, Sequence[int]], Edited]


def group_chosen(window: MainWindow) -> None:
    """Show the chosen items as one; the first of them is the cover."""
    ids = window.chosen_ids()
    undo = Offer("Ungroup", partial(_do, window, _unstack, ids, _ungrouped))
    _do(window, _stack, ids, _grouped, undo)


def ungroup_chosen(window: MainWindow) -> None:
    """Show the members of the chosen groups by themselves again."""
    _do(window, _unstack, window.chosen_ids(), _ungrouped)


def take_out_chosen(window: MainWindow) -> None:
    """Take the chosen items out of their groups."""
    _do(window, _take_out, window.chosen_ids(), _taken_out)


def make_cover(window: MainWindow) -> None:
    """Show the group of the chosen item by it."""
    _do(window, _make_cover, window.chosen_ids()[:1], lambda _count: tr("The group is shown by this item now."))


def toggle_groups(window: MainWindow) -> None:
    """Show groups as one, or each of their members."""
    grouped = not window.shelf.stacked
    window.settings.put("grid.stacked", grouped)
    window.shelf.set_stacked(grouped)


def _do(window: MainWindow, job: Job, ids: Sequence[int], words: Callable[[int], str], *offers: Offer) -> None:
    room = window.room
    if room is None or not ids:
        return
    library = room.library

    def work(_progress: Progress) -> Edited:
        return job(library, ids)

    def done(edited: Edited) -> None:
        if edited.changed:
            tell_change(window, words(len(edited.changed)), *offers)

    change(window, work, doing=tr("Grouping"), on_done=done)


def _grouped(count: int) -> str:
    return plural(count, "%n item grouped.", "%n items are shown as one. The first is the cover.")


def _ungrouped(count: int) -> str:
    return plural(count, "%n item is by itself again.", "%n items are by themselves again.")


def _taken_out(count: int) -> str:
    return plural(count, "%n item taken out of its group.", "%n items taken out of their groups.")


def _stack(library: Library, ids: Sequence[int]) -> Edited:
    from keeproom.library.stacking import stack_assets

    return stack_assets(library, ids)


def _unstack(library: Library, ids: Sequence[int]) -> Edited:
    from keeproom.library.stacking import unstack

    return unstack(library, ids)


def _take_out(library: Library, ids: Sequence[int]) -> Edited:
    from keeproom.library.stacking import take_out

    return take_out(library, ids)


def _make_cover(library: Library, ids: Sequence[int]) -> Edited:
    from keeproom.library.stacking import make_cover

    return make_cover(library, ids[0])
