"""The first page of the grid, read by the standard library's sqlite3 alone.

Importing SQLAlchemy takes longer than all of this: bare sqlite3 answered in 17 ms for the whole process, SQLAlchemy
Core in 199. So the window paints this page first and imports the rest after it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from keeproom.catalog.schema import HEAD, check_file
from keeproom.errors import LibraryError
from keeproom.library.cells import CELL_COLUMNS, cell_of
from keeproom.library.layout import Layout
from keeproom.model import Cell

_ORDERS = {
    "captured": "asset.captured",
    "imported": "asset.id",
    "name": "asset.name COLLATE NOCASE",
    "size": "blob.size_bytes",
    "rating": "asset.rating",
}
"""SQL for each sort key; the same orders as `listing.SORT_COLUMNS`, and a test holds the two together."""

_QUERY = f"""
    SELECT {", ".join(f"{table}.{column}" for table, column in CELL_COLUMNS)}
    FROM asset JOIN blob ON blob.id = asset.blob_id
    WHERE asset.trashed_at IS NULL ORDER BY {{order}} LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The first cells of the whole library in their order, and how many assets there are."""

    cells: tuple[Cell, ...]
    total: int

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(cell.id for cell in self.cells)


def first_page(folder: Path, sort: str, limit: int) -> FirstPage | None:
    """The first page; None where there is no library yet, or it can't be read so: the proper opening tells why."""
    layout = Layout(folder)
    try:
        if not layout.description.exists() or check_file(layout.catalog) != HEAD:
            return None
        with closing(sqlite3.connect(f"{layout.catalog.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("BEGIN")
            rows = connection.execute(_QUERY.format(order=_order(sort)), (limit,)).fetchall()
            (total,) = connection.execute("SELECT count(*) FROM asset WHERE trashed_at IS NULL").fetchone()
    except (LibraryError, sqlite3.Error):
        return None
    return FirstPage(tuple(cell_of(row) for row in rows), total)


def _order(sort: str) -> str:
    way = "DESC" if sort.startswith("-") else "ASC"
    column = _ORDERS.get(sort.removeprefix("-"), _ORDERS["imported"])
    return f"{column} {way} NULLS LAST, asset.id {way}"
