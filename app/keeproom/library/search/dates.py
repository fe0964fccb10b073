"""How dates and ages are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from keeproom.library.search.conditions import Ago, Bound, Condition, During, StartOf
from keeproom.library.search.tokens import Value
from keeproom.library.search.values import wrong

_DATE = re.compile(
    r"([0-9]{4})(?:[-/.]?([0-9]{1,2})(?:[-/.]?([0-9]{1,2})(?:[T ]([0-9]{1,2})(?::([0-9]{2})(?::([0-9]{2}))?)?)?)?)?",
    re.I,
)
_AGE = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)\s*([a-z]+)", re.ASCII)
AGES: Mapping[str, str] = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), "s"),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("h", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "day", "days"), "d"),
    **dict.fromkeys(("w", "week", "weeks"), "w"),
    **dict.fromkeys(("mo", "month", "months"), "mo"),
    **dict.fromkeys(("y", "year", "years"), "y"),
}
_NAMED: Mapping[str, tuple[StartOf, StartOf]] = {
    "today": (StartOf("day", 0), StartOf("day", -1)),
    "yesterday": (StartOf("day", 1), StartOf("day", 0)),
    **{f"this-{unit}": (StartOf(unit, 0), StartOf(unit, -1)) for unit in ("week", "month", "year")},
    **{f"last-{unit}": (StartOf(unit, 1), StartOf(unit, 0)) for unit in ("week", "month", "year")},
}
NAMED_DATES = tuple(_NAMED)


@dataclass(frozen=True, slots=True)
class Dates:
    """Spans of time: `2023`, `2023-05`, `2023-05-14`, `2023-05-14T10:30`, `yesterday`, an age as `7d`, a range."""

    example: str

    @property
    def choices(self) -> tuple[str, ...]:
        return NAMED_DATES

    def read(self, field: str, value: Value) -> tuple[Condition, ...]:
        if age := _age(value.text):
            return (_aged(value.comparator, age),)
        low, between, high = value.text.partition("..")
        if between and not value.comparator:
            return (self._range(field, value, low, high),)
        start, end = self._span(field, value, value.text)
        return (_placed(value.comparator, start, end),)

    def _range(self, field: str, value: Value, low: str, high: str) -> During:
        if _age(low) or _age(high):
            return _of_ages(_age(low), _age(high))
        start = self._span(field, value, low)[0] if low else None
        end = self._span(field, value, high)[1] if high else None
        if start is None and end is None:
            raise wrong(field, value, f"has no date. Give a range as in {field}:2023-05..2023-07, one end or both.")
        if isinstance(start, datetime) and isinstance(end, datetime) and start >= end:
            raise wrong(field, value, "begins behind its end.")
        return During(start, end)

    def _span(self, field: str, value: Value, text: str) -> tuple[Bound, Bound | None]:
        named = _NAMED.get(text.strip().lower().replace(" ", "-").replace("_", "-"))
        if named is not None:
            return named
        span = _date_span(text.strip())
        if span is None:
            raise wrong(
                field,
                value,
                f"is no date. Give a year, a month or a day as in {field}:2023, {field}:2023-05 or {field}:2023-05-14,"
                f" an age as in {field}:<7d, or one of {', '.join(NAMED_DATES)}.",
                NAMED_DATES,
            )
        return span


def _age(text: str) -> Ago | None:
    found = _AGE.fullmatch(text.strip().lower())
    return Ago(float(found[1]), AGES[found[2]]) if found and found[2] in AGES else None


def _aged(comparator: str, age: Ago) -> During:
    """Less than an age ago, or more; an age alone is since then."""
    return During(None, age) if comparator in (">", ">=") else During(age, None)


def _of_ages(one: Ago | None, other: Ago | None) -> During:
    """From one age to another; the younger one is the end."""
    now = datetime(2000, 1, 1)  # noqa: DTZ001 (any: it is their difference that counts)
    ages = sorted((age for age in (one, other) if age), key=lambda age: During(age).at(now)[0] or now)
    if len(ages) == 2:
        return During(ages[0], ages[1])
    return During(ages[0], None) if one is None else During(None, ages[0])


def _date_span(text: str) -> tuple[datetime, datetime | None] | None:
    """From the first moment of a date to the first after it, which there is none of behind the last year."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    numbers = [int(part) for part in found.groups() if part is not None]
    try:
        start = datetime(*numbers, *(1,) * (3 - len(numbers)))  # type: ignore[arg-type]  # noqa: DTZ001 (a wall time)
    except ValueError:
        return None
    return start, _after(start, len(numbers))


_UNITS_OF_DATES = ("y", "mo", "d", "h", "min", "s")


def _after(start: datetime, precision: int) -> datetime | None:
    try:
        found = During(Ago(-1, _UNITS_OF_DATES[precision - 1])).at(start)[0]
    except (OverflowError, ValueError):
        return None
    return found if found is not None and found > start else None


def _placed(comparator: str, start: Bound, end: Bound | None) -> During:
    """Where a moment lies to a span: `>2023` is after all of that year."""
    if comparator == ">" and end is None:
        return During(datetime.max, datetime.max)  # noqa: DTZ901 (nothing is after the last year)
    return {
        "": During(start, end),
        "=": During(start, end),
        ">": During(end, None),
        ">=": During(start, None),
        "<": During(None, start),
        "<=": During(None, end),
    }[comparator]
