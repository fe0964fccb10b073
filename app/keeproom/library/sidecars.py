"""Companion files: the XMP that other programs keep beside a file, `IMG.jpg.xmp` (digiKam, darktable) or `IMG.xmp`
(Lightroom), which every file of that name then shares.

One is read when its file comes in, and kept with the new asset as it was; a companion of bytes that are an asset
already is not looked at. What it says is read like everything else that strangers wrote: by exiftool in the reader's
process, from a file of ours with a name of ours.
"""

from __future__ import annotations

import os
import stat
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select, update

from keeproom.catalog.catalog import Write
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import JobRow, SidecarRow, VersionRow
from keeproom.library.jobs import sum_up
from keeproom.library.opening import Library
from keeproom.library.plans import shown
from keeproom.library.sourcefiles import opened
from keeproom.media.formats import EXTENSIONS
from keeproom.media.sniffing import extension_of
from keeproom.model import JobState, MetadataFacts, Reason, Stage

ENDING = ".xmp"
MOST_BYTES = 1 << 20
NOT_READ = "companion"

_FOLDERS = 16
"""So many folders' names are remembered while an import goes through them."""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """A companion file as it lay there."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of one folder that matter: companion files by what they accompany, media files by their stems."""

    companions: Mapping[str, str] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    stems: Mapping[str, str] = field(default_factory=dict)


class Companions:
    """Finds companion files for one import, which lists each folder once; any thread may ask."""

    def __init__(self) -> None:
        self._names = lru_cache(maxsize=_FOLDERS)(_names)

    def find(self, path: str) -> Sidecar | Reason | None:
        """The companion of a file, the reason why it cannot be read, or None where there is none."""
        folder, name = os.path.split(path)
        companions = self._names(folder).companions
        companion = companions.get(name) or companions.get(name.rpartition(".")[0])
        return _read(os.path.join(folder, companion)) if companion else None

    def accompanied(self, path: str) -> str | None:
        """The name of the media file beside a companion file; None where `path` is no companion."""
        folder, name = os.path.split(path)
        if not _is_companion(name):
            return None
        names, base = self._names(folder), name[: -len(ENDING)]
        return base if base in names.files else names.stems.get(base)


def _names(folder: str) -> _Names:
    try:
        every = sorted(os.listdir(folder))  # of names that differ in case only, `.xmp` comes last
    except OSError:
        return _Names()
    files = [name for name in every if extension_of(name) in EXTENSIONS]
    return _Names(
        {name[: -len(ENDING)]: name for name in every if _is_companion(name)},
        frozenset(files),
        {name.rpartition(".")[0]: name for name in files},
    )


def _is_companion(name: str) -> bool:
    return len(name) > len(ENDING) and name[-len(ENDING) :].lower() == ENDING


def _read(path: str) -> Sidecar | Reason | None:
    try:
        with opened(path) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                return _not_read(path, "It is no regular file.")
            content = _up_to(stream.fileno(), MOST_BYTES + 1)
    except OSError as error:
        return _not_read(path, f"{error.strerror or error}.")
    if len(content) > MOST_BYTES:
        return _not_read(path, "It is larger than 1 MB.")
    return Sidecar(path, content) if content else None


def _up_to(file: int, most: int) -> bytes:
    pieces: list[bytes] = []
    while most > 0 and (piece := os.read(file, most)):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def _not_read(path: str, why: str) -> Reason:
    name = shown(os.fsencode(os.path.basename(path)))
    return Reason(NOT_READ, f"Its companion file {name} was not read, and nothing of it was taken over: {why}")


def companion_message(accompanied: str) -> str:
    """What is told of a companion file that stands in an import's list itself."""
    return f"This is the companion file of {shown(os.fsencode(accompanied))}, and is read together with it."


@dataclass(frozen=True, slots=True)
class Kept:
    """A companion file that an asset came with; `name` is as it was called."""

    asset: int
    blob: int
    name: str
    content: bytes


def kept_sidecars(library: Library, blobs: Collection[int]) -> list[Kept]:
    """The companion files of the assets that began with these blobs."""
    kept = (
        select(SidecarRow.asset_id, VersionRow.blob_id, SidecarRow.path, SidecarRow.content)
        .join(VersionRow, (VersionRow.asset_id == SidecarRow.asset_id) & (VersionRow.number == 1))
        .where(VersionRow.blob_id.in_(values_of(blobs)))
        .order_by(SidecarRow.asset_id)
    )
    with library.catalog.read() as session:
        return [
            Kept(row.asset_id, row.blob_id, os.path.basename(row.path), row.content) for row in session.execute(kept)
        ]


def read_again(write: Write, blobs: Collection[int]) -> None:
    """Have the metadata of blobs read once more: one of their assets has come with a companion file.

    Whoever is at it now brings what it read in vain: it may have begun before the companion was there.
    """
    if not blobs:
        return
    stage = update(JobRow).where(JobRow.blob_id.in_(values_of(blobs)), JobRow.stage == Stage.METADATA)
    write.session.execute(
        stage.values(
            state=JobState.WAITING,
            attempts=0,
            due_at=write.at,
            worker=None,
            leased_until=None,
            error=None,
            revision=write.revision,
        ),
        execution_options={"synchronize_session": False},
    )
    sum_up(write, blobs)


@contextmanager
def laid_out(library: Library, kept: Collection[Kept]) -> Iterator[list[Path]]:
    """The companion files as files of this process, for a reader, as long as the block lasts.

    Raises:
        OSError: there is no room for them.
    """
    paths = [library.process.incoming / f"{uuid.uuid4().hex}{ENDING}" for _ in kept]
    try:
        for path, each in zip(paths, kept, strict=True):
            path.write_bytes(each.content)
        yield paths
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def why_unreadable(facts: MetadataFacts) -> str | None:
    """Why what exiftool made of a companion file is not to be believed; None where it is."""
    if facts.tags.get("File:FileType") != "XMP":
        return "it is no XMP"
    warning = str(facts.tags.get("ExifTool:Warning", ""))
    return warning if warning.startswith("XMP format error") else None
