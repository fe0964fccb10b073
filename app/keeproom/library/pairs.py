"""Which rows of a snapshot have which tags, lie in which folders and collections: pairs of a row and a node of a tree.

An asset counts once at a name and at each one above it, however many of the names below it has. To count so needs no
pair for each name above: in the tree's order all below a name is one run, and what two neighbours of an asset share is
taken away once, where the ways up from them meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from keeproom.catalog.packing import Columns
from keeproom.catalog.pairs import Name, all_pairs, names_after, names_gone, pairs_of, pairs_with
from keeproom.library.trees import Tree, tree_of

Mask = NDArray[np.bool_]
Rows = NDArray[np.int32]
Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Pairs:
    """Each row (ascending) with one of the nodes of `tree`; none comes twice.

    `known` are the names by id, smart collections among them. `places` is where the row stands in a collection.
    """

    rows: Rows
    nodes: NDArray[np.int32]
    tree: Tree
    known: Mapping[int, Name]
    places: NDArray[np.float64] | None = None

    def find(self, key: str) -> int | None:
        """The node of a name as it is compared (`folded`; a folder's path as it is)."""
        return self.tree.keys.get(key)

    def mask(self, nodes: Iterable[int], count: int) -> Mask:
        """Which of `count` rows have one of these nodes itself; give `tree.below(node)` for those below it too."""
        wanted = np.zeros(len(self.tree) + 1, dtype=np.bool_)
        wanted[np.fromiter(nodes, dtype=np.int64)] = True
        chosen = np.zeros(count, dtype=np.bool_)
        chosen[self.rows[wanted[self.nodes]]] = True
        return chosen

    def any(self, count: int) -> Mask:
        """Which of `count` rows have any node."""
        chosen = np.zeros(count, dtype=np.bool_)
        chosen[self.rows] = True
        return chosen

    def own_counts(self, chosen: Mask, rows: Ids | None = None) -> Ids:
        """How many of the chosen rows have each node itself; `rows` are the same, where they are known."""
        rows = np.flatnonzero(chosen) if rows is None else rows
        first, others, other_nodes = self._by_row
        counts = np.bincount(first[rows[: np.searchsorted(rows, len(first))]], minlength=len(self.tree) + 1)[:-1]
        counts += np.bincount(other_nodes[chosen[others]], minlength=len(self.tree))
        return counts

    @cached_property
    def _by_row(self) -> tuple[NDArray[Any], Rows, NDArray[np.int32]]:
        """The first node of each row, or one past the last; and those pairs that are not the first of their row. Most
        rows have none or one, and are counted without a look at all pairs."""
        none = len(self.tree)
        is_first = np.diff(self.rows, prepend=-1) != 0
        first = np.full(int(self.rows[-1]) + 1 if len(self.rows) else 0, none, dtype=np.min_scalar_type(none))
        first[self.rows[is_first]] = self.nodes[is_first]
        return first, self.rows[~is_first], self.nodes[~is_first]

    def counts(self, chosen: Mask, rows: Ids | None = None) -> Ids:
        """How many of the chosen rows have each node or one below it, each row once."""
        own = self.own_counts(chosen, rows)
        shared, meets = self._shared
        if len(shared):
            own -= np.bincount(meets[chosen[shared]], minlength=len(self.tree))
        summed = np.concatenate(([0], np.cumsum(own)))
        counted: Ids = summed[self.tree.ends] - summed[:-1]
        return counted

    @cached_property
    def _shared(self) -> tuple[Rows, NDArray[np.int32]]:
        """Where the ways up from two nodes of one row that are neighbours meet, and that row."""
        same = self.rows[1:] == self.rows[:-1]
        several = np.zeros(len(self.rows), dtype=np.bool_)
        several[1:] |= same
        several[:-1] |= same
        rows, nodes = self.rows[several], self.nodes[several]
        order = np.lexsort((nodes, rows))
        rows, nodes = rows[order], nodes[order]
        beside = np.flatnonzero(rows[1:] == rows[:-1])
        meets = self.tree.common(nodes[beside], nodes[beside + 1])
        return rows[beside][meets >= 0], meets[meets >= 0]

    @property
    def size_bytes(self) -> int:
        return sum(each.nbytes for each in (self.rows, self.nodes, self.places) if each is not None)

    def without_rows(self, gone: Mask) -> Pairs:
        """The pairs after these rows have gone, and those behind them have moved up."""
        rest = self.chosen(~gone[self.rows])
        return replace(rest, rows=rest.rows - np.cumsum(gone, dtype=np.int32)[rest.rows])

    def chosen(self, which: Mask | Ids) -> Pairs:
        """Some of the pairs, by a mask or by their places."""
        places = None if self.places is None else self.places[which]
        return replace(self, rows=self.rows[which], nodes=self.nodes[which], places=places)


_NO_ROWS = np.empty(0, dtype=np.int32)


def read_pairs(session: Session, name: str, ids: Ids) -> Pairs:
    """All pairs of a sort; `ids` are those of the rows."""
    known = {row.id: row for row in names_after(session, name, -1)}
    empty = Pairs(_NO_ROWS, _NO_ROWS, tree_of(known.values()), known)
    return _joined(empty, all_pairs(session, name), ids)


def follow_pairs(session: Session, name: str, pairs: Pairs, revision: int, ids: Ids, touched: Rows) -> Pairs:
    """Pairs brought up to date after a revision: of `touched` rows, and of names that came, changed or went."""
    news = names_after(session, name, revision, max(pairs.known, default=0))
    changed = [row.id for row in news]
    there = pairs.known.keys() - set(changed)  # SQLite gives the id of what went to what comes next
    gone = [id_ for id_ in names_gone(session, name, revision) if id_ in there]
    if not (news or gone or len(touched)):
        return pairs
    touching = pairs_of(session, name, ids[touched].tolist())
    if not (news or gone) and _are_known(pairs, touched, touching, ids):
        return pairs
    stays = _untouched(pairs, [*changed, *gone], touched, len(ids))
    rest = pairs.chosen(stays)
    if news or gone:
        known = {**pairs.known, **{row.id: row for row in news}}
        rest = _renamed(rest, {id_: row for id_, row in known.items() if id_ not in gone})
    read = [touching, pairs_with(session, name, changed)]
    return _joined(rest, {key: np.concatenate([part[key] for part in read]) for key in read[0]}, ids)


def _are_known(pairs: Pairs, touched: Rows, read: Columns, ids: Ids) -> bool:
    """Whether the pairs of these rows, which ascend, are those that were read."""
    starts, ends = (np.searchsorted(pairs.rows, touched, side) for side in ("left", "right"))
    lengths = ends - starts
    behind = np.cumsum(lengths)
    known = pairs.chosen(np.repeat(starts - behind + lengths, lengths) + np.arange(lengths.sum()))
    fresh = _joined(pairs.chosen(starts[:0]), read, ids)
    if known.places is not None and fresh.places is not None and not np.array_equal(known.places, fresh.places):
        return False
    return np.array_equal(known.rows, fresh.rows) and np.array_equal(known.nodes, fresh.nodes)


def _untouched(pairs: Pairs, values: Iterable[int], touched: Rows, count: int) -> Mask:
    """Which pairs have none of these values and are of none of these rows."""
    is_touched = np.zeros(count, dtype=np.bool_)
    is_touched[touched] = True
    nodes = [int(pairs.tree.node_of[value]) for value in values if value in pairs.known]
    is_changed = np.zeros(len(pairs.tree), dtype=np.bool_)
    is_changed[nodes] = True
    untouched: Mask = ~is_touched[pairs.rows] & ~is_changed[pairs.nodes]
    return untouched


def _renamed(pairs: Pairs, known: Mapping[int, Name]) -> Pairs:
    """The same pairs by other names; none of them has a name that is gone."""
    tree = tree_of(known.values())
    ids = np.minimum(pairs.tree.ids, len(tree.node_of) - 1)
    return replace(pairs, tree=tree, known=known, nodes=tree.node_of[ids][pairs.nodes])


def _joined(pairs: Pairs, read: Columns, ids: Ids) -> Pairs:
    """Pairs with those that were read, as far as their assets are there; in order, each once."""
    at = np.searchsorted(ids, read["asset"])
    there = ids[np.minimum(at, max(0, len(ids) - 1))] == read["asset"] if len(ids) else np.zeros(len(at), np.bool_)
    rows = np.concatenate((pairs.rows, at[there].astype(np.int32)))
    nodes = np.concatenate((pairs.nodes, pairs.tree.node_of[read["value"][there]]))
    places = read.get("place")
    if places is not None:
        places = places[there] if pairs.places is None else np.concatenate((pairs.places, places[there]))
    key = rows.astype(np.int64) * (len(pairs.tree) + 1) + nodes
    order = np.argsort(key, kind="stable")
    key = key[order]
    order = order[np.concatenate(([True], key[1:] != key[:-1]))] if len(order) else order
    return replace(pairs, rows=rows[order], nodes=nodes[order], places=None if places is None else places[order])
