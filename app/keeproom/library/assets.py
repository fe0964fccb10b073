"""From rows to values: assets as lists show them, by their ids."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, AssetTagRow, BlobRow, SourceRow, TagRow
from keeproom.library.cells import status_of
from keeproom.model import Asset, CaptureTime, Kind


def load_assets(session: Session, ids: Sequence[int]) -> list[Asset]:
    """The assets of these ids in their order; ids that are gone are left out. At most some thousands at once."""
    chosen = values_of(ids)
    rows = session.execute(
        select(AssetRow, BlobRow).join(BlobRow, BlobRow.id == AssetRow.blob_id).where(AssetRow.id.in_(chosen))
    )
    found = {asset.id: (asset, blob) for asset, blob in rows}
    tags = _tags(session, ids)
    sources = _sources(session, ids)
    return [_asset(*found[id_], tags[id_], sources[id_]) for id_ in ids if id_ in found]


def _tags(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(AssetTagRow.asset_id, TagRow.name)
        .join(TagRow, TagRow.id == AssetTagRow.tag_id)
        .where(AssetTagRow.asset_id.in_(values_of(ids)))
        .order_by(TagRow.folded)
    )
    tags: dict[int, list[str]] = defaultdict(list)
    for asset, name in rows:
        tags[asset].append(name)
    return tags


def _sources(session: Session, ids: Sequence[int]) -> dict[int, list[Path]]:
    rows = session.execute(
        select(SourceRow.asset_id, SourceRow.path_bytes)
        .where(SourceRow.asset_id.in_(values_of(ids)))
        .order_by(SourceRow.id)
    )
    sources: dict[int, list[Path]] = defaultdict(list)
    for asset, path in rows:
        sources[asset].append(Path(os.fsdecode(path)))
    return sources


def _asset(asset: AssetRow, blob: BlobRow, tags: Sequence[str], sources: Sequence[Path]) -> Asset:
    return Asset(
        id=asset.id,
        name=asset.name if asset.name_bytes is None else os.fsdecode(asset.name_bytes),
        kind=Kind(blob.kind),
        mime=blob.mime,
        sha256=blob.sha256,
        size_bytes=blob.size_bytes,
        status=status_of(blob.state, blob.progress),
        width=blob.width,
        height=blob.height,
        duration_s=blob.duration_s,
        captured=capture_time(asset.captured, asset.captured_offset),
        imported_at=asset.imported_at,
        rating=asset.rating,
        label=asset.label,
        flag=asset.flag,
        title=asset.title,
        description=asset.description,
        tags=tuple(tags),
        version=asset.version,
        trashed_at=asset.trashed_at,
        sources=tuple(sources),
        rotation=asset.rotation,
    )


def capture_time(wall: datetime | None, offset_minutes: int | None) -> CaptureTime | None:
    return None if wall is None else CaptureTime(wall, offset_minutes)
