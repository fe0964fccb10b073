"""What a field can be asked: conditions as values, each of one kind, that know nothing of any field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from keeproom.catalog.matching import How

Number: TypeAlias = "int | float"


@dataclass(frozen=True, slots=True)
class Missing:
    """`none`: there is no value."""


@dataclass(frozen=True, slots=True)
class Present:
    """`any`: there is a value."""


@dataclass(frozen=True, slots=True)
class Between:
    """A number within bounds, None where there is none; a bound itself counts unless it is open."""

    low: Number | None = None
    high: Number | None = None
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class Ago:
    """So much before now; months and years by the calendar."""

    amount: float
    unit: str


@dataclass(frozen=True, slots=True)
class StartOf:
    """The beginning of the day, week, month or year that was `back` ago; the next one's where it is -1."""

    unit: str
    back: int


Bound: TypeAlias = "datetime | Ago | StartOf"


@dataclass(frozen=True, slots=True)
class During:
    """A moment from `start`, and before `end`, by the clock on the wall; None where there is no bound."""

    start: Bound | None = None
    end: Bound | None = None

    def at(self, now: datetime) -> tuple[datetime | None, datetime | None]:
        """The bounds as they are now."""
        return moment_of(self.start, now), moment_of(self.end, now)


@dataclass(frozen=True, slots=True)
class Text:
    """A text that has what is wanted."""

    wanted: str
    how: How


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few known values."""

    name: str


@dataclass(frozen=True, slots=True)
class Near:
    """Not farther than so many metres from a point on the earth, in degrees."""

    latitude: float
    longitude: float
    metres: float


Condition: TypeAlias = "Missing | Present | Between | During | Text | Choice | Near"

_STEPS = {"s": timedelta(seconds=1), "min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def moment_of(bound: Bound | None, now: datetime) -> datetime | None:
    """A bound on the wall's clock; None where it lies before the first year or after the last."""
    try:
        if isinstance(bound, Ago):
            return _ago(bound, now)
        if isinstance(bound, StartOf):
            return start_of(bound.unit, bound.back, now)
    except OverflowError:
        return datetime.min if isinstance(bound, Ago) else None  # noqa: DTZ901 (a wall time)
    return bound


def _ago(bound: Ago, now: datetime) -> datetime:
    if bound.unit in _STEPS:
        return now - bound.amount * _STEPS[bound.unit]
    if bound.unit == "w":
        return now - timedelta(weeks=bound.amount)
    whole = int(bound.amount)
    months = whole * (12 if bound.unit == "y" else 1)
    rest = timedelta(days=(bound.amount - whole) * (365 if bound.unit == "y" else 30))
    return _months_before(now, months) - rest


def _months_before(at: datetime, months: int) -> datetime:
    """The same day of an earlier month, or its last one."""
    number = at.year * 12 + at.month - 1 - months
    if not 12 <= number < 12 * 10_000:
        raise OverflowError
    first = at.replace(year=number // 12, month=number % 12 + 1, day=1)
    return first + min(timedelta(days=at.day - 1), _after_month(first) - first - timedelta(days=1))


def _after_month(first: datetime) -> datetime:
    return (first + timedelta(days=31)).replace(day=1)


def start_of(unit: str, back: int, now: datetime) -> datetime:
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "day":
        return day - timedelta(days=back)
    if unit == "week":
        return day - timedelta(days=day.weekday() + 7 * back)
    first = day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)
    return _months_before(first, back * (1 if unit == "month" else 12))
