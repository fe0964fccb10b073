"""What the window shows: ids of a view in order, cells of what is on the screen, counts for the sidebar, news."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Select, String, func, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, BlobRow, EntryRow, StateRow, TombstoneRow
from keeproom.library.cells import CELL_COLUMNS, cell_of
from keeproom.library.linecells import assets_of, line_cells
from keeproom.library.listing import in_trash, order_of
from keeproom.library.opening import Library
from keeproom.model import BlobState, Cell, Changes, Kind

_BAD = (BlobRow.progress == "failed") | (BlobRow.state != BlobState.OK)


@dataclass(frozen=True, slots=True)
class View:
    """Which assets are shown: all conditions hold. `imported_by` is an import's entry."""

    kind: Kind | None = None
    imported_by: int | None = None
    problems: bool = False
    trashed: bool = False


@dataclass(frozen=True, slots=True)
class SidebarCounts:
    """What the sidebar tells; `last_import` is the newest import that brought anything. Sizes are bytes."""

    all: int
    kinds: Mapping[Kind, int]
    problems: int
    trashed: int
    last_import: int | None
    last_import_count: int
    bytes: int


def asset_ids(library: Library, view: View, sort: str = "-imported") -> array[int]:
    """The ids of a view in order.

    Raises:
        UsageError: there is no such sort key.
    """
    chosen = _chosen(view, AssetRow.id).order_by(*order_of(sort))
    with library.catalog.read() as session:
        return array("q", session.scalars(chosen))


def _chosen(view: View, *columns: Any) -> Select[Any]:
    query = (
        select(*columns)
        .select_from(AssetRow)
        .join(BlobRow, BlobRow.id == AssetRow.blob_id)
        .where(in_trash(view.trashed))
    )
    if view.kind is not None:
        query = query.where(BlobRow.kind == view.kind)
    if view.imported_by is not None:
        query = query.where(AssetRow.entry_id == view.imported_by)
    return query.where(_BAD) if view.problems else query


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


def sidebar_counts(library: Library) -> SidebarCounts:
    with library.catalog.read() as session:
        by_kind = _chosen(View(), BlobRow.kind, func.count(), func.sum(BlobRow.size_bytes)).group_by(BlobRow.kind)
        rows = session.execute(by_kind).all()
        last, count = _last_import(session)
        return SidebarCounts(
            all=sum(row[1] for row in rows),
            kinds={Kind(row[0]): row[1] for row in rows},
            problems=session.scalar(_chosen(View(problems=True), func.count())) or 0,
            trashed=session.scalar(_chosen(View(trashed=True), func.count())) or 0,
            last_import=last,
            last_import_count=count,
            bytes=sum(row[2] for row in rows),
        )


def _last_import(session: Session) -> tuple[int | None, int]:
    """The newest import with a living asset, and how many it has."""
    newest = select(func.max(AssetRow.entry_id)).where(in_trash(False))
    entry = session.scalar(select(EntryRow.id).where(EntryRow.id == newest.scalar_subquery()))
    if entry is None:
        return None, 0
    return entry, session.scalar(_chosen(View(imported_by=entry), func.count())) or 0


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
