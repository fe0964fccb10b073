"""What a person states of an asset. A new fact is one row of `FACTS`: its columns, its check, its place in the log.

Values are as a person gives them and as `model.Asset` has them. The log holds JSON values; what was there when nobody
had stated anything is not in it, so each fact says what the absence means.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import ne
from typing import Any

from keeproom.catalog.collation import name_key
from keeproom.errors import UsageError
from keeproom.library.assets import capture_time
from keeproom.library.storable import shortened, storable
from keeproom.model import CaptureTime, Flag, Label

MOST_STARS = 5
MOST_OFFSET_MINUTES = 14 * 60
"""How far a wall clock can be from UTC: the zones in use reach from -12:00 to +14:00."""

Row = Any
"""A row that has the fact's columns as attributes."""


def _as_it_is(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact.

    `check` takes what a person gives, None or an empty text to clear it, and gives the value to keep; it raises a
    UsageError that names the value and what is possible. `put` gives the columns of a value, `read` the value of a row.
    `to_log` makes the JSON value, `from_log` takes it back, and `differs` tells of two of them, the table's and the
    log's, whether they say something else. `words` is the column of the search index that has it, where it is searched
    by words.
    """

    name: str
    columns: tuple[str, ...]
    check: Callable[[Any], Any]
    put: Callable[[Any], Mapping[str, Any]]
    read: Callable[[Row], Any]
    to_log: Callable[[Any], Any] = _as_it_is
    from_log: Callable[[Any], Any] = _as_it_is
    differs: Callable[[Any, Any], bool] = ne
    words: str | None = None

    def is_altered(self, row: Row, logged: Any) -> bool:
        """Whether a row says something else than the newest value in the log, None where there is none."""
        return self.differs(self.to_log(self.read(row)), logged)


def _plain(name: str, check: Callable[[Any], Any], *, empty: Any = None, words: str | None = None) -> Fact:
    """A fact that one column holds as it is; `empty` is what the column has where nothing is stated."""

    def from_log(value: Any) -> Any:
        return empty if value is None else value

    return Fact(
        name,
        (name,),
        check,
        put=lambda value: {name: value},
        read=lambda row: getattr(row, name),
        from_log=from_log,
        differs=lambda said, logged: bool(from_log(said) != from_log(logged)),
        words=words,
    )


def _text(name: str, words: str) -> Fact:
    def check(value: Any) -> str | None:
        return None if value is None else storable(f"The {name}", value) or None

    return _plain(name, check, words=words)


def _choice(name: str, possible: tuple[str, ...]) -> Fact:
    def check(value: Any) -> str | None:
        if value is None or value == "":
            return None
        if value not in possible:
            raise UsageError(f"There is no {name} {shortened(value)}. Possible are {', '.join(possible)}, and none.")
        return str(value)

    return _plain(name, check)


def _whole(name: str, most: int, unit: str) -> Fact:
    def check(value: Any) -> int:
        if value is None or value == "":
            return 0
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            raise UsageError(f"The {name} {shortened(value)} is not possible. Give 0 to {most}{unit}.")
        return value

    return _plain(name, check, empty=0)


def _check_name(value: Any) -> str:
    name = storable("The name", value or "")
    if not name:
        raise UsageError("A name may not be empty.")
    if "/" in name:
        raise UsageError(f"The name {shortened(name)} has a / in it, which no file can have.")
    return name


def _name_to_log(name: str) -> Any:
    """A name whose bytes are not UTF-8 is no text: the log has both what is shown and the bytes."""
    as_bytes = os.fsencode(name)
    text = as_bytes.decode("utf-8", "replace")
    return text if text.encode() == as_bytes else {"text": text, "bytes": as_bytes.hex()}


def _name_from_log(logged: Any) -> Any:
    return os.fsdecode(bytes.fromhex(logged["bytes"])) if isinstance(logged, dict) else logged


def _name_columns(name: str) -> Mapping[str, Any]:
    as_bytes = os.fsencode(name)
    text = as_bytes.decode("utf-8", "replace")
    return {"name": text, "name_key": name_key(text), "name_bytes": None if text.encode() == as_bytes else as_bytes}


def _read_name(row: Row) -> str:
    return row.name if row.name_bytes is None else os.fsdecode(row.name_bytes)


def _name_differs(said: Any, logged: Any) -> bool:
    """Older imports logged what is shown of a name, whatever its bytes are: that much is compared."""
    if isinstance(said, dict) and not isinstance(logged, dict):
        said = said["text"]
    return bool(said != logged)


def _check_captured(value: Any) -> CaptureTime | None:
    if value is None or value == "":
        return None
    if not isinstance(value, CaptureTime) or value.wall.tzinfo is not None:
        raise UsageError(f"The date {shortened(value)} is not possible. Give one as in 2023-05-01T10:00:00+02:00.")
    offset = value.offset_minutes
    if offset is not None and abs(offset) > MOST_OFFSET_MINUTES:
        raise UsageError(f"The time zone {offset:+} minutes is not possible. Give one from -14:00 to +14:00.")
    return CaptureTime(value.wall.replace(microsecond=0, fold=0), offset)


def _captured_columns(value: CaptureTime | None) -> Mapping[str, Any]:
    wall, offset = (value.wall, value.offset_minutes) if value else (None, None)
    return {"captured": wall, "captured_offset": offset}


def parse_captured(text: str) -> CaptureTime:
    """A capture time as `CaptureTime.isoformat` writes it, with `Z` for UTC, or a day, which is taken as its noon.

    Raises:
        ValueError: it is no such text.
    """
    moment = datetime.fromisoformat(text)
    if len(text) <= len("2023-05-01"):
        return CaptureTime(moment.replace(hour=12))
    offset = moment.utcoffset()
    minutes = None if offset is None else round(offset.total_seconds() / 60)
    return CaptureTime(moment.replace(tzinfo=None, microsecond=0), minutes)


FACTS: Mapping[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact(
            "name",
            ("name", "name_bytes", "name_key"),
            _check_name,
            put=_name_columns,
            read=_read_name,
            to_log=_name_to_log,
            from_log=_name_from_log,
            differs=_name_differs,
            words="name",
        ),
        _text("title", "title"),
        _text("description", "description"),
        _text("creator", "details"),
        _text("place", "details"),
        Fact(
            "captured",
            ("captured", "captured_offset"),
            _check_captured,
            put=_captured_columns,
            read=lambda row: capture_time(row.captured, row.captured_offset),
            to_log=lambda value: value.isoformat() if value else None,
            from_log=lambda logged: parse_captured(logged) if logged else None,
            words="dates",
        ),
        _whole("rotation", 3, " quarter turns clockwise"),
        _whole("rating", MOST_STARS, " stars"),
        _choice("label", tuple(Label)),
        _choice("flag", tuple(Flag)),
    )
}
"""Every fact of an asset but its tags, collections and stack, by its name."""
