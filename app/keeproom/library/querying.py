"""What the search field and the command line may ask for, so far: a few fields, all of which must hold.

A new field is one row of `FIELDS`.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping

from sqlalchemy import ColumnElement

from keeproom.catalog.tables import AssetRow, BlobRow
from keeproom.errors import UsageError
from keeproom.model import Kind

Clause = ColumnElement[bool]

_MAX_ID = 2**63 - 1


def _sha256(value: str) -> Clause:
    if not re.fullmatch(r"[0-9a-fA-F]{1,64}", value):
        raise UsageError(f"sha256:{value} is no checksum. Give its first hexadecimal digits, as in sha256:ab12.")
    return BlobRow.sha256.startswith(value.lower(), autoescape=True)


def _id(value: str) -> Clause:
    if not re.fullmatch(r"[0-9]{1,19}", value) or int(value) > _MAX_ID:
        raise UsageError(f"id:{value} is no id. Give the number that `list` shows, as in id:12.")
    return AssetRow.id == int(value)


def _kind(value: str) -> Clause:
    if value.lower() not in tuple(Kind):
        raise UsageError(f"kind:{value} is unknown. Possible are {', '.join(Kind)}.")
    return BlobRow.kind == value.lower()


def _ext(value: str) -> Clause:
    wanted = value.removeprefix(".")
    if not wanted:
        raise UsageError("ext: needs an extension, as in ext:jpg.")
    return AssetRow.name.iendswith(f".{wanted}", autoescape=True)


FIELDS: Mapping[str, Callable[[str], Clause]] = {"sha256": _sha256, "id": _id, "kind": _kind, "ext": _ext}


def parse_query(query: str) -> list[Clause]:
    """The conditions of a query, all of which must hold; none for an empty one.

    Raises:
        UsageError: it names the part that cannot be understood, and lists what is possible.
    """
    try:
        words = shlex.split(query)
    except ValueError as error:
        raise UsageError(f"The query cannot be read: {str(error).lower()}.") from error
    return [_clause(word) for word in words]


def _clause(word: str) -> Clause:
    name, colon, value = word.partition(":")
    field = FIELDS.get(name.lower()) if colon else None
    if field is None:
        possible = ", ".join(f"{known}:" for known in FIELDS)
        what = f"The field {name}:" if colon else f"The word {word!r}"
        raise UsageError(f"{what} cannot be searched for. Possible are {possible}.")
    return field(value)
