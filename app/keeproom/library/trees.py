"""Names in a hierarchy, as `places/paris`, in an order in which all that lies below a name follows right after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from keeproom.catalog.pairs import Name

Nodes = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Tree:
    """The nodes of a hierarchy are numbers, in an order in which those below one follow it: `ends` is past the last of
    them. A node that only others lie below (`places` where there is but `places/paris`) has the id 0.

    `names` are as a person wrote them, `keys` find the node of a name as it is compared; `parents` are -1 at the top;
    `node_of` gives the node of an id, -1 where there is none.
    """

    names: tuple[str, ...]
    keys: Mapping[str, int]
    ids: NDArray[np.int64]
    parents: Nodes
    ends: Nodes
    node_of: Nodes

    def __len__(self) -> int:
        return len(self.names)

    def below(self, node: int) -> range:
        """A node and all that lie below it."""
        return range(node, int(self.ends[node]))

    def common(self, ones: Nodes, others: Nodes) -> Nodes:
        """The deepest node that two nodes are, or lie below, for each pair of which the first comes first; -1 where
        there is none."""
        found = ones.copy()
        apart = np.flatnonzero(self.ends[found] <= others)
        while len(apart):
            found[apart] = self.parents[found[apart]]
            apart = apart[found[apart] >= 0]
            apart = apart[self.ends[found[apart]] <= others[apart]]
        return found


def tree_of(rows: Iterable[Name]) -> Tree:
    """The hierarchy of names, with the nodes that lie between."""
    ordered = sorted(((_parts(row.folded), row) for row in rows), key=lambda each: each[0])
    names: list[str] = []
    keys: dict[str, int] = {}
    parents: list[int] = []
    nodes: dict[int, int] = {}
    path: list[int] = []  # the nodes from the top to the last one
    before: Sequence[str] = ()
    for parts, row in ordered:
        depth = _in_common(before, parts)
        del path[depth:]
        spelled = _parts(row.name)
        for step in range(depth, len(parts)):
            keys["/".join(parts[: step + 1]) or "/"] = len(names)
            names.append("/".join(spelled[: step + 1]) or "/")
            parents.append(path[-1] if path else -1)
            path.append(len(names) - 1)
        nodes[row.id] = path[-1]
        before = parts
    return _tree(names, keys, parents, nodes)


def _parts(name: str) -> tuple[str, ...]:
    return ("",) if name == "/" else tuple(name.split("/"))


def _in_common(one: Sequence[str], other: Sequence[str]) -> int:
    """With how many equal parts two names begin."""
    return next((at for at, (left, right) in enumerate(zip_longest(one, other)) if left != right), len(one))


def _tree(names: list[str], keys: Mapping[str, int], parents: list[int], nodes: Mapping[int, int]) -> Tree:
    ends = list(range(1, len(names) + 1))
    for node in range(len(names) - 1, -1, -1):
        if parents[node] >= 0:
            ends[parents[node]] = max(ends[parents[node]], ends[node])
    ids = np.zeros(len(names), dtype=np.int64)
    node_of = np.full(max(nodes, default=0) + 1, -1, dtype=np.int32)
    for id_, node in nodes.items():
        ids[node], node_of[id_] = id_, node
    return Tree(tuple(names), keys, ids, np.array(parents, dtype=np.int32), np.array(ends, dtype=np.int32), node_of)
