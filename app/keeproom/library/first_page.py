"""The first page of the grid, read by the standard library's sqlite3 alone.

Importing SQLAlchemy takes longer than all of this: bare sqlite3 answered in 17 ms for the whole process, SQLAlchemy
Core in 199. So the window paints this page first and imports the rest after it. An index answers each order, so that
no page looks at more assets than it shows (1 to 15 ms at a million; a test reads SQLite's query plans); counting them
goes over one small index (45 ms).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from keeproom.catalog.schema import HEAD, check_file
from keeproom.errors import LibraryError
from keeproom.library.cells import CELL_COLUMNS, cell_of
from keeproom.library.layout import Layout
from keeproom.model import Cell, Group, Grouping

_CELLS = f"SELECT {', '.join(f'{table}.{column}' for table, column in CELL_COLUMNS)}"
_BY_ASSET = "FROM asset CROSS JOIN blob ON blob.id = asset.blob_id WHERE asset.trashed_at IS NULL"
_BY_BLOB = "FROM blob CROSS JOIN asset ON asset.blob_id = blob.id WHERE asset.trashed_at IS NULL"
# CROSS JOIN keeps the order of the tables: the first one's index gives the order.

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

_KEY_CHARACTERS = {Grouping.DAY: len("2023-05-14"), Grouping.MONTH: len("2023-05")}


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The first cells of the whole library in their order, their groups, and how many assets there are. The last group
    is told as far as it is on the page."""

    cells: tuple[Cell, ...]
    total: int
    groups: tuple[Group, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(cell.id for cell in self.cells)


def first_page(folder: Path, sort: str, limit: int, grouping: Grouping = Grouping.NONE) -> FirstPage | None:
    """The first page, an empty one where a library will be made; None where it can't be read so: the proper opening
    tells why.

    Days and months imply an order by the capture time, in the direction of `sort`.
    """
    if not folder.exists():
        return FirstPage((), 0)
    layout = Layout(folder)
    try:
        if not layout.description.exists() or check_file(layout.catalog) != HEAD:
            return None
        with closing(sqlite3.connect(f"{layout.catalog.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("BEGIN")
            rows = list(islice(_rows(connection, page_queries(sort, grouping), limit), limit))
            (total,) = connection.execute("SELECT count(*) FROM asset WHERE trashed_at IS NULL").fetchone()
    except (LibraryError, sqlite3.Error):
        return None
    cells = tuple(cell_of(row) for row in rows)
    return FirstPage(cells, total, _groups(cells, grouping))


def page_queries(sort: str, grouping: Grouping = Grouping.NONE) -> tuple[str, ...]:
    """The queries whose rows, one after the other, are the first page; each takes the limit."""
    way = "DESC" if sort.startswith("-") else "ASC"
    key = sort.removeprefix("-") if grouping is Grouping.NONE else "captured"
    parts = _PARTS.get(key, _PARTS["imported"])
    return tuple(f"{_CELLS} {part.format(way=way)} LIMIT ?" for part in parts)


def _rows(connection: sqlite3.Connection, queries: Sequence[str], limit: int) -> Iterator[tuple[Any, ...]]:
    for query in queries:
        yield from connection.execute(query, (limit,))


def _groups(cells: Sequence[Cell], grouping: Grouping) -> tuple[Group, ...]:
    if grouping is Grouping.NONE:
        return ()
    groups: list[Group] = []
    start = 0
    for key, members in groupby(cells, lambda cell: _key(cell.captured, grouping)):
        count = sum(1 for _ in members)
        groups.append(Group(key, start, count))
        start += count
    return tuple(groups)


def _key(captured: datetime | None, grouping: Grouping) -> str:
    return "" if captured is None else captured.isoformat()[: _KEY_CHARACTERS[grouping]]
