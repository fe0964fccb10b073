"""The form of a query: from text to a tree of words and terms, with the place of each. It knows nothing of fields but
their names.

Any text has a form, for a query is looked at while it is typed: an open quote or parenthesis runs to the end, an `OR`
with nothing on one side of it and a `-` before nothing are left out, and so is a word of punctuation alone. A
parenthesis inside a word, as in `IMG(1).jpg`, belongs to it. `OR` joins its two neighbours, so `a OR b c` is
`(a OR b) c`. What is refused is only what is too much: too long, too many parts, nested too deep.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import field as with_default
from typing import Any, TypeAlias

from keeproom.library.search.errors import SearchError
from keeproom.library.search.tokens import Sign, Token, Value, tokens

LONGEST = 20_000
MOST_PARTS = 500
DEEPEST = 12
"""Parentheses in each other. SQLite's parser takes a hundred levels, and each of these is five or six of them."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or several that stand together."""

    text: str
    is_phrase: bool = False
    start: int = with_default(default=0, compare=False)
    end: int = with_default(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """A field and what is asked of it: any of its `tests`, which are of `conditions`. `values` are as written."""

    field: str
    values: tuple[Value, ...]
    tests: tuple[Any, ...] = ()
    start: int = with_default(default=0, compare=False)
    end: int = with_default(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    node: Node


@dataclass(frozen=True, slots=True)
class All:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    nodes: tuple[Node, ...]


Node: TypeAlias = Word | Term | Not | All | Either
MakeTerm: TypeAlias = Callable[[Token], Term]


@dataclass(frozen=True, slots=True)
class Query:
    """What a person asks for; everything where it `is_empty`. Equal queries ask for the same."""

    root: Node | None = None

    @property
    def is_empty(self) -> bool:
        return self.root is None


def both(one: Query, other: Query) -> Query:
    """What answers one query and the other."""
    nodes = [query.root for query in (one, other) if query.root is not None]
    return Query(_joined(nodes, All))


def check_size(text: str) -> None:
    """
    Raises:
        SearchError: the query is too long.
    """
    if len(text) > LONGEST:
        raise SearchError(
            f"The query is too long: {len(text):,} characters, and {LONGEST:,} are possible.", LONGEST, len(text)
        )


def tree(text: str, known: frozenset[str], make_term: MakeTerm) -> Query:
    """The query that a text means; `known` are the names of fields, and `make_term` reads the values of one.

    Raises:
        SearchError: the query is too long or too deep; or what `make_term` raises.
    """
    check_size(text)
    found = tokens(text, known)
    parts = [token for token in found if token.sign in (Sign.WORD, Sign.TERM)]
    if sum(max(1, len(part.values)) for part in parts) > MOST_PARTS:
        place = parts[min(MOST_PARTS, len(parts) - 1)]
        raise SearchError(f"The query has too many parts; {MOST_PARTS} are possible.", place.start, len(text))
    return Query(_Builder(found, make_term).build())


class _Builder:
    """Goes through the tokens once."""

    def __init__(self, found: Sequence[Token], make_term: MakeTerm) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0
        self._make_term = make_term

    def build(self) -> Node | None:
        return self._all()

    def _all(self) -> Node | None:
        nodes = []
        while (sign := self._sign()) not in (None, Sign.CLOSE):
            if sign in (Sign.OR, Sign.AND):
                self._at += 1
            elif (node := self._either()) is not None:
                nodes.append(node)
        return _joined(nodes, All)

    def _either(self) -> Node | None:
        nodes = [self._one()]
        while self._sign() is Sign.OR:
            self._at += 1
            if self._sign() not in (None, Sign.CLOSE, Sign.OR, Sign.AND):
                nodes.append(self._one())
        return _joined([node for node in nodes if node is not None], Either)

    def _one(self) -> Node | None:
        is_negated = self._sign() is Sign.MINUS
        if is_negated:
            self._at += 1
        node = self._bare()
        return Not(node) if is_negated and node is not None else node

    def _bare(self) -> Node | None:
        if self._sign() in (None, Sign.OR, Sign.AND, Sign.CLOSE):
            return None
        token = self._tokens[self._at]
        self._at += 1
        if token.sign is Sign.OPEN:
            return self._group(token)
        if token.sign is Sign.TERM:
            return self._make_term(token)
        return Word(token.text, token.is_quoted, token.start, token.end) if token.says_something else None

    def _group(self, token: Token) -> Node | None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise SearchError(
                f"The query is nested too deep; {DEEPEST} parentheses in each other are possible.",
                token.start,
                token.end,
            )
        node = self._all()
        if self._sign() is Sign.CLOSE:
            self._at += 1
        self._depth -= 1
        return node

    def _sign(self) -> Sign | None:
        return self._tokens[self._at].sign if self._at < len(self._tokens) else None


def _joined(nodes: Sequence[Node], kind: type[All] | type[Either]) -> Node | None:
    if not nodes:
        return None
    return nodes[0] if len(nodes) == 1 else kind(tuple(nodes))
