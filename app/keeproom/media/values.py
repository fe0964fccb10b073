"""Values of tags as exiftool's JSON has them, made into sensible texts and numbers: a file may hold anything."""

from __future__ import annotations

import re
from math import isfinite

LINE_CHARACTERS = 1_000
TEXT_CHARACTERS = 100_000
"""Where a title and a description are cut; nobody wrote more than that into a file."""

MOST_VALUES = 3_000
"""So many values of a list are looked at."""

_NUMBER_CHARACTERS = 20
_BINARY = re.compile(r"\(Binary data \d+ bytes, use -b option to extract\)")
_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_WIDEST = 4
"""A text is cut to so many times its length before it is looked at closely: most of what is cut off is space."""


class WrittenNumber(float):
    """A number that knows how it was written: a keyword `1.50` is a text that happens to look like one."""

    text: str

    @classmethod
    def of(cls, text: str) -> WrittenNumber:
        number = cls(text)
        number.text = text
        return number


def text_of(value: object, most: int = TEXT_CHARACTERS) -> str | None:
    """A text of several lines; None where there is none. EXIF's texts end at a NUL, whatever stands behind it."""
    written = _written(value)
    if written is None or _BINARY.fullmatch(written):
        return None
    kept = written[: most * _WIDEST].partition("\0")[0].replace("\r\n", "\n").replace("\r", "\n")
    whole = kept.encode("utf-8", "replace").decode()  # half a character is none
    return _CONTROL.sub("", whole).strip()[:most].rstrip() or None


def line_of(value: object, most: int = LINE_CHARACTERS) -> str | None:
    """A text in one line, without space that shows nothing; of several texts the first."""
    return next(iter(lines_of(value, most)), None)


def lines_of(value: object, most: int = LINE_CHARACTERS) -> list[str]:
    """The texts of a list, or the one that there is; lists in lists are none of them."""
    texts = (text_of(each, most) for each in (value[:MOST_VALUES] if isinstance(value, list) else [value]))
    return [line for text in texts if text and (line := _SPACE.sub(" ", text).strip())]


def number_of(value: object) -> float | None:
    """A finite number, or a text that is one."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value[:_NUMBER_CHARACTERS] if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None


def _written(value: object) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, WrittenNumber):
        return value.text
    return str(value) if isinstance(value, int | float) else None
