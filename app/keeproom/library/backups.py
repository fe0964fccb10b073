"""Copies of the catalog in the library's own folder."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from keeproom.blobs.syncing import sync_folder
from keeproom.catalog.backup import copy_catalog
from keeproom.library.layout import Layout


def back_up(layout: Layout, why: str) -> Path:
    """A checked copy of the catalog in `backups/`, named by moment and reason; there whole or not at all.

    Raises:
        LibraryDamagedError: the catalog does not pass SQLite's own check.
    """
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S.%fZ")
    final = layout.backups / f"catalog-{at}-{why}.sqlite3"
    part = final.with_suffix(".part")
    try:
        copy_catalog(layout.catalog, part)
        part.rename(final)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(str(layout.backups))
    return final
