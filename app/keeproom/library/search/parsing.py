"""From text to a query whose fields are known and whose values are read."""

from __future__ import annotations

from functools import lru_cache

from keeproom.library.search.conditions import Condition
from keeproom.library.search.errors import SearchError
from keeproom.library.search.fields import BY_NAME, FIELDS, Field
from keeproom.library.search.syntax import Query, Term, tree
from keeproom.library.search.tokens import Token, Value
from keeproom.library.search.values import missing_value, read_special

NAMES = frozenset(BY_NAME)


@lru_cache(maxsize=256)
def parse(text: str) -> Query:
    """The query that a text means, in the window as in a command.

    Raises:
        SearchError: a field is unknown, a value cannot be read, or it is too much.
    """
    return tree(text, NAMES, make_term)


def make_term(token: Token) -> Term:
    """
    Raises:
        SearchError: there is no such field, or its value cannot be read.
    """
    field = BY_NAME.get(token.text.lower())
    if field is None:
        raise unknown_field(token)
    values = _joined(token.values) if field.joins else token.values
    if not values:
        raise missing_value(field.name, field.example, token.start, token.end, field.sort.choices)
    tests = tuple(condition for value in values for condition in _read(field, value))
    return Term(field.name, values, tests, token.start, token.end)


def unknown_field(token: Token) -> SearchError:
    possible = tuple(FIELDS)
    return SearchError(
        f"There is no field {token.text:.60}: to search for. Possible are {', '.join(f'{name}:' for name in possible)}."
        " To search for the text itself, put it in quotes.",
        token.start,
        token.start + len(token.text) + 1,
        possible,
    )


def _joined(values: tuple[Value, ...]) -> tuple[Value, ...]:
    if len(values) < 2:
        return values
    first, last = values[0], values[-1]
    text = ",".join(value.comparator + value.text for value in values)
    return (Value(text, "", False, first.start, last.end),)


def _read(field: Field, value: Value) -> tuple[Condition, ...]:
    if not value.text and not value.is_quoted:
        raise missing_value(field.name, field.example, value.start, value.end, field.sort.choices)
    special = read_special(value) if field.lacks else None
    return special or field.sort.read(field.name, value)
