"""Collections: putting items in, taking them out, moving them in their order, and the collections used last."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from keeproom.ui.acts.changing import Progress, change, tell_change
from keeproom.ui.browse.nothing import shortened
from keeproom.ui.browse.places import POSITION, Place, collection_place
from keeproom.ui.texts import plural, printable, tr
from keeproom.ui.window.notices import Offer

if TYPE_CHECKING:
    from keeproom.library.collecting import CollectionCount
    from keeproom.library.editing import Edited
    from keeproom.library.views import SidebarCounts
    from keeproom.ui.inspector.questions import Ids
    from keeproom.ui.window.main import MainWindow

MOST_RECENT = 12
MOST_LETTERS = 40


def called(name: str) -> str:
    """A name inside a sentence."""
    return f"“{shortened(printable(name), MOST_LETTERS)}”"


# What there is


def collections(window: MainWindow) -> Sequence[CollectionCount]:
    """All collections that the window knows of, smart ones too."""
    counts = window.shelf.counts
    return () if counts is None else [row for row in counts.collections if row.id]


def fillable(window: MainWindow) -> list[CollectionCount]:
    """The collections that items can be put in."""
    return [row for row in collections(window) if row.query is None]


def recent(window: MainWindow) -> list[CollectionCount]:
    """The collections that were used last, newest first, as far as they are there."""
    known = {row.name: row for row in fillable(window)}
    return [known[name] for name in _recent_names(window) if name in known]


def _recent_names(window: MainWindow) -> list[str]:
    try:
        told = json.loads(window.settings.text("collections.recent") or "[]")
    except ValueError:
        return []
    return [name for name in told if isinstance(name, str)] if isinstance(told, list) else []


def _used(window: MainWindow, name: str) -> None:
    names = [name, *(each for each in _recent_names(window) if each != name)]
    window.settings.put("collections.recent", json.dumps(names[:MOST_RECENT]))


def search_of(counts: SidebarCounts | None, place: Place) -> str:
    """What a smart collection always looks for; empty for every other place."""
    if counts is None or place.collection is None or place.is_filled:
        return ""
    return next((row.query or "" for row in counts.collections if row.id == place.collection), "")


# Putting in


def pick_collection(window: MainWindow) -> None:
    """Let a person say to which collection the chosen items are to be added."""
    from keeproom.ui.browse.picker import open_picker

    open_picker(window, window.front.chosen_array())


def fill_collections(window: MainWindow, menu: QMenu) -> None:
    """The collections used last, and the way to all others and to a new one."""
    menu.clear()
    pick = menu.addAction(tr("&Choose or create…") + f"\t{window.action_set['item.collect'].shortcut().toString()}")
    pick.triggered.connect(lambda: pick_collection(window))
    rows = recent(window) or fillable(window)[:MOST_RECENT]
    if rows:
        menu.addSeparator()
    for row in rows:
        action = menu.addAction(shortened(printable(row.name)).replace("&", "&&"))
        action.triggered.connect(partial(add_items, window, window.front.chosen_array(), row.name))


def add_items(window: MainWindow, ids: Ids, name: str, *_checked: bool) -> None:
    """Add items to a collection, which is made where there is none of that name."""
    from keeproom.ui.inspector.questions import assets_of

    room, assets = window.room, assets_of(ids)
    if room is None or not assets:
        return

    def job(progress: Progress) -> Edited:
        from keeproom.library.collecting import collect

        return collect(room.library, name, assets.tolist(), progress=progress)

    doing = plural(len(assets), "Adding %n item to a collection", "Adding %n items to a collection")
    change(window, job, doing=doing, on_done=partial(_on_added, window, name, len(assets)))


def _on_added(window: MainWindow, name: str, asked: int, edited: Edited) -> None:
    _used(window, name)
    added = len(edited.changed)
    words = plural(added, "%n item added to {name}.", "%n items added to {name}.")
    if not added:
        words = tr("All of this is in {name} already.")
    elif added < asked:
        words += " " + plural(asked - added, "%n was in it already.", "%n were in it already.")
    tell_change(window, words.replace("{name}", called(name)), Offer("Show", partial(show_collection, window, name)))


def show_collection(window: MainWindow, name: str) -> None:
    """Go to the collection of a name."""
    from keeproom.ui.browse.twigs import folded

    wanted = folded(name)
    for row in collections(window):
        if folded(row.name) == wanted:
            window.sidebar.went.emit(collection_place(row.id, row.name, smart=row.query is not None))
            return


# In the collection that is shown


def shown_collection(window: MainWindow) -> Place | None:
    """The collection that the grid shows, if it is one that a person fills."""
    place = window.shelf.place
    return place if place.is_filled else None


def remove_chosen(window: MainWindow) -> None:
    """Take the chosen items out of the collection that is shown; they stay in the library."""
    from keeproom.ui.inspector.questions import assets_of

    room, place = window.room, shown_collection(window)
    assets = assets_of(window.front.chosen_array())
    if room is None or place is None or place.collection is None or not assets:
        return
    ids, collection = assets.tolist(), place.collection
    before = _after(window, ids)

    def job(progress: Progress) -> Edited:
        from keeproom.library.collecting import remove_from_collection

        return remove_from_collection(room.library, collection, ids, progress=progress)

    doing = plural(len(ids), "Removing %n item from a collection", "Removing %n items from a collection")
    window.grid.hand_on()
    change(window, job, doing=doing, on_done=partial(_on_removed, window, place, before))


def _after(window: MainWindow, ids: Sequence[int]) -> int | None:
    """The item that follows the last of these in the order that is shown, where it is a person's own."""
    from keeproom.ui.grid.ids import id_at, position

    shown = window.grid.ids()
    last = position(shown, ids[-1])
    if window.shelf.sort != POSITION or last is None or last + 1 >= len(shown):
        return None
    return id_at(shown, last + 1)


def _on_removed(window: MainWindow, place: Place, before: int | None, edited: Edited) -> None:
    from keeproom.ui.acts.trashing import trash_items

    ids = edited.changed
    if not ids:
        return
    words = plural(
        len(ids),
        "%n item removed from {name}. It stays in the library.",
        "%n items removed from {name}. They stay in the library.",
    )
    tell_change(
        window,
        words.replace("{name}", called(place.text)),
        Offer("Put back", partial(_put_back, window, place, ids, before)),
        Offer("Move to Trash", partial(trash_items, window, ids)),
    )


def _put_back(window: MainWindow, place: Place, ids: Sequence[int], before: int | None) -> None:
    room, collection = window.room, place.collection
    if room is None or collection is None:
        return

    def job(_progress: Progress) -> None:
        from keeproom.library.collecting import collect, move_in_collection

        collect(room.library, place.value, ids)
        if before is not None:
            move_in_collection(room.library, collection, ids, before)

    change(window, job, doing=tr("Putting items back"))


def move_in_shown(window: MainWindow, ids: Sequence[int], before: int | None) -> None:
    """Move items in the order of the collection that is shown, in front of another one or to the end."""
    room, place = window.room, shown_collection(window)
    if room is None or place is None or place.collection is None or not ids:
        return
    collection = place.collection

    def job(_progress: Progress) -> Edited:
        from keeproom.library.collecting import move_in_collection

        return move_in_collection(room.library, collection, ids, before)

    change(window, job, doing=tr("Moving items"))


# New ones


def new_collection(window: MainWindow, above: str = "") -> None:
    """Ask for a name and make a collection, below another one if that is named."""
    from keeproom.ui.browse.naming import ask_name

    text = tr("Name of the new collection. A “/” puts it below another one.")
    start = f"{above}/" if above else ""
    ask_name(window, tr("New collection"), text, tr("Create"), lambda name: make_collection(window, name), start)


def make_collection(window: MainWindow, name: str, on_done: Callable[[], None] = lambda: None) -> None:
    room = window.room
    if room is None:
        return

    def job(_progress: Progress) -> int:
        from keeproom.library.collecting import create_collection

        return create_collection(room.library, name)

    def made(_id: int) -> None:
        words = tr("Collection {name} is there. Drag photos and videos onto it.").format(name=called(name))
        tell_change(window, words)
        on_done()

    change(window, job, doing=tr("Making a collection"), on_done=made)


def new_smart_collection(window: MainWindow) -> None:
    """Ask for a name and keep the search that is shown, with the place it looks in, as a smart collection: below the
    search field, if something is in it."""
    from keeproom.ui.browse.naming import ask_name

    query = within(window.shelf.place.scope, window.shelf.query.strip())
    if not query:
        window.notices.tell(tr("Search for something first. A smart collection keeps a search."))
    elif window.shelf.query.strip():
        window.toolbar.search.ask_name()
    else:
        text = tr("It will always hold what this search finds: {query}").format(query=shortened(query, 200))
        make = partial(save_search, window, query)
        ask_name(window, tr("New smart collection"), text, tr("Create"), make)


def within(scope: str, query: str) -> str:
    """What is shown, as one query: that of the place, and the search in it."""
    if not (scope and query):
        return scope or query
    return f"{scope} ({query})" if " or " in query.casefold() else f"{scope} {query}"


def save_search(window: MainWindow, query: str, name: str) -> None:
    room = window.room
    if room is None:
        return

    def job(_progress: Progress) -> int:
        from keeproom.library.collecting import save_search as save

        return save(room.library, name, query)

    words = tr("Smart collection {name} always shows what this search finds.").format(name=called(name))
    offer = Offer("Show", partial(show_collection, window, name))
    change(window, job, doing=tr("Keeping a search"), on_done=lambda _id: tell_change(window, words, offer))
