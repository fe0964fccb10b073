"""The contract of every blob store, and the values that cross it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from keeproom.blobs.copying import Progress
from keeproom.errors import BlobError
from keeproom.model import BlobRef, BlobState

_NAME = re.compile(r"[0-9a-f]{64}", re.ASCII)


class BlobLivesError(BlobError):
    """A living blob was to be deleted; only what is in quarantine can be."""


@dataclass(frozen=True, slots=True)
class BlobStat:
    """A stored blob as its store sees it, without reading its bytes."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Stored:
    """What `put` did.

    `reused`: the same bytes were there, or in quarantine, and were found good. `repaired`: a damaged file of this
    name was replaced. `cloned`: the new blob shares its extents with the source and takes no space of its own.
    """

    ref: BlobRef
    reused: bool
    repaired: bool
    cloned: bool


def checked_name(sha256: str) -> str:
    """The name itself, if it is one: 64 lower-case hex digits.

    Raises:
        ValueError: it is something else; no path is ever computed from it.
    """
    if not _NAME.fullmatch(sha256):
        raise ValueError(f"not the name of a blob: {sha256!r}")
    return sha256


class BlobStore(Protocol):
    """Bytes by their SHA-256, each stored once. All calls may be made from any thread and any process.

    A blob is living, in quarantine, or not there. Names are checked by every call (ValueError). Every change is
    durable when the call returns; a kill at any moment leaves the state before the call or the state after it.
    """

    def put(self, source: BinaryIO, on_progress: Progress | None = None) -> Stored:
        """Store the bytes of an open regular file, from its start to its end; the same bytes twice are stored once.

        They are hashed while they are copied, in one pass, in memory of one chunk; where the store can, it shares
        extents with the source instead of copying. What is there already is read again: good bytes are reused (and
        brought back from quarantine), damaged ones replaced. The source's position is neither used nor moved.

        `on_progress` gets the bytes done so far after each chunk. What it raises stops the work; nothing is kept.

        Raises:
            OSError: the disk is full or not writable, or the source is not readable; no part is left behind.
            SourceChangedError: the file changed while it was read; nothing is kept.
        """
        ...

    def open(self, sha256: str) -> BinaryIO:
        """A living blob's bytes, unchecked; they stay readable when the blob is quarantined meanwhile.

        Raises:
            BlobMissingError: no living blob has this name.
            BlobDamagedError: there is something under this name, but not a file.
        """
        ...

    def local_path(self, sha256: str) -> AbstractContextManager[Path]:
        """A path with a living blob's bytes, to be read within the `with` block and never written.

        Raises:
            BlobMissingError: no living blob has this name.
            BlobDamagedError: there is something under this name, but not a file.
        """
        ...

    def stat(self, sha256: str) -> BlobStat | None:
        """The living blob of this name, or None where there is none. Its bytes are not read."""
        ...

    def list(self) -> Iterator[BlobStat]:
        """All living blobs in the order of their names. One that comes or goes meanwhile may be missed."""
        ...

    def strays(self) -> Iterator[Path]:
        """What lies among the blobs, or in quarantine, and is none; nothing of it is ever touched."""
        ...

    def quarantine(self, sha256: str) -> None:
        """Take a living blob out of sight, until it is revived or deleted. Twice is as good as once.

        Raises:
            BlobMissingError: it is neither living nor in quarantine.
        """
        ...

    def revive(self, sha256: str) -> bool:
        """Bring a blob back from quarantine, unread; says whether this call did.

        False where it is not in quarantine, or lives already: what lives is not replaced.
        """
        ...

    def quarantined(self) -> Iterator[BlobStat]:
        """All blobs in quarantine in the order of their names."""
        ...

    def delete(self, sha256: str) -> None:
        """Delete a blob from quarantine for good. What is not there at all is deleted already.

        Raises:
            BlobLivesError: it is not in quarantine but living; it is left alone.
        """
        ...

    def verify(self, sha256: str, on_progress: Progress | None = None) -> BlobState:
        """Read a living blob and compare its hash with its name. What is no file, or unreadable, is damaged.

        `on_progress` gets the bytes done so far after each chunk; what it raises stops the work.
        """
        ...
