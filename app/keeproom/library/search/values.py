"""How the values of fields are read, each sort with errors of its own. A sort is used by any number of fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from keeproom.catalog.matching import How
from keeproom.library.search.conditions import (
    Between,
    Choice,
    Condition,
    Missing,
    Near,
    Number,
    Present,
    Text,
)
from keeproom.library.search.errors import SearchError
from keeproom.library.search.tokens import Value

NONE, ANY = "none", "any"
_MAX = 2**63 - 1


class Sort(Protocol):
    """A sort of values. `choices` are what can be written, where these are few."""

    @property
    def choices(self) -> tuple[str, ...]: ...

    def read(self, field: str, value: Value) -> tuple[Condition, ...]:
        """What a value asks for: any of these.

        Raises:
            SearchError: the value is none of this sort.
        """
        ...


def wrong(field: str, value: Value, why: str, possible: Sequence[str] = ()) -> SearchError:
    """A value that cannot be read. `why` goes on after the value: `is no size. Give …`."""
    shown = value.comparator + value.text
    return SearchError(f"{field}:{shown:.60} {why}", value.start, value.end, tuple(possible))


def missing_value(field: str, example: str, start: int, end: int, possible: Sequence[str] = ()) -> SearchError:
    return SearchError(f"{field}: needs a value, as in {example}.", start, end, tuple(possible))


def read_special(value: Value) -> tuple[Condition, ...] | None:
    """`none` and `any`, which every field has that can lack a value; None for another value."""
    if value.is_quoted or value.comparator not in ("", "="):
        return None
    special: Mapping[str, tuple[Condition, ...]] = {NONE: (Missing(),), ANY: (Present(),)}
    return special.get(value.text.lower())


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers with a unit, compared and in ranges. Without a unit they are in the smallest.

    A number with a unit and no comparator means all that is rounded to it: `10MB` is what a list shows as 10 MB.
    """

    what: str
    example: str
    units: Mapping[str, float] = field(default_factory=dict, hash=False)
    low: Number | None = None
    high: Number | None = None
    whole: bool = True
    read_number: Callable[[str, Mapping[str, float]], tuple[float, float] | None] | None = field(
        default=None, hash=False
    )

    @property
    def choices(self) -> tuple[str, ...]:
        return ()

    def read(self, field: str, value: Value) -> tuple[Condition, ...]:
        low, between, high = value.text.partition("..")
        if between and not value.comparator:
            return (self._range(field, value, low, high),)
        number, half = self._number(field, value, value.text)
        return (_compared(value.comparator, number, half),)

    def _range(self, field: str, value: Value, low: str, high: str) -> Between:
        first = self._number(field, value, _with_unit_of(low, high))[0] if low else None
        last = self._number(field, value, high)[0] if high else None
        if first is None and last is None:
            raise wrong(field, value, f"has no {self.what}. Give a range as in {field}:1..5, with one end or both.")
        if first is not None and last is not None and first > last:
            raise wrong(field, value, "begins behind its end.")
        return Between(first, last)

    def _number(self, field: str, value: Value, text: str) -> tuple[Number, Number]:
        """The number, and how far to each side a value is rounded to it."""
        found = (self.read_number or _with_unit)(text.strip().lower(), self.units)
        if found is None:
            raise wrong(field, value, f"is no {self.what}. Give it as in {self.example}.")
        number, half = found
        if number > _MAX or (self.low is not None and number < self.low) or (self.high or number) < number:
            raise wrong(field, value, f"is out of reach: {self._reach()}.")
        if self.whole:
            return _whole(number), half
        return number, half

    def _reach(self) -> str:
        if self.low is not None and self.high is not None:
            return f"a {self.what} goes from {self.low} to {self.high}"
        return f"a {self.what} is {self.low or 0} or more, and not so large"


def _whole(number: float) -> Number:
    return int(number) if number == int(number) else number


_NUMBER = re.compile(r"([+-]?[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})\s*([a-zµ\"]*)", re.ASCII)


def _with_unit_of(low: str, high: str) -> str:
    """The lower end of a range; where it is the smaller figure and has no unit, that of the upper one is meant."""
    one, other = _NUMBER.fullmatch(low.strip().lower()), _NUMBER.fullmatch(high.strip().lower())
    if one is None or other is None or one[2] or float(one[1]) > float(other[1]):
        return low
    return one[1] + other[2]


def _with_unit(text: str, units: Mapping[str, float]) -> tuple[float, float] | None:
    found = _NUMBER.fullmatch(text)
    if found is None or (found[2] and found[2] not in units):
        return None
    factor = units.get(found[2], 1)
    digits = len(found[1].partition(".")[2])
    half = factor / 2 / 10**digits if found[2] and factor > 1 else 0
    if factor == 1 and not digits:
        return int(found[1]), half
    return float(found[1]) * factor, half


def _compared(comparator: str, number: Number, half: Number) -> Between:
    if comparator == "" and half:
        return Between(_whole(number - half), _whole(number + half), high_open=True)
    return {
        "": Between(number, number),
        "=": Between(number, number),
        ">": Between(number, None, low_open=True),
        ">=": Between(number, None),
        "<": Between(None, number, high_open=True),
        "<=": Between(None, number),
    }[comparator]


_CLOCK = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,4}):([0-9]{2}(?:\.[0-9]{1,6})?)", re.ASCII)
_LENGTHS = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?[a-z]+)+", re.ASCII)
_LENGTH = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)([a-z]+)", re.ASCII)


def read_duration(text: str, units: Mapping[str, float]) -> tuple[float, float] | None:
    """Seconds: `90`, `90s`, `1:30`, `1h30min`."""
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, seconds = clock.groups()
        return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds), 0.5
    if _LENGTHS.fullmatch(text):
        parts = _LENGTH.findall(text)
        if len(parts) > 1 and "".join(number + unit for number, unit in parts) == text:
            known = [(float(number), units.get(unit)) for number, unit in parts]
            if all(unit for _, unit in known):
                return sum(number * (unit or 0) for number, unit in known), 0.5
    found = _with_unit(text, units)
    return found and (found[0], found[1] or 0.5)


@dataclass(frozen=True, slots=True)
class Choices:
    """A few known values; `others` are further ways to write some of them."""

    values: tuple[str, ...]
    others: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def choices(self) -> tuple[str, ...]:
        return self.values

    def read(self, field: str, value: Value) -> tuple[Condition, ...]:
        text = value.text.lower()
        name = self.others.get(text, text)
        if name not in self.values or value.comparator not in ("", "="):
            raise wrong(field, value, f"is unknown. Possible are {', '.join(self.values)}.", self.values)
        return (Choice(name),)


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts: `bare` and `quoted` are how a value is compared that is written so, `=` in front means the whole.
    A name in a hierarchy is `anchored` where it begins with `/`; one that `is_name` has no space around its parts."""

    example: str
    bare: How = How.WORDS
    quoted: How = How.PHRASE
    exact: How = How.WHOLE
    anchored: How | None = None
    is_name: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        return ()

    def read(self, field: str, value: Value) -> tuple[Condition, ...]:
        if value.comparator not in ("", "="):
            raise wrong(field, value, f"has no order. Give a text as in {self.example}, or = for the whole.")
        if not value.text.strip():
            raise missing_value(field, self.example, value.start, value.end)
        text = "/".join(part.strip() for part in value.text.split("/")) if self.is_name else value.text
        return (Text(text, self._how(value)),)

    def _how(self, value: Value) -> How:
        if value.comparator:
            return self.exact
        if not value.is_quoted and ("*" in value.text or "?" in value.text):
            return How.PATTERN
        if self.anchored is not None and value.text.startswith("/"):
            return self.anchored
        return self.quoted if value.is_quoted else self.bare


@dataclass(frozen=True, slots=True)
class Halves:
    """Types of media as `image/jpeg`; one half alone stands for either."""

    example: str

    @property
    def choices(self) -> tuple[str, ...]:
        return ()

    def read(self, field: str, value: Value) -> tuple[Condition, ...]:
        (condition,) = Texts(self.example, How.WHOLE, How.WHOLE).read(field, value)
        if isinstance(condition, Text) and "/" not in condition.wanted and not value.is_quoted:
            return Text(f"{condition.wanted}/*", How.PATTERN), Text(f"*/{condition.wanted}", How.PATTERN)
        return (condition,)


@dataclass(frozen=True, slots=True)
class Extensions:
    """Endings of names, with or without the dot."""

    example: str

    @property
    def choices(self) -> tuple[str, ...]:
        return ()

    def read(self, field: str, value: Value) -> tuple[Condition, ...]:
        (condition,) = Texts(self.example, How.WHOLE, How.WHOLE).read(field, value)
        if isinstance(condition, Text):
            wanted = condition.wanted.removeprefix(".")
            if not wanted:
                raise missing_value(field, self.example, value.start, value.end)
            return (Text(wanted, condition.how),)
        return (condition,)


@dataclass(frozen=True, slots=True)
class Checksums:
    """The first digits of a checksum."""

    @property
    def choices(self) -> tuple[str, ...]:
        return ()

    def read(self, field: str, value: Value) -> tuple[Condition, ...]:
        if value.comparator not in ("", "=") or not re.fullmatch(r"[0-9a-fA-F]{1,64}", value.text):
            raise wrong(field, value, f"is no checksum. Give its first hexadecimal digits, as in {field}:ab12.")
        return (Text(value.text.lower(), How.WHOLE),)


_DISTANCE = {"m": 1.0, "km": 1_000.0, "mi": 1_609.344, "ft": 0.3048}
_DEFAULT_METRES = 1_000.0


@dataclass(frozen=True, slots=True)
class Points:
    """A point and a distance; the three values of one field, or one quoted value with commas in it."""

    example: str

    @property
    def choices(self) -> tuple[str, ...]:
        return ()

    def read(self, field: str, value: Value) -> tuple[Condition, ...]:
        latitude, longitude, *rest = [part.strip() for part in value.text.split(",")] + [""] * 2
        place = [_degrees(latitude, 90), _degrees(longitude, 180)]
        distance = next((part for part in rest if part), "")
        metres = _with_unit(distance.lower(), _DISTANCE) if distance else (_DEFAULT_METRES, 0.0)
        known = [degrees for degrees in place if degrees is not None]
        too_many = len([part for part in rest if part]) > 1
        if len(known) < 2 or metres is None or metres[0] < 0 or value.comparator or too_many:
            raise wrong(
                field,
                value,
                "is no place. Give latitude and longitude in degrees and a distance in km, m or mi,"
                f" as in {self.example}.",
            )
        return (Near(known[0], known[1], float(metres[0])),)


def _degrees(text: str, most: int) -> float | None:
    try:
        number = float(text) if re.fullmatch(r"[+-]?[0-9]{1,3}(\.[0-9]{1,20})?", text) else None
    except ValueError:
        return None
    return number if number is not None and abs(number) <= most else None
