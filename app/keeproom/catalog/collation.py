"""How names are compared and put in order: the same in Python, in SQLite's indexes and in the column snapshot."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = re.compile(r"[0-9]+")
_LONGEST_LENGTH = 99


def folded(text: str) -> str:
    """A text as tags and collections are compared: without case, and with characters written in one way."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def name_key(name: str) -> str:
    """What stands in an index so that names come in natural order: `IMG_2` before `IMG_10`, without case.

    Each number is led by its length in two digits (numbers of 99 digits and more share one), so that comparing the
    keys as texts compares the numbers. Names that differ have the same key only where they differ in case or in
    leading zeros.
    """
    return _DIGITS.sub(_number_key, folded(name))


def _number_key(found: re.Match[str]) -> str:
    digits = found.group().lstrip("0")
    return f"{min(len(digits), _LONGEST_LENGTH):02}{digits}"
