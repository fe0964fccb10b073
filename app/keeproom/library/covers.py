"""A stack is shown as one: by its cover, or where that is not among what is shown, by the first of it that is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from keeproom.library.orders import Rows
from keeproom.library.snapshot import Snapshot


def without_covered(snapshot: Snapshot, rows: Rows) -> Rows:
    """Rows of assets that are not in the trash, in their order, each stack as one of them."""
    stacks = snapshot.columns["stack"][rows]
    at = np.flatnonzero(stacks)
    if not len(at):
        return rows
    of, members = stacks[at], rows[at]
    is_cover = np.isin(members, _covers(snapshot))
    shown = np.zeros(int(of.max()) + 1, dtype=np.bool_)
    shown[of[is_cover]] = True
    is_first = np.zeros(len(at), dtype=np.bool_)
    is_first[np.unique(of, return_index=True)[1]] = True
    return np.delete(rows, at[~(is_cover | (is_first & ~shown[of]))])


def _covers(snapshot: Snapshot) -> NDArray[np.int64]:
    """The rows with the lowest place of each stack, as far as it is not in the trash."""
    stack, place = snapshot.columns["stack"], snapshot.columns["stack_place"]
    members = np.flatnonzero(stack)
    members = members[snapshot.columns["trashed"][members] == 0]
    members = members[np.lexsort((members, place[members], stack[members]))]
    of = stack[members]
    firsts: NDArray[np.int64] = members[np.flatnonzero(np.diff(of, prepend=0))]
    return firsts
