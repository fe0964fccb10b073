"""Rows of assets without files."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import insert

from keeproom.catalog.tables import AssetRow, BlobRow, EntryRow
from keeproom.library.opening import Library

MOMENT = datetime(2024, 1, 1, tzinfo=UTC)


def fill_assets(library: Library, count: int) -> None:
    """So many assets, ids from 1, of one import and with a blob each."""
    numbers = range(1, count + 1)
    with library.catalog.write() as write:
        entry = {"id": 1, "uuid": UUID(int=1), "at": MOMENT, "device": UUID(int=1), "sequence": 1, "action": "import"}
        write.session.execute(insert(EntryRow).values(**entry))
        blobs = [
            {"id": n, "sha256": f"{n:064x}", "size_bytes": n, "kind": "image", "mime": "image/jpeg", "revision": 1}
            for n in numbers
        ]
        write.session.execute(insert(BlobRow), blobs)
        assets = [
            {"id": n, "uuid": UUID(int=n), "blob_id": n, "entry_id": 1, "name": f"{n}.jpg", "imported_at": MOMENT,
             "revision": 1}
            for n in numbers
        ]  # fmt: skip
        write.session.execute(insert(AssetRow), assets)
