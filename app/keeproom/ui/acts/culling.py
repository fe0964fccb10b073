"""Going through pictures one by one: what follows a mark given by a key, and marks given by a click."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from keeproom.ui.acts import describing, viewing
from keeproom.ui.texts import tr

if TYPE_CHECKING:
    from keeproom.ui.inspector.questions import Ids
    from keeproom.ui.viewer.panel import ViewerPanel
    from keeproom.ui.window.main import MainWindow

NEVER, IN_VIEWER, ALWAYS = "never", "viewer", "always"
"""What `culling.advance` says: when a mark given by a key leads on to the next item."""

_FLAG_WORDS = {"pick": "Picked", "reject": "Rejected", None: "No flag"}


def after_mark(window: MainWindow, facts: Mapping[str, Any] | None = None) -> None:
    """Call it when a rating, label or flag was given by a key, after the change was asked for.

    Viewer and compare tell what was given (`facts` as in an `Edit`); the viewer goes on to the next item if that is
    wanted, and so does the grid after one item. What leaves the view by its new mark gives its place to the next.
    """
    words = words_of(facts or {})
    match window.pages.name:
        case "viewer":
            _after_mark_in_viewer(viewing.viewer_of(window), words, window.settings.text("culling.advance"))
        case "compare":
            viewing.compare_of(window).flash(words)
        case "library":
            _after_mark_in_grid(window)


def _after_mark_in_viewer(viewer: ViewerPanel, words: str, when: str) -> None:
    """What was given is told with the item's name where the next one is in sight by then."""
    names, before = [cell.name for cell in viewer.chosen_cells()], viewer.current_asset()
    if when != NEVER:
        viewer.step(1)
    gone_on = viewer.current_asset() != before
    viewer.flash("  ".join([words, *names]) if gone_on else words)


def _after_mark_in_grid(window: MainWindow) -> None:
    grid = window.grid
    following = next(iter(grid.selection()), 0) + 1
    goes_on = window.settings.text("culling.advance") == ALWAYS and grid.selected_count() == 1
    if goes_on and following < grid.count():
        grid.make_current(following)
    else:
        grid.hand_on()


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


def mark(window: MainWindow, fact: str, value: Any) -> None:
    """Give the chosen items a rating, label or flag by a click: nothing goes on from there."""
    _MARKS[fact](window, window.front.chosen_array(), value)


_MARKS: Mapping[str, Callable[[MainWindow, Ids, Any], None]] = {
    "rating": describing.rate_items,
    "label": describing.label_items,
    "flag": describing.flag_items,
}


def advance(when: str) -> Callable[[MainWindow], None]:
    """A function that sets when a mark leads on to the next item; kept for the next time."""
    return lambda window: window.settings.put("culling.advance", when)


def advances(when: str) -> Callable[[MainWindow], bool]:
    return lambda window: window.settings.text("culling.advance") == when


def move_in_order(by: int) -> Callable[[MainWindow], None]:
    """A function that moves what is chosen one place back or on, where the order is a person's own."""
    return lambda window: window.grid.move_chosen(by)
