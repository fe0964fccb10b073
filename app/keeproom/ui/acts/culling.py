"""Going through pictures one by one: what follows a mark given by a key, marks given by a click, and places in a
collection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from keeproom.ui.texts import plural, tr

if TYPE_CHECKING:
    from keeproom.ui.viewer.panel import ViewerPanel
    from keeproom.ui.window.main import MainWindow

NEVER, IN_VIEWER, ALWAYS = "never", "viewer", "always"
"""What `culling.advance` says: when a mark given by a key leads on to the next item."""

_FLAG_WORDS = {"pick": "Picked", "reject": "Rejected", None: "No flag"}


def after_mark(window: MainWindow, facts: Mapping[str, Any] | None = None) -> None:
    """Call it when a rating, label or flag was given by a key, after the change was asked for.

    The viewer tells what was given (`facts` as in an `Edit`), and goes on to the next item if that is wanted; so does
    the grid after one item. What leaves the view by its new mark gives its place to the next.
    """
    panel = window.pages.name
    if panel in ("viewer", "compare"):
        _flash(window, words_of(facts or {}))
    if panel == "viewer" and window.settings.text("culling.advance") != NEVER:
        cast("ViewerPanel", window.front).step(1)
    elif panel == "library":
        _after_mark_in_grid(window)


def _after_mark_in_grid(window: MainWindow) -> None:
    grid = window.grid
    next_one = grid.current_index() + 1
    if grid.selected_count() == 1 and next_one < grid.count() and window.settings.text("culling.advance") == ALWAYS:
        grid.make_current(next_one)
    else:
        grid.hand_on()


def _flash(window: MainWindow, text: str) -> None:
    flash = getattr(window.front, "flash", None)
    if flash is not None and text:
        flash(text)


def words_of(facts: Mapping[str, Any]) -> str:
    """What was given, as the viewer tells it: `★★★`, `Rejected`."""
    return " · ".join(_WORDS[name](value) for name, value in facts.items() if name in _WORDS)


def _rating_words(stars: int | None) -> str:
    return "★" * stars if stars else tr("No rating")


def _label_words(label: str | None) -> str:
    return tr(label.capitalize()) if label else tr("No label")


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "rating": _rating_words,
    "label": _label_words,
    "flag": lambda flag: tr(_FLAG_WORDS[flag or None]),
}


def mark(window: MainWindow, facts: Mapping[str, Any]) -> None:
    """State rating, label or flag of the chosen items by a click: nothing goes on from there."""
    from keeproom.ui.acts.changing import change

    room, ids = window.room, window.chosen_ids()
    if room is None or not ids:
        return
    library = room.library

    def job(progress: Callable[[int, int], None]) -> object:
        from keeproom.library.editing import Edit, edit_assets

        return edit_assets(library, ids, Edit(facts=facts), progress=progress)

    change(window, job, doing=plural(len(ids), "Changing %n item", "Changing %n items"))


def advance(when: str) -> Callable[[MainWindow], None]:
    """A function that sets when a mark leads on to the next item; kept for the next time."""
    return lambda window: window.settings.put("culling.advance", when)


def advances(when: str) -> Callable[[MainWindow], bool]:
    return lambda window: window.settings.text("culling.advance") == when
