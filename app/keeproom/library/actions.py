"""What the log can say was done: the actions of its entries, each with its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One kind of entry. `meaning` is a sentence for the manual; `is_undoable` tells whether a person can take it
    back: what a program did by itself, and a delete for good, cannot be."""

    name: str
    meaning: str
    is_undoable: bool = True


ACTIONS: Mapping[str, Action] = {
    action.name: action
    for action in (
        Action("import", "Files came into the library."),
        Action("remove-originals", "Files that are kept were removed where they came from.", is_undoable=False),
        Action("edit", "Facts or tags were stated."),
        Action("tag-create", "A tag was made."),
        Action("tag-rename", "A tag, and what is below it, got another name or another place in the hierarchy."),
        Action("tag-merge", "Tags became one."),
        Action("tag-delete", "Tags, and what is below them, were taken off everything and deleted."),
        Action("collect", "Items were put into a collection."),
        Action("collection-create", "A collection was made."),
        Action("collection-remove", "Items were taken out of a collection."),
        Action("collection-order", "Items were moved to another place within a collection."),
        Action("collection-rename", "A collection, and what is below it, got another name or place."),
        Action("collection-delete", "A collection, and what is below it, was deleted; its items stay."),
        Action("search-save", "A search was saved as a smart collection."),
        Action("stack", "Items were put into one group."),
        Action("unstack", "Groups were taken apart."),
        Action("stack-out", "Items were taken out of their groups."),
        Action("stack-cover", "A group got another cover."),
        Action("trash", "Items were put into the trash."),
        Action("restore", "Items were taken out of the trash."),
    )
}
"""By name. An entry's action is one of these."""
