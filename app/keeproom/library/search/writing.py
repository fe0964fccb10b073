"""Writing queries, so that what is written is read as it was meant."""

from __future__ import annotations

import re

from keeproom.library.search.fields import FIELDS

_PLAIN = re.compile(r"[^\W_][\w./+-]*")
_MEANS_MORE = frozenset({"or", "and", "none", "any"})


def quoted(value: str) -> str:
    """A value, or a word, so that it parses back to itself and to nothing else; in quotes only where it must be."""
    is_plain = _PLAIN.fullmatch(value) and ".." not in value and value.lower() not in _MEANS_MORE
    return value if is_plain else '"' + value.replace('"', '""') + '"'


def term(field: str, value: str, *, exactly: bool = False) -> str:
    """A field with this very value, as `tag:"a b"` or `camera:="EOS 5D"`: a text is asked for as a whole, a name in a
    hierarchy with all below it unless `exactly` says that nothing below it is meant."""
    row = FIELDS.get(field)
    is_whole = exactly or (row is not None and row.has_words)
    return f"{field}:{'=' if is_whole else ''}{quoted(value)}"
