"""What is done with tags and collections themselves, from the sidebar: new names, other places, and that they go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from keeproom.ui.acts.changing import Progress, change, tell_change
from keeproom.ui.acts.collecting import called
from keeproom.ui.browse.nodes import Node
from keeproom.ui.browse.places import ALL, Branch, last_part
from keeproom.ui.texts import plural, tr
from keeproom.ui.window.notices import Offer

if TYPE_CHECKING:
    from keeproom.library.editing import Edited
    from keeproom.library.opening import Library
    from keeproom.ui.window.main import MainWindow


def rename(window: MainWindow, node: Node, text: str) -> None:
    """Give the last part of a name another text; a `/` in it moves it below another one."""
    above = node.name.rpartition("/")[0]
    give_name(window, node, f"{above}/{text}" if above else text)


def nest(window: MainWindow, node: Node, above: Node | None) -> None:
    """Move a tag or a collection below another one, or to the top."""
    name = last_part(node.name)
    give_name(window, node, f"{above.name}/{name}" if above is not None and not above.is_heading else name)


def give_name(window: MainWindow, node: Node, name: str) -> None:
    """Give a tag or a collection another whole name; what lies below moves along."""
    if name == node.name:
        return
    words = _renamed_words(node, name)
    _do(window, partial(_rename, node, name), tr("Renaming"), lambda: tell_change(window, words))


def _renamed_words(node: Node, name: str) -> str:
    """`Tag “paris” is “places/paris” now. 512 items have it.`"""
    if node.branch is Branch.COLLECTION:
        return tr("Collection {old} is {new} now.").format(old=called(node.name), new=called(name))
    words = tr("Tag {old} is {new} now.").format(old=called(node.name), new=called(name))
    return f"{words} {plural(node.items or 0, '%n item has it.', '%n items have it.')}"


def _rename(node: Node, name: str, library: Library) -> None:
    if node.branch is Branch.TAG:
        from keeproom.library.tagging import rename_tag

        rename_tag(library, node.name, name)
        return
    from keeproom.library.collecting import list_collections, rename_collection

    if node.collection is not None:
        rename_collection(library, node.collection, name)
        return
    for row in list_collections(library):  # a name that only others lie below: all of them move
        if row.name.startswith(f"{node.name}/"):
            rename_collection(library, row.id, name + row.name[len(node.name) :])


def ask_to_delete(window: MainWindow, node: Node) -> None:
    """Delete a tag or a collection; where something would be lost, only after a person has said so once more."""
    below = len(node.below)
    if not (node.items or below or node.smart):
        delete(window, node)
        return
    notice = window.notices.tell(_question(node), Offer(tr("Delete"), partial(delete, window, node)))
    notice.focus()


def _question(node: Node) -> str:
    count = node.items or 0
    if node.smart:
        return tr("Delete the smart collection {name}? What it finds stays.").format(name=called(node.name))
    below = tr(" With it goes what is below it.") if node.below else ""
    if node.branch is Branch.TAG:
        words = plural(count, "Delete the tag {name} from %n item?", "Delete the tag {name} from %n items?")
    else:
        words = plural(
            count,
            "Delete the collection {name}? Its %n item stays in the library.",
            "Delete the collection {name}? Its %n items stay in the library.",
        )
    return words.replace("{name}", called(node.name)) + below


def delete(window: MainWindow, node: Node) -> None:
    def done() -> None:
        words = tr("Tag {name} is deleted.") if node.branch is Branch.TAG else tr("Collection {name} is deleted.")
        tell_change(window, words.format(name=called(node.name)))
        if window.shelf.place.name == node.key:
            window.shelf.go(ALL)

    _do(window, partial(_delete, node), tr("Deleting"), done)


def _delete(node: Node, library: Library) -> None:
    if node.branch is Branch.TAG:
        from keeproom.library.tagging import delete_tags

        delete_tags(library, [node.name])
        return
    from keeproom.library.collecting import delete_collection

    if node.collection is not None:
        delete_collection(library, node.collection)


def new_tag(window: MainWindow, above: str = "") -> None:
    """Ask for a name and make a tag."""
    from keeproom.ui.browse.naming import ask_name

    def make(name: str) -> None:
        words = tr("Tag {name} is there. Drag photos and videos onto it.").format(name=called(name))
        _do(window, partial(_create_tag, name), tr("Making a tag"), lambda: tell_change(window, words))

    text = tr("Name of the new tag. A “/” puts it below another one.")
    ask_name(window, tr("New tag"), text, tr("Create"), make, f"{above}/" if above else "")


def give_tag(window: MainWindow, ids: Sequence[int], name: str) -> None:
    """Give items that were let go on a tag that tag, and say so: the picture does not show it."""
    from keeproom.ui.inspector.questions import assets_of

    room, assets = window.room, assets_of(ids)
    if room is None or not assets:
        return

    def job(progress: Progress) -> Edited:
        from keeproom.library.editing import Edit, edit_assets

        return edit_assets(room.library, assets.tolist(), Edit(add_tags=(name,)), progress=progress)

    def done(edited: Edited) -> None:
        words = plural(len(edited.changed), "%n item has the tag {name} now.", "%n items have the tag {name} now.")
        if not edited.changed:
            words = tr("All of this has the tag {name} already.")
        tell_change(window, words.replace("{name}", called(name)))

    change(window, job, doing=plural(len(assets), "Tagging %n item", "Tagging %n items"), on_done=done)


def _create_tag(name: str, library: Library) -> None:
    from keeproom.library.tagging import create_tag

    create_tag(library, name)


def _do(window: MainWindow, job: Callable[[Library], None], doing: str, done: Callable[[], None]) -> None:
    room = window.room
    if room is None:
        return
    library = room.library

    def work(_progress: Progress) -> None:
        job(library)

    change(window, work, doing=doing, on_done=lambda _nothing: done())
