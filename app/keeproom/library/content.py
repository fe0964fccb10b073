"""An asset's bytes and thumbnails, given out only when they are good."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from sqlalchemy import select

from keeproom.catalog.tables import BlobRow
from keeproom.errors import BlobDamagedError, BlobMissingError, UnreadableMediaError
from keeproom.library.deriving import NO_READER
from keeproom.library.opening import Library
from keeproom.library.processes import runtime_folder
from keeproom.library.showing import checksum_of, show_asset
from keeproom.library.thumbnails import read_thumbnail, store_thumbnails
from keeproom.library.verifying import note_blob_state
from keeproom.media.pictures import PictureReader
from keeproom.media.slots import Cancelled, ReaderSlots
from keeproom.model import THUMBNAIL_SIZES, BlobState, Stage


@contextmanager
def open_content(library: Library, asset_id: int, version: int | None = None) -> Iterator[BinaryIO]:
    """An asset's bytes, read and found good before the first of them is given out.

    Raises:
        AssetNotFoundError: there is no such asset or version.
        BlobDamagedError: the stored bytes are not what was put in; the asset is marked.
        BlobMissingError: they are gone; the asset is marked.
    """
    sha256 = checksum_of(library, asset_id, version)
    state = library.blobs.verify(sha256)
    note_blob_state(library, sha256, state)
    if state is BlobState.DAMAGED:
        raise BlobDamagedError(f"The stored file of asset {asset_id} is damaged, and is not given out.")
    if state is BlobState.MISSING:
        raise BlobMissingError(f"The stored file of asset {asset_id} is gone.")
    with library.blobs.open(sha256) as stream:
        yield stream


def thumbnail(library: Library, asset_id: int, px: int = THUMBNAIL_SIZES[0]) -> bytes:
    """The JPEG bytes of an asset's thumbnail, the stored size next above `px`; made again where it is gone.

    Raises:
        AssetNotFoundError: there is no such asset.
        UnreadableMediaError: no picture can be made of it, and why.
    """
    size = min((size for size in THUMBNAIL_SIZES if size >= px), default=max(THUMBNAIL_SIZES))
    details = show_asset(library, asset_id)
    sha256 = details.asset.sha256
    stored = read_thumbnail(library.layout, sha256, size)
    if stored is not None:
        return stored
    error = details.stages[Stage.PICTURE].error
    if error is not None:
        raise UnreadableMediaError(f"Asset {asset_id} has no thumbnail: {error}")
    made = remake_thumbnails(library, sha256)
    if size not in made:
        raise UnreadableMediaError(f"Asset {asset_id} has no picture in it.")
    return made[size]


def remake_thumbnails(
    library: Library, sha256: str, reader: PictureReader | None = None, cancelled: Cancelled | None = None
) -> dict[int, bytes]:
    """Make the thumbnails of a blob again and store them, by their size; none for a sound without a cover.

    Through `reader`, which is left running, or through one of its own.

    Raises:
        CancelledError: `cancelled` said so.
        BlobMissingError: the bytes are gone.
        UnreadableMediaError: no picture can be made of them.
        OSError: they cannot be stored.
    """
    if reader is None:
        with PictureReader(ReaderSlots(runtime_folder())) as own:
            return remake_thumbnails(library, sha256, own, cancelled)
    with library.catalog.read() as session:
        name = session.scalar(select(BlobRow.format).where(BlobRow.sha256 == sha256))
    if name is None:
        raise UnreadableMediaError(NO_READER)
    with library.blobs.local_path(sha256) as path:
        picture = reader.read(path, name, cancelled=cancelled)
    store_thumbnails(library, sha256, picture.thumbnails)
    return dict(picture.thumbnails)
