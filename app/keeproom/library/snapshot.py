"""The columns of all assets in memory: what views, orders and counts are answered from (design: "How a view is
answered").

A snapshot is never changed: one that follows the catalog is made from the last, by reading the rows that are newer.
What few questions need is read when the first one does, and followed from then on. SQLite stays the truth: in doubt the
snapshot is thrown away and read anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from keeproom.catalog.columns import BLOB, COLUMNS, NUMBERS, TEXTS, all_columns, all_texts, texts_by_blob
from keeproom.catalog.packing import Columns
from keeproom.catalog.pairs import PAIRS
from keeproom.library.codes import Vocabulary, coded, coded_by_blob
from keeproom.library.orders import Order, Rows
from keeproom.library.pairs import Pairs, read_pairs
from keeproom.library.revisions import read_revision
from keeproom.library.traits import derived
from keeproom.model import SortKey

Mask = NDArray[np.bool_]

CORE_TEXTS = ("camera",)
"""Texts that are there as codes from the beginning; others of `columns.TEXTS` come when they are asked for."""

FEW = 20_000
"""So many ids are searched for one by one."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All assets at one revision: each of `columns` has a row an asset, in the order of ids, and is not written to.

    `columns` has all of `catalog.columns.COLUMNS`, `camera` as a code into `vocabularies["camera"]` (0 is none, as in
    every vocabulary), and what `traits.derived` makes of them. `label` and `flag` are places in `columns.LABELS` and
    `FLAGS`, `stack` is an id, 0 is none. What else was asked for of `columns.FURTHER` and `columns.TEXTS` is there too,
    and in `pairs` what was asked for of `tag`, `folder` and `collection`: `SnapshotKeeper.latest` takes the names.

    `orders` are those that somebody has asked for, over all rows. Names are in order among the assets that are not in
    the trash, and then among those that are.
    """

    revision: int
    columns: Columns
    vocabularies: Mapping[str, Vocabulary] = field(default_factory=dict)
    pairs: Mapping[str, Pairs] = field(default_factory=dict)
    orders: Mapping[SortKey, Order] = field(default_factory=dict)

    @property
    def ids(self) -> NDArray[np.int64]:
        return self.columns["id"]

    def __len__(self) -> int:
        return len(self.ids)

    def rows_of(self, ids: NDArray[np.int64]) -> Rows:
        """The rows of these assets, all of which must be there."""
        last = int(self.ids[-1]) if len(self) else 0
        if len(ids) < FEW or last > 4 * len(self):
            return np.searchsorted(self.ids, ids).astype(np.int32)
        rows = np.empty(last + 1, dtype=np.int32)  # searching a million takes twenty times as long
        rows[self.ids] = np.arange(len(self), dtype=np.int32)
        return rows[ids]

    def mask_of(self, ids: NDArray[np.int64]) -> Mask:
        """Which rows are those of these assets, as far as they are there."""
        chosen = np.zeros(len(self), dtype=np.bool_)
        last = int(self.ids[-1]) if len(self) else 0
        if len(ids) >= FEW and last <= 4 * len(self):
            by_id = np.zeros(last + 1, dtype=np.bool_)  # searching half a million takes ten times as long
            by_id[ids[(ids >= 0) & (ids <= last)]] = True
            return by_id[self.ids]
        if len(self):
            rows = np.minimum(np.searchsorted(self.ids, ids), len(self) - 1)
            chosen[rows[self.ids[rows] == ids]] = True
        return chosen

    def any_of(self, chosen: bool) -> Mask:
        """A mask of all rows, or of none."""
        return np.full(len(self), chosen, dtype=np.bool_)

    def has(self, name: str) -> bool:
        """Whether a column, or pairs, are there."""
        return name in self.columns or name in self.pairs

    @property
    def size_bytes(self) -> int:
        """The memory it takes."""
        columns = sum(column.nbytes for column in self.columns.values())
        pairs = sum(each.size_bytes for each in self.pairs.values())
        return columns + pairs + sum(order.rows.nbytes for order in self.orders.values())


def read_snapshot(session: Session) -> Snapshot:
    """A snapshot of the moment that the session sees."""
    columns = dict(all_columns(session, [column.name for column in (*COLUMNS, BLOB)]))
    blobs = columns.pop(BLOB.name)
    snapshot = Snapshot(read_revision(session), frozen({**columns, **derived(columns)}))
    return _with_texts(session, snapshot, CORE_TEXTS, blobs)


def with_columns(session: Session, snapshot: Snapshot, names: Collection[str]) -> Snapshot:
    """The same moment with more columns and pairs."""
    texts = [name for name in names if name in TEXTS]
    numbers = [name for name in names if name in NUMBERS]
    if any(TEXTS[name].index for name in texts):
        numbers.append(BLOB.name)
    if numbers:
        read = {name: column for name, column in all_columns(session, numbers).items() if name in numbers}
        blobs = read.pop(BLOB.name, None)
        snapshot = replace(snapshot, columns={**snapshot.columns, **frozen(read)})
    else:
        blobs = None
    pairs = {name: read_pairs(session, name, snapshot.ids) for name in names if name in PAIRS}
    return _with_texts(session, replace(snapshot, pairs={**snapshot.pairs, **pairs}), texts, blobs)


def _with_texts(
    session: Session, snapshot: Snapshot, names: Collection[str], blobs: NDArray[np.int32] | None
) -> Snapshot:
    columns, vocabularies = {}, {}
    for name in names:
        texts = texts_by_blob(session, name)
        if texts is None or blobs is None:
            columns[name], vocabularies[name] = coded(all_texts(session, name), snapshot.ids)
        else:
            columns[name], vocabularies[name] = coded_by_blob(texts, blobs)
    return replace(
        snapshot,
        columns={**snapshot.columns, **frozen(columns)},
        vocabularies={**snapshot.vocabularies, **vocabularies},
    )


def frozen(columns: Columns) -> Columns:
    """The columns, which nobody can write to from now on."""
    for column in columns.values():
        column.flags.writeable = False
    return columns
