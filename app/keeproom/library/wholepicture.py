"""One asset's picture decoded as a whole, for a moment when nothing smaller will do."""

from __future__ import annotations

from sqlalchemy import select

from keeproom.catalog.tables import AssetRow, BlobRow
from keeproom.errors import AssetNotFoundError, UnreadableMediaError
from keeproom.library.control import Control
from keeproom.library.deriving import NO_READER
from keeproom.library.opening import Library
from keeproom.media.previews import PreviewReader
from keeproom.model import Preview


def whole_picture(library: Library, asset_id: int, longest_px: int, control: Control) -> Preview:
    """The picture of an asset, upright, no side longer than `longest_px`; a reader process of its own decodes it.

    Raises:
        AssetNotFoundError: there is no such asset.
        BlobError: its bytes are gone, or no file.
        UnreadableMediaError: no picture can be made of them, and why.
        CancelledError: `control` said so.
    """
    with library.catalog.read() as session:
        chosen = select(BlobRow.sha256, BlobRow.format).join(AssetRow, AssetRow.blob_id == BlobRow.id)
        row = session.execute(chosen.where(AssetRow.id == asset_id)).one_or_none()
    if row is None:
        raise AssetNotFoundError(f"There is no asset {asset_id}.")
    if row.format is None:
        raise UnreadableMediaError(NO_READER)
    with PreviewReader() as reader, library.blobs.local_path(row.sha256) as path:
        return reader.read(path, row.format, (longest_px, longest_px), lambda: control.cancelled)
