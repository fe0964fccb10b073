"""What a library holds, in figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from keeproom.catalog.tables import AssetRow, BlobRow, VersionRow
from keeproom.library.cells import status_of
from keeproom.library.listing import in_trash
from keeproom.library.opening import Library


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts and sums. `assets` leaves the trash out, and so do the two tables; `bytes` are those of stored blobs.

    `bytes_saved`: what the versions of all assets would take beyond that if each had bytes of its own.
    """

    assets: int
    trashed: int
    blobs: int
    bytes: int
    bytes_saved: int
    by_kind: Mapping[str, int]
    by_status: Mapping[str, int]


def library_statistics(library: Library) -> Statistics:
    living = select(BlobRow.kind, BlobRow.state, BlobRow.progress, func.count().label("assets"))
    living = living.join(AssetRow, AssetRow.blob_id == BlobRow.id).where(in_trash(False))
    with library.catalog.read() as session:
        rows = session.execute(living.group_by(BlobRow.kind, BlobRow.state, BlobRow.progress)).all()
        blobs, stored = session.execute(
            select(func.count(), func.coalesce(func.sum(BlobRow.size_bytes), 0)).select_from(BlobRow)
        ).one()
        shown = select(func.coalesce(func.sum(BlobRow.size_bytes), 0)).join(
            VersionRow, VersionRow.blob_id == BlobRow.id
        )
        by_kind: dict[str, int] = {}
        by_status: dict[str, int] = {}
        for row in rows:
            status = status_of(row.state, row.progress)
            by_kind[row.kind] = by_kind.get(row.kind, 0) + row.assets
            by_status[status] = by_status.get(status, 0) + row.assets
        return Statistics(
            assets=sum(by_kind.values()),
            trashed=session.scalar(select(func.count()).select_from(AssetRow).where(in_trash(True))) or 0,
            blobs=blobs,
            bytes=stored,
            bytes_saved=max(0, (session.scalar(shown) or 0) - stored),
            by_kind=by_kind,
            by_status=by_status,
        )
