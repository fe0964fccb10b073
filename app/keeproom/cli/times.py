"""Dates, durations and time zones as a person writes them behind an option."""

from __future__ import annotations

import argparse
import re

from keeproom.library.statements import parse_captured
from keeproom.model import CaptureTime

NONE = "none"

_DURATION = re.compile(r"([+-]?)([0-9]{1,9}):([0-5][0-9])(?::([0-5][0-9]))?")
_ZONE = re.compile(r"([+-])([0-9]{1,2}):?([0-5][0-9])?")
_SIGNED = re.compile(r"^-[0-9.]+(:[0-9]+)*$")


def take_negatives(parser: argparse.ArgumentParser) -> None:
    """Have a parser take `-01:00:00` and `-02:00` for values, as it takes `-1`, and not for options: argparse has no
    other way to say so."""
    parser._negative_number_matcher = _SIGNED


def captured(text: str) -> CaptureTime | None:
    """`2023-05-01T10:00:00+02:00`, without a zone, or a day alone; `none` for no date."""
    if text.lower() == NONE:
        return None
    try:
        return parse_captured(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no date; write one as in 2023-05-01T10:00:00+02:00, 2023-05-01T10:00:00, 2023-05-01, or none"
        ) from error


def duration(text: str) -> int:
    """Seconds of `±HH:MM:SS` or `±HH:MM`; days are hours here."""
    found = _DURATION.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no time to shift by; write it as in +01:00:00 or -00:30:00")
    sign, hours, minutes, seconds = found.groups(default="0")
    return (-1 if sign == "-" else 1) * (int(hours) * 3600 + int(minutes) * 60 + int(seconds))


def zone(text: str) -> int | None:
    """Minutes of `+02:00`, `-0930`, `Z`; `none` for a zone that is not known."""
    if text.lower() == NONE:
        return None
    if text.upper() == "Z":
        return 0
    found = _ZONE.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no time zone; write it as in +02:00, -09:30, Z, or none")
    sign, hours, minutes = found.groups(default="0")
    return (-1 if sign == "-" else 1) * (int(hours) * 60 + int(minutes))
