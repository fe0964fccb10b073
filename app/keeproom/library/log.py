"""Writing the log: every command that changes something is one entry, in the same transaction as the change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from keeproom.catalog.catalog import Write
from keeproom.catalog.tables import ChangeRow, EntryRow, StateRow
from keeproom.catalog.uuid7 import uuid7


def begin_entry(write: Write, action: str) -> int:
    """The id of a new entry. It may grow over several transactions until `end_entry`."""
    step = update(StateRow).values(sequence=StateRow.sequence + 1).returning(StateRow.sequence)
    sequence = write.session.execute(step).scalar_one()
    device = write.session.execute(select(StateRow.device)).scalar_one()
    entry = insert(EntryRow).values(uuid=uuid7(write.at), at=write.at, device=device, sequence=sequence, action=action)
    return write.session.execute(entry.returning(EntryRow.id)).scalar_one()


def end_entry(write: Write, entry: int) -> None:
    write.session.execute(update(EntryRow).where(EntryRow.id == entry).values(ended_at=write.at))


def change_of(entry: int, asset: UUID, field: str, old: Any, new: Any) -> dict[str, Any]:
    """One change of an asset's field, as `record` takes it; `old` and `new` are JSON values."""
    return {"entry_id": entry, "object_kind": "asset", "object": asset, "field": field, "old": old, "new": new}


def record(write: Write, changes: Iterable[Mapping[str, Any]]) -> None:
    """Put changes into the log, all of one transaction at once."""
    rows = [dict(change) for change in changes]
    if rows:
        write.session.execute(insert(ChangeRow), rows)
