"""Which assets have which tags, lie in which folders and collections, as pairs in numpy arrays; and the names of these.

As with columns (see `packing`), SQLite gives pages of pairs, and no pair becomes a Python object.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import text
from sqlalchemy.orm import Session

from keeproom.catalog.columns import pages_of
from keeproom.catalog.packing import ROWS_AT_ONCE, Column, Columns, fraction, number, read_columns, spans


@dataclass(frozen=True, slots=True)
class PairTable:
    """Where pairs of one sort are kept: `pairs` is the table, `value` its column beside `asset_id`; `names` is the
    table of what `value` refers to. `place` is where the asset stands there, for what has an order."""

    pairs: str
    value: str
    names: str
    name: str = "name"
    folded: str = "folded"
    place: str | None = None
    by_value: bool = False

    @property
    def columns(self) -> Sequence[Column]:
        place = () if self.place is None else (fraction("place", self.place),)
        return (number("asset", "asset_id"), number("value", self.value, np.int32), *place)


PAIRS: Mapping[str, PairTable] = {
    "tag": PairTable("asset_tag", "tag_id", "tag"),
    "folder": PairTable("source", "folder_id", "folder", name="path", folded="path", by_value=True),
    "collection": PairTable("collection_asset", "collection_id", "collection", place="position"),
}
"""`by_value` reads all pairs by the index that has the value first: the table is too wide to be walked through."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a value of pairs is called. `folded` is what it is compared by; `query` makes a collection a smart one."""

    id: int
    name: str
    folded: str
    query: str | None = None


def all_pairs(session: Session, name: str) -> Columns:
    """All pairs: `asset`, `value` and, for what has an order, `place`; in no order, none twice but for folders."""
    table = PAIRS[name]
    if table.by_value:
        return _read_by_value(session, table)
    (last,) = session.execute(text(f"SELECT coalesce(max(asset_id), 0) FROM {table.pairs}")).one()
    source = f"{table.pairs} WHERE asset_id > :after AND asset_id <= :upto ORDER BY asset_id"
    return read_columns(session, table.columns, source, spans(0, last))


def pairs_of(session: Session, name: str, assets: Sequence[int]) -> Columns:
    """The pairs of these assets."""
    return _some_pairs(session, PAIRS[name], "asset_id", assets)


def pairs_with(session: Session, name: str, values: Sequence[int]) -> Columns:
    """The pairs that have one of these values."""
    table = PAIRS[name]
    parts = [_pairs_with(session, table, value) for value in values]
    empty = _some_pairs(session, table, "asset_id", ())
    return {key: np.concatenate([empty[key], *(part[key] for part in parts)]) for key in empty}


def _some_pairs(session: Session, table: PairTable, column: str, ids: Sequence[int]) -> Columns:
    known = f"{table.value} IS NOT NULL AND {column} IN (SELECT value FROM json_each(:ids))"
    return read_columns(session, table.columns, f"{table.pairs} WHERE {known}", pages_of(ids))


def _pairs_with(session: Session, table: PairTable, value: int) -> Columns:
    """The pairs of one value, which can be all there are: in pages."""
    asked = f"SELECT max(asset_id) FROM {table.pairs} WHERE {table.value} = :value"
    (last,) = session.execute(text(asked), {"value": value}).one()
    source = f"{table.pairs} WHERE {table.value} = :value AND asset_id > :after AND asset_id <= :upto"
    return read_columns(session, table.columns, source, ({"value": value, **span} for span in spans(0, last or 0)))


def _read_by_value(session: Session, table: PairTable) -> Columns:
    """All pairs by the index that has the value first, and no more than the two."""
    page = (
        f"SELECT {table.value} AS value, asset_id FROM {table.pairs}"
        f" WHERE {table.value} IS NOT NULL AND ({table.value}, asset_id) > (:value, :asset)"
        f" ORDER BY {table.value}, asset_id LIMIT {ROWS_AT_ONCE}"
    )
    query = text(f"SELECT group_concat(asset_id), group_concat(value) FROM ({page})")
    parse = [column.parse for column in table.columns]
    parts = [[each("") for each in parse]]
    last = {"value": 0, "asset": 0}
    while (row := session.execute(query, last).one())[0] is not None:
        parts.append([each(packed) for each, packed in zip(parse, row, strict=True)])
        last = {"asset": int(parts[-1][0][-1]), "value": int(parts[-1][1][-1])}
    assets, values = (np.concatenate(each) for each in zip(*parts, strict=True))
    return {"asset": assets, "value": values}


def names_after(session: Session, name: str, revision: int, known: int = 0) -> list[Name]:
    """What came or was renamed after a revision; folders have none, and are those with higher ids than `known`."""
    table = PAIRS[name]
    is_new = "id > :known" if name == "folder" else "revision > :revision"
    query = "query" if name == "collection" else "NULL"
    asked = f"SELECT id, {table.name}, {table.folded}, {query} FROM {table.names} WHERE {is_new} ORDER BY id"
    rows = session.execute(text(asked), {"known": known, "revision": revision})
    return [Name(*row) for row in rows]


def names_gone(session: Session, name: str, revision: int) -> list[int]:
    """The ids of what went after a revision."""
    asked = 'SELECT row_id FROM tombstone WHERE "table" = :table AND revision > :revision'
    rows: Iterable[Any] = session.execute(text(asked), {"table": PAIRS[name].names, "revision": revision}).scalars()
    return list(rows)
