"""What the window shows: views, cells of what is on the screen, counts for the sidebar, news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Select, String, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, BlobRow, StateRow, TombstoneRow
from keeproom.library.cells import CELL_COLUMNS, cell_of
from keeproom.library.linecells import assets_of, line_cells
from keeproom.library.opening import Library
from keeproom.model import Cell, Changes, Kind


@dataclass(frozen=True, slots=True)
class View:
    """Which assets are shown: all conditions hold. `imported_by` is an import's entry."""

    kind: Kind | None = None
    imported_by: int | None = None
    problems: bool = False
    trashed: bool = False


@dataclass(frozen=True, slots=True)
class SidebarCounts:
    """What the sidebar tells; sizes are bytes. `last_import` is the newest import that found anything to keep, and its
    count is that of its list."""

    all: int
    kinds: Mapping[Kind, int]
    problems: int
    trashed: int
    last_import: int | None
    last_import_count: int
    bytes: int


_TABLES = {"asset": AssetRow, "blob": BlobRow}
_AS_KEPT: Mapping[str, TypeEngine[Any]] = {"captured": String(), "imported_at": BigInteger()}
_CELL_COLUMNS = tuple(
    type_coerce(column, _AS_KEPT[name]) if name in _AS_KEPT else column
    for name, column in ((name, getattr(_TABLES[table], name)) for table, name in CELL_COLUMNS)
)


def cells(library: Library, ids: Sequence[int]) -> list[Cell]:
    """The cells of these in the order asked: of assets, and of lines of an import's list where the number is negative.

    Ids that are gone are left out.
    """
    lines = [-id_ for id_ in ids if id_ < 0]
    with library.catalog.read() as session:
        found = _asset_cells(session, values_of(id_ for id_ in ids if id_ > 0))
        if lines:
            of_lines = line_cells(session, lines, _asset_cells(session, assets_of(lines)))
            found |= {cell.id: cell for cell in of_lines.values()}
    return [found[id_] for id_ in ids if id_ in found]


def _asset_cells(session: Session, chosen: Select[Any]) -> dict[int, Cell]:
    query = select(*_CELL_COLUMNS).join(BlobRow, BlobRow.id == AssetRow.blob_id).where(AssetRow.id.in_(chosen))
    return {row[0]: cell_of(row) for row in session.execute(query)}


def changes_since(library: Library, revision: int) -> Changes:
    """Which assets came, changed or went after a revision, by any process; a blob's news are its assets'."""
    with library.catalog.read() as session:
        return read_changes(session, revision)


def read_changes(session: Session, revision: int) -> Changes:
    """What `changes_since` tells, as of the moment that the session sees."""
    now = read_revision(session)
    if now == revision:
        return Changes(now)
    touched = (
        select(AssetRow.id)
        .where(AssetRow.revision > revision)
        .union(
            select(AssetRow.id).join(BlobRow, BlobRow.id == AssetRow.blob_id).where(BlobRow.revision > revision),
        )
    )
    ids = tuple(sorted(session.scalars(touched)))
    gone = select(TombstoneRow.row_id).where(TombstoneRow.table == "asset", TombstoneRow.revision > revision)
    return Changes(now, changed=ids, removed=tuple(session.scalars(gone)))


def revision_now(library: Library) -> int:
    with library.catalog.read() as session:
        return read_revision(session)


def read_revision(session: Session) -> int:
    """The revision that the session sees."""
    return session.scalar(select(StateRow.revision)) or 0
