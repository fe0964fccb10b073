"""A query as the parts that a person sees and takes away one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keeproom.library.search.errors import SearchError
from keeproom.library.search.fields import FIELDS
from keeproom.library.search.parsing import NAMES, parse
from keeproom.library.search.syntax import Node, Not, Query, Term, Word, check_size
from keeproom.library.search.tokens import Sign, Token, Value, tokens

_SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "=": "= ", "": ""}
_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that all must hold: a word, a field, a group, or several joined by OR. `start` and `end` are
    its place in the query, `text` what stands there, `label` how it is shown, without the `-` where it is `negated`;
    `error` says why it cannot be understood."""

    start: int
    end: int
    text: str
    label: str
    negated: bool = False
    error: str | None = None


def parts(text: str) -> tuple[Part, ...]:
    """The parts of any text, in their order; each is understood, or not, for itself."""
    try:
        check_size(text)
    except SearchError as error:
        return (Part(0, len(text), text, _shortened(text), error=str(error)),)
    made = (_part(text, group[0].start, group[-1].end) for group in _groups(tokens(text, NAMES)))
    return tuple(part for part in made if part is not None)


def _groups(found: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each part: what stands in parentheses, and what OR or a minus holds together."""
    group: list[Token] = []
    depth = 0
    for token in found:
        ends = depth == 0 and bool(group) and group[-1].sign not in (Sign.MINUS, Sign.OR) and token.sign is not Sign.OR
        if ends:
            yield group
            group = []
        depth += (token.sign is Sign.OPEN) - (token.sign is Sign.CLOSE)
        if depth or token.sign is not Sign.AND:
            group.append(token)
    if group:
        yield group


def _part(text: str, start: int, end: int) -> Part | None:
    """None for what asks for nothing, as a lone sign does."""
    written = text[start:end]
    try:
        query = parse(written)
    except SearchError as error:
        return Part(start, end, written, _shortened(written), written.startswith("-"), str(error))
    if query.root is None:
        return None
    negated = isinstance(query.root, Not)
    return Part(start, end, written, _shortened(label_of(query) or written), negated)


def label_of(query: Query) -> str:
    """How a query of one word or one field is shown; empty for others."""
    node: Node | None = query.root
    if isinstance(node, Not):
        node = node.node
    if isinstance(node, Word):
        return f"“{node.text}”" if node.is_phrase else node.text
    return _term_label(node) if isinstance(node, Term) else ""


def _term_label(term: Term) -> str:
    values = ", ".join(map(_value_label, term.values))
    sign = FIELDS[term.field].sign
    return f"{sign} {values}" if sign else f"{term.field}: {values}"


def _value_label(value: Value) -> str:
    text = value.text if value.is_quoted else _range_label(value.text)
    return _SIGNS[value.comparator] + text


def _range_label(text: str) -> str:
    low, between, high = text.partition("..")
    if not between:
        return text
    return f"{low} – {high}" if low and high else f"≥ {low}" if low else f"≤ {high}"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_LABEL else f"{line[: _LONGEST_LABEL - 1]}…"
