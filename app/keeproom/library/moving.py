"""Removing an original after its bytes in the library were read back: `--move`, and the clean-up after an import."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from keeproom.blobs import digest
from keeproom.catalog.tables import AssetRow, BlobRow, VersionRow
from keeproom.errors import BlobError, SourceChangedError
from keeproom.library.ingesting import FileIdentity, Ingested
from keeproom.library.layout import library_around
from keeproom.library.opening import Library
from keeproom.library.planning import reason_of
from keeproom.library.sourcefiles import opened
from keeproom.library.verifying import note_blob_state
from keeproom.model import BlobState, FileReport, Reason

STAYS = "source-stays"
IN_TRASH = Reason("in-trash", "It is in the trash; the original stays.")
NO_ASSET = Reason("not-kept", "The library has no such item any more; the original stays.")
BAD_COPY = Reason(STAYS, "The stored file did not read back as it should; the original stays.")
CHANGED = Reason(STAYS, "The original changed after it was read, and stays.")
LINK = Reason("link", "A link lies in the original's place, and stays.")
SPECIAL = Reason("special", "The original is no regular file any more, and stays.")
LIBRARY = Reason("library", "The original lies inside a library, and stays.")
STORED = Reason("library", "It is the stored file itself, by another way, and stays.")
GONE = Reason("gone", "The original is not there any more.")

_log = logging.getLogger(__name__)

Checking = Callable[[int], None]
"""Is called while bytes are read; what it raises stops the work before anything is removed."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read into the library. `stamp` is that of its identity then; None where that is not known."""

    path: str
    asset: int | None
    sha256: str
    size_bytes: int
    stamp: str | None


def remove_original(library: Library, item: Ingested, report: FileReport) -> FileReport:
    """Remove the source of a committed file; where it stays, the report says why."""
    source = Source(item.path, report.asset, item.ref.sha256, item.ref.size_bytes, item.identity.stamp)
    reason = remove_source(library, source)
    return report if reason is None else replace(report, reason=report.reason or reason)


def remove_source(library: Library, source: Source, checking: Checking = lambda _: None) -> Reason | None:
    """Remove a file whose bytes are kept; None when it is gone by this, else the reason why it stays.

    It stays where its asset is in the trash or gone, where the stored bytes do not read back as they should, and where
    it is not the file any more that was read: known by its stamp, else by reading its bytes once more. The asset is
    looked at again after that, for large files take minutes to read.
    """
    reason = (
        without_asset(library, source)
        or look_at(source)
        or _look_closely(library, source, checking)
        or without_asset(library, source)
    )
    if reason is not None:
        return reason
    try:
        os.unlink(source.path)
    except OSError as error:
        return replace(reason_of(error), code=STAYS)
    _log.info("Removed the original %s", source.path)
    return None


def without_asset(library: Library, source: Source) -> Reason | None:
    """Whether no living asset stands for the file: one that has these bytes as one of its versions."""
    of_bytes = (
        select(AssetRow.trashed_at)
        .join(VersionRow, VersionRow.asset_id == AssetRow.id)
        .join(BlobRow, BlobRow.id == VersionRow.blob_id)
        .where(AssetRow.id == source.asset, BlobRow.sha256 == source.sha256)
        .limit(1)
    )
    with library.catalog.read() as session:
        row = session.execute(of_bytes).first()
    if row is None:
        return NO_ASSET
    return None if row.trashed_at is None else IN_TRASH


def look_at(source: Source) -> Reason | None:
    """Why a source cannot go, as far as a look without reading tells."""
    try:
        status = os.lstat(source.path)
    except (FileNotFoundError, NotADirectoryError):
        return GONE
    except OSError as error:
        return replace(reason_of(error), code=STAYS)
    if stat.S_ISLNK(status.st_mode):
        return LINK
    if not stat.S_ISREG(status.st_mode):
        return SPECIAL
    return CHANGED if status.st_size != source.size_bytes else None


def in_a_library(path: str) -> bool:
    """Whether a path leads into a library's folder, by whatever links."""
    return library_around(Path(path)) is not None


def _look_closely(library: Library, source: Source, checking: Checking) -> Reason | None:
    if in_a_library(source.path):
        return LIBRARY
    state = library.blobs.verify(source.sha256, checking)
    if state is not BlobState.OK:
        note_blob_state(library, source.sha256, state)
        return BAD_COPY
    try:
        if _is_the_stored_file(library, source):
            return STORED
        identity = FileIdentity.of(os.lstat(source.path))
        same = identity.stamp == source.stamp or _has_bytes(source, identity, checking)
        return None if same and FileIdentity.of(os.lstat(source.path)) == identity else CHANGED
    except SourceChangedError:
        return CHANGED
    except BlobError:
        return BAD_COPY
    except OSError as error:
        return replace(reason_of(error), code=STAYS)


def _is_the_stored_file(library: Library, source: Source) -> bool:
    """Whether what would go is the library's own file: where its folder of files is a link, or mounted elsewhere too,
    no path tells."""
    with library.blobs.local_path(source.sha256) as stored:
        return os.path.samestat(os.stat(stored), os.lstat(source.path))


def _has_bytes(source: Source, identity: FileIdentity, checking: Checking) -> bool:
    """Whether the file of this identity has the bytes that were read, whatever became of its times."""
    with opened(source.path) as stream:
        is_it = FileIdentity.of(os.fstat(stream.fileno())) == identity
        return is_it and digest(stream, checking).sha256 == source.sha256
