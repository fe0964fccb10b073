"""Writing the log: every command that changes something is one entry, in the same transaction as the change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, literal, select, update

from keeproom.catalog.catalog import Write
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, ChangeRow, EntryRow, StateRow, VersionRow
from keeproom.catalog.uuid7 import uuid7
from keeproom.library.actions import ACTIONS
from keeproom.library.wording import write_texts

Change = tuple[UUID, str, Any, Any]
"""Object, field, and as JSON values what stood before and what stands after."""

Columns = Mapping[str, Any]
"""Columns of a row and their values."""

Progress = Callable[[int, int], None]
"""Is told how many are done, and of how many. It may raise to stop the work, of which then nothing is done."""

_FEW_STATEMENTS = 8

PAGE = 1_000
"""So many assets are changed between two calls of a `Progress`."""


def no_progress(done: int, total: int) -> None:
    """Nobody wants to know."""


class Entry:
    """One entry under way in a transaction. It begins with its first change, so that what changes nothing is no entry;
    with an `id_` it is one that has begun before. What it says is done is one of `actions.ACTIONS`."""

    def __init__(self, write: Write, action: str, id_: int | None = None) -> None:
        self.write = write
        self._action = ACTIONS[action].name
        self._id = id_
        self.changed: list[int] = []

    @property
    def id(self) -> int:
        """Its number; asking begins it."""
        if self._id is None:
            self._id = begin_entry(self.write, self._action)
            end_entry(self.write, self._id)
        return self._id

    @property
    def begun(self) -> int | None:
        """Its number, None where nothing has changed."""
        return self._id

    def say(self, kind: str, changes: Iterable[Change]) -> None:
        """Changes of objects that are no assets: of tags, for one."""
        record(self.write, [_change(self.id, kind, *change) for change in changes])

    def change_assets(self, changes: Iterable[Change], values: Mapping[int, Columns]) -> None:
        """Changes of assets, each with the columns that become others, if any; they get their next version.

        An asset may come in one call of an entry only.
        """
        if not values:
            return
        record(self.write, (_change(self.id, "asset", *change) for change in changes))
        _add_versions(self.write, self.id, list(values))
        _update_assets(self.write, values)
        self.changed += values

    def write_words(self, ids: Iterable[int], columns: Collection[str]) -> None:
        """Bring columns of the search index up to date with the words of these assets."""
        write_texts(self.write, ids, columns=columns)


def _add_versions(write: Write, entry: int, ids: Sequence[int]) -> None:
    """Give assets their next version, with the bytes they have."""
    next_ones = select(AssetRow.id, AssetRow.version + 1, literal(entry), AssetRow.blob_id)
    columns = [VersionRow.asset_id, VersionRow.number, VersionRow.entry_id, VersionRow.blob_id]
    write.session.execute(insert(VersionRow).from_select(columns, next_ones.where(AssetRow.id.in_(values_of(ids)))))


def _update_assets(write: Write, values: Mapping[int, Columns]) -> None:
    """Set columns of assets, and stamp them: by one statement where they get the same, which most edits do."""
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
    for asset, columns in values.items():
        alike[tuple(columns.items())].append(asset)
    stamp = {"version": AssetRow.version + 1, "revision": write.revision}
    if len(alike) <= _FEW_STATEMENTS:
        for shared, ids in alike.items():
            _update(write, ids, {**dict(shared), **stamp})
        return
    write.session.execute(update(AssetRow), [{"id": asset, **columns} for asset, columns in values.items() if columns])
    _update(write, list(values), stamp)


def _update(write: Write, ids: Sequence[int], columns: Columns) -> None:
    chosen = update(AssetRow).where(AssetRow.id.in_(values_of(ids)))
    write.session.execute(chosen.values(**columns), execution_options={"synchronize_session": False})


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
    return _change(entry, "asset", asset, field, old, new)


def _change(entry: int, kind: str, object_: UUID, field: str, old: Any, new: Any) -> dict[str, Any]:
    return {"entry_id": entry, "object_kind": kind, "object": object_, "field": field, "old": old, "new": new}


def record(write: Write, changes: Iterable[Mapping[str, Any]]) -> None:
    """Put changes into the log, all of one transaction at once."""
    rows = [dict(change) for change in changes]
    if rows:
        write.session.execute(insert(ChangeRow.__table__), rows)  # type: ignore[arg-type]


def set_change(added: Iterable[UUID] = (), removed: Iterable[UUID] = ()) -> dict[str, list[str]]:
    """What the log has as the new value of a set (tags, collections): what was added and what was taken away."""
    both = {"added": [str(each) for each in added], "removed": [str(each) for each in removed]}
    return {name: uuids for name, uuids in both.items() if uuids}
