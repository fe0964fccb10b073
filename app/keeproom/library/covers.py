"""A stack is shown as one: by its cover, or where that is not among what is shown, by the first of it that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from keeproom.library.orders import Rows
from keeproom.library.snapshot import Snapshot

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Stacks:
    """The rows that are in stacks and not in the trash, and the number of the stack of each; the first of each stack is
    its cover."""

    members: Rows
    stacks: NDArray[np.int32]
    is_cover: Mask


def stacks_of(snapshot: Snapshot) -> Stacks:
    stack, place = snapshot.columns["stack"], snapshot.columns["stack_place"]
    members = np.flatnonzero(stack).astype(np.int32)
    members = members[snapshot.columns["trashed"][members] == 0]
    members = members[np.lexsort((members, place[members], stack[members]))]
    is_first = np.diff(stack[members], prepend=0) != 0
    return Stacks(members, np.cumsum(is_first, dtype=np.int32), is_first)


def uncovered(stacks: Stacks, chosen: Mask) -> tuple[Mask, Rows]:
    """The chosen rows without those whose chosen cover stands for them; and those rows of stacks without a chosen cover
    of which only the first in order is to be shown."""
    if not len(stacks.members):
        return chosen, stacks.members
    is_there = chosen[stacks.members]
    covered = np.zeros(int(stacks.stacks[-1]) + 1, dtype=np.bool_)
    covered[stacks.stacks[is_there & stacks.is_cover]] = True
    has_cover = covered[stacks.stacks]
    rest = chosen.copy()
    rest[stacks.members[has_cover & ~stacks.is_cover]] = False
    return rest, stacks.members[is_there & ~has_cover]


def repeated(snapshot: Snapshot, rows: Rows, disputed: Rows) -> NDArray[np.int64]:
    """Where in rows in order those of the disputed stand that are not the first of their stack."""
    if len(disputed) < 2:
        return np.empty(0, dtype=np.int64)
    is_disputed = np.zeros(len(snapshot), dtype=np.bool_)
    is_disputed[disputed] = True
    at = np.flatnonzero(is_disputed[rows])
    _, first = np.unique(snapshot.columns["stack"][rows[at]], return_index=True)
    return np.delete(at, first)
