"""Writing queries, so that what is written is read as it was meant."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[^\W_][\w./+-]*")
_MEANS_MORE = frozenset({"or", "and", "none", "any"})


def quoted(value: str) -> str:
    """A value, or a word, so that it parses back to itself and to nothing else; in quotes only where it must be."""
    is_plain = _PLAIN.fullmatch(value) and ".." not in value and value.lower() not in _MEANS_MORE
    return value if is_plain else '"' + value.replace('"', '""') + '"'


def term(field: str, value: str, *, exactly: bool = False) -> str:
    """A field with a value, as `tag:"a b"`. `exactly` asks for the whole of a text, and of a name in a hierarchy for
    nothing below it."""
    return f"{field}:{'=' if exactly else ''}{quoted(value)}"
