"""What could be typed next: fields, their values as the library has them, and words.

Nothing here reads all of a library: names stand in small tables or are found by steps through an index, counts stop at
`MOST_COUNTED`, and words come from their own index.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from keeproom.catalog.collation import folded
from keeproom.catalog.words import words_beginning, words_of
from keeproom.library.opening import Library
from keeproom.library.search.fields import BY_NAME, FIELDS, Field
from keeproom.library.search.offers import OFFERS, Offer, offer_tags, ranked
from keeproom.library.search.parsing import NAMES
from keeproom.library.search.syntax import LONGEST
from keeproom.library.search.tokens import CLOSING, Sign, Token, Value, tokens, whole
from keeproom.library.search.values import ANY, NONE
from keeproom.library.search.writing import quoted

MOST = 20
_MOST_OF_A_SORT = 6
_MOST_WORDS_READ = 100
_SHORTEST_WORD = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` is what is put in, `shown` what a list shows, `detail` what it shows beside that: help, or a count."""

    text: str
    shown: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """What could stand in place of the characters from `start` to `end`, the likeliest first."""

    start: int
    end: int
    items: tuple[Suggestion, ...] = ()


def complete(library: Library, text: str, cursor: int) -> Completion:
    """What could be meant where the cursor stands, at most `MOST` things; for any text."""
    text, cursor = whole(text), max(0, min(cursor, len(text)))
    if len(text) > LONGEST:
        return Completion(cursor, cursor)
    token = _token_at(text, cursor)
    with library.catalog.read() as session:
        if token is None:
            return Completion(cursor, cursor, tuple(_fields("")))
        if token.sign is Sign.TERM:
            return _value(session, text, token, cursor)
        return _word(session, text, token, cursor)


def _token_at(text: str, cursor: int) -> Token | None:
    """The word or the field that ends at the cursor, or in which it stands."""
    chosen = (Sign.WORD, Sign.TERM, Sign.OR, Sign.AND)
    return next(
        (token for token in tokens(text, NAMES) if token.start < cursor <= token.end and token.sign in chosen), None
    )


def _word(session: Session, text: str, token: Token, cursor: int) -> Completion:
    typed = text[token.start : cursor]
    is_quoted = typed[0] in CLOSING
    bare = typed[1:] if is_quoted else typed
    items = [] if is_quoted else _fields(bare)[:_MOST_OF_A_SORT]
    if len(bare) >= _SHORTEST_WORD:
        tags = [
            Suggestion(f"tag:{quoted(offer.value)}", f"tag:{offer.shown}", offer.detail)
            for offer in offer_tags(session, bare)[:_MOST_OF_A_SORT]
        ]
        items += [*tags, *_words(session, bare)]
    return Completion(token.start, token.end, tuple(items[:MOST]))


def _fields(typed: str) -> list[Suggestion]:
    """Fields that begin so, by whichever of their names."""
    start = typed.lower()
    return [
        Suggestion(f"{field.name}:", f"{field.name}:", field.help)
        for field in FIELDS.values()
        if any(name.startswith(start) for name in (field.name, *field.aliases))
    ]


def _words(session: Session, typed: str) -> list[Suggestion]:
    """Words of the library that begin as the last word that is typed."""
    parts = words_of(typed)
    if len(parts) != 1 or len(parts[0]) < _SHORTEST_WORD:
        return []
    found = sorted(words_beginning(session, parts[0], _MOST_WORDS_READ), key=lambda each: -each[1])
    return [Suggestion(quoted(word), word, f"{count:,}") for word, count in found[:_MOST_OF_A_SORT] if word != parts[0]]


def _value(session: Session, text: str, token: Token, cursor: int) -> Completion:
    """The values of a field; of one that is not known, the fields that begin like it."""
    field = BY_NAME.get(token.text.lower())
    after = token.start + len(token.text)
    if field is None or cursor <= after:
        return Completion(token.start, token.end, tuple(_fields(text[token.start : min(cursor, after)])))
    value = _value_at(token, cursor)
    start = value.start + len(value.comparator)
    typed = text[start:cursor].lstrip("".join(CLOSING))
    offers = _offers(session, field, typed)
    items = [Suggestion(offer.written or quoted(offer.value), offer.shown, offer.detail) for offer in offers]
    return Completion(start, max(start, value.end), tuple(items[:MOST]))


def _value_at(token: Token, cursor: int) -> Value:
    """The value in which the cursor stands; an empty one behind a comma, or behind the colon."""
    return next(
        (value for value in token.values if value.start <= cursor <= value.end), Value("", "", False, cursor, cursor)
    )


def _offers(session: Session, field: Field, typed: str) -> list[Offer]:
    source = OFFERS.get(field.name)
    found = source(session, typed) if source else []
    if not found and not field.sort.choices:
        found = ranked(_examples(field), typed)
    return list(dict.fromkeys([*found, *ranked(_choices(field), typed)]))


def _choices(field: Field) -> Iterable[Offer]:
    """The few values that a field knows by itself, and that there is none, or one."""
    for value in field.sort.choices:
        yield Offer(value, value, field.help_of(value), written=value)
    if field.lacks:
        yield Offer(NONE, NONE, "there is none", written=NONE)
        yield Offer(ANY, ANY, "there is one", written=ANY)


def _examples(field: Field) -> Iterable[Offer]:
    for example in field.examples:
        value = example.partition(":")[2]
        if folded(value) not in (NONE, ANY):
            yield Offer(value, value, "for example", written=value)
