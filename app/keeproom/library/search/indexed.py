"""Words, and fields of texts that the index of words has."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, and_, func, not_
from sqlalchemy.orm import Session

from keeproom.catalog.matching import How, text_answers
from keeproom.catalog.tables import AssetRow
from keeproom.catalog.words import (
    Beginnings,
    all_of,
    is_unspaced,
    literally,
    matching,
    one_word,
    with_phrase,
    words_of,
)
from keeproom.library.search.answers import Clause, InSqlAlone, Mask
from keeproom.library.search.conditions import Condition, Missing, Text
from keeproom.library.search.syntax import Word


def expression_of(word: Word) -> str | None:
    """What the index is asked for a word; None where the index alone cannot tell."""
    return None if needs_look(word) else _expression(words_of(word.text), is_prefix=not word.is_phrase)


def candidates_of(word: Word) -> str | None:
    """What the index is asked for a word whose texts are to be looked at; None where it knows nothing of it."""
    each = words_of(word.text)
    return _expression(each, is_prefix=not word.is_phrase) if each else None


def needs_look(word: Word) -> bool:
    """Whether the texts have to be looked at: the index knows no places, and nothing of signs."""
    count = len(words_of(word.text))
    return count == 0 or (count > 1 and (word.is_phrase or is_unspaced(word.text)))


def word_clause(word: Word, columns: tuple[str, ...] = ()) -> Clause:
    """A word in some columns of the index, or in any."""
    each = words_of(word.text)
    if not each:
        return AssetRow.id.in_(literally(word.text.strip(), columns))
    candidates = _expression(each, is_prefix=not word.is_phrase, columns=columns)
    if not needs_look(word):
        return AssetRow.id.in_(matching(candidates))
    return AssetRow.id.in_(with_phrase(candidates, word.text, is_prefix=not word.is_phrase, columns=columns))


def _expression(words: tuple[str, ...], *, is_prefix: bool, columns: tuple[str, ...] = ()) -> str:
    return all_of([one_word(word, is_prefix=is_prefix, columns=columns) for word in dict.fromkeys(words)])


@dataclass(frozen=True, slots=True)
class Indexed(InSqlAlone):
    """A text of an asset. `columns` of the index have all of its words; where they have others too, as the details
    have, the text itself `is_checked`."""

    column: ColumnElement[Any]
    columns: tuple[str, ...]
    is_checked: bool = False

    def clause(self, condition: Condition) -> Clause:
        is_there = func.coalesce(self.column, "") != ""
        if not isinstance(condition, Text):
            return not_(is_there) if isinstance(condition, Missing) else is_there
        if condition.how in (How.WORDS, How.PHRASE):
            return self._in_words(condition)
        return and_(self._narrowed(condition), self._checked(condition))

    def _in_words(self, condition: Text) -> Clause:
        if not words_of(condition.wanted):
            return func.instr(self.column, condition.wanted.strip()) > 0
        found = word_clause(Word(condition.wanted, condition.how is How.PHRASE), self.columns)
        return and_(found, self._checked(condition)) if self.is_checked else found

    def _checked(self, condition: Text) -> Clause:
        wanted = condition.wanted
        if condition.how is How.PATTERN and wanted.isascii():
            # SQLite's own LIKE knows the case of ASCII alone, and is many times quicker.
            like = wanted.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
            return self.column.like(like.replace("*", "%").replace("?", "_"), escape="\\")
        return text_answers(self.column, condition.how, wanted)

    def _narrowed(self, condition: Text) -> Clause:
        """Where the whole text is known, its words are asked for first."""
        words = words_of(condition.wanted)
        if condition.how is not How.WHOLE or not words:
            return self.column.is_not(None)
        return AssetRow.id.in_(matching(_expression(words, is_prefix=False, columns=self.columns)))


MOST_FOUND = 128
"""The answers to so many questions to the index are remembered; each is a bit an asset."""


@dataclass(frozen=True)
class Known:
    """What was asked of the index of words at one revision of a catalog: the words that begin with some letters, and
    which rows of the snapshot have a word, as bits."""

    revision: int
    beginnings: Beginnings = field(default_factory=dict)
    found: dict[Hashable, NDArray[np.uint8]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def mask(self, asked: Hashable, count: int, find: Callable[[], Mask]) -> Mask:
        """The rows that answer, of so many: a word is typed letter by letter, goes back a letter, and is asked for by
        the sidebar and the grid alike."""
        with self._lock:
            bits = self.found.pop(asked, None)
            if bits is not None:
                self.found[asked] = bits
        if bits is not None:
            return np.unpackbits(bits, count=count).view(np.bool_)
        mask = find()
        with self._lock:
            self.found[asked] = np.packbits(mask)
            while len(self.found) > MOST_FOUND:
                del self.found[next(iter(self.found))]
        return mask


_lock = threading.Lock()
_known: WeakKeyDictionary[Any, Known] = WeakKeyDictionary()


def known_at(session: Session, revision: int) -> Known:
    """What is known of the index at one revision of a catalog."""
    with _lock:
        engine = session.get_bind()
        known = _known.get(engine)
        if known is None or known.revision != revision:
            known = _known[engine] = Known(revision)
        return known
