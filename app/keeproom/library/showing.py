"""Everything that is known of one asset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from keeproom.catalog.tables import (
    AssetRow,
    BlobMetadataRow,
    BlobRow,
    CollectionAssetRow,
    CollectionRow,
    JobRow,
    VersionRow,
)
from keeproom.errors import AssetNotFoundError
from keeproom.library.assets import load_assets
from keeproom.library.opening import Library
from keeproom.model import Asset, AssetDetails, JobState, Stage, StageStatus

_PAGE = 500


def show_asset(library: Library, asset_id: int) -> AssetDetails:
    """One asset, in the trash or not, with all metadata and the state of each stage.

    Raises:
        AssetNotFoundError: no asset has this id.
    """
    with library.catalog.read() as session:
        row = find_asset(session, asset_id)
        metadata = session.scalar(select(BlobMetadataRow.tags).where(BlobMetadataRow.blob_id == row.blob_id))
        jobs = session.scalars(select(JobRow).where(JobRow.blob_id == row.blob_id))
        collections = session.scalars(
            select(CollectionRow.name)
            .join(CollectionAssetRow, CollectionAssetRow.collection_id == CollectionRow.id)
            .where(CollectionAssetRow.asset_id == asset_id)
            .order_by(CollectionRow.folded)
        )
        return AssetDetails(
            asset=load_assets(session, [asset_id])[0],
            metadata=metadata or {},
            stages={
                Stage(job.stage): StageStatus(JobState(job.state), job.attempts, job.tool, job.error) for job in jobs
            },
            collections=tuple(collections),
            creator=row.creator,
            place=row.place,
        )


def assets_of(library: Library, ids: Sequence[int]) -> Iterator[Asset]:
    """Assets as lists show them, in the order given, in the trash or not; ids that are gone are left out."""
    for start in range(0, len(ids), _PAGE):
        with library.catalog.read() as session:
            page = load_assets(session, ids[start : start + _PAGE])
        yield from page


def find_asset(session: Session, asset_id: int) -> AssetRow:
    """The row of an asset.

    Raises:
        AssetNotFoundError: no asset has this id.
    """
    row = session.get(AssetRow, asset_id) if 0 <= asset_id < 2**63 else None
    if row is None:
        raise AssetNotFoundError(f"There is no asset {asset_id}.")
    return row


def checksum_of(library: Library, asset_id: int, version: int | None = None) -> str:
    """The checksum of an asset's bytes, of the current version unless another one is named.

    Raises:
        AssetNotFoundError: there is no such asset, or it has no such version.
    """
    with library.catalog.read() as session:
        row = find_asset(session, asset_id)
        blob = row.blob_id
        if version is not None:
            found = session.get(VersionRow, (asset_id, version))
            if found is None:
                raise AssetNotFoundError(f"Asset {asset_id} has no version {version}; its newest is {row.version}.")
            blob = found.blob_id
        return session.scalars(select(BlobRow.sha256).where(BlobRow.id == blob)).one()
