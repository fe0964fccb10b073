"""What merging or deleting tags would come to, in words; called in threads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from keeproom.ui.acts.tagkeeping import short
from keeproom.ui.tags.tree import Tree
from keeproom.ui.texts import plural, tr

if TYPE_CHECKING:
    from keeproom.ui.window.room import Room


def merged(room: Room, tree: Tree, names: Sequence[str], into: str) -> str:
    """How many items have the one tag, after the others have become part of it."""
    from keeproom.catalog.collation import folded
    from keeproom.library.tagcounting import count_tagged

    if not into:
        return ""
    there = next((node.name for node in tree.nodes() if node.key == folded(into)), None)
    items = count_tagged(room.library, names if there is None else [*names, there])
    words = plural(items, "“{name}” will be on %n item.", "“{name}” will be on %n items.")
    return words.replace("{name}", short(there or into))


def deleted(room: Room, names: Sequence[str]) -> str:
    """How many items lose a tag, those in the trash by themselves."""
    from keeproom.library.tagcounting import count_tagged

    items = count_tagged(room.library, names)
    in_trash = count_tagged(room.library, names, trashed=True)
    words = [
        plural(items, "Takes it off %n item, which stays.", "Takes it off %n items, which stay.") if items else "",
        plural(in_trash, "%n item in Trash loses it too.", "%n items in Trash lose it too.") if in_trash else "",
    ]
    return " ".join(filter(None, words)) or tr("Nothing has it.")
