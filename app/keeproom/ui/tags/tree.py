"""Tags as a tree: built from their names, filtered and sorted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keeproom.library.opening import Library
    from keeproom.library.tagging import TagCount


class Order(Enum):
    """By what tags of one level are sorted."""

    NAME = "name"
    COUNT = "count"


@dataclass(slots=True, eq=False)
class Node:
    """A tag, or a level that only others stand below. `count` is how many items have it or one below it, each once.

    `in_trash` is how many in the trash do: they have it again when they are restored. `leaf` is the last part of its
    `name`, `key` the name as names are compared.
    """

    name: str
    leaf: str
    key: str
    count: int = 0
    own: int = 0
    in_trash: int = 0
    is_tag: bool = False
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    def below(self) -> Iterator[Node]:
        """It, and all below it, each before its own; a name can have hundreds of levels."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


@dataclass(frozen=True, slots=True)
class Tree:
    """All tags in the order of their names. `tags` counts those that are tags, `unused` are the names of those that
    nothing has, in the trash neither, with nothing below them that something has."""

    tops: tuple[Node, ...] = ()
    tags: int = 0
    unused: tuple[str, ...] = ()

    def nodes(self) -> Iterator[Node]:
        for top in self.tops:
            yield from top.below()

    def facts(self) -> tuple[tuple[object, ...], ...]:
        """What two trees are compared by."""
        return tuple((node.name, node.count, node.own, node.in_trash, node.is_tag) for node in self.nodes())


def read_tree(library: Library) -> Tree:
    """All tags of a library; called in a thread."""
    from keeproom.catalog.collation import folded
    from keeproom.library.tagging import list_tags
    from keeproom.library.tagmoving import count_levels

    return tree_of(list_tags(library), folded, count_levels(library))


def tree_of(
    tags: Iterable[TagCount], folded: Callable[[str], str], levels: Mapping[str, int] = MappingProxyType({})
) -> Tree:
    """A tree of tags, in any order of them; `levels` are the counts of those that are no tags, by folded name."""
    known: dict[str, Node] = {}
    tops: list[Node] = []
    count = 0
    for tag in tags:
        node = _node(tag.name, folded, known, tops)
        node.name, node.leaf = tag.name, tag.name.rpartition("/")[2]
        node.count, node.own, node.is_tag, node.in_trash = tag.count, tag.own_count, True, tag.in_trash
        count += 1
    for node in known.values():
        if not node.is_tag:
            node.count = levels.get(node.key, 0)
    unused = tuple(
        node.name for top in tops for node in top.below() if node.is_tag and not (node.count or node.in_trash)
    )
    return Tree(tuple(tops), count, unused)


def _node(name: str, folded: Callable[[str], str], known: dict[str, Node], tops: list[Node]) -> Node:
    """The node of a name, with all above it."""
    leaves = name.split("/")
    node = None
    for end in range(1, len(leaves) + 1):
        part = "/".join(leaves[:end])
        key, parent = folded(part), node
        node = known.get(key)
        if node is None:
            node = known[key] = Node(part, leaves[end - 1], key, parent=parent)
            (tops if parent is None else parent.children).append(node)
    assert node is not None
    return node


def matching(tree: Tree, words: str, *, only_unused: bool = False) -> set[Node] | None:
    """The nodes that have all of these words in their names, with those above them; None where all of them do."""
    wanted = words.casefold().split()
    if not wanted and not only_unused:
        return None
    unused = set(tree.unused)
    shown: set[Node] = set()
    for node in tree.nodes():
        if only_unused and node.name not in unused:
            continue
        name = node.name.casefold()
        if all(word in name for word in wanted):
            above: Node | None = node
            while above is not None and above not in shown:
                shown.add(above)
                above = above.parent
    return shown


def in_order(nodes: Sequence[Node], order: Order, *, descending: bool) -> list[Node]:
    """Nodes of one level, sorted; those of one count stay in the order of names."""
    if order is Order.COUNT:
        return sorted(nodes, key=lambda node: -node.count if descending else node.count)
    return list(reversed(nodes)) if descending else list(nodes)


def tops_of(names: Iterable[str], folded: Callable[[str], str]) -> list[str]:
    """The names that are not below another one of them."""
    keys = {folded(name): name for name in names}
    return [name for key, name in keys.items() if not any(above in keys for above in _above(key))]


def _above(key: str) -> Iterator[str]:
    while "/" in key:
        key = key.rpartition("/")[0]
        yield key
