"""Pictures for the viewer: decoded from the stored bytes, or why there is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, Self, TypeVar

from sqlalchemy import Row, select

from keeproom.catalog.tables import BlobRow, JobRow
from keeproom.errors import (
    AssetNotFoundError,
    BlobDamagedError,
    BlobError,
    BlobMissingError,
    CancelledError,
    UnreadableMediaError,
)
from keeproom.library.deriving import NO_READER
from keeproom.library.identifying import identify_blob
from keeproom.library.opening import Library
from keeproom.library.verifying import note_blob_state
from keeproom.media.previews import Box, PreviewReader
from keeproom.model import BlobState, Preview, PreviewFrame, Stage

T = TypeVar("T")

Cancelled = Callable[[], bool]
"""Says whether the work is to stop; asked every 50 ms, from the caller's thread."""

GONE = "This item is not in the library any more."
MISSING = "The stored file is gone. Import the original again, or restore a backup."
DAMAGED = "The stored file is not what it was: its bytes have changed on disk. Import the original again to repair it."


class Previewer:
    """Shows blobs of one library through a reader process of its own, which is started when it is needed, and kept.

    For one thread at a time. Every error it raises is fit to be shown.
    """

    def __init__(self, library: Library, reader: PreviewReader | None = None) -> None:
        self._library = library
        self._reader = reader or PreviewReader()

    def warm(self, cancelled: Cancelled | None = None) -> None:
        """Start the reader, so that the first picture need not wait for it.

        Raises:
            ReaderFailedError: it does not start.
            CancelledError: `cancelled` said so.
        """
        self._reader.warm(cancelled)

    def preview(self, sha256: str, box: Box, cancelled: Cancelled | None = None) -> Preview:
        """The picture of a blob, upright and in sRGB, as it fits into a box of device pixels; (0, 0) is all of it.

        Raises:
            AssetNotFoundError: the catalog does not know these bytes: they were purged.
            BlobMissingError: the stored bytes are gone; they are marked.
            BlobDamagedError: no picture can be made any more, for the bytes have changed; they are marked.
            UnreadableMediaError: there is no picture to be had of them, and why.
            CancelledError: `cancelled` said so.
        """
        return self._shown(sha256, lambda path, name: self._reader.read(path, name, box, cancelled), cancelled)

    def animation(self, sha256: str, box: Box, cancelled: Cancelled | None = None) -> tuple[PreviewFrame, ...]:
        """All pictures of an animation as they fit into a box, smaller where they are many; none of what stands still.

        Raises:
            As `preview`.
        """
        return self._shown(sha256, lambda path, name: self._reader.read_frames(path, name, box, cancelled), cancelled)

    def close(self) -> None:
        """End the reader; may be called again. A later `preview` starts a new one."""
        self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _shown(self, sha256: str, decode: Callable[[Path, str], T], cancelled: Cancelled | None) -> T:
        known = self._known(sha256)
        try:
            name = known.format or self._learned(sha256) or _refuse(known.error or NO_READER)
            with self._library.blobs.local_path(sha256) as path:
                return decode(path, name)
        except BlobError as error:
            self._tell(sha256, BlobState.MISSING if isinstance(error, BlobMissingError) else BlobState.DAMAGED)
            raise
        except UnreadableMediaError:
            if known.thumbnailed:  # a picture could be made of it once
                self._tell(sha256, self._library.blobs.verify(sha256, lambda _: _check(cancelled)))
            raise

    def _known(self, sha256: str) -> Row[str | None, bool, str | None]:
        """What the catalog knows of a blob: its format, whether it has thumbnails, why its picture failed."""
        of_picture = (JobRow.blob_id == BlobRow.id) & (JobRow.stage == Stage.PICTURE)
        columns = select(BlobRow.format, BlobRow.thumbnailed, JobRow.error).outerjoin(JobRow, of_picture)
        with self._library.catalog.read() as session:
            row = session.execute(columns.where(BlobRow.sha256 == sha256)).first()
        if row is None:
            raise AssetNotFoundError(GONE)
        return row

    def _learned(self, sha256: str) -> str | None:
        found = identify_blob(self._library, sha256)
        return found.format if found is not None else None

    def _tell(self, sha256: str, state: BlobState) -> None:
        """Note what a look at the bytes found, and raise it where it is bad."""
        note_blob_state(self._library, sha256, state)
        if state is BlobState.MISSING:
            raise BlobMissingError(MISSING)
        if state is BlobState.DAMAGED:
            raise BlobDamagedError(DAMAGED)


def _refuse(why: str) -> NoReturn:
    raise UnreadableMediaError(why)


def _check(cancelled: Cancelled | None) -> None:
    if cancelled is not None and cancelled():
        raise CancelledError("Stopped while a file was read.")
