"""Other dates and times for many assets: what each would become, as a table to look at before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow
from keeproom.library.editing import Edit, require_assets
from keeproom.library.opening import Library
from keeproom.library.statements import FACTS
from keeproom.library.timechanges import (
    FromName,
    ImpossibleTimeError,
    SetTime,
    SetZone,
    Shift,
    TimeChange,
    changed_time,
    check_change,
)
from keeproom.model import CaptureTime

__all__ = ["FromName", "SetTime", "SetZone", "Shift", "TimeChange", "TimeRow", "edit_of", "plan_times"]


@dataclass(frozen=True, slots=True)
class TimeRow:
    """What a change makes of one asset. With a `reason` nothing can be made of it, and `after` is `before`."""

    asset: int
    name: str
    before: CaptureTime | None
    after: CaptureTime | None
    reason: str | None


def plan_times(library: Library, ids: Sequence[int], change: TimeChange) -> list[TimeRow]:
    """A row for each asset, in the order given; nothing is changed.

    Raises:
        AssetNotFoundError: some id is unknown.
        UsageError: the time or the time zone is not possible.
    """
    check_change(change)
    chosen = list(dict.fromkeys(ids))
    name, captured = FACTS["name"], FACTS["captured"]
    columns = [getattr(AssetRow, column) for fact in (name, captured) for column in fact.columns]
    with library.catalog.read() as session:
        require_assets(session, chosen)
        rows = session.execute(select(AssetRow.id, *columns).where(AssetRow.id.in_(values_of(chosen)))).all()
    by_id = {row.id: _row(row.id, name.read(row), captured.read(row), change) for row in rows}
    return [by_id[id_] for id_ in chosen]


def edit_of(rows: Sequence[TimeRow]) -> Edit:
    """The edit that does what the rows say. What it does to assets that have changed since is to set the time that was
    shown; `Edit(retime=…)` changes the time that they have by then."""
    return Edit(each={"captured": {row.asset: row.after for row in rows if row.reason is None}})


def _row(asset: int, name: str, before: CaptureTime | None, change: TimeChange) -> TimeRow:
    try:
        return TimeRow(asset, name, before, changed_time(change, name, before), None)
    except ImpossibleTimeError as error:
        return TimeRow(asset, name, before, before, str(error))
