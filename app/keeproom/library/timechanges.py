"""Changes of a date and time: set, shifted, in another zone, or as the file's name says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from keeproom.errors import UsageError
from keeproom.library.datednames import time_in_name
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


class ImpossibleTimeError(Exception):
    """Nothing can be made of an asset; the text is the reason."""


def changed_time(change: TimeChange, name: str, before: CaptureTime | None) -> CaptureTime | None:
    """What becomes of the time of an asset of this name.

    Raises:
        ImpossibleTimeError: nothing can be made of it.
    """
    try:
        return _CHANGES[type(change)](change, name, before)
    except OverflowError as error:
        raise ImpossibleTimeError(OUT_OF_RANGE) from error


def check_change(change: TimeChange) -> None:
    """Raises UsageError: the time or the time zone is not possible."""
    if isinstance(change, SetTime):
        FACTS["captured"].check(change.time)
    if isinstance(change, SetZone) and abs(change.offset_minutes or 0) > MOST_OFFSET_MINUTES:
        raise UsageError(f"The time zone {change.offset_minutes:+} minutes is not possible. Give -14:00 to +14:00.")


def _set(change: SetTime, _: str, __: CaptureTime | None) -> CaptureTime | None:
    return FACTS["captured"].check(change.time)  # type: ignore[no-any-return]


def _shift(change: Shift, _: str, before: CaptureTime | None) -> CaptureTime:
    if before is None:
        raise ImpossibleTimeError(NO_TIME_TO_SHIFT)
    return CaptureTime(before.wall + timedelta(seconds=change.seconds), before.offset_minutes)


def _set_zone(change: SetZone, _: str, before: CaptureTime | None) -> CaptureTime:
    if before is None:
        raise ImpossibleTimeError(NO_TIME_IN_ZONE)
    if change.keep == "wall" or change.offset_minutes is None:
        return CaptureTime(before.wall, change.offset_minutes)
    if before.offset_minutes is None:
        raise ImpossibleTimeError(NO_MOMENT)
    later = timedelta(minutes=change.offset_minutes - before.offset_minutes)
    return CaptureTime(before.wall + later, change.offset_minutes)


def _from_name(_: FromName, name: str, before: CaptureTime | None) -> CaptureTime:
    found = time_in_name(name)
    if found is None:
        raise ImpossibleTimeError(NO_DATE_IN_NAME)
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
