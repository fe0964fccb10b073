"""What a test asks the log and the tables of a library, and assets without files where many are needed."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from keeproom.catalog.tables import AssetRow, Base, BlobRow, ChangeRow, EntryRow, TombstoneRow, VersionRow
from keeproom.library import log
from keeproom.library.opening import Library
from keeproom.library.showing import show_asset
from keeproom.model import Asset

WALL = datetime(2020, 1, 1, 10)  # noqa: DTZ001 (a wall time)


def make_assets(library: Library, count: int) -> list[int]:
    """Assets as an import leaves them, with their versions and their part of the log, but without bytes."""
    numbers = range(1, count + 1)
    uuids = [uuid.uuid4() for _ in numbers]
    with library.catalog.write() as write:
        entry = log.begin_entry(write, "import")
        stamp = {"revision": write.revision}
        blob = {"size_bytes": 1, "kind": "image", "mime": "image/jpeg", "progress": "ready", "captured": WALL, **stamp}
        asset = {"entry_id": entry, "imported_at": write.at, "captured": WALL, **stamp}
        write.session.execute(insert(BlobRow), [{"id": n, "sha256": f"{n:064x}", **blob} for n in numbers])
        names = [{"id": n, "uuid": uuids[n - 1], "blob_id": n, "name": f"{n}.jpg", **asset} for n in numbers]
        write.session.execute(insert(AssetRow), names)
        version = {"number": 1, "entry_id": entry}
        write.session.execute(insert(VersionRow), [{"asset_id": n, "blob_id": n, **version} for n in numbers])
        facts = {"blob": "{:064x}", "name": "{}.jpg", "captured": WALL.isoformat()}
        log.record(
            write,
            [
                log.change_of(entry, uuids[n - 1], field, None, value.format(n))
                for n in numbers
                for field, value in facts.items()
            ],
        )
    return list(numbers)


def shown(library: Library, asset: int) -> Asset:
    return show_asset(library, asset).asset


def entries(library: Library) -> list[str]:
    """The actions of the log, oldest first."""
    with library.catalog.read() as session:
        return list(session.scalars(select(EntryRow.action).order_by(EntryRow.id)))


def changes(library: Library, entry: int | None, kind: str = "asset") -> list[tuple[str, Any, Any]]:
    """What an entry says of objects of a kind: field, old, new."""
    query = select(ChangeRow.field, ChangeRow.old, ChangeRow.new)
    chosen = query.where(ChangeRow.entry_id == entry, ChangeRow.object_kind == kind).order_by(ChangeRow.id)
    with library.catalog.read() as session:
        return [tuple(row) for row in session.execute(chosen)]  # type: ignore[misc]


def versions(library: Library, asset: int) -> list[tuple[int, int]]:
    """Number and entry of each version."""
    query = select(VersionRow.number, VersionRow.entry_id).where(VersionRow.asset_id == asset)
    with library.catalog.read() as session:
        return [tuple(row) for row in session.execute(query.order_by(VersionRow.number))]  # type: ignore[misc]


def buried(library: Library, table: str) -> list[int]:
    """The rows of a table that are told to be gone."""
    with library.catalog.read() as session:
        return list(session.scalars(select(TombstoneRow.row_id).where(TombstoneRow.table == table)))


def count(library: Library, table: type[Base]) -> int:
    with library.catalog.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0
