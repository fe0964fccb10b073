"""Listing and counting the assets that match a query."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from keeproom.catalog.tables import AssetRow, BlobRow
from keeproom.library.assets import load_assets
from keeproom.library.opening import Library
from keeproom.library.search import Query, clause, expanded, parse
from keeproom.library.sorts import read_sort as read_sort
from keeproom.model import Asset, SortKey

PAGE = 500

SORT_COLUMNS: Mapping[SortKey, Any] = {
    SortKey.CAPTURED: AssetRow.captured,
    SortKey.IMPORTED: AssetRow.id,  # ids grow with every import, also within the same microsecond
    SortKey.NAME: AssetRow.name_key,
    SortKey.SIZE: BlobRow.size_bytes,
    SortKey.RATING: AssetRow.rating,
}


def list_assets(
    library: Library,
    query: str | Query = "",
    *,
    sort: str = "-imported",
    limit: int | None = None,
    offset: int = 0,
    trashed: bool = False,
) -> Iterator[Asset]:
    """Assets that match, all of them unless limited; the order is total, and those without a value come last.

    Raises:
        SearchError: the query cannot be understood.
        UsageError: there is no such sort key.
    """
    asked = parse(query) if isinstance(query, str) else query
    order = order_of(sort)
    return _pages(
        library, lambda session: _chosen(session, asked, trashed).order_by(*order).limit(limit).offset(offset)
    )


def _chosen(session: Session, query: Query, trashed: bool) -> Select[int]:
    """The ids of what matches."""
    joined = select(AssetRow.id).join(BlobRow, BlobRow.id == AssetRow.blob_id)
    return joined.where(clause(expanded(session, query)), in_trash(trashed))


def _pages(library: Library, chosen: Callable[[Session], Select[int]]) -> Iterator[Asset]:
    """Assets as of one moment, some hundred at once."""
    with library.catalog.read() as session:
        ids = session.scalars(chosen(session)).all()
        for start in range(0, len(ids), PAGE):
            yield from load_assets(session, ids[start : start + PAGE])
            session.expunge_all()


def count_assets(library: Library, query: str | Query = "") -> int:
    """How many assets match, those in the trash left out.

    Raises:
        SearchError: the query cannot be understood.
    """
    asked = parse(query) if isinstance(query, str) else query
    with library.catalog.read() as session:
        return session.scalar(select(func.count()).select_from(_chosen(session, asked, False).subquery())) or 0


def in_trash(trashed: bool) -> Any:
    return AssetRow.trashed_at.is_not(None) if trashed else AssetRow.trashed_at.is_(None)


def order_of(sort: str) -> tuple[Any, ...]:
    """The order for a sort key, `-` in front for descending; ties are broken by id in the same direction.

    Raises:
        UsageError: there is no such key.
    """
    key, descending = read_sort(sort)
    columns = dict.fromkeys((SORT_COLUMNS[key], AssetRow.id))
    return tuple(column.desc().nulls_last() if descending else column.asc().nulls_last() for column in columns)
