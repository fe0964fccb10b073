"""Stating what is known of items: rating, labels, flags, tags, texts, dates, names, and which side is up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QToolButton

from keeproom.model import Flag, Label
from keeproom.ui.acts.changing import Progress, change, tell_change
from keeproom.ui.texts import plural, tr

if TYPE_CHECKING:
    from array import array

    from keeproom.library.editing import Edited
    from keeproom.library.retiming import TimeChange
    from keeproom.ui.inspector.questions import Ids
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room

Act = Callable[["MainWindow"], None]
MOST_TAG_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Telling:
    """What is said while items are changed and after it: for one and for many, as in `plural`, `what` in place of
    `{what}`."""

    doing: tuple[str, str]
    done: tuple[str, str]
    what: str = ""

    def doing_words(self, count: int) -> str:
        return plural(count, *self.doing)

    def done_words(self, count: int) -> str:
        return plural(count, *self.done).replace("{what}", self.what)


_LABELLED: Mapping[Label | None, tuple[str, str]] = {
    Label.RED: ("%n item labelled red.", "%n items labelled red."),
    Label.YELLOW: ("%n item labelled yellow.", "%n items labelled yellow."),
    Label.GREEN: ("%n item labelled green.", "%n items labelled green."),
    Label.BLUE: ("%n item labelled blue.", "%n items labelled blue."),
    Label.PURPLE: ("%n item labelled purple.", "%n items labelled purple."),
    None: ("Label removed from %n item.", "Label removed from %n items."),
}
_FLAGGED: Mapping[Flag | None, tuple[str, str]] = {
    Flag.PICK: ("%n item picked.", "%n items picked."),
    Flag.REJECT: ("%n item rejected.", "%n items rejected."),
    None: ("Flag removed from %n item.", "Flag removed from %n items."),
}
_TURNED: Mapping[int, tuple[str, str]] = {
    1: ("%n item rotated right.", "%n items rotated right."),
    -1: ("%n item rotated left.", "%n items rotated left."),
}
_STATED: Mapping[str, tuple[str, str]] = {
    "name": ("%n item renamed.", "%n items renamed."),
    "title": ("Title of %n item changed.", "Title of %n items changed."),
    "description": ("Description of %n item changed.", "Description of %n items changed."),
    "creator": ("Creator of %n item changed.", "Creator of %n items changed."),
    "place": ("Place of %n item changed.", "Place of %n items changed."),
    "captured": ("Date and time of %n item changed.", "Date and time of %n items changed."),
}
_TAKEN_OUT = ("%n item taken out of {what}.", "%n items taken out of {what}.")
_CHANGING = ("Changing %n item", "Changing %n items")
_RATING = ("Rating %n item", "Rating %n items")
_TAGS_CHANGED = ("Tags of %n item changed.", "Tags of %n items changed.")
_TAGS_ADDED = ("{what} added to %n item.", "{what} added to %n items.")
_TAGS_REMOVED = ("{what} removed from %n item.", "{what} removed from %n items.")
_TAGGING = ("Tagging %n item", "Tagging %n items")
_RATED = ("%n item rated {what}.", "%n items rated {what}.")
_UNRATED = ("Rating removed from %n item.", "Rating removed from %n items.")


# On what is chosen: for the action table


def rate(stars: int) -> Act:
    """A function that gives the chosen items so many stars."""
    return _by_key(rate_items, stars, "rating")


def label(colour: Label | None) -> Act:
    """A function that gives the chosen items a colour label, or takes it away."""
    return _by_key(label_items, colour, "label")


def flag(mark: Flag | None) -> Act:
    """A function that picks or rejects the chosen items, or does neither."""
    return _by_key(flag_items, mark, "flag")


def _by_key(mark: Callable[[MainWindow, Ids, Any], None], value: Any, fact: str) -> Act:
    """A function that marks the chosen items, and goes on to the next where that is wanted."""

    def act(window: MainWindow) -> None:
        from keeproom.ui.acts.culling import after_mark

        mark(window, window.front.chosen_array(), value)
        after_mark(window, {fact: value})

    return act


def turn(quarters: int) -> Act:
    """A function that rotates the chosen items by a quarter turn, 1 clockwise or -1."""
    return lambda window: turn_items(window, window.front.chosen_array(), quarters)


def choose_rating(window: MainWindow) -> None:
    """Open the stars as a menu, right below the button that asks for them."""
    from keeproom.ui.actions.rows import Menu

    action = window.action_set["item.rate"]
    menu = window.action_set.menu(Menu.RATING, window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(_below_button(window, action))


def _below_button(window: MainWindow, action: QAction) -> QPoint:
    """Where a menu of this action belongs; where the mouse is, if no button in sight stands for it."""
    buttons = (button for button in window.findChildren(QToolButton) if button.defaultAction() is action)
    shown = next((button for button in buttons if button.isVisible()), None)
    return QCursor.pos() if shown is None else shown.mapToGlobal(shown.rect().bottomLeft())


def edit_tags(window: MainWindow) -> None:
    """Open the tag field for the chosen items."""
    from keeproom.ui.describe.tagpopup import open_tag_popup

    open_tag_popup(window, window.front.chosen_array())


def edit_times(window: MainWindow) -> None:
    """Open the dialog that sets, shifts and reads dates, for the chosen items."""
    open_times(window, window.front.chosen_array())


def rename(window: MainWindow) -> None:
    """Open the dialog that renames the chosen items."""
    from keeproom.ui.describe.renamedialog import open_rename_dialog

    open_rename_dialog(window, window.front.chosen_array())


# On items that are named


def rate_items(window: MainWindow, ids: Ids, stars: int) -> None:
    state(window, ids, {"rating": stars}, Telling(_RATING, _RATED if stars else _UNRATED, "★" * stars))


def label_items(window: MainWindow, ids: Ids, colour: Label | None) -> None:
    state(window, ids, {"label": colour}, Telling(_CHANGING, _LABELLED[colour]))


def flag_items(window: MainWindow, ids: Ids, mark: Flag | None) -> None:
    state(window, ids, {"flag": mark}, Telling(_CHANGING, _FLAGGED[mark]))


def turn_items(window: MainWindow, ids: Ids, quarters: int) -> None:
    edit(window, ids, {"turn": quarters}, Telling(_CHANGING, _TURNED[quarters]))


def tag_items(window: MainWindow, ids: Ids, add: Sequence[str] = (), remove: Sequence[str] = (), **how: Any) -> None:
    """Give items tags, and take others away; new names become tags."""
    what = {"add_tags": tuple(add), "remove_tags": tuple(remove)}
    done = _TAGS_CHANGED if add and remove else _TAGS_ADDED if add else _TAGS_REMOVED
    edit(window, ids, what, Telling(_TAGGING, done, _enumerated(add or remove)), **how)


def state_text(window: MainWindow, ids: Ids, name: str, text: str, **how: Any) -> None:
    """Give items a text (`name`, `title`, `description`, `creator` or `place`); an empty one takes it away."""
    state(window, ids, {name: text}, Telling(_CHANGING, _STATED[name]), **how)


def state(window: MainWindow, ids: Ids, facts: Mapping[str, Any], telling: Telling, **how: Any) -> None:
    """Give items these facts; of quick ones that follow each other for the same items only the last is made."""
    edit(window, ids, {"facts": dict(facts)}, telling, replaces=tuple(facts), **how)


def open_times(window: MainWindow, ids: Ids) -> None:
    """Open the dialog that sets, shifts and reads dates."""
    from keeproom.ui.describe.timedialog import open_time_dialog

    open_time_dialog(window, ids)


def go_to_collection(window: MainWindow, collection: int, name: str) -> None:
    """Show a collection in the grid."""
    from keeproom.ui.browse.places import collection_place

    window.show_panel("library")
    window.shelf.go(collection_place(collection, name))


def take_out_of_collection(window: MainWindow, ids: Ids, collection: int, name: str) -> None:
    """Take items out of a collection; they stay in the library."""
    from keeproom.ui.inspector.questions import assets_of

    room, assets = window.room, assets_of(ids)
    if room is None or not assets:
        return

    def job(_progress: Progress) -> Edited:
        from keeproom.library.collecting import remove_from_collection

        return remove_from_collection(room.library, collection, assets.tolist())

    doing = plural(len(assets), "Taking %n item out of a collection", "Taking %n items out of a collection")
    done = Telling(_CHANGING, _TAKEN_OUT, f"“{shortened(name)}”")
    change(window, job, doing=doing, on_done=lambda edited: tell_change(window, done.done_words(len(edited.changed))))


def state_each(window: MainWindow, name: str, values: Mapping[int, Any]) -> None:
    """Give each item a value of its own, by its id."""
    edit(window, list(values), {"each": {name: values}}, Telling(_CHANGING, _STATED[name]))


def retime(window: MainWindow, ids: Ids, change: TimeChange) -> None:
    """Change the date and time that each item has by then."""
    edit(window, ids, {"retime": change}, Telling(_CHANGING, _STATED["captured"]))


def edit(
    window: MainWindow,
    ids: Ids,
    what: Mapping[str, Any],
    telling: Telling,
    *,
    replaces: tuple[str, ...] | None = None,
    room: Room | None = None,
    on_error: Callable[[], None] = lambda: None,
) -> None:
    """Change items in one step; `what` are the parts of an `Edit`. Lines of an import that are no items are left alone.

    What one sees happen is not announced: a notice tells what became of several items. `room` names the library
    where it may not be the window's any more; `on_error` is called after an error has been told.
    """
    from keeproom.ui.inspector.questions import assets_of

    here = room or window.room
    assets = assets_of(ids)
    if here is None or not assets:
        return

    def job(progress: Progress) -> Edited:
        from keeproom.library.editing import Edit, edit_assets

        return edit_assets(here.library, assets.tolist(), Edit(**what), progress=progress)

    change(
        window,
        job,
        doing=telling.doing_words(len(assets)),
        on_done=lambda edited: _tell(window, assets, telling, edited),
        on_error=on_error,
        replaces=None if replaces is None else (replaces, assets.tobytes()),
        room=here,
    )


def _tell(window: MainWindow, assets: array[int], telling: Telling, edited: Edited) -> None:
    if len(assets) > 1:
        nothing = tr("Nothing to change: all of them were so already.")
        tell_change(window, telling.done_words(len(edited.changed)) if edited.changed else nothing)


def _enumerated(names: Iterable[str]) -> str:
    """A few tags by name, many by their number."""
    known = list(names)
    if len(known) > 3:
        return tr("{count} tags").format(count=len(known))
    return ", ".join(f"“{shortened(name)}”" for name in known)


def shortened(name: str) -> str:
    """A text in one line that fits into a notice."""
    line = " ".join(name.split())
    return line if len(line) <= MOST_TAG_LETTERS else f"{line[:MOST_TAG_LETTERS]}…"
