"""Stacks: assets that are shown as one. The log has, with each asset, its stack and its place in it."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select, update

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, StackRow
from keeproom.catalog.uuid7 import uuid7
from keeproom.errors import UsageError
from keeproom.library.editing import Edited, require_assets
from keeproom.library.log import PAGE, Change, Entry
from keeproom.library.named import bury, next_id
from keeproom.library.opening import Library

_log = logging.getLogger(__name__)


def stack_assets(library: Library, ids: Sequence[int]) -> Edited:
    """Make one stack of assets, the first of them its cover. Stacks that they belong to go up in it whole, their
    members behind those that were named.

    Raises:
        UsageError: less than two assets.
        AssetNotFoundError: some id is unknown. Nothing was changed.
    """
    chosen = list(dict.fromkeys(ids))
    if len(chosen) < 2:
        raise UsageError("A group takes two items at least.")
    with library.catalog.write() as write:
        require_assets(write.session, chosen)
        entry = Entry(write, "stack")
        stacks = _Stacks(entry, chosen)
        named = set(chosen)
        stacks.pile([*chosen, *(asset for asset in stacks.members() if asset not in named)])
    _log.info("Stacked %s assets", len(chosen))
    return Edited(entry.begun, tuple(entry.changed))


def unstack(library: Library, ids: Sequence[int]) -> Edited:
    """Take the stacks apart that assets belong to; those that belong to none are left alone.

    Raises:
        AssetNotFoundError: some id is unknown. Nothing was changed.
    """
    with library.catalog.write() as write:
        require_assets(write.session, ids)
        entry = Entry(write, "unstack")
        stacks = _Stacks(entry, ids)
        stacks.take_out(stacks.members())
    return Edited(entry.begun, tuple(entry.changed))


def take_out(library: Library, ids: Sequence[int]) -> Edited:
    """Take assets out of their stacks; what is left alone in one is taken out as well.

    Raises:
        AssetNotFoundError: some id is unknown. Nothing was changed.
    """
    with library.catalog.write() as write:
        require_assets(write.session, ids)
        entry = Entry(write, "stack-out")
        _Stacks(entry, ids).take_out(ids)
    return Edited(entry.begun, tuple(entry.changed))


def make_cover(library: Library, asset_id: int) -> Edited:
    """Show a stack by this one of its members.

    Raises:
        AssetNotFoundError: there is no such asset.
        UsageError: it belongs to no stack.
    """
    with library.catalog.write() as write:
        require_assets(write.session, [asset_id])
        entry = Entry(write, "stack-cover")
        stacks = _Stacks(entry, [asset_id])
        if not stacks.members():
            raise UsageError(f"Asset {asset_id} belongs to no group.")
        stacks.pile([asset_id, *(asset for asset in stacks.members() if asset != asset_id)])
    return Edited(entry.begun, tuple(entry.changed))


Standing = tuple[int | None, int]
"""The stack of an asset and its place there; (None, 0) without one."""


class _Stacks:
    """Some assets, and all members of the stacks they belong to, in a transaction."""

    def __init__(self, entry: Entry, ids: Iterable[int]) -> None:
        self._entry = entry
        self._session = entry.write.session
        chosen = list(ids)
        theirs = select(AssetRow.stack_id).where(AssetRow.id.in_(values_of(chosen)), AssetRow.stack_id.is_not(None))
        query = select(AssetRow.id, AssetRow.uuid, AssetRow.stack_id, AssetRow.stack_place).order_by(
            AssetRow.stack_id, AssetRow.stack_place, AssetRow.id
        )
        rows = [
            *self._session.execute(query.where(AssetRow.id.in_(values_of(chosen)), AssetRow.stack_id.is_(None))),
            *self._session.execute(query.where(AssetRow.stack_id.in_(theirs))),
        ]
        self._rows = {row.id: row for row in rows}
        known = select(StackRow.id, StackRow.uuid).where(StackRow.id.in_(values_of(self._ids_of_stacks())))
        self._uuids: dict[int, UUID] = {row.id: row.uuid for row in self._session.execute(known)}

    def _ids_of_stacks(self) -> set[int]:
        return {row.stack_id for row in self._rows.values() if row.stack_id is not None}

    def members(self) -> list[int]:
        """All that belong to a stack, in the order of each."""
        return [row.id for row in self._rows.values() if row.stack_id is not None]

    def pile(self, order: Sequence[int]) -> None:
        """Make one stack of these, in this order. It is the one of the first that has one."""
        stack = next((row.stack_id for asset in order if (row := self._rows[asset]).stack_id is not None), None)
        stack = self._make() if stack is None else stack
        self._put({asset: (stack, place) for place, asset in enumerate(order)})

    def take_out(self, ids: Iterable[int]) -> None:
        """Take these out of their stacks, and with them the last that is left in one."""
        gone = {asset for asset in ids if self._rows[asset].stack_id is not None}
        left: dict[int, list[int]] = defaultdict(list)
        for row in self._rows.values():
            if row.stack_id is not None and row.id not in gone:
                left[row.stack_id].append(row.id)
        gone.update(members[0] for members in left.values() if len(members) == 1)
        self._put(dict.fromkeys(sorted(gone), (None, 0)))

    def _make(self) -> int:
        uuid, made = uuid7(self._entry.write.at), next_id(self._session, StackRow)
        values = {"id": made, "uuid": uuid, "revision": self._entry.write.revision}
        self._session.execute(insert(StackRow).values(values))
        self._uuids[made] = uuid
        self._entry.say("stack", [(uuid, "there", None, True)])
        return made

    def _put(self, wanted: Mapping[int, Standing]) -> None:
        moved = [asset for asset, standing in wanted.items() if _standing(self._rows[asset]) != standing]
        if not moved:
            return
        for start in range(0, len(moved), PAGE):
            page = moved[start : start + PAGE]
            changes: list[Change] = [
                (row.uuid, "stack", self._logged(_standing(row)), self._logged(wanted[row.id]))
                for row in (self._rows[asset] for asset in page)
            ]
            columns = {asset: {"stack_id": wanted[asset][0], "stack_place": wanted[asset][1]} for asset in page}
            self._entry.change_assets(changes, columns)
        self._sweep(wanted)

    def _sweep(self, wanted: Mapping[int, Standing]) -> None:
        """Stamp the stacks that are left, and delete those that nothing belongs to any more."""
        left = {wanted.get(row.id, _standing(row))[0] for row in self._rows.values()}
        gone = [stack for stack in self._ids_of_stacks() if stack not in left]
        stamped = update(StackRow).where(StackRow.id.in_(values_of(each for each in left if each is not None)))
        self._session.execute(stamped.values(revision=self._entry.write.revision))
        self._session.execute(delete(StackRow).where(StackRow.id.in_(values_of(gone))))
        bury(self._entry, "stack", gone)
        self._entry.say("stack", [(self._uuids[stack], "there", True, None) for stack in gone])

    def _logged(self, standing: Standing) -> dict[str, Any] | None:
        stack, place = standing
        return None if stack is None else {"stack": str(self._uuids[stack]), "place": place}


def _standing(row: Row[Any]) -> Standing:
    return row.stack_id, row.stack_place
