"""What the field knows of the search language: three questions, and what they answer.

The language itself is the library's, which is imported after the first paint; until then a text is a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from difflib import SequenceMatcher

    from keeproom.library.opening import Library
    from keeproom.library.search import SearchError


class Part(Protocol):
    """One of the things that all must hold: a word, a phrase, a field, or several in brackets or joined by `OR`. The
    `label` has no `-` where it is `negated`; `error` says what is wrong with it."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def negated(self) -> bool: ...
    @property
    def error(self) -> str | None: ...


class Suggestion(Protocol):
    """What can be put in: the `text` itself, how it is shown, and what there is to say about it."""

    @property
    def text(self) -> str: ...
    @property
    def shown(self) -> str: ...
    @property
    def detail(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Completions:
    """Suggestions for the part of a text from `start` to `end`."""

    start: int
    end: int
    items: Sequence[Suggestion]


NONE = Completions(0, 0, ())


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a query, where, and what could stand there."""

    start: int
    end: int
    message: str
    possible: tuple[str, ...] = ()

    def moved(self, by: int) -> Trouble:
        """The same, in a text with this many more characters before it."""
        return Trouble(self.start + by, self.end + by, self.message, self.possible)


@dataclass(frozen=True, slots=True)
class Language:
    """`parts` and `check` answer any text at once; `complete` asks the library and belongs in a thread."""

    parts: Callable[[str], Sequence[Part]]
    check: Callable[[str], Trouble | None]
    complete: Callable[[str, int], Completions]


def _no_parts(_text: str) -> Sequence[Part]:
    return ()


PLAIN = Language(_no_parts, lambda _text: None, lambda _text, _cursor: NONE)
"""Before a library is open."""


def language_of(library: Library) -> Language:
    """The language of a library; called in a thread, for what it imports takes time."""
    from keeproom.errors import ExpectedError
    from keeproom.library import search

    def check(text: str) -> Trouble | None:
        try:
            search.parse(text)
        except search.SearchError as error:
            return trouble_of(error, text)
        return None

    def complete(text: str, cursor: int) -> Completions:
        try:
            found = search.complete(library, text, cursor)
        except ExpectedError:  # of an unfinished text nothing is known; it is told where it is typed
            return NONE
        return Completions(found.start, found.end, found.items)

    return Language(search.parts, check, complete)


def trouble_of(error: SearchError, text: str) -> Trouble:
    """A refusal of the library of this query, as the field shows it: what is possible can be put where it is wrong."""
    from difflib import SequenceMatcher

    from keeproom.library.search import FIELDS

    wrong, possible = text[error.start : error.end], [str(each) for each in error.possible]
    if wrong.endswith(":") and set(possible) <= set(FIELDS):
        near = SequenceMatcher(b=wrong.lower())
        possible = [f"{each}:" for each in sorted(possible, key=lambda each: -_alike(near, each))]
    elif wrong.endswith(":"):
        possible = [wrong + each for each in possible]
    message = _LISTED.sub("", str(error)) if possible else str(error)
    return Trouble(error.start, error.end, message, tuple(possible))


_LISTED = re.compile(r" Possible are [^.]*\.")
"""Said in words for a terminal; the field has links."""


def _alike(near: SequenceMatcher[str], name: str) -> float:
    near.set_seq1(name)
    return near.ratio()
