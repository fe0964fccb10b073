"""All words of a library that could be a near spelling of another: read once, and followed from then on."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from keeproom.catalog.pairs import names_after
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetTextRow, StateRow
from keeproom.catalog.words import COLUMNS, vocabulary, words_of
from keeproom.library.opening import Library
from keeproom.library.revisions import read_changes

MANY_CHANGES = 2_000
"""Beyond so many changed assets all words are read anew."""


class KnownWords:
    """The words at one revision, and some that were there once: whoever takes one looks whether anything has it."""

    def __init__(self, state: tuple[int, int], words: Iterable[str]) -> None:
        self.state = state
        self.words = [word for word in words if allowed(word)]
        self._all = set(self.words)

    def follow(self, state: tuple[int, int], words: Iterable[str]) -> None:
        new = {word for word in words if allowed(word)} - self._all
        self.words = [*self.words, *sorted(new)]
        self._all |= new
        self.state = state

    def forget(self, words: Iterable[str]) -> None:
        """Nothing has these any more."""
        self._all -= {*words}
        self.words = [word for word in self.words if word in self._all]


def allowed(word: str) -> int:
    """How many letters may be wrong, missing, too many or exchanged."""
    if any(letter.isdigit() for letter in word):
        return 0
    return (0, 0, 0, 1, 1, 1, 2, 2, 2, 2)[len(word)] if len(word) < 10 else 3


_lock = threading.Lock()
_kept: WeakKeyDictionary[Library, KnownWords] = WeakKeyDictionary()


def known_words(library: Library, session: Session) -> KnownWords:
    """The words of a library. Reading all of them takes a second where it is large; what came later is read alone."""
    revision, version = session.execute(select(StateRow.revision, StateRow.words_version)).one()
    with _lock:
        known = _kept.get(library)
        if known is not None and known.state == (revision, version):
            return known
        if known is None or (news := _news(session, known, revision, version)) is None:
            known = _kept[library] = KnownWords((revision, version), (word for word, _ in vocabulary(session)))
        else:
            known.follow((revision, version), news)
        return known


def read_words(library: Library) -> None:
    """Read the words of a library before anybody asks for them."""
    with library.catalog.read() as session:
        known_words(library, session)


def _news(session: Session, known: KnownWords, revision: int, version: int) -> Iterator[str] | None:
    """The words of what came or changed since they were read; None where that is too much.

    A tag that is renamed gives its words to assets that are not stamped.
    """
    before, recipe = known.state
    if recipe != version or revision < before:
        return None
    changed = read_changes(session, before).changed
    if len(changed) > MANY_CHANGES:
        return None
    texts = [text for row in session.execute(_texts_of(changed)) for text in row]
    texts += [row.name for row in names_after(session, "tag", before)]
    return (word for text in texts for word in words_of(text))


def _texts_of(ids: Iterable[int]) -> Select[Any]:
    chosen = (getattr(AssetTextRow, name) for name in COLUMNS)
    return select(*chosen).where(AssetTextRow.asset_id.in_(values_of(ids)))
