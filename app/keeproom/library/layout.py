"""Where things are in a library's folder. Every path inside it is computed here or in the blob store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Layout:
    """The places inside one library's folder (design: "A library on disk")."""

    folder: Path

    @property
    def description(self) -> Path:
        return self.folder / "library.json"

    @property
    def catalog(self) -> Path:
        return self.folder / "catalog.sqlite3"

    @property
    def catalog_lock(self) -> Path:
        return self.folder / "catalog.lock"

    @property
    def blobs(self) -> Path:
        return self.folder / "blobs"

    @property
    def quarantine(self) -> Path:
        return self.folder / "quarantine"

    @property
    def thumbnails(self) -> Path:
        return self.folder / "thumbnails"

    @property
    def incoming(self) -> Path:
        return self.folder / "incoming"

    @property
    def processes(self) -> Path:
        return self.folder / "processes"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def folders(self) -> tuple[Path, ...]:
        """What a new library is made of, beside its two files."""
        return (
            self.blobs,
            self.quarantine,
            self.thumbnails,
            self.incoming,
            self.processes,
            self.folder / "working",
            self.backups,
            self.logs,
        )

    def thumbnail(self, sha256: str, px: int) -> Path:
        """Where the thumbnail of a blob lies, whether it is there or not.

        Raises:
            ValueError: the name is no checksum.
        """
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is no SHA-256")
        return self.thumbnails / sha256[:2] / sha256[2:4] / f"{sha256}-{px}.jpg"


def thumbnail_file(folder: Path, sha256: str, px: int) -> Path:
    """Where a stored thumbnail lies in a library's folder; sizes are those of `THUMBNAIL_SIZES`."""
    return Layout(folder).thumbnail(sha256, px)


def is_library(folder: Path) -> bool:
    """Whether a folder is a library's, whole or damaged."""
    layout = Layout(folder)
    return layout.description.is_file() and (layout.blobs.is_dir() or layout.catalog.is_file())


def library_around(path: Path) -> Path | None:
    """The library's folder that a path is, or lies in; None where there is none."""
    real = path.resolve()
    return next((folder for folder in (real, *real.parents) if is_library(folder)), None)
