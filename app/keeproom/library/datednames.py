"""Dates and times that programs and phones write into the names of files.

Known forms: `IMG_20230514_100203`, `20230514100203`, `PXL_20230514_100203123`, `2023-05-14 10.02.03`,
`Screenshot_2023-05-14-10-02-03`, `Screenshot 2023-05-14 at 3.04.05 PM`, `IMG-20230514-WA0001`, `2023_05_14`. A day
without a time is taken as its noon, which stays the same day in most time zones. A time needs its seconds: two pairs of
digits behind a day are a counter as often.
"""

from __future__ import annotations

import re
from datetime import datetime

from keeproom.model import CaptureTime

NOON = 12

_DAY = r"(?P<year>1[89][0-9]{2}|20[0-9]{2})(?P<s>[-._: ]?)(?P<month>[0-9]{2})(?P=s)(?P<day>[0-9]{2})"
_CLOCK = r"(?P<hour>[0-9]{1,2})(?P<t>[-._: ]?)(?P<minute>[0-5][0-9])(?P=t)(?P<second>[0-5][0-9])"
_BEHIND = r"[0-9]{0,3}(?![0-9])(?:\s?(?P<half>[ap])\.?m\b)?"
_DATED = re.compile(rf"(?<![0-9]){_DAY}(?:(?:[-._ T]|\sat\s)*{_CLOCK}{_BEHIND}|(?![0-9]))", re.IGNORECASE)

_IN_UTC = ("PXL_",)
"""How names begin whose time is that of UTC: the phones of one maker name their files so."""


def time_in_name(name: str) -> CaptureTime | None:
    """What a file's name says of when it was taken; with an offset of 0 where the name is known to be in UTC."""
    for found in _DATED.finditer(name):
        try:
            wall = _wall(found)
        except ValueError:  # a 31st of June, or an hour 25
            continue
        return CaptureTime(wall, 0 if name.upper().startswith(_IN_UTC) and found["hour"] else None)
    return None


def _wall(found: re.Match[str]) -> datetime:
    year, month, day = (int(found[part]) for part in ("year", "month", "day"))
    if found["hour"] is None:
        return datetime(year, month, day, NOON)  # noqa: DTZ001 (a wall time)
    hour, minute, second = (int(found[part]) for part in ("hour", "minute", "second"))
    return datetime(year, month, day, _hour(hour, found["half"]), minute, second)  # noqa: DTZ001


def _hour(hour: int, half: str | None) -> int:
    """Of a clock with 24 hours."""
    return hour if half is None else hour % 12 + (12 if half in "pP" else 0)
