"""Other dates and times for many assets: what each would become, as a table to look at before anything is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import select

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow
from keeproom.errors import UsageError
from keeproom.library.datednames import time_in_name
from keeproom.library.editing import Edit, require_assets
from keeproom.library.opening import Library
from keeproom.library.statements import FACTS, MOST_OFFSET_MINUTES
from keeproom.model import CaptureTime

NO_TIME_TO_SHIFT = "It has no date to shift."
NO_TIME_IN_ZONE = "It has no date that a time zone could belong to."
NO_MOMENT = "Its time zone is not known, so the moment is not either."
OUT_OF_RANGE = "That is not between the years 1 and 9999."
NO_DATE_IN_NAME = "There is no date in its name."


@dataclass(frozen=True, slots=True)
class SetTime:
    """One date and time for all; None for none."""

    time: CaptureTime | None


@dataclass(frozen=True, slots=True)
class Shift:
    """So many seconds later, or earlier where negative; the time zone stays."""

    seconds: int


@dataclass(frozen=True, slots=True)
class SetZone:
    """Another time zone, None for an unknown one. `keep` says what stays: the `wall` clock's time, as when the zone was
    missing or wrong, or the `moment`, as when the clock had not been set to the place."""

    offset_minutes: int | None
    keep: Literal["wall", "moment"] = "wall"


@dataclass(frozen=True, slots=True)
class FromName:
    """What the file's name says; the time zone stays as it was."""


TimeChange = SetTime | Shift | SetZone | FromName


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
    _check(change)
    made = _CHANGES[type(change)]
    chosen = list(dict.fromkeys(ids))
    name, captured = FACTS["name"], FACTS["captured"]
    columns = [getattr(AssetRow, column) for fact in (name, captured) for column in fact.columns]
    with library.catalog.read() as session:
        require_assets(session, chosen)
        rows = session.execute(select(AssetRow.id, *columns).where(AssetRow.id.in_(values_of(chosen)))).all()
    by_id = {row.id: _row(row.id, name.read(row), captured.read(row), made, change) for row in rows}
    return [by_id[id_] for id_ in chosen]


def edit_of(rows: Sequence[TimeRow]) -> Edit:
    """The edit that does what the rows say."""
    return Edit(each={"captured": {row.asset: row.after for row in rows if row.reason is None}})


class _ImpossibleError(Exception):
    """Nothing can be made of an asset; the text is the reason."""


def _row(asset: int, name: str, before: CaptureTime | None, made: Any, change: TimeChange) -> TimeRow:
    try:
        return TimeRow(asset, name, before, made(change, name, before), None)
    except OverflowError:
        return TimeRow(asset, name, before, before, OUT_OF_RANGE)
    except _ImpossibleError as reason:
        return TimeRow(asset, name, before, before, str(reason))


def _check(change: TimeChange) -> None:
    if isinstance(change, SetTime):
        FACTS["captured"].check(change.time)
    if isinstance(change, SetZone) and abs(change.offset_minutes or 0) > MOST_OFFSET_MINUTES:
        raise UsageError(f"The time zone {change.offset_minutes:+} minutes is not possible. Give -14:00 to +14:00.")


def _set(change: SetTime, _: str, __: CaptureTime | None) -> CaptureTime | None:
    return FACTS["captured"].check(change.time)  # type: ignore[no-any-return]


def _shift(change: Shift, _: str, before: CaptureTime | None) -> CaptureTime:
    if before is None:
        raise _ImpossibleError(NO_TIME_TO_SHIFT)
    return CaptureTime(before.wall + timedelta(seconds=change.seconds), before.offset_minutes)


def _set_zone(change: SetZone, _: str, before: CaptureTime | None) -> CaptureTime:
    if before is None:
        raise _ImpossibleError(NO_TIME_IN_ZONE)
    if change.keep == "wall" or change.offset_minutes is None:
        return CaptureTime(before.wall, change.offset_minutes)
    if before.offset_minutes is None:
        raise _ImpossibleError(NO_MOMENT)
    later = timedelta(minutes=change.offset_minutes - before.offset_minutes)
    return CaptureTime(before.wall + later, change.offset_minutes)


def _from_name(_: FromName, name: str, before: CaptureTime | None) -> CaptureTime:
    found = time_in_name(name)
    if found is None:
        raise _ImpossibleError(NO_DATE_IN_NAME)
    offset = before.offset_minutes if before else None
    if found.offset_minutes is None or offset is None:
        return CaptureTime(found.wall, offset if found.offset_minutes is None else found.offset_minutes)
    return CaptureTime(found.wall + timedelta(minutes=offset - found.offset_minutes), offset)


_CHANGES: Mapping[type[Any], Callable[..., CaptureTime | None]] = {
    SetTime: _set,
    Shift: _shift,
    SetZone: _set_zone,
    FromName: _from_name,
}
