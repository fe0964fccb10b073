"""Bringing one file's bytes in: opened once, known by its content, hashed and copied in one pass."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select

from keeproom.blobs import digest
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import BlobRow, ClaimRow
from keeproom.errors import SourceChangedError
from keeproom.library.control import Control
from keeproom.library.opening import Library
from keeproom.library.planning import EMPTY, SPECIAL, PlannedFile, reason_of
from keeproom.library.sidecars import Companions, Sidecar, companion_message
from keeproom.library.sourcefiles import opened
from keeproom.media.sniffing import HEAD_BYTES, identify
from keeproom.model import BlobRef, BlobState, FileReport, FileType, Outcome, Reason

CHANGED = Reason("changed", "The file changed while it was read. Import it again when it is complete.")
NOT_MEDIA = Reason("not-media", "This is no photo, video or sound that Keeproom knows.")


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """By what a source is known to be still the file that was read."""

    device: int
    inode: int
    size_bytes: int
    modified_ns: int
    changed_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> FileIdentity:
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

    @property
    def stamp(self) -> str:
        """All of it but the device, whose number another mount changes, as one short text for the catalog."""
        return f"{self.inode:x}.{self.size_bytes:x}.{self.modified_ns:x}.{self.changed_ns:x}"


@dataclass(frozen=True, slots=True)
class Ingested:
    """A file whose bytes are in the store, on disk, and not in the catalog yet.

    `fresh` says that this import put the bytes there, or found them good by reading them again. `item` is the number
    of the file's line in the import's list. `companion` is the companion file beside it, or why that was not read.
    """

    path: str
    type: FileType
    ref: BlobRef
    identity: FileIdentity
    fresh: bool
    item: int
    companion: Sidecar | Reason | None = None


class KnownBlobs:
    """What the store holds that the files of a plan could be: only a file of such a size is hashed before it is copied.

    `duplicates` are the checksums of good blobs that an asset claims, as they were when the import began; whether a
    file is a duplicate is decided by its transaction. `sizes_before` does not grow while the import goes on.
    """

    def __init__(self, library: Library, sizes: Iterable[int]) -> None:
        of_size = (
            select(BlobRow.size_bytes, BlobRow.sha256, BlobRow.state, ClaimRow.asset_id)
            .outerjoin(ClaimRow, ClaimRow.sha256 == BlobRow.sha256)
            .where(BlobRow.size_bytes.in_(values_of(set(sizes))))
        )
        with library.catalog.read() as session:
            rows = session.execute(of_size).all()
        self.sizes = {row.size_bytes for row in rows}
        self.sizes_before = frozenset(self.sizes)
        self.duplicates = {row.sha256 for row in rows if row.state == BlobState.OK and row.asset_id is not None}
        self.companions = Companions()

    def add(self, ref: BlobRef) -> None:
        """This import has just put these bytes into the store, and read them."""
        self.sizes.add(ref.size_bytes)
        self.duplicates.add(ref.sha256)


def ingest_file(
    library: Library, planned: PlannedFile, known: KnownBlobs, control: Control, on_progress: Callable[[int], None]
) -> Ingested | FileReport:
    """Bring a file's bytes into the store, or report why not; `on_progress` gets the bytes of it done so far.

    Raises:
        CancelledError: the import is to end; nothing of this file was kept.
    """

    def advance(done_bytes: int) -> None:
        control.check()
        on_progress(done_bytes)

    try:
        return _ingest(library, planned, known, advance)
    except SourceChangedError:
        reason = CHANGED
    except OSError as error:
        reason = reason_of(error)
    return failed(planned, reason)


def failed(planned: PlannedFile, reason: Reason) -> FileReport:
    """The report for a file of which nothing was kept."""
    path = Path(planned.path)
    return FileReport(path, Outcome.FAILED, size_bytes=planned.size_bytes, reason=reason, item=planned.item)


def rehearse_file(
    library: Library, planned: PlannedFile, seen: set[str], companions: Companions, control: Control
) -> FileReport:
    """What an import would report of a file, by reading only. `seen` holds the checksums of earlier files.

    Raises:
        CancelledError: the rehearsal is to end.
    """
    path = Path(planned.path)
    try:
        with opened(planned.path) as source:
            kind = _look_inside(source, planned, companions)
            if isinstance(kind, FileReport):
                return kind
            ref = digest(source, lambda _: control.check())
    except SourceChangedError:
        return failed(planned, CHANGED)
    except OSError as error:
        return failed(planned, reason_of(error))
    with library.catalog.read() as session:
        asset = session.scalar(select(ClaimRow.asset_id).where(ClaimRow.sha256 == ref.sha256))
    outcome = Outcome.IMPORTED if asset is None and ref.sha256 not in seen else Outcome.DUPLICATE
    seen.add(ref.sha256)
    return FileReport(path, outcome, asset, ref.sha256, ref.size_bytes)


def _look_inside(source: BinaryIO, planned: PlannedFile, companions: Companions) -> FileType | FileReport:
    """What an open file's content is, or the report of why it is left out."""

    def skipped(reason: Reason, size_bytes: int = 0) -> FileReport:
        path = Path(planned.path)
        return FileReport(path, Outcome.SKIPPED, size_bytes=size_bytes, reason=reason, item=planned.item)

    status = os.fstat(source.fileno())
    if not stat.S_ISREG(status.st_mode):
        return skipped(SPECIAL)
    if status.st_size == 0:
        return skipped(EMPTY)
    kind = identify(os.pread(source.fileno(), HEAD_BYTES, 0), os.path.basename(planned.path))
    return kind or skipped(_no_media(planned.path, companions), status.st_size)


def _no_media(path: str, companions: Companions) -> Reason:
    """Why a file that is no media is left out: it may have come in with another one."""
    accompanied = companions.accompanied(path)
    return NOT_MEDIA if accompanied is None else replace(NOT_MEDIA, message=companion_message(accompanied))


def _ingest(
    library: Library, planned: PlannedFile, known: KnownBlobs, advance: Callable[[int], None]
) -> Ingested | FileReport:
    path, item = planned.path, planned.item
    with opened(path) as source:
        kind = _look_inside(source, planned, known.companions)
        if isinstance(kind, FileReport):
            return kind
        identity = FileIdentity.of(os.fstat(source.fileno()))
        size = identity.size_bytes
        if size in known.sizes:
            ref = digest(source, advance)
            if ref.sha256 in known.duplicates and _is_there(library, ref):
                return Ingested(
                    path, kind, ref, identity, fresh=False, item=item, companion=known.companions.find(path)
                )
        stored = library.blobs.put(source, advance)
        known.add(stored.ref)
        return Ingested(path, kind, stored.ref, identity, fresh=True, item=item, companion=known.companions.find(path))


def _is_there(library: Library, ref: BlobRef) -> bool:
    """Whether the store has these bytes, as far as a look at the file can tell."""
    stored = library.blobs.stat(ref.sha256)
    return stored is not None and stored.size_bytes == ref.size_bytes
