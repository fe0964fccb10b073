"""The trash: it hides assets until they are restored; bytes, tags, collections and versions stay."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow
from keeproom.library.editing import Edited, require_assets
from keeproom.library.log import PAGE, Entry, Progress, no_progress
from keeproom.library.opening import Library

_log = logging.getLogger(__name__)


def trash_assets(library: Library, ids: Sequence[int], *, progress: Progress = no_progress) -> Edited:
    """Hide assets until they are restored. All or nothing, and idempotent: what is in the trash keeps its date.

    Raises:
        AssetNotFoundError: some id is unknown; nothing was changed.
    """
    return _move(library, ids, "trash", progress, to_trash=True)


def restore_assets(library: Library, ids: Sequence[int], *, progress: Progress = no_progress) -> Edited:
    """Bring assets back as they were. All or nothing, and idempotent: what is not in the trash is left alone.

    Raises:
        AssetNotFoundError: some id is unknown; nothing was changed.
    """
    return _move(library, ids, "restore", progress, to_trash=False)


def logged_moment(at: datetime | None) -> str | None:
    """A moment as the log has it: ISO 8601 in UTC, to the microsecond."""
    return None if at is None else at.isoformat(timespec="microseconds")


def _move(library: Library, ids: Sequence[int], action: str, progress: Progress, *, to_trash: bool) -> Edited:
    chosen = list(dict.fromkeys(ids))
    with library.catalog.write() as write:
        require_assets(write.session, chosen)
        entry = Entry(write, action)
        chosen.sort()  # as they lie on the disk
        for start in range(0, len(chosen), PAGE):
            _move_page(entry, chosen[start : start + PAGE], write.at if to_trash else None)
            progress(min(start + PAGE, len(chosen)), len(chosen))
    _log.info("%s: %s assets", action, len(entry.changed))
    return Edited(entry.begun, tuple(entry.changed))


def _move_page(entry: Entry, ids: Sequence[int], trashed_at: datetime | None) -> None:
    session = entry.write.session
    is_elsewhere: Any = AssetRow.trashed_at.is_(None) if trashed_at else AssetRow.trashed_at.is_not(None)
    query = select(AssetRow.id, AssetRow.uuid, AssetRow.trashed_at)
    rows = session.execute(query.where(AssetRow.id.in_(values_of(ids)), is_elsewhere)).all()
    changes = [(row.uuid, "trashed", logged_moment(row.trashed_at), logged_moment(trashed_at)) for row in rows]
    entry.change_assets(changes, {row.id: {"trashed_at": trashed_at} for row in rows})
    _stamp_groups(entry, [row.id for row in rows])


def _stamp_groups(entry: Entry, ids: Sequence[int]) -> None:
    """The other members of the groups of these have become more or fewer: who shows them must read them again."""
    groups = select(AssetRow.stack_id).where(AssetRow.id.in_(values_of(ids)), AssetRow.stack_id.is_not(None))
    found = {group for group in entry.write.session.scalars(groups) if group is not None}
    if found:
        members = update(AssetRow).where(AssetRow.stack_id.in_(values_of(found)))
        entry.write.session.execute(members.values(revision=entry.write.revision))
