"""Changing tags themselves: each is told when it is done, by the words of what happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from keeproom.ui.acts.changing import Progress, change
from keeproom.ui.texts import plural, tr

if TYPE_CHECKING:
    from keeproom.library.editing import Edited
    from keeproom.ui.window.main import MainWindow

LONGEST_NAME = 60
Done = Callable[[], None]


def show_tags(window: MainWindow) -> None:
    """Bring the tag manager into sight."""
    window.show_panel("tags")


def show_items(window: MainWindow, names: Sequence[str]) -> None:
    """Show what has any of these tags, in the library."""
    from keeproom.library.search import quoted
    from keeproom.ui.browse.places import ALL

    window.show_panel("library")
    window.shelf.go(ALL)
    window.toolbar.search.search_for(f"tag:{','.join(map(quoted, names))}")


def create(window: MainWindow, name: str, on_done: Done, on_error: Done = lambda: None) -> None:
    """Make a tag that nothing has yet."""
    room = window.room
    if room is None:
        return

    def make() -> int:
        from keeproom.library.tagging import create_tag

        return create_tag(room.library, name)

    told = tr("There is a tag “{name}” now.").format(name=short(name))
    change(
        window,
        lambda _progress: make(),
        doing=tr("Making a tag"),
        on_done=lambda _id: _tell(window, told, on_done),
        on_error=on_error,
    )


def rename(window: MainWindow, name: str, new_name: str, on_done: Done, on_error: Done = lambda: None) -> None:
    """Give a tag, and with it all below it, another name or place."""
    room = window.room
    if room is None:
        return

    def job(progress: Progress) -> Edited:
        from keeproom.library.tagging import rename_tag

        return rename_tag(room.library, name, new_name, progress=progress)

    told = tr("“{old}” is “{new}” now.").format(old=short(name), new=short(new_name))
    change(
        window, job, doing=tr("Renaming a tag"), on_done=partial(_tell_edited, window, told, on_done), on_error=on_error
    )


def move(window: MainWindow, names: Sequence[str], under: str, on_done: Done, on_error: Done = lambda: None) -> None:
    """Put tags, and with them all below them, under another one, or on the top level. Those there already stay."""
    room = window.room
    if room is None or not names:
        return

    def job(progress: Progress) -> Edited:
        from keeproom.library.tagmoving import move_tags

        return move_tags(room.library, names, under, progress=progress)

    several = plural(len(names), "%n tag is under “{under}” now.", "%n tags are under “{under}” now.")
    top = plural(len(names), "%n tag is on the top level now.", "%n tags are on the top level now.")
    told = several.replace("{under}", short(under)) if under else top
    change(
        window, job, doing=tr("Moving tags"), on_done=partial(_tell_edited, window, told, on_done), on_error=on_error
    )


def merge(window: MainWindow, names: Sequence[str], into: str, on_done: Done, on_error: Done = lambda: None) -> None:
    """Make tags one."""
    room = window.room
    if room is None:
        return

    def job(progress: Progress) -> Edited:
        from keeproom.library.tagging import merge_tags

        return merge_tags(room.library, names, into, progress=progress)

    several = plural(len(names), "%n tag is part of “{into}” now.", "%n tags are part of “{into}” now.")
    told = several.replace("{into}", short(into))
    change(
        window, job, doing=tr("Merging tags"), on_done=partial(_tell_edited, window, told, on_done), on_error=on_error
    )


def delete(window: MainWindow, names: Sequence[str], on_done: Done, on_error: Done = lambda: None) -> None:
    """Take tags, and all below them, off everything."""
    room = window.room
    if room is None or not names:
        return

    def job(progress: Progress) -> Edited:
        from keeproom.library.tagging import delete_tags

        return delete_tags(room.library, names, progress=progress)

    def tell(edited: Edited) -> None:
        what = tr("“{name}” is deleted.").format(name=short(names[0]))
        what = what if len(names) == 1 else plural(len(names), "%n tag is deleted.", "%n tags are deleted.")
        items = len(edited.changed)
        off = plural(items, "%n item had it and stays.", "%n items had it and stay.") if items else ""
        _tell(window, f"{what} {off}".strip(), on_done)

    change(window, job, doing=tr("Deleting tags"), on_done=tell, on_error=on_error)


def short(name: str) -> str:
    """A tag's name as a sentence can hold it."""
    line = " ".join(name.split())
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1] + "…"


def _tell_edited(window: MainWindow, told: str, on_done: Done, edited: Edited) -> None:
    """Say what happened, if anything did."""
    _tell(window, told if edited.entry is not None else "", on_done)


def _tell(window: MainWindow, told: str, on_done: Done) -> None:
    if told:
        window.notices.tell(told)
    on_done()
