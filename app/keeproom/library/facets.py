"""How many assets have what, for every filter at once: masks and counts over the columns of a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from keeproom.catalog.columns import FLAGS, KINDS, LABELS, STATUSES
from keeproom.library.search.states import PROBLEMS
from keeproom.library.snapshot import Snapshot
from keeproom.library.traits import MOST_MONTHS, MOST_TRAITS, NO_MONTH, unpacked
from keeproom.library.trees import Tree
from keeproom.model import Kind

T = TypeVar("T")
Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]
Counted = tuple[tuple[str, int], ...]

NEEDS = ("tag", "folder", "collection")
"""The pairs that a snapshot must have."""

IS_PROBLEM = np.array([status in PROBLEMS for status in STATUSES])


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of some assets are of each kind, have each rating, and so on; what none has is not named.

    Labels and flags are by their names, "" for none. Months are by year and month, None for no date. Cameras stand by
    how many they took, most first; tags and folders in the order of names, each asset once at each of them and at all
    above. `collections` are members by the collection's id, smart ones left out; `entries` assets by import.
    """

    found: int = 0
    kinds: Mapping[Kind, int] = field(default_factory=dict)
    problems: int = 0
    unrated: int = 0
    unflagged: int = 0
    ratings: Mapping[int, int] = field(default_factory=dict)
    labels: Mapping[str, int] = field(default_factory=dict)
    flags: Mapping[str, int] = field(default_factory=dict)
    cameras: Counted = ()
    months: Mapping[tuple[int, int] | None, int] = field(default_factory=dict)
    tags: Counted = ()
    folders: Counted = ()
    collections: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each value of columns and pairs comes among some assets: what facets are made of."""

    found: int
    traits: Counts
    months: Counts
    cameras: Counts
    tags: Counts
    folders: Counts
    collections: Counts

    def without(self, others: Tally) -> Tally:
        """The tally of all but these others."""
        return Tally(
            self.found - others.found,
            self.traits - others.traits,
            self.months - others.months,
            self.cameras - others.cameras,
            self.tags - others.tags,
            self.folders - others.folders,
            self.collections - others.collections,
        )


def tally_of(snapshot: Snapshot, chosen: Mask) -> Tally:
    """The tally of the chosen rows; the snapshot has the pairs of `NEEDS`."""
    rows = np.flatnonzero(chosen)
    columns, pairs = snapshot.columns, snapshot.pairs
    return Tally(
        len(rows),
        np.bincount(columns["traits"][rows], minlength=MOST_TRAITS),
        np.bincount(columns["month"][rows], minlength=MOST_MONTHS),
        np.bincount(columns["camera"][rows], minlength=len(snapshot.vocabularies["camera"])),
        pairs["tag"].counts(chosen, rows),
        pairs["folder"].counts(chosen, rows),
        pairs["collection"].own_counts(chosen, rows),
    )


def facets_of(snapshot: Snapshot, tally: Tally) -> Facets:
    """A tally of rows of this snapshot, with names."""
    traits = unpacked(tally.traits)
    return Facets(
        found=tally.found,
        kinds=_named(KINDS, traits["kind"]),
        problems=int(traits["status"][IS_PROBLEM].sum()),
        unrated=int(traits["rating"][0]),
        unflagged=int(traits["flag"][0]),
        ratings=_named(range(len(traits["rating"])), traits["rating"]),
        labels=_named(LABELS, traits["label"]),
        flags=_named(FLAGS, traits["flag"]),
        cameras=_cameras(snapshot.vocabularies["camera"], tally.cameras),
        months=_months(tally.months),
        tags=_nodes(snapshot.pairs["tag"].tree, tally.tags),
        folders=_below_root(snapshot.pairs["folder"].tree, _nodes(snapshot.pairs["folder"].tree, tally.folders)),
        collections=_members(snapshot.pairs["collection"].tree, tally.collections),
    )


def _named(values: Iterable[T], counts: NDArray[np.int64]) -> dict[T, int]:
    return {value: count for value, count in zip(values, counts.tolist(), strict=True) if count}


def _cameras(names: Sequence[str], counts: Counts) -> Counted:
    known = [(name, count) for name, count in zip(names, counts.tolist(), strict=True) if name and count]
    return tuple(sorted(known, key=lambda each: (-each[1], each[0])))


def _months(counts: Counts) -> dict[tuple[int, int] | None, int]:
    there = np.flatnonzero(counts)
    return {
        None if month == NO_MONTH else (month // 12, month % 12 + 1): count
        for month, count in zip(there.tolist(), counts[there].tolist(), strict=True)
    }


def _nodes(tree: Tree, counts: Counts) -> Counted:
    there = np.flatnonzero(counts)
    names = tree.names
    return tuple((names[node], count) for node, count in zip(there.tolist(), counts[there].tolist(), strict=True))


def _below_root(tree: Tree, counted: Counted) -> Counted:
    """Without the root, and without the folders below it up to the first that assets lie in, or that has two below
    it."""
    above: set[str] = set()
    for node in range(len(tree)):
        is_way = int(tree.ends[node]) == len(tree) and not tree.ids[node]
        has_one = node + 1 < len(tree) and int(tree.ends[node + 1]) == len(tree)
        if not is_way or (node and not has_one):
            break
        above.add(tree.names[node])
    return tuple(each for each in counted if each[0] not in above)


def _members(tree: Tree, counts: Counts) -> dict[int, int]:
    return {id_: count for id_, count in zip(tree.ids.tolist(), counts.tolist(), strict=True) if id_ and count}
