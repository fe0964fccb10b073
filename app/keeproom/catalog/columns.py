"""Whole columns of the catalog as numpy arrays, without a Python object for each value.

SQLite puts the values of some thousand rows together into one text, which numpy takes apart: a million assets in
1.4 s, and the interpreter's lock is held for less than a millisecond at a time. (Row by row it takes 1.9 s to have
them as Python objects, and the lock is asked for a million times.) SQL that only SQLite speaks, as in `sqlite.py`.
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

from keeproom.model import Kind, Outcome, Status

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

OUTCOMES = ("waiting", *Outcome)
WAITING = OUTCOMES.index("waiting")

LINE_COLUMNS = (
    number("id", "id"),
    code("outcome", "outcome", OUTCOMES),
    number("asset", "coalesce(asset_id, 0)"),
)
"""What an import's own list is made from: its lines in the order of the plan."""

_ASSETS = "asset JOIN blob ON blob.id = asset.blob_id WHERE {condition} ORDER BY asset.id"
_LINES = "import_item WHERE entry_id = :entry AND {condition} ORDER BY id"


def all_columns(session: Session) -> Columns:
    """Every column of all assets, by name, in the order of their ids."""
    (last,) = session.execute(text("SELECT coalesce(max(id), 0) FROM asset")).one()
    source = _ASSETS.format(condition="asset.id > :after AND asset.id <= :upto")
    return _joined(COLUMNS, _parts(session, COLUMNS, source, _spans(0, last)))


def columns_of(session: Session, ids: Sequence[int]) -> Columns:
    """Every column of these assets, by name, in the order of their ids; ids that are gone are left out.

    The ids come in ascending order.
    """
    source = _ASSETS.format(condition="asset.id IN (SELECT value FROM json_each(:ids))")
    pages = ({"ids": json.dumps(ids[start : start + ROWS_AT_ONCE])} for start in range(0, len(ids), ROWS_AT_ONCE))
    return _joined(COLUMNS, _parts(session, COLUMNS, source, pages))


def lines_of(session: Session, entry: int, after: int = 0) -> Columns:
    """The lines of an import's list behind one of them, in the order of the plan."""
    first, last = (_end_of_list(session, entry, way) for way in ("ASC", "DESC"))
    source = _LINES.format(condition="id > :after AND id <= :upto")
    pages = ({"entry": entry, **span} for span in _spans(max(after, first - 1), last))
    return _joined(LINE_COLUMNS, _parts(session, LINE_COLUMNS, source, pages))


def settled_lines(session: Session, entry: int, after: int, upto: int) -> Columns:
    """Those lines of a part of an import's list that do not wait any more; an index finds them."""
    settled = ", ".join(f"'{outcome}'" for outcome in Outcome)
    source = _LINES.format(condition=f"outcome IN ({settled}) AND id > :after AND id <= :upto")
    values = {"entry": entry, "after": after, "upto": upto}
    return _joined(LINE_COLUMNS, _parts(session, LINE_COLUMNS, source, [values]))


def first_waiting(session: Session, entry: int) -> int | None:
    """The first line of an import's list that waits; None where none does."""
    query = "SELECT min(id) FROM import_item WHERE entry_id = :entry AND outcome = 'waiting'"
    return session.execute(text(query), {"entry": entry}).scalar_one()  # type: ignore[no-any-return]


def _end_of_list(session: Session, entry: int, way: str) -> int:
    """The first or the last line of an import's list, by the ends of each outcome's part of the index; 0 without."""
    part = (
        "SELECT id FROM (SELECT id FROM import_item WHERE entry_id = :entry AND outcome = '{}' ORDER BY id {} LIMIT 1)"
    )
    parts = " UNION ALL ".join(part.format(outcome, way) for outcome in OUTCOMES)
    found = session.execute(text(f"SELECT id FROM ({parts}) ORDER BY id {way} LIMIT 1"), {"entry": entry})
    return found.scalar_one_or_none() or 0


def _spans(after: int, last: int) -> Iterator[Mapping[str, int]]:
    return (
        {"after": start, "upto": min(start + ROWS_AT_ONCE, last)} for start in range(after, last, ROWS_AT_ONCE)
    )  # fmt: skip


def _parts(
    session: Session, columns: Sequence[Column], source: str, pages: Iterable[Mapping[str, Any]]
) -> Iterator[list[Array]]:
    """The columns of each page of rows, as far as it has any."""
    packed = ", ".join(f"group_concat({column.name}, '{column.between}')" for column in columns)
    values = ", ".join(f"{column.sql} AS {column.name}" for column in columns)
    query = text(f"SELECT {packed} FROM (SELECT {values} FROM {source})")
    for page in pages:
        row = session.execute(query, page).one()
        if row[0] is not None:
            yield [column.parse(each) for column, each in zip(columns, row, strict=True)]


def _joined(columns: Sequence[Column], parts: Iterable[Sequence[Array]]) -> Columns:
    parts = list(parts) or [[column.parse("") for column in columns]]
    return {column.name: np.concatenate(each) for column, each in zip(columns, zip(*parts, strict=True), strict=True)}


def ids_by_name(session: Session) -> Array:
    """The ids of all assets that are not in the trash in the natural order of their names."""
    inside = "SELECT id FROM asset WHERE trashed_at IS NULL ORDER BY name_key, id"
    return _packed_ids(session, f"SELECT group_concat(id) FROM ({inside})", {})


def sorted_by_name(session: Session, ids: Array) -> Array:
    """These ids in the order of their assets' names."""
    inside = (
        "SELECT id FROM asset WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY name_key, id"
    )  # fmt: skip
    return _packed_ids(session, f"SELECT group_concat(id) FROM ({inside})", {"ids": json.dumps(ids.tolist())})


PREDECESSORS = """
    SELECT id, coalesce(
        (SELECT other.id FROM asset AS other WHERE other.trashed_at IS NULL
         AND other.name_key = asset.name_key AND other.id < asset.id
         ORDER BY other.id DESC LIMIT 1),
        (SELECT other.id FROM asset AS other WHERE other.trashed_at IS NULL
         AND other.name_key < asset.name_key
         ORDER BY other.name_key DESC, other.id DESC LIMIT 1),
        0
    ) FROM asset WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY name_key, id
"""
"""Two steps into the index for each asset; asked as `(name_key, id) < (…, …)`, SQLite walks through all of it."""


def predecessors_by_name(session: Session, ids: Array) -> tuple[Array, Array]:
    """These ids, none of them in the trash, in the order of their names; and for each the id of the asset that stands
    right before it among all that are not in the trash, 0 for the first."""
    rows = session.execute(text(PREDECESSORS), {"ids": json.dumps(ids.tolist())}).all()
    table = np.array(rows, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _packed_ids(session: Session, query: str, values: Mapping[str, Any]) -> Array:
    (packed,) = session.execute(text(query), values).one()
    return _numbers(packed or "")
