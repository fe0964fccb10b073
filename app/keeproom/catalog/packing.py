"""Values of many rows as numpy arrays, without a Python object for each.

SQLite puts the values of some thousand rows together into one text, which numpy takes apart: a million assets in
1.4 s, and the interpreter's lock is held for less than a millisecond at a time. (Row by row it takes 1.9 s to have
them as Python objects, and the lock is asked for a million times.) SQL that only SQLite speaks, as in `sqlite.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text
from sqlalchemy.orm import Session

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


def _numbers(dtype: Any) -> Callable[[str], Array]:
    def parse(packed: str) -> Array:
        return np.fromstring(packed, dtype=np.int64, sep=",").astype(dtype, copy=False)

    return parse


def _fractions(packed: str) -> Array:
    return np.fromstring(packed, dtype=np.float64, sep=",")


def _digits(packed: str) -> Array:
    return np.frombuffer(packed.encode("ascii"), dtype=np.uint8) - ord("0")


def _walls(packed: str) -> Array:
    digits = np.frombuffer(packed.encode("ascii"), dtype=np.uint8).reshape(-1, _WALL_WIDTH).astype(np.int64) - ord("0")
    year = digits[:, :4] @ np.array((1000, 100, 10, 1))
    month, day, hour, minute, second = (digits[:, at] * 10 + digits[:, at + 1] for at in (5, 8, 11, 14, 17))
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]").astype(np.int64) + day - 1
    return np.where(year == 0, NO_DATE, days * 86_400 + hour * 3_600 + minute * 60 + second)


def number(name: str, sql: str, dtype: Any = np.int64) -> Column:
    """A column of whole numbers that are never NULL, and fit the type."""
    return Column(name, sql, ",", _numbers(dtype))


def capped(name: str, sql: str, missing: int) -> Column:
    """A column of whole numbers of 32 bits; larger ones, which no real file has, are cut down to the largest."""
    return number(name, f"min(coalesce({sql}, {missing}), {np.iinfo(np.int32).max})", np.int32)


def fraction(name: str, sql: str) -> Column:
    """A column of fractions; NULL is nan."""
    return Column(name, f"coalesce({sql}, 'nan')", ",", _fractions)


def digit(name: str, sql: str) -> Column:
    """A column of numbers from 0 to 9."""
    return Column(name, sql, "", _digits)


def code(name: str, sql: str, values: Sequence[str]) -> Column:
    """A column of a few known texts: their places in `values`; others are like the first."""
    cases = " ".join(f"WHEN '{value}' THEN {place}" for place, value in enumerate(values))
    return digit(name, f"CASE {sql} {cases} ELSE 0 END")


def wall(name: str, sql: str) -> Column:
    """A column of wall times as seconds since 1970 on that wall's clock; `NO_DATE` where they are NULL."""
    return Column(name, f"coalesce({sql}, '{_NO_WALL}')", "", _walls)


def spans(after: int, last: int) -> Iterator[Mapping[str, int]]:
    """Pages of ids from behind one to another."""
    return (
        {"after": start, "upto": min(start + ROWS_AT_ONCE, last)} for start in range(after, last, ROWS_AT_ONCE)
    )  # fmt: skip


def read_columns(
    session: Session, columns: Sequence[Column], source: str, pages: Iterable[Mapping[str, Any]]
) -> Columns:
    """Columns of all pages of rows, one after the other; `source` is what follows FROM, and takes a page's values."""
    parts = list(_parts(session, columns, source, pages)) or [[column.parse("") for column in columns]]
    return {column.name: np.concatenate(each) for column, each in zip(columns, zip(*parts, strict=True), strict=True)}


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


def packed_ids(packed: str | None) -> Array:
    """Ids out of what `group_concat` made of them."""
    return np.fromstring(packed or "", dtype=np.int64, sep=",")
