"""The first page of the grid, read by the standard library's sqlite3 alone.

Importing SQLAlchemy takes longer than all of this: bare sqlite3 answered in 17 ms for the whole process, SQLAlchemy
Core in 199. So the window paints this page first and imports the rest after it. An index answers each order, so that
no page looks at more assets than it shows (1 to 15 ms at a million; a test reads SQLite's query plans); counting them
goes over one small index (45 ms).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from keeproom.catalog.schema import HEAD, check_file
from keeproom.errors import LibraryError
from keeproom.library.cells import CELL_COLUMNS, STACK_SIZE, cell_of
from keeproom.library.layout import Layout
from keeproom.model import Cell, Group, Grouping

_CELLS = f"SELECT {', '.join(f'{table}.{column}' for table, column in CELL_COLUMNS)}, {STACK_SIZE}, {{key}}"
_IS_COVERED = (
    "EXISTS (SELECT 1 FROM asset AS cover WHERE cover.stack_id = asset.stack_id AND cover.trashed_at IS NULL"
    " AND (cover.stack_place, cover.id) < (asset.stack_place, asset.id))"
)
_LIVING = "asset.trashed_at IS NULL"
_SHOWN = f"{_LIVING} AND (asset.stack_id IS NULL OR NOT {_IS_COVERED})"
_BY_ASSET = "FROM asset CROSS JOIN blob ON blob.id = asset.blob_id WHERE {shown}"
_BY_BLOB = "FROM blob CROSS JOIN asset ON asset.blob_id = blob.id WHERE {shown}"
# CROSS JOIN keeps the order of the tables: the first one's index gives the order.

TOTAL = (
    "SELECT (SELECT count(*) FROM asset WHERE trashed_at IS NULL),"
    " (SELECT count(*) - count(DISTINCT member.stack_id) FROM asset AS member INDEXED BY ix_asset_stack"
    " CROSS JOIN asset AS living INDEXED BY ix_asset_living ON living.id = member.id AND living.trashed_at IS NULL"
    " WHERE member.stack_id IS NOT NULL)"
)
"""How many assets there are, and how many of them are in a stack that is shown by another."""

_DATED = f"{_BY_ASSET} AND asset.captured IS NOT NULL ORDER BY asset.captured {{way}}, asset.id {{way}}"
_UNDATED = f"{_BY_ASSET} AND asset.captured IS NULL ORDER BY asset.id {{way}}"

_PARTS = {
    "captured": (_DATED, _UNDATED),
    "imported": (f"{_BY_ASSET} ORDER BY asset.id {{way}}",),
    "name": (f"{_BY_ASSET} ORDER BY asset.name_key {{way}}, asset.id {{way}}",),
    "size": (f"{_BY_BLOB} ORDER BY blob.size_bytes {{way}}, asset.id {{way}}",),
    "rating": (f"{_BY_ASSET} ORDER BY asset.rating {{way}}, asset.id {{way}}",),
}
"""SQL for each sort key, one part after the other; the same orders as `listing.SORT_COLUMNS`, and a test holds the two
together."""

_KEYS = {
    Grouping.NONE: "NULL",
    Grouping.DAY: f"substr(asset.captured, 1, {len('2023-05-14')})",
    Grouping.MONTH: f"substr(asset.captured, 1, {len('2023-05')})",
    Grouping.IMPORT: "asset.entry_id",
    Grouping.COLLECTION: ":collection",
}
"""SQL of what cells under one heading share."""

_BY_IMPORT = f"{_BY_ASSET} ORDER BY asset.entry_id {{way}}, asset.id {{way}}"
_IN_COLLECTION = (
    "FROM collection_asset AS member CROSS JOIN asset ON asset.id = member.asset_id"
    " CROSS JOIN blob ON blob.id = asset.blob_id"
    " WHERE member.collection_id = :collection AND {shown} AND NOT EXISTS (SELECT 1 FROM collection_asset AS other"
    " WHERE other.asset_id = asset.id AND other.collection_id IN (SELECT value FROM json_each(:before)))"
    " ORDER BY member.position {way}, asset.id {way}"
)
_IN_NONE = (
    f"{_BY_ASSET} AND NOT EXISTS (SELECT 1 FROM collection_asset AS other WHERE other.asset_id = asset.id)"
    " ORDER BY asset.id {way}"
)


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The first cells of the whole library in their order, their groups, and how many assets there are, of which
    `covered` have no cell. The last group is told as far as it is on the page."""

    cells: tuple[Cell, ...]
    total: int
    groups: tuple[Group, ...] = ()
    covered: int = 0

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(cell.id for cell in self.cells)


def first_page(
    folder: Path, sort: str, limit: int, grouping: Grouping = Grouping.NONE, *, stacked: bool = True
) -> FirstPage | None:
    """The first page, an empty one where a library will be made; None where it can't be read so: the proper opening
    tells why.

    Headings imply an order in the direction of `sort` (`arranging.IMPLIED`). `stacked` shows a stack as one.
    """
    if not folder.exists():
        return FirstPage((), 0)
    layout = Layout(folder)
    try:
        if not layout.description.exists() or check_file(layout.catalog) != HEAD:
            return None
        with closing(sqlite3.connect(f"{layout.catalog.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("BEGIN")
            rows = list(
                islice(_rows(connection, page_queries(connection, sort, grouping, stacked=stacked), limit), limit)
            )
            total, covered = connection.execute(TOTAL).fetchone()
    except (LibraryError, sqlite3.Error):
        return None
    groups = () if grouping is Grouping.NONE else _groups([row[-1] for row in rows])
    return FirstPage(tuple(cell_of(row[:-1]) for row in rows), total, groups, covered if stacked else 0)


Page = tuple[str, Mapping[str, Any]]
"""A query and its values, but for the limit."""


def page_queries(
    connection: sqlite3.Connection, sort: str, grouping: Grouping = Grouping.NONE, *, stacked: bool = True
) -> Iterator[Page]:
    """The queries whose rows, one after the other, are the first page; each takes a `:limit`."""
    way = "DESC" if sort.startswith("-") else "ASC"
    cells = _CELLS.format(key=_KEYS[grouping])
    for part, values in _parts(connection, sort, grouping):
        yield f"{cells} {part.format(way=way, shown=_SHOWN if stacked else _LIVING)} LIMIT :limit", values


def _parts(connection: sqlite3.Connection, sort: str, grouping: Grouping) -> Iterator[Page]:
    if grouping is Grouping.COLLECTION:
        yield from _collections(connection, descending=sort.startswith("-"))
    elif grouping is Grouping.IMPORT:
        yield _BY_IMPORT, {}
    else:
        key = sort.removeprefix("-") if grouping is Grouping.NONE else "captured"
        yield from ((part, {}) for part in _PARTS.get(key, _PARTS["imported"]))


def _collections(connection: sqlite3.Connection, *, descending: bool) -> Iterator[Page]:
    """A part for each collection by name, without what is in one before it, and one for what is in none."""
    rows = connection.execute("SELECT id, folded FROM collection").fetchall()
    ids = [id_ for id_, _ in sorted(rows, key=lambda row: row[1].split("/"))]
    places = range(len(ids))
    for place in reversed(places) if descending else places:
        yield _IN_COLLECTION, {"collection": ids[place], "before": json.dumps(ids[:place])}
    yield _IN_NONE, {"collection": None}


def _rows(connection: sqlite3.Connection, queries: Iterable[Page], limit: int) -> Iterator[tuple[Any, ...]]:
    for query, values in queries:
        yield from connection.execute(query, {**values, "limit": limit})


def _groups(keys: Sequence[Any]) -> tuple[Group, ...]:
    groups: list[Group] = []
    start = 0
    for key, members in groupby(keys):
        count = sum(1 for _ in members)
        groups.append(Group("" if key is None else str(key), start, count))
        start += count
    return tuple(groups)
