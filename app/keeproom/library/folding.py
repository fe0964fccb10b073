"""Comparing the tables with the log: a fact is what the last of its changes says it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, BlobRow, ChangeRow
from keeproom.library.assets import capture_time
from keeproom.library.opening import Library


@dataclass(frozen=True, slots=True)
class AlteredFact:
    """A fact in the tables that no entry of the log accounts for."""

    asset: int
    field: str


def _captured(asset: AssetRow, _: BlobRow) -> str | None:
    time = capture_time(asset.captured, asset.captured_offset)
    return time.isoformat() if time else None


LOGGED_FIELDS: Mapping[str, Callable[[AssetRow, BlobRow], Any]] = {
    "blob": lambda _, blob: blob.sha256,
    "name": lambda asset, _: asset.name,
    "captured": _captured,
}
"""Facts of an asset that the log holds, and how the tables say them, as JSON values."""


def altered_facts(library: Library) -> Iterator[AlteredFact]:
    """Facts that were altered without the program, by damage or by hand; in the order of ids."""
    last = 0
    while True:
        with library.catalog.read() as session:
            page = (
                select(AssetRow, BlobRow)
                .join(BlobRow, BlobRow.id == AssetRow.blob_id)
                .where(AssetRow.id > last)
                .order_by(AssetRow.id)
                .limit(500)
            )
            rows = session.execute(page).all()
            if not rows:
                return
            changes = select(ChangeRow.object, ChangeRow.field, ChangeRow.new).where(
                ChangeRow.object.in_(
                    select(AssetRow.uuid).where(AssetRow.id.in_(values_of(asset.id for asset, _ in rows)))
                ),
                ChangeRow.field.in_(tuple(LOGGED_FIELDS)),
            )
            logged = {
                (change.object, change.field): change.new for change in session.execute(changes.order_by(ChangeRow.id))
            }
            found = [
                AlteredFact(asset.id, field)
                for asset, blob in rows
                for field, said in LOGGED_FIELDS.items()
                if said(asset, blob) != logged.get((asset.uuid, field))
            ]
            last = rows[-1][0].id
        yield from found
