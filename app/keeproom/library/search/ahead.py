"""While a person types: the first of what is found, before all of it is."""

from __future__ import annotations

import numpy as np
from sqlalchemy.orm import Session

from keeproom.catalog.words import newest_matching
from keeproom.library.search.evaluating import Match, planned, rows_matching
from keeproom.library.search.syntax import Query
from keeproom.library.snapshot import Snapshot
from keeproom.library.sorts import read_sort
from keeproom.model import SortKey

_PAST_ALL = 2**63 - 1


def first_ids(
    session: Session, snapshot: Snapshot, query: Query, sort: str = "-imported", limit: int = 50
) -> list[int]:
    """The ids of the first assets that answer a query, those in the trash left out.

    Where words are asked for and the newest import comes first, the index of words is read from behind and no further
    than is needed. The snapshot must have the order that is asked for, unless it is that by import.

    Raises:
        UsageError: there is no such sort key.
    """
    key, descending = read_sort(sort)
    plan = None if query.root is None else planned(query.root)
    if isinstance(plan, Match) and key is SortKey.IMPORTED and descending:
        return _newest(session, snapshot, plan, limit)
    chosen = rows_matching(session, snapshot, query) & (snapshot.columns["trashed"] == 0)
    if key is SortKey.IMPORTED:
        rows = np.flatnonzero(chosen)
        rows = rows[::-1][:limit] if descending else rows[:limit]
    else:
        order = snapshot.orders[key]
        ordered = order.descending() if descending else order.rows
        rows = ordered[chosen[ordered]][:limit]
    return [int(id_) for id_ in snapshot.ids[rows]]


def _newest(session: Session, snapshot: Snapshot, plan: Match, limit: int) -> list[int]:
    found: list[int] = []
    before = _PAST_ALL
    while len(found) < limit:
        page = newest_matching(session, plan.expression, before, limit + limit // 10)
        found += _living(snapshot, page)
        if len(page) < limit + limit // 10:
            break
        before = page[-1]
    return found[:limit]


def _living(snapshot: Snapshot, ids: list[int]) -> list[int]:
    """Those that are there, and not in the trash."""
    wanted = np.array(ids, dtype=np.int64)
    if not len(wanted) or not len(snapshot):
        return []
    rows = np.minimum(np.searchsorted(snapshot.ids, wanted), len(snapshot) - 1)
    living = (snapshot.ids[rows] == wanted) & (snapshot.columns["trashed"][rows] == 0)
    return [int(id_) for id_ in wanted[living]]
