"""While a person types: the first of what is found, before all of it is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from sqlalchemy.orm import Session

from keeproom.catalog.packing import NO_DATE
from keeproom.catalog.words import Phrase, newest_matching, with_few_words
from keeproom.library.orders import Rows, order_by
from keeproom.library.search.answers import Mask
from keeproom.library.search.evaluating import Match, planned, rows_matching
from keeproom.library.search.indexed import candidates_of, known_at
from keeproom.library.search.syntax import Query, Word
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
    if isinstance(plan, Match | Word) and key is SortKey.IMPORTED and descending:
        asked = _asked(plan)
        if asked is not None:
            return _newest(session, snapshot, asked, limit)
    chosen = rows_matching(session, snapshot, query) & (snapshot.columns["trashed"] == 0)
    return [int(id_) for id_ in snapshot.ids[_first_rows(snapshot, chosen, key, descending, limit)]]


_COLUMNS: Mapping[SortKey, tuple[str, int | None]] = {
    SortKey.CAPTURED: ("captured", NO_DATE),
    SortKey.SIZE: ("size", None),
    SortKey.RATING: ("rating", None),
}
_FEW_SHARE = 20
"""Where fewer than one row in so many answer, putting those in order takes less than going through all."""


def _first_rows(snapshot: Snapshot, chosen: Mask, key: SortKey, descending: bool, limit: int) -> Rows:
    if key is SortKey.IMPORTED:
        rows = np.flatnonzero(chosen).astype(np.int32)
        return rows[::-1][:limit] if descending else rows[:limit]
    if key in _COLUMNS and np.count_nonzero(chosen) * _FEW_SHARE < len(chosen):
        rows = np.flatnonzero(chosen).astype(np.int32)
        column, missing = _COLUMNS[key]
        few = order_by(snapshot.columns[column][rows], missing)
        return rows[(few.descending() if descending else few.rows)[:limit]]
    return snapshot.orders[key].first(chosen, limit, descending=descending)


def _asked(plan: Match | Word) -> tuple[str, Phrase | None] | None:
    """What the index is asked, and the phrase that is looked for in the texts; None where all texts are read."""
    if isinstance(plan, Match):
        return plan.expression, None
    candidates = candidates_of(plan)
    return None if candidates is None else (candidates, Phrase(plan.text, not plan.is_phrase))


def _newest(session: Session, snapshot: Snapshot, asked: tuple[str, Phrase | None], limit: int) -> list[int]:
    expression = with_few_words(session, asked[0], known_at(session, snapshot.revision).beginnings)
    found: list[int] = []
    before, page_size = _PAST_ALL, limit + limit // 10
    while len(found) < limit:
        page = newest_matching(session, expression, before, page_size, asked[1])
        found += _living(snapshot, page)
        if len(page) < page_size:
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
