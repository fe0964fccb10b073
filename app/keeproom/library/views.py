"""What the window shows: views, cells of what is on the screen, counts for the sidebar, news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Select, String, literal_column, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, BlobRow
from keeproom.library.cells import CELL_COLUMNS, STACK_SIZE, cell_of
from keeproom.library.linecells import assets_of, line_cells
from keeproom.library.opening import Library
from keeproom.library.revisions import read_changes, read_revision
from keeproom.model import Cell, Changes, Kind

if TYPE_CHECKING:
    from keeproom.library.collecting import CollectionCount


@dataclass(frozen=True, slots=True)
class View:
    """Which assets are shown: all conditions hold.

    `scope` is the query of the place that is shown, `query` that of the search field. `collection` is one's id. Where
    they are `stacked`, a stack is shown by its cover, but in the trash. `exactly` lets a word that nothing matches find
    nothing, and no near spelling of it.
    """

    scope: str = ""
    query: str = ""
    trashed: bool = False
    collection: int | None = None
    stacked: bool = True
    exactly: bool = False


@dataclass(frozen=True, slots=True)
class RecentImport:
    """An import, and how many of the assets that it brought there are."""

    entry: int
    started_at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class SidebarCounts:
    """What the sidebar tells; sizes are bytes.

    Of the whole library are `all`, `bytes`, `trashed`, `in_trouble` (those with a problem), and the list of
    `last_import`, the newest import that found anything to keep. All else counts what is not in the trash and
    answers the search field's query: `found` of them, and those beside each filter. What none has is not named, but
    for collections; a smart one whose search cannot be read has no count. Labels and flags are by name, "" for
    none; months by year and month, None for no date. Cameras stand by how many they took, most first; tags, folders
    and collections by name, tags and folders each with all below it; imports newest first.
    """

    all: int = 0
    bytes: int = 0
    trashed: int = 0
    in_trouble: int = 0
    last_import: int | None = None
    last_import_count: int = 0
    found: int = 0
    kinds: Mapping[Kind, int] = field(default_factory=dict)
    problems: int = 0
    unrated: int = 0
    unflagged: int = 0
    ratings: Mapping[int, int] = field(default_factory=dict)
    labels: Mapping[str, int] = field(default_factory=dict)
    flags: Mapping[str, int] = field(default_factory=dict)
    cameras: tuple[tuple[str, int], ...] = ()
    months: Mapping[tuple[int, int] | None, int] = field(default_factory=dict)
    tags: tuple[tuple[str, int], ...] = ()
    folders: tuple[tuple[str, int], ...] = ()
    collections: tuple[CollectionCount, ...] = ()
    imports: tuple[RecentImport, ...] = ()


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
    query = (
        select(*_CELL_COLUMNS, literal_column(STACK_SIZE))
        .join(BlobRow, BlobRow.id == AssetRow.blob_id)
        .where(AssetRow.id.in_(chosen))
    )
    return {row[0]: cell_of(row) for row in session.execute(query)}


def changes_since(library: Library, revision: int) -> Changes:
    """Which assets came, changed or went after a revision, by any process; a blob's news are its assets'."""
    with library.catalog.read() as session:
        return read_changes(session, revision)


def revision_now(library: Library) -> int:
    with library.catalog.read() as session:
        return read_revision(session)
