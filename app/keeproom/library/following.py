"""How a snapshot follows the catalog: the rows that are newer are read, and each of its parts takes them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from keeproom.catalog.columns import (
    NUMBERS,
    columns_of,
    ids_by_name,
    predecessors_by_name,
    sorted_by_name,
    texts_of,
)
from keeproom.catalog.packing import NO_DATE, Array, Columns
from keeproom.library.codes import coded
from keeproom.library.orders import Order, Rows, order_by, reordered, without
from keeproom.library.pairs import follow_pairs
from keeproom.library.revisions import read_changes
from keeproom.library.snapshot import Snapshot, frozen, read_snapshot, with_columns
from keeproom.library.traits import derived
from keeproom.model import Changes, SortKey

MANY_CHANGES = 50_000
"""Beyond so many touched assets all are read anew; that is quicker."""

_KEYS: Mapping[SortKey, tuple[str, int | None]] = {
    SortKey.CAPTURED: ("captured", NO_DATE),
    SortKey.SIZE: ("size", None),
    SortKey.RATING: ("rating", None),
}
"""Column and missing value of each order that a column gives; names are sorted by SQLite. Rows are in the order of ids,
which grow with every import: that is the order by import as it stands."""


def followed(session: Session, known: Snapshot) -> Snapshot:
    """A snapshot brought up to date by what is newer."""
    changes = read_changes(session, known.revision)
    touched = len(changes.changed) + len(changes.removed)
    if changes.revision == known.revision:
        return known
    if changes.revision < known.revision or touched > MANY_CHANGES:
        return _anew(session, known)
    if not touched:
        return _with_pairs(session, known, replace(known, revision=changes.revision), np.empty(0, dtype=np.int32))
    return _updated(session, known, changes)


def _anew(session: Session, known: Snapshot) -> Snapshot:
    fresh = read_snapshot(session)
    return with_columns(session, fresh, [name for name in (*known.columns, *known.pairs) if not fresh.has(name)])


def _updated(session: Session, known: Snapshot, changes: Changes) -> Snapshot:
    news = columns_of(session, changes.changed, [name for name in known.columns if name in NUMBERS])
    gone = np.isin(known.ids, np.array(changes.removed, dtype=np.int64)) if changes.removed else None
    base = known if gone is None or not gone.any() else _without(known, gone)
    is_new = _are_new(news["id"], base.ids)
    if is_new.any() and len(base) and news["id"][is_new][0] < base.ids[-1]:
        return _anew(session, known)  # a new asset has the highest id: this is none that was known
    texts, vocabularies = {}, {}
    for name in base.vocabularies:
        found = texts_of(session, name, news["id"].tolist())
        texts[name], vocabularies[name] = coded(found, news["id"], base.vocabularies[name])
    news = {**news, **derived(news), **texts}
    touched = np.searchsorted(np.concatenate((base.ids, news["id"][is_new])), news["id"]).astype(np.int32)
    columns = {name: _updated_column(column, news[name], touched, is_new) for name, column in base.columns.items()}
    moved = replace(base, revision=changes.revision, columns=frozen(columns), vocabularies=vocabularies)
    orders = {
        key: order if _stands(key, base, moved, touched) else _moved_order(session, order, touched, moved, key)
        for key, order in base.orders.items()
    }
    return _with_pairs(session, known, replace(moved, orders=orders), touched)


def _are_new(ids: NDArray[np.int64], known: NDArray[np.int64]) -> NDArray[np.bool_]:
    if not len(known):
        return np.ones(len(ids), dtype=np.bool_)
    is_new: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, ids), len(known) - 1)] != ids
    return is_new


def _updated_column(column: Array, news: Array, touched: Rows, is_new: NDArray[np.bool_]) -> Array:
    """A column with these values in the rows `touched`; the same one where it has them already."""
    if not is_new.any() and np.array_equal(column[touched], news, equal_nan=news.dtype.kind == "f"):
        return column
    updated = np.concatenate((column, news[is_new]))
    updated[touched] = news
    return updated


def _with_pairs(session: Session, known: Snapshot, now: Snapshot, touched: Rows) -> Snapshot:
    pairs = {
        name: follow_pairs(session, name, each, known.revision, now.ids, touched) for name, each in now.pairs.items()
    }
    return replace(now, pairs=pairs)


def _stands(key: SortKey, base: Snapshot, now: Snapshot, touched: Rows) -> bool:
    """Whether what was touched has the same keys as before, as when a stage of an import ends."""
    if key is SortKey.NAME or len(base) != len(now):
        return False
    if key is SortKey.IMPORTED:
        return True
    column, _ = _KEYS[key]
    return bool((base.columns[column][touched] == now.columns[column][touched]).all())


def _without(snapshot: Snapshot, gone: NDArray[np.bool_]) -> Snapshot:
    columns: Columns = {name: column[~gone] for name, column in snapshot.columns.items()}
    orders = {key: without(order, gone) for key, order in snapshot.orders.items()}
    pairs = {name: each.without_rows(gone) for name, each in snapshot.pairs.items()}
    return replace(snapshot, columns=columns, orders=orders, pairs=pairs)


def with_order(session: Session, snapshot: Snapshot, key: SortKey) -> Snapshot:
    """The same moment with one more order."""
    return replace(snapshot, orders={**snapshot.orders, key: _order(session, snapshot, key)})


def _order(session: Session, snapshot: Snapshot, key: SortKey) -> Order:
    if key is SortKey.IMPORTED:
        return _as_they_stand(snapshot)
    if key in _KEYS:
        column, missing = _KEYS[key]
        return order_by(snapshot.columns[column], missing)
    living = snapshot.rows_of(ids_by_name(session))
    return _with_trash(session, snapshot, living)


def _as_they_stand(snapshot: Snapshot) -> Order:
    return Order(np.arange(len(snapshot), dtype=np.int32), len(snapshot))


def _moved_order(session: Session, order: Order, touched: Rows, now: Snapshot, key: SortKey) -> Order:
    if key is SortKey.IMPORTED:
        return _as_they_stand(now)
    if key in _KEYS:
        column, missing = _KEYS[key]
        return reordered(order, touched, now.columns[column], missing)
    return _moved_names(session, order, touched, now)


def _moved_names(session: Session, order: Order, touched: Rows, now: Snapshot) -> Order:
    """The order of names after the rows `touched` came, were renamed, trashed or restored, or none of that."""
    is_trashed = now.columns["trashed"].astype(np.bool_)
    ids, before = predecessors_by_name(session, now.ids[touched[~is_trashed[touched]]])
    if len(order.rows) == len(now) and len(ids) == len(touched) and _stand_behind(order, now, ids, before):
        return order
    is_touched = np.zeros(len(now), dtype=np.bool_)
    is_touched[touched] = True
    rest = order.rows[~is_touched[order.rows]]
    living = rest[~is_trashed[rest]]
    living = _put_behind(living, now.rows_of(ids), now.rows_of(before[before > 0]), len(now))
    if is_trashed[touched].any():
        return _with_trash(session, now, living)
    return Order(np.concatenate((living, rest[is_trashed[rest]])), len(now))


def _stand_behind(order: Order, now: Snapshot, ids: NDArray[np.int64], before: NDArray[np.int64]) -> bool:
    """Whether each of these stands right behind its asset of `before`, 0 for none, already. Where all that was touched
    does, the order is as it was."""
    is_asked = np.zeros(len(now), dtype=np.bool_)
    is_asked[now.rows_of(ids)] = True
    places = np.flatnonzero(is_asked[order.rows])
    above = np.where(places > 0, now.ids[order.rows[places - 1]], 0)
    return np.array_equal(now.ids[order.rows[places]], ids) and np.array_equal(above, before)


def _put_behind(rows: Rows, others: Rows, before: Rows, count: int) -> Rows:
    """Rows with others, which are in order, each put in behind its row of `before`; the first have none where there
    are fewer."""
    place = np.full(count, -1, dtype=np.int32)
    place[rows] = np.arange(len(rows), dtype=np.int32)
    places = np.concatenate((np.full(len(others) - len(before), -1, dtype=np.int32), place[before]))
    # One that stands behind another of the others goes where that one goes.
    return np.insert(rows, np.maximum.accumulate(places) + 1, others)


def _with_trash(session: Session, snapshot: Snapshot, living: Rows) -> Order:
    trashed = snapshot.ids[np.flatnonzero(snapshot.columns["trashed"])]
    rows = snapshot.rows_of(sorted_by_name(session, trashed))
    return Order(np.concatenate((living, rows)), len(snapshot))
