"""Columns that are made from others, row by row: the month of a capture time, and all that has few values in one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from keeproom.catalog.columns import FLAGS, KINDS, LABELS, STATUSES
from keeproom.catalog.packing import NO_DATE, Columns

TRAITS = (
    ("kind", len(KINDS)),
    ("status", len(STATUSES)),
    ("rating", 10),
    ("label", len(LABELS)),
    ("flag", len(FLAGS)),
    ("trashed", 2),
)
"""Columns of few values, and how many each can have: put together they are one number, which is counted once for all
of them."""

NO_MONTH = 0
_DAY_S = 86_400
_FIRST_YEAR = 1970


def derived(columns: Columns) -> Columns:
    """The columns `month` (year * 12 + month - 1, `NO_MONTH` for none) and `traits`."""
    return {"month": months_of(columns["captured"]), "traits": _traits(columns)}


def months_of(captured: NDArray[np.int64]) -> NDArray[np.int32]:
    known = captured != NO_DATE
    days = (np.where(known, captured, 0) // _DAY_S).astype("datetime64[D]")
    months = days.astype("datetime64[M]").astype(np.int32) + _FIRST_YEAR * 12
    return np.where(known, months, NO_MONTH).astype(np.int32)


def _traits(columns: Columns) -> NDArray[np.uint16]:
    packed = np.zeros(len(columns["id"]), dtype=np.uint16)
    for name, count in TRAITS:
        packed *= count
        packed += columns[name]
    return packed


def unpacked(counts: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """From how often each number of `traits` comes, how often each value of each of its columns does."""
    cube = counts.reshape([count for _, count in TRAITS])
    axes = range(len(TRAITS))
    return {name: cube.sum(axis=tuple(set(axes) - {axis})) for axis, (name, _) in enumerate(TRAITS)}


MOST_MONTHS = 10_000 * 12
MOST_TRAITS = int(np.prod([count for _, count in TRAITS]))
