"""How a text answers what is wanted of it: one function, which every connection to a catalog has, and
which what is in memory is asked by too."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from keeproom.catalog.collation import folded
from keeproom.catalog.words import has_run, is_unspaced, words_of


class How(StrEnum):
    """How a text is compared, always without case; see `matches`."""

    WORDS = "words"
    PHRASE = "phrase"
    WHOLE = "whole"
    PATTERN = "pattern"
    WITHIN = "within"
    ANYWHERE = "anywhere"


@lru_cache(maxsize=100_000)
def matches(text: str | None, how: str, wanted: str) -> bool:
    """Whether a text answers; nothing answers where there is none. SQLite has it as a function. `how` is a `How`:

    words     each word of `wanted` begins a word of the text
    phrase    the words of `wanted` stand in it one behind the other
    whole     they are the same
    pattern   the whole text is like it, `*` for any letters and `?` for one
    within    it is this name of a hierarchy, or one below it
    anywhere  some names of the path are these, one behind the other
    """
    return text is not None and _WAYS[How(how)](text, wanted)


def _has_words(text: str, wanted: str) -> bool:
    words, each = words_of(text), words_of(wanted)
    if not each:
        return folded(wanted) in folded(text)
    if is_unspaced(wanted):
        return has_run(words, each, is_prefix=True)
    return all(any(word.startswith(one) for word in words) for one in each)


def _has_phrase(text: str, wanted: str) -> bool:
    each = words_of(wanted)
    return has_run(words_of(text), each, is_prefix=False) if each else folded(wanted) in folded(text)


def _is_whole(text: str, wanted: str) -> bool:
    return folded(text) == folded(wanted)


def _is_like(text: str, wanted: str) -> bool:
    return _pattern(wanted).fullmatch(folded(text)) is not None


@lru_cache(maxsize=256)
def _pattern(wanted: str) -> re.Pattern[str]:
    """Each part between two stars is taken where it comes first, and never again: a match takes no longer for many."""
    first, *others = (
        "".join("." if letter == "?" else re.escape(letter) for letter in part) for part in _STARS.split(folded(wanted))
    )
    inner = "".join(f"(?>.*?{part})" for part in others[:-1])
    return re.compile(first + inner + (f".*{others[-1]}" if others else ""), re.DOTALL)


_STARS = re.compile(r"\*+")


def _is_within(text: str, wanted: str) -> bool:
    top, name = folded(wanted).rstrip("/"), folded(text).rstrip("/")
    return name == top or name.startswith(f"{top}/")


def _is_anywhere(text: str, wanted: str) -> bool:
    return f"/{folded(wanted).strip('/')}/" in f"/{folded(text).strip('/')}/"


_WAYS: Mapping[How, Callable[[str, str], bool]] = {
    How.WORDS: _has_words,
    How.PHRASE: _has_phrase,
    How.WHOLE: _is_whole,
    How.PATTERN: _is_like,
    How.WITHIN: _is_within,
    How.ANYWHERE: _is_anywhere,
}


def text_answers(column: ColumnElement[Any], how: How, wanted: str) -> ColumnElement[bool]:
    """`matches` of a column, row by row."""
    answers: ColumnElement[bool] = func.matches(column, how.value, wanted) == 1
    return answers


def each_value(column: ColumnElement[Any]) -> Select[Any]:
    """Every value of a column once, in order, by steps through its index: quick where many rows have the same."""
    values = select(func.min(column).label("value")).where(column.is_not(None)).cte(recursive=True)
    following = select(func.min(column)).where(column > values.c.value).correlate(values).scalar_subquery()
    values = values.union_all(select(following).where(values.c.value.is_not(None)))
    return select(values.c.value).where(values.c.value.is_not(None))


def has_phrase(wanted: str, is_prefix: int, *texts: str) -> bool:
    """Whether in one of some texts the words of `wanted` stand one behind the other, the last one as a prefix if that
    is asked for. SQLite has it as a function, for the many texts that have all of the words somewhere."""
    each = words_of(wanted)
    together = "\0".join(texts)
    if together.isascii():
        together = together.lower()
        found = _plain_phrase(each, bool(is_prefix)).finditer(together)
        return any(not together[max(0, place.start() - 1) : place.start()].isalnum() for place in found)
    return any(has_run(words_of(text), each, is_prefix=bool(is_prefix)) for text in texts)


@lru_cache(maxsize=64)
def _plain_phrase(words: tuple[str, ...], is_prefix: bool) -> re.Pattern[str]:
    """What finds a phrase in texts of ASCII with small letters and NULs between, also behind the beginning of a longer
    word: it begins with letters, for then it takes a twentieth of the time."""
    end = "" if is_prefix else "(?![0-9a-z])"
    return re.compile("[^0-9a-z\0]+".join(map(re.escape, words)) + end)


def haversine(latitude: float | None, longitude: float | None, north: float, east: float) -> float | None:
    """`sin²(d / 2r)` of the distance between two points on a globe, in degrees. SQLite has it as a function."""
    if latitude is None or longitude is None:
        return None
    return (
        math.sin(math.radians(latitude - north) / 2) ** 2
        + math.cos(math.radians(latitude))
        * math.cos(math.radians(north))
        * math.sin(math.radians(longitude - east) / 2) ** 2
    )


FUNCTIONS: Mapping[str, Callable[..., Any]] = {"matches": matches, "has_phrase": has_phrase, "haversine": haversine}
"""What every connection to a catalog has beside the functions of SQLite; they give the same for the same."""
