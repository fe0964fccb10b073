"""How a text answers what is wanted of it: one function, for SQLite and for what is in memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from keeproom.catalog.collation import folded
from keeproom.catalog.words import has_run, is_unspaced, words_of
from keeproom.library.search.conditions import How


@lru_cache(maxsize=100_000)
def matches(text: str, how: str, wanted: str) -> bool:
    """Whether a text answers; `how` is a `How`.

    words     each word of `wanted` begins a word of the text
    phrase    the words of `wanted` stand in it one behind the other
    whole     they are the same
    pattern   the whole text is like it, `*` for any letters and `?` for one
    within    it is this name of a hierarchy, or one below it
    anywhere  some names of the path are these, one behind the other
    """
    return _WAYS[How(how)](text, wanted)


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
