"""Near spellings: words that nothing matches are tried as the nearest ones that are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import select
from sqlalchemy.orm import Session

from keeproom.catalog.collation import folded
from keeproom.catalog.matching import each_value, matches
from keeproom.catalog.tables import BlobRow, CollectionRow, TagRow
from keeproom.catalog.words import is_unspaced, matches_anything, one_word, words_beginning, words_of
from keeproom.library.opening import Library
from keeproom.library.search.conditions import Text
from keeproom.library.search.knownwords import allowed, known_words
from keeproom.library.search.parsing import make_term
from keeproom.library.search.syntax import Node, Not, Query, Term, Word
from keeproom.library.search.tokens import Sign, Token, Value
from keeproom.library.search.writing import quoted


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that nothing matches, and the one that was looked for in its place."""

    word: str
    instead: str


Corrected = tuple[Query, tuple[Correction, ...]]

MOST_WORDS = 20
"""Of a query with more words than that none is corrected: it was not typed."""
_KEPT_TIES = 20


def corrected(library: Library, query: Query) -> Corrected:
    """The query with near spellings for words, tags, collections, cameras and lenses that nothing matches; the same
    query where there are none, or none is near.

    What is excluded stays as it is. Reading all words of the library takes a second where it is large (`known_words`).
    """
    if query.root is None:
        return query, ()
    with library.catalog.read() as session:
        correcting = _Correcting(session, library)
        root = correcting.node(query.root)
    return (Query(root), tuple(correcting.made)) if correcting.made else (query, ())


class _Correcting:
    def __init__(self, session: Session, library: Library) -> None:
        self._session = session
        self._library = library
        self._seen = 0
        self.made: list[Correction] = []

    def node(self, node: Node) -> Node:
        if isinstance(node, Not):
            return node
        if isinstance(node, Word | Term):
            self._seen += 1
            if self._seen > MOST_WORDS:
                return node
            return self._word(node) if isinstance(node, Word) else self._term(node)
        return replace(node, nodes=tuple(map(self.node, node.nodes)))

    def _word(self, word: Word) -> Word:
        if is_unspaced(word.text):
            return word
        parts = words_of(word.text)
        instead = [self._near(part, is_prefix=not word.is_phrase) for part in parts]
        changed = [Correction(part, better) for part, better in zip(parts, instead, strict=True) if better != part]
        if not changed:
            return word
        text = " ".join(instead)
        self.made.append(Correction(word.text, text) if len(parts) > 1 else Correction(word.text, instead[0]))
        return replace(word, text=text)

    def _near(self, part: str, *, is_prefix: bool) -> str:
        """The word itself where anything has it, or where nothing is near."""
        if matches_anything(self._session, one_word(part, is_prefix=is_prefix)):
            return part
        known = known_words(self._library, self._session)
        while ties := nearest(part, known.words):
            counts = {word: self._count(word) for word in ties}
            if any(counts.values()):
                return min(ties, key=lambda word: (-counts[word], word))
            known.forget(ties)
        return part

    def _count(self, word: str) -> int:
        """How many assets have a word."""
        return next((count for found, count in words_beginning(self._session, word, 1) if found == word), 0)

    def _term(self, term: Term) -> Term:
        source = NAMES.get(term.field)
        if source is None or not all(isinstance(test, Text) for test in term.tests):
            return term
        names = source.names(self._session)
        if any(matches(folded(name), test.how.value, test.wanted) for name in names for test in term.tests):
            return term
        better = [name for test in term.tests if (name := source.near(test.wanted, names)) is not None]
        if len(better) < len(term.tests):
            return term
        before = ",".join(value.comparator + value.text for value in term.values)
        self.made.append(Correction(f"{term.field}:{before}", f"{term.field}:{','.join(map(quoted, better))}"))
        values = tuple(Value(name, is_quoted=" " in name, start=term.start, end=term.end) for name in better)
        return make_term(Token(Sign.TERM, term.start, term.end, term.field, values=values))


def _tags(session: Session) -> Sequence[str]:
    return session.scalars(select(TagRow.name)).all()


def _collections(session: Session) -> Sequence[str]:
    return session.scalars(select(CollectionRow.name)).all()


def _cameras(session: Session) -> Sequence[str]:
    return session.scalars(each_value(_any(BlobRow.camera))).all()


def _lenses(session: Session) -> Sequence[str]:
    return session.scalars(each_value(_any(BlobRow.lens))).all()


def _any(column: Any) -> Any:
    return column


def near_name(wanted: str, names: Iterable[str]) -> str | None:
    """The name in a hierarchy that is meant: one that ends in the very thing, as `places/paris` in `paris`, or the
    nearest spelling of it, or of one of its parts."""
    keys: dict[str, str] = {}
    for name in sorted(names):
        levels = name.split("/")
        for count in range(1, len(levels) + 1):
            above = "/".join(levels[:count])
            for key in (folded(above), folded(levels[count - 1])):
                keys.setdefault(key, above)
    key = folded(wanted).strip()
    return keys.get(key) or next((keys[near] for near in nearest(key, list(keys))), None)


def near_words(wanted: str, names: Iterable[str]) -> str | None:
    """What is wanted in the nearest of all words that some names have."""
    known = {word for name in names for word in words_of(name)}
    among = sorted(known)
    near = [part if part in known else next(iter(nearest(part, among)), "") for part in words_of(wanted)]
    return " ".join(near) if near and all(near) else None


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the names are that a field asks for, and how one that is near is found among them."""

    names: Callable[[Session], Sequence[str]]
    near: Callable[[str, Iterable[str]], str | None]


NAMES: dict[str, _Source] = {
    "tag": _Source(_tags, near_name),
    "collection": _Source(_collections, near_name),
    "camera": _Source(_cameras, near_words),
    "lens": _Source(_lenses, near_words),
}
"""The fields whose values are names that a library has."""


def nearest(word: str, among: Sequence[str]) -> list[str]:
    """The spellings that are nearest to a word, all of them equally near; none where none is near enough."""
    most = allowed(word)
    if not most:
        return []
    found = process.extract(word, among, scorer=OSA.distance, score_cutoff=most, limit=_KEPT_TIES)
    best = min((distance for _, distance, _ in found), default=0)
    ties = [near for near, distance, _ in found if distance == best]
    return [near for near in ties if near[:1] == word[:1]] or ties
