"""The signs, words and fields of a query, in their order, each with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

CLOSING: Mapping[str, str] = {'"': '"', "“": "”", "„": "“", "«": "»"}
"""What ends a quotation, by what begins it."""

_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)(:(?!//)|(?=[<>=]))")
_COMPARATOR = re.compile(r">=|<=|>|<|=")
_MINUS = re.compile(r"-+(?=[^\s-])")
_SPACE = re.compile(r"\s+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Sign(Enum):
    WORD = auto()
    TERM = auto()
    MINUS = auto()
    OR = auto()
    AND = auto()
    OPEN = auto()
    CLOSE = auto()


_OPERATORS: Mapping[str, Sign] = {"OR": Sign.OR, "AND": Sign.AND}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field, without its comparator. What stands in quotes means itself: no wildcard, no range, and no
    `none`. `start` is where it begins, with its comparator and its quotes."""

    text: str
    comparator: str = ""
    is_quoted: bool = False
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Token:
    """One sign. `text` is a word without its quotes, or the name of a field as it was written."""

    sign: Sign
    start: int
    end: int
    text: str = ""
    is_quoted: bool = False
    values: tuple[Value, ...] = ()
    depth: int = 0

    @property
    def says_something(self) -> bool:
        """Whether a word can be looked for; in quotes, punctuation can."""
        if self.is_quoted:
            return bool(self.text.strip())
        return not self.text.isascii() or any(letter.isalnum() for letter in self.text)


def tokens(text: str, known: frozenset[str]) -> list[Token]:
    """All of a query, for any text; `known` are the fields whose name a comparator may follow without a colon."""
    found = _Scanner(text, known).scan()
    if all(token.sign in (Sign.OR, Sign.AND) for token in found):  # what begins with an operator may be a name
        return [Token(Sign.WORD, token.start, token.end, token.text) for token in found]
    return found


def whole(text: str) -> str:
    """A text as it can be asked for: halves of characters, which no text in the library has, are signs for that."""
    return _LONE_SURROGATE.sub("�", text)


class _Scanner:
    def __init__(self, text: str, known: frozenset[str]) -> None:
        self._text = whole(text)
        self._known = known
        self._at = 0
        self._open = 0
        self._found: list[Token] = []

    def scan(self) -> list[Token]:
        while self._skip_space():
            self._found.append(self._sign() or self._term() or self._word())
        return self._found

    def _skip_space(self) -> bool:
        if space := _SPACE.match(self._text, self._at):
            self._at = space.end()
        return self._at < len(self._text)

    def _sign(self) -> Token | None:
        letter = self._text[self._at]
        if letter == "(":
            self._open += 1
            return self._taken(Sign.OPEN, self._at + 1)
        if letter == ")" and self._open:
            self._open -= 1
            return self._taken(Sign.CLOSE, self._at + 1)
        minus = _MINUS.match(self._text, self._at)
        return self._taken(Sign.MINUS, minus.end()) if minus else None

    def _taken(self, sign: Sign, end: int) -> Token:
        token = Token(sign, self._at, end, self._text[self._at : end], depth=self._open)
        self._at = end
        return token

    def _word(self) -> Token:
        start = self._at
        if self._text[start] in CLOSING:
            text = self._quotation()
            return Token(Sign.WORD, start, self._at, text, is_quoted=True, depth=self._open)
        end = self._end_of_bare(start, "")
        word = self._text[start:end]
        return self._taken(_OPERATORS.get(word, Sign.WORD), end)

    def _quotation(self) -> str:
        """What stands in quotes; a doubled closing quote is one of them, and an open quotation runs to the end."""
        closing = CLOSING[self._text[self._at]]
        inside, at = [], self._at + 1
        while at < len(self._text):
            if self._text[at] != closing:
                inside.append(self._text[at])
            elif self._text[at + 1 : at + 2] == closing:
                inside.append(closing)
                at += 1
            else:
                at += 1
                break
            at += 1
        self._at = at
        return "".join(inside)

    def _end_of_bare(self, start: int, stops: str) -> int:
        """Where something without quotes ends: at a space, one of `stops`, or what closes a group around it."""
        own = 0
        for at in range(start, len(self._text)):
            letter = self._text[at]
            if letter.isspace() or letter in stops or (letter == ")" and self._open and not own):
                return at
            own = max(0, own + (letter == "(") - (letter == ")"))
        return len(self._text)

    def _term(self) -> Token | None:
        head = _FIELD.match(self._text, self._at)
        if head is None or (not head[2] and head[1].lower() not in self._known):
            return None
        start, self._at = self._at, head.end()
        values = self._values()
        return Token(Sign.TERM, start, self._at, head[1], values=values, depth=self._open)

    def _values(self) -> tuple[Value, ...]:
        values = [self._value()]
        while self._text[self._at : self._at + 1] == ",":
            self._at += 1
            values.append(self._value())
        return tuple(value for value in values if value.text or value.is_quoted or value.comparator)

    def _value(self) -> Value:
        start = self._at
        comparator = _COMPARATOR.match(self._text, start)
        self._at = comparator.end() if comparator else start
        is_quoted = self._text[self._at : self._at + 1] in CLOSING
        text = self._quotation() if is_quoted else ""
        end = self._end_of_bare(self._at, ",")
        text, self._at = text + self._text[self._at : end], end
        return Value(text, comparator[0] if comparator else "", is_quoted, start, end)
