"""What stored bytes are, asked again: the program may have learned formats since they came in."""

from __future__ import annotations

from sqlalchemy import select

from keeproom.catalog.tables import AssetRow, BlobRow
from keeproom.errors import UnreadableMediaError
from keeproom.library.opening import Library
from keeproom.media.sniffing import HEAD_BYTES, identify
from keeproom.model import FileType


def identify_blob(library: Library, sha256: str) -> FileType | None:
    """The type of a blob, by its content and by the name that the first asset has for it; None for no media.

    Raises:
        BlobMissingError: no living blob has this name.
        BlobDamagedError: there is something under this name, but not a file.
        UnreadableMediaError: the disk does not give its bytes.
    """
    with library.catalog.read() as session:
        named = select(AssetRow.name).join(BlobRow, BlobRow.id == AssetRow.blob_id).where(BlobRow.sha256 == sha256)
        name = session.scalar(named.order_by(AssetRow.id).limit(1))
    try:
        with library.blobs.open(sha256) as stream:
            head = stream.read(HEAD_BYTES)
    except OSError as error:
        raise UnreadableMediaError(f"The stored bytes cannot be read: {error.strerror or error}.") from error
    return identify(head, name or "")
