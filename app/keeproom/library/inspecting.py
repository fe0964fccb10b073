"""Everything that a person may want to know of one asset, in one answer."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from keeproom.catalog.tables import AssetRow, BlobRow, SourceRow
from keeproom.catalog.types import from_microseconds
from keeproom.library.opening import Library
from keeproom.library.showing import find_asset, show_asset
from keeproom.model import AssetDetails, BlobState


@dataclass(frozen=True, slots=True)
class Origin:
    """A place that an asset came from, and its file's size and time there."""

    path: Path
    size_bytes: int
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class Inspection:
    """One asset and its bytes. `verified_at` is when the bytes were last found to be other than they had been known.

    `twins` are other assets with the same bytes.
    """

    details: AssetDetails
    uuid: UUID
    format: str | None
    camera: str | None
    codecs: tuple[str, ...]
    blob_state: BlobState
    verified_at: datetime | None
    thumbnailed: bool
    origins: tuple[Origin, ...]
    twins: tuple[int, ...]


def inspect_asset(library: Library, asset_id: int) -> Inspection:
    """One asset, in the trash or not.

    Raises:
        AssetNotFoundError: no asset has this id.
    """
    details = show_asset(library, asset_id)
    with library.catalog.read() as session:
        asset = find_asset(session, asset_id)
        blob = session.get_one(BlobRow, asset.blob_id)
        twins = select(AssetRow.id).where(AssetRow.blob_id == blob.id, AssetRow.id != asset_id).order_by(AssetRow.id)
        return Inspection(
            details=details,
            uuid=asset.uuid,
            format=blob.format,
            camera=blob.camera,
            codecs=tuple(blob.codecs.split(", ")) if blob.codecs else (),
            blob_state=BlobState(blob.state),
            verified_at=blob.verified_at,
            thumbnailed=blob.thumbnailed,
            origins=_origins(session, asset_id),
            twins=tuple(session.scalars(twins)),
        )


def _origins(session: Session, asset_id: int) -> tuple[Origin, ...]:
    rows = session.scalars(select(SourceRow).where(SourceRow.asset_id == asset_id).order_by(SourceRow.id))
    return tuple(
        Origin(Path(os.fsdecode(row.path_bytes)), row.size_bytes, from_microseconds(row.modified_ns // 1_000))
        for row in rows
    )
