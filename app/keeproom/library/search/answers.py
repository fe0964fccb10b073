"""How a field answers its conditions: from SQLite, and from the columns in memory where these are there.

Every answer has three sides: `clause` is SQL over `AssetRow` joined with `BlobRow`, in which NULL is no; `mask` is the
same of each row of a snapshot; and `needs` are the columns or pairs of a snapshot that the mask is made from.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import BigInteger, ColumnElement, String, and_, false, func, not_, type_coerce

from keeproom.catalog.matching import How, each_value, matches, text_answers
from keeproom.catalog.packing import NO_DATE
from keeproom.catalog.tables import AssetRow, BlobRow
from keeproom.catalog.types import to_microseconds
from keeproom.library.search.conditions import (
    Between,
    Choice,
    Condition,
    During,
    Missing,
    Near,
    Number,
    Present,
    Text,
)
from keeproom.library.snapshot import Snapshot

Clause: TypeAlias = ColumnElement[bool]
Mask: TypeAlias = NDArray[np.bool_]


class Answer(Protocol):
    """What a field has in its row of the table."""

    def needs(self, condition: Condition, /) -> frozenset[str] | None:
        """What a snapshot must have for `mask` to answer a condition; None where only SQL does."""
        ...

    def clause(self, condition: Condition, /) -> Clause: ...

    def mask(self, snapshot: Snapshot, condition: Condition, /) -> Mask: ...


def _bounded(value: Any, low: Any, high: Any, between: Between) -> list[Any]:
    """The comparisons of a value with bounds, of a column of SQL or of numpy alike."""
    parts = []
    if low is not None:
        parts.append(value > low if between.low_open else value >= low)
    if high is not None:
        parts.append(value < high if between.high_open else value <= high)
    return parts


@dataclass(frozen=True, slots=True)
class Figures:
    """A column of numbers. `name` is the snapshot's; its unit is `scale` times finer than the one that conditions have.
    `missing` is what the snapshot has for no value; `blank` a value that says there is none, as no stars do."""

    column: ColumnElement[Any]
    name: str
    scale: int = 1
    missing: int | None = None
    blank: int | None = None

    def needs(self, _: Condition) -> frozenset[str]:
        return frozenset({self.name})

    def clause(self, condition: Condition) -> Clause:
        if isinstance(condition, Missing):
            return self.column.is_(None) if self.blank is None else self.column == self.blank
        if isinstance(condition, Present):
            return self.column.is_not(None) if self.blank is None else self.column != self.blank
        assert isinstance(condition, Between)
        return and_(self.column.is_not(None), *_bounded(self.column, *self._bounds(condition), condition))

    def mask(self, snapshot: Snapshot, condition: Condition) -> Mask:
        values = snapshot.columns[self.name]
        if isinstance(condition, Missing | Present):
            none = self.missing if self.blank is None else self.blank
            is_missing: Mask = snapshot.any_of(False) if none is None else values == none
            return is_missing if isinstance(condition, Missing) else ~is_missing
        assert isinstance(condition, Between)
        chosen = snapshot.any_of(True) if self.missing is None else values != self.missing
        for part in _bounded(values, *self._bounds(condition), condition):
            chosen &= part
        return chosen

    def _bounds(self, between: Between) -> tuple[Number | None, Number | None]:
        return _scaled(between.low, self.scale), _scaled(between.high, self.scale)


_MOST = 2**63 - 1


def _scaled(bound: Number | None, scale: int) -> Number | None:
    """A bound in the unit of a column; no column has a number beyond what SQLite can count to."""
    if bound is None:
        return None
    scaled = bound if scale == 1 else round(bound * scale)
    return max(-_MOST, min(scaled, _MOST))


@dataclass(frozen=True, slots=True)
class WallMoments:
    """A column of wall times, kept as text in SQLite and as seconds in the snapshot."""

    column: ColumnElement[Any]
    name: str

    def needs(self, _: Condition) -> frozenset[str]:
        return frozenset({self.name})

    def clause(self, condition: Condition) -> Clause:
        if isinstance(condition, Missing):
            return self.column.is_(None)
        if isinstance(condition, Present):
            return self.column.is_not(None)
        assert isinstance(condition, During)
        start, end = condition.at(_now())
        kept = type_coerce(self.column, String)
        bounds = _bounded(kept, _wall_text(start), _wall_text(end), _HALF_OPEN)
        return and_(self.column.is_not(None), *bounds)

    def mask(self, snapshot: Snapshot, condition: Condition) -> Mask:
        values = snapshot.columns[self.name]
        known: Mask = values != NO_DATE
        if isinstance(condition, Missing):
            return ~known
        if isinstance(condition, Present):
            return known
        assert isinstance(condition, During)
        start, end = condition.at(_now())
        for part in _bounded(values, _wall_seconds(start), _wall_seconds(end), _HALF_OPEN):
            known &= part
        return known


_HALF_OPEN = Between(high_open=True)
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 (a wall time)


def _now() -> datetime:
    """What the clock on the wall shows."""
    return datetime.now()  # noqa: DTZ005


def _whole_second(at: datetime) -> datetime:
    """The first whole second that is not before."""
    if not at.microsecond:
        return at
    return min(at, datetime.max - timedelta(seconds=1)).replace(microsecond=0) + timedelta(seconds=1)  # noqa: DTZ901


def _wall_text(at: datetime | None) -> str | None:
    return None if at is None else _whole_second(at).isoformat(timespec="seconds")


def _wall_seconds(at: datetime | None) -> int | None:
    return None if at is None else (_whole_second(at) - _EPOCH) // timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Moments:
    """A column of moments, microseconds since 1970; conditions are of the clock on the wall here."""

    column: ColumnElement[Any]
    name: str

    def needs(self, _: Condition) -> frozenset[str]:
        return frozenset({self.name})

    def clause(self, condition: Condition) -> Clause:
        bounds = self._bounds(condition)
        return and_(True, *_bounded(type_coerce(self.column, BigInteger), *bounds, _HALF_OPEN))

    def mask(self, snapshot: Snapshot, condition: Condition) -> Mask:
        chosen = snapshot.any_of(True)
        for part in _bounded(snapshot.columns[self.name], *self._bounds(condition), _HALF_OPEN):
            chosen &= part
        return chosen

    def _bounds(self, condition: Condition) -> tuple[int | None, int | None]:
        assert isinstance(condition, During)
        start, end = condition.at(_now())
        return _microseconds(start), _microseconds(end)


def _microseconds(wall: datetime | None) -> int | None:
    if wall is None:
        return None
    if not 2 < wall.year < 9998:  # where a zone would lead out of the calendar
        return to_microseconds(wall.replace(tzinfo=UTC))
    return to_microseconds(wall.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class Codes:
    """A column of a few known texts, which the snapshot has as their places in `values`; the first may be none."""

    column: ColumnElement[Any]
    name: str
    values: tuple[str, ...]

    def needs(self, _: Condition) -> frozenset[str]:
        return frozenset({self.name})

    def clause(self, condition: Condition) -> Clause:
        if isinstance(condition, Choice):
            return self.column == condition.name
        is_known = func.coalesce(self.column.in_([value for value in self.values if value]), false())
        return not_(is_known) if isinstance(condition, Missing) else is_known

    def mask(self, snapshot: Snapshot, condition: Condition) -> Mask:
        values = snapshot.columns[self.name]
        if isinstance(condition, Choice):
            chosen: Mask = values == self.values.index(condition.name)
            return chosen
        is_missing: Mask = values == 0
        return is_missing if isinstance(condition, Missing) else ~is_missing


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A column of texts of which many assets have the same; `indexed` says that an index of SQLite has them."""

    column: ColumnElement[Any]
    name: str
    indexed: bool = False

    def needs(self, _: Condition) -> frozenset[str]:
        return frozenset({self.name})

    def clause(self, condition: Condition) -> Clause:
        is_there = func.coalesce(self.column, "") != ""
        if not isinstance(condition, Text):
            return not_(is_there) if isinstance(condition, Missing) else is_there
        if not self.indexed:
            return and_(is_there, text_answers(self.column, condition.how, condition.wanted))
        values = each_value(self.column).subquery()
        answering = values.select().where(text_answers(values.c.value, condition.how, condition.wanted))
        return and_(is_there, self.column.in_(answering))

    def mask(self, snapshot: Snapshot, condition: Condition) -> Mask:
        codes = snapshot.columns[self.name]
        if not isinstance(condition, Text):
            is_missing: Mask = codes == 0
            return is_missing if isinstance(condition, Missing) else ~is_missing
        how, wanted = condition.how, condition.wanted
        texts = snapshot.vocabularies[self.name]
        answering = [text != "" and matches(text, how, wanted) for text in texts]
        return np.array(answering, dtype=np.bool_)[codes]


@dataclass(frozen=True, slots=True)
class Endings(Vocabulary):
    """The endings of names. One that is given as a whole is looked for by SQLite's own LIKE, which is quicker."""

    def clause(self, condition: Condition) -> Clause:
        if isinstance(condition, Text) and condition.how is How.WHOLE and condition.wanted.isascii():
            wanted = condition.wanted
            return false() if "." in wanted else AssetRow.name.iendswith(f".{wanted}", autoescape=True)
        return super(Endings, self).clause(condition)


class InSqlAlone:
    """An answer that no column in memory gives."""

    __slots__ = ()

    def needs(self, _: Condition) -> frozenset[str] | None:
        return None

    def mask(self, _: Snapshot, __: Condition) -> Mask:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Beginnings(InSqlAlone):
    """A column of ASCII texts that is asked for by how they begin."""

    column: ColumnElement[Any]

    def clause(self, condition: Condition) -> Clause:
        assert isinstance(condition, Text)
        wanted = condition.wanted
        return and_(self.column >= wanted, self.column < wanted + "\x7f")


@dataclass(frozen=True, slots=True)
class Positions:
    """Where on the earth."""

    def needs(self, _: Condition) -> frozenset[str]:
        return frozenset({"latitude", "longitude"})

    def clause(self, condition: Condition) -> Clause:
        latitude, longitude = BlobRow.latitude, BlobRow.longitude
        is_known = and_(latitude.is_not(None), longitude.is_not(None))
        if not isinstance(condition, Near):
            return not_(is_known) if isinstance(condition, Missing) else is_known
        half = func.haversine(latitude, longitude, condition.latitude, condition.longitude)
        return and_(is_known, half <= _half_of(condition.metres))

    def mask(self, snapshot: Snapshot, condition: Condition) -> Mask:
        latitude, longitude = snapshot.columns["latitude"], snapshot.columns["longitude"]
        is_known: Mask = ~(np.isnan(latitude) | np.isnan(longitude))
        if not isinstance(condition, Near):
            return ~is_known if isinstance(condition, Missing) else is_known
        rows = np.flatnonzero(is_known)
        north, east = latitude[rows], longitude[rows]
        half = np.sin(np.radians(north - condition.latitude) / 2) ** 2 + np.cos(np.radians(north)) * math.cos(
            math.radians(condition.latitude)
        ) * (np.sin(np.radians(east - condition.longitude) / 2) ** 2)
        chosen = snapshot.any_of(False)
        chosen[rows[half <= _half_of(condition.metres)]] = True
        return chosen


_EARTH_M = 6_371_008.8
"""The mean radius of the earth in metres (IUGG)."""


def _half_of(metres: float) -> float:
    """The haversine of a distance on the earth: `sin²(d / 2r)`."""
    return math.sin(min(metres / _EARTH_M / 2, math.pi / 2)) ** 2 + 1e-15


@dataclass(frozen=True, slots=True)
class State:
    """One thing that can be said of an asset."""

    clause: Callable[[], Clause]
    help: str
    mask: Callable[[Snapshot], Mask] | None = None
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class States:
    """A table of things that can be said of an asset, by name."""

    table: Mapping[str, State]

    def needs(self, condition: Condition) -> frozenset[str] | None:
        assert isinstance(condition, Choice)
        state = self.table[condition.name]
        return None if state.mask is None else state.needs

    def clause(self, condition: Condition) -> Clause:
        assert isinstance(condition, Choice)
        return self.table[condition.name].clause()

    def mask(self, snapshot: Snapshot, condition: Condition) -> Mask:
        assert isinstance(condition, Choice)
        made = self.table[condition.name].mask
        assert made is not None
        return made(snapshot)
