"""Into the trash, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from keeproom.ui.acts import viewing
from keeproom.ui.acts.changing import Progress, change, tell_change
from keeproom.ui.texts import plural, tr
from keeproom.ui.window.notices import Offer

if TYPE_CHECKING:
    from keeproom.library.editing import Edited
    from keeproom.ui.window.main import MainWindow


def trash_chosen(window: MainWindow) -> None:
    """Move the chosen items to the trash; what follows on them is chosen then."""
    ids = window.chosen_ids()
    if ids:
        go_on(window)
        trash_items(window, ids)


def restore_chosen(window: MainWindow) -> None:
    """Bring the chosen items back from the trash; what follows on them is chosen then."""
    ids = window.chosen_ids()
    if ids:
        go_on(window)
        restore_items(window, ids)


def trash_rejected(window: MainWindow) -> None:
    """Move all rejected items of the view to the trash, as one step."""
    room, ids = window.room, window.grid.ids()
    if room is None:
        return
    library = room.library

    def job(progress: Progress) -> Edited:
        from keeproom.library import culling
        from keeproom.ui.grid.ids import as_numpy

        return culling.trash_rejected(library, as_numpy(ids), progress=progress)

    def on_done(edited: Edited) -> None:
        if edited.changed:
            count = plural(len(edited.changed), "%n rejected item moved to Trash.", "%n rejected items moved to Trash.")
            tell_change(window, count, Offer("Restore", partial(restore_items, window, edited.changed)))
        else:
            tell_change(window, tr("Nothing here is rejected."))

    window.grid.hand_on()
    change(window, job, doing=tr("Moving what is rejected to Trash"), on_done=on_done)


def trash_items(window: MainWindow, ids: Sequence[int]) -> None:
    """Move these to the trash, and offer to bring them back."""
    _move(window, ids, to_trash=True)


def restore_items(window: MainWindow, ids: Sequence[int]) -> None:
    """Bring these back from the trash, and offer to move them there again."""
    _move(window, ids, to_trash=False)


@dataclass(frozen=True, slots=True)
class _Words:
    """What is said while items are moved one way and after it, for one and many, and what the way back is called."""

    doing: tuple[str, str]
    done: tuple[str, str]
    back: str


_TO_TRASH = _Words(
    ("Moving %n item to Trash", "Moving %n items to Trash"),
    ("Moved %n item to Trash.", "Moved %n items to Trash."),
    "Restore",
)
_FROM_TRASH = _Words(
    ("Restoring %n item", "Restoring %n items"), ("Restored %n item.", "Restored %n items."), "Move to Trash"
)


def _move(window: MainWindow, ids: Sequence[int], *, to_trash: bool) -> None:
    """Move items one way; how many were is told with the way back, nothing where none was."""
    room = window.room
    if room is None:
        return
    library, words = room.library, _TO_TRASH if to_trash else _FROM_TRASH

    def job(progress: Progress) -> Edited:
        from keeproom.library.trashing import restore_assets, trash_assets

        return (trash_assets if to_trash else restore_assets)(library, ids, progress=progress)

    def on_done(edited: Edited) -> None:
        if edited.changed:
            back = Offer(words.back, lambda: _move(window, edited.changed, to_trash=not to_trash))
            tell_change(window, plural(len(edited.changed), *words.done), back)

    change(window, job, doing=plural(len(ids), *words.doing), on_done=on_done)


def go_on(window: MainWindow) -> None:
    """What is chosen leaves the panel in sight: what follows on it is chosen."""
    match window.pages.name:
        case "viewer":
            viewing.viewer_of(window).drop_current()
        case "compare":
            viewing.compare_of(window).drop_current()
        case "library":
            window.grid.choose_next()
