"""Whole columns of the assets as numpy arrays, without a Python object for each value.

SQLite puts the values of some thousand rows together into one text, which numpy takes apart: a million assets in
0.8 s, and the interpreter's lock is held for less than a millisecond at a time (row by row it takes 3 s, and is asked
for a million times). SQL that only SQLite speaks, as in `sqlite.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text
from sqlalchemy.orm import Session

from keeproom.model import Kind, Status

Array = NDArray[Any]
Columns = Mapping[str, Array]

ROWS_AT_ONCE = 8_192
NO_DATE = np.iinfo(np.int64).min
"""What `captured` is where it is not known."""

_WALL_WIDTH = len("2023-05-14T10:00:00")
_NO_WALL = "0" * _WALL_WIDTH


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the SQL of a value, what stands between two of them, and how the text of many becomes an array."""

    name: str
    sql: str
    between: str
    parse: Callable[[str], Array]


def _numbers(packed: str) -> Array:
    return np.fromstring(packed, dtype=np.int64, sep=",")


def _digits(packed: str) -> Array:
    return np.frombuffer(packed.encode("ascii"), dtype=np.uint8) - ord("0")


def _walls(packed: str) -> Array:
    """Wall times as seconds since 1970 on that wall's clock."""
    digits = np.frombuffer(packed.encode("ascii"), dtype=np.uint8).reshape(-1, _WALL_WIDTH).astype(np.int64) - ord("0")
    year = digits[:, :4] @ np.array((1000, 100, 10, 1))
    month, day, hour, minute, second = (digits[:, at] * 10 + digits[:, at + 1] for at in (5, 8, 11, 14, 17))
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]").astype(np.int64) + day - 1
    return np.where(year == 0, NO_DATE, days * 86_400 + hour * 3_600 + minute * 60 + second)


def number(name: str, sql: str) -> Column:
    """A column of whole numbers that are never NULL."""
    return Column(name, sql, ",", _numbers)


def digit(name: str, sql: str) -> Column:
    """A column of numbers from 0 to 9."""
    return Column(name, sql, "", _digits)


def code(name: str, sql: str, values: Sequence[str]) -> Column:
    """A column of a few known texts: their places in `values`."""
    cases = " ".join(f"WHEN '{value}' THEN {place}" for place, value in enumerate(values))
    return digit(name, f"CASE {sql} {cases} END")


KINDS = tuple(Kind)
STATUSES = tuple(Status)

COLUMNS = (
    number("id", "asset.id"),
    Column("captured", f"coalesce(asset.captured, '{_NO_WALL}')", "", _walls),
    number("size", "blob.size_bytes"),
    number("entry", "asset.entry_id"),
    digit("rating", "asset.rating"),
    code("kind", "blob.kind", KINDS),
    code("status", "CASE blob.state WHEN 'ok' THEN blob.progress ELSE blob.state END", STATUSES),
    digit("trashed", "asset.trashed_at IS NOT NULL"),
)
"""What views are answered from; `id` comes first, and a further column is a row here."""

_QUERY = """
    SELECT {packed} FROM (
        SELECT {columns} FROM asset JOIN blob ON blob.id = asset.blob_id WHERE {condition} ORDER BY asset.id
    )
"""


def all_columns(session: Session) -> Columns:
    """Every column of all assets, by name, in the order of their ids."""
    (last,) = session.execute(text("SELECT coalesce(max(id), 0) FROM asset")).one()
    condition = "asset.id > :after AND asset.id <= :upto"
    spans = (
        {"after": after, "upto": min(after + ROWS_AT_ONCE, last)} for after in range(0, last, ROWS_AT_ONCE)
    )  # fmt: skip
    return _joined(_parts(session, condition, spans))


def columns_of(session: Session, ids: Sequence[int]) -> Columns:
    """Every column of these assets, by name, in the order of their ids; ids that are gone are left out."""
    condition = "asset.id IN (SELECT value FROM json_each(:ids))"
    pages = (
        {"ids": json.dumps([int(id_) for id_ in ids[start : start + ROWS_AT_ONCE]])}
        for start in range(0, len(ids), ROWS_AT_ONCE)
    )
    return _joined(_parts(session, condition, pages))


def _parts(session: Session, condition: str, pages: Iterable[Mapping[str, Any]]) -> Iterator[list[Array]]:
    query = text(
        _QUERY.format(
            packed=", ".join(f"group_concat({column.name}, '{column.between}')" for column in COLUMNS),
            columns=", ".join(f"{column.sql} AS {column.name}" for column in COLUMNS),
            condition=condition,
        )
    )
    for page in pages:
        packed = session.execute(query, page).one()
        if packed[0] is not None:
            yield [column.parse(text_) for column, text_ in zip(COLUMNS, packed, strict=True)]


def _joined(parts: Iterable[Sequence[Array]]) -> Columns:
    parts = list(parts) or [[column.parse("") for column in COLUMNS]]
    return {column.name: np.concatenate(each) for column, each in zip(COLUMNS, zip(*parts, strict=True), strict=True)}


def ids_by_name(session: Session) -> Array:
    """The ids of all assets that are not in the trash in the order of their names, without case."""
    inside = "SELECT id FROM asset WHERE trashed_at IS NULL ORDER BY name COLLATE NOCASE, id"
    return _packed_ids(session, f"SELECT group_concat(id) FROM ({inside})", {})


def sorted_by_name(session: Session, ids: Array) -> Array:
    """These ids in the order of their assets' names."""
    inside = (
        "SELECT id FROM asset WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY name COLLATE NOCASE, id"
    )  # fmt: skip
    return _packed_ids(session, f"SELECT group_concat(id) FROM ({inside})", {"ids": json.dumps(ids.tolist())})


def predecessors_by_name(session: Session, ids: Array) -> tuple[Array, Array]:
    """These ids, none of them in the trash, in the order of their names; and for each the id of the asset that stands
    right before it among all that are not in the trash, 0 for the first."""
    before = """
        SELECT other.id FROM asset AS other WHERE other.trashed_at IS NULL
        AND (other.name COLLATE NOCASE, other.id) < (asset.name, asset.id)
        ORDER BY other.name COLLATE NOCASE DESC, other.id DESC LIMIT 1
    """
    rows = session.execute(
        text(
            f"SELECT id, coalesce(({before}), 0) FROM asset WHERE id IN (SELECT value FROM json_each(:ids))"
            " ORDER BY name COLLATE NOCASE, id"
        ),
        {"ids": json.dumps(ids.tolist())},
    ).all()
    table = np.array(rows, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _packed_ids(session: Session, query: str, values: Mapping[str, Any]) -> Array:
    (packed,) = session.execute(text(query), values).one()
    return _numbers(packed or "")
