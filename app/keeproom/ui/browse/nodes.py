"""What stands in the sidebar: a node is a heading or a place, with how many items it has and what lies below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from keeproom.ui.browse.places import (
    PLACES,
    Branch,
    Place,
    camera_place,
    collection_place,
    date_place,
    folder_place,
    import_place,
    tag_place,
)

_FIXED = {place.name: place for place in PLACES}
_MADE: Mapping[Branch, Callable[[str], Place]] = {
    Branch.TAG: tag_place,
    Branch.FOLDER: folder_place,
    Branch.CAMERA: camera_place,
    Branch.DATE: date_place,
    Branch.IMPORT: lambda entry: import_place(int(entry)),
}


class Node(NamedTuple):
    """`key` is the name of its place, or of a heading. `name` is a tag's or a collection's whole name, a folder's path,
    a year or a month. `is_place` is off for a name that only others lie below. `is_heading` marks the top. `stays` says
    that it is shown at a count of zero."""

    key: str
    branch: Branch
    text: str
    icon: str = ""
    name: str = ""
    items: int | None = None
    below: tuple[Node, ...] = ()
    collection: int | None = None
    smart: bool = False
    is_place: bool = True
    is_heading: bool = False
    stays: bool = False
    opens: bool = False

    @property
    def place(self) -> Place | None:
        """Where it leads; None for what is only a name above others."""
        if not self.is_place:
            return None
        if self.key in _FIXED:
            return _FIXED[self.key]
        if self.collection is not None:
            return collection_place(self.collection, self.name, smart=self.smart)
        return _MADE[self.branch](self.name)

    @property
    def is_own(self) -> bool:
        """Whether a person made it and can change it: a collection or a tag."""
        return self.branch in OWN and not self.is_heading


OWN = frozenset({Branch.COLLECTION, Branch.TAG})


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """All nodes, each before what lies below it."""
    for node in nodes:
        yield node
        yield from walk(node.below)


def way_to(nodes: Iterable[Node], key: str) -> tuple[Node, ...]:
    """The node of a key, after all that lie above it; nothing, where there is none."""
    for node in nodes:
        if node.key == key:
            return (node,)
        below = way_to(node.below, key)
        if below:
            return (node, *below)
    return ()
