"""Whole columns of the assets as numpy arrays: what filters, orders and counts are answered from.

Numbers come in pages, packed (see `packing`). Texts of which many assets have the same, as cameras, become codes: each
page gives the ids under each text, and where an index has the texts, it is all that is read.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import text
from sqlalchemy.orm import Session

from keeproom.catalog.packing import (
    ROWS_AT_ONCE,
    Array,
    Column,
    Columns,
    capped,
    code,
    digit,
    fraction,
    number,
    packed_ids,
    read_columns,
    spans,
    wall,
)
from keeproom.model import Flag, Kind, Label, Status

KINDS = tuple(Kind)
STATUSES = tuple(Status)
LABELS = ("", *Label)
FLAGS = ("", *Flag)

COLUMNS = (
    number("id", "asset.id"),
    wall("captured", "asset.captured"),
    number("size", "blob.size_bytes"),
    number("entry", "asset.entry_id", np.int32),
    digit("rating", "asset.rating"),
    code("kind", "blob.kind", KINDS),
    code("status", "CASE blob.state WHEN 'ok' THEN blob.progress ELSE blob.state END", STATUSES),
    digit("trashed", "asset.trashed_at IS NOT NULL"),
    code("label", "asset.label", LABELS),
    code("flag", "asset.flag", FLAGS),
    number("stack", "coalesce(asset.stack_id, 0)", np.int32),
    number("stack_place", "CASE WHEN asset.stack_id IS NULL THEN 0 ELSE asset.stack_place END", np.int32),
)
"""What every view is answered from; `id` comes first, and a further column is a row here."""

SPARSE = ("stack", "stack_place")
"""Columns that are 0 for most: an index finds the others."""

FURTHER = (
    number("imported", "asset.imported_at"),
    capped("width", "blob.width", 0),
    capped("height", "blob.height", 0),
    capped("duration", "CAST(round(blob.duration_s * 1000) AS INTEGER)", -1),
    capped("iso", "blob.iso", 0),
    fraction("latitude", "blob.latitude"),
    fraction("longitude", "blob.longitude"),
)
"""What few questions need: read when the first one does. Moments are microseconds since 1970, durations
milliseconds."""

BLOB = number("blob", "asset.blob_id", np.int32)
"""What texts by blob are matched with."""

NUMBERS: Mapping[str, Column] = {column.name: column for column in (*COLUMNS, *FURTHER, BLOB)}


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column of texts that are kept as codes; `index` is the column of `blob` whose index has all of them."""

    name: str
    sql: str
    index: str | None = None


_UPTO_DOT = "rtrim(asset.name, replace(asset.name, '.', ''))"
_SHORT = " ".join(
    f"WHEN substr(asset.name, -{size + 1}, 1) = '.' THEN lower(substr(asset.name, -{size}))" for size in range(1, 5)
)
_EXTENSION = (
    f"CASE WHEN substr(asset.name, -1) = '.' THEN NULL {_SHORT}"
    f" WHEN instr(asset.name, '.') THEN lower(substr(asset.name, length({_UPTO_DOT}) + 1)) END"
)
"""Extensions of up to four letters are found without a look at the whole name, three times as fast."""

TEXTS: Mapping[str, TextColumn] = {
    column.name: column
    for column in (
        TextColumn("camera", "blob.camera", "camera"),
        TextColumn("lens", "blob.lens", "lens"),
        TextColumn("mime", "blob.mime"),
        TextColumn("ext", _EXTENSION),
    )
}
"""`ext` is what follows the last dot of a name, with small letters from A to Z; of most texts a code stands for one
camera, lens, type or extension, and 0 for none."""

_ASSETS = "asset JOIN blob ON blob.id = asset.blob_id WHERE {condition} ORDER BY asset.id"
_ALONE = "asset WHERE {condition} ORDER BY asset.id"
_ALL = "asset.id > :after AND asset.id <= :upto"
_SOME = "asset.id IN (SELECT value FROM json_each(:ids))"

Texts = Iterable[tuple[str, Array]]
"""Texts, and the ids of those assets that have it; a text can come more than once."""


def all_columns(session: Session, names: Collection[str]) -> Columns:
    """Columns of all assets, by name, in the order of their ids; `id` is always among them."""
    dense = [NUMBERS[name] for name in dict.fromkeys(("id", *names)) if name not in SPARSE]
    columns = read_columns(session, dense, _ASSETS.format(condition=_ALL), spans(0, _last_id(session, "asset")))
    return {**columns, **(_stacks(session, columns["id"]) if {*names} & {*SPARSE} else {})}


def _stacks(session: Session, ids: Array) -> Columns:
    """The columns `SPARSE`, for assets of these ids."""
    columns = [NUMBERS["id"], *(NUMBERS[name] for name in SPARSE)]
    source = "asset WHERE asset.stack_id > :after AND asset.stack_id <= :upto"
    found = read_columns(session, columns, source, spans(0, _last_id(session, "stack")))
    rows = np.searchsorted(ids, found["id"])
    dense = {name: np.zeros(len(ids), dtype=np.int32) for name in SPARSE}
    for name, column in dense.items():
        column[rows] = found[name]
    return dense


def columns_of(session: Session, ids: Sequence[int], names: Collection[str]) -> Columns:
    """Columns of these assets, by name, in the order of their ids; ids that are gone are left out.

    The ids come in ascending order.
    """
    columns = [NUMBERS[name] for name in dict.fromkeys(("id", *names))]
    return read_columns(session, columns, _ASSETS.format(condition=_SOME), pages_of(ids))


def all_texts(session: Session, name: str) -> Texts:
    """Each text of a column that no index has, and the assets that have it."""
    return _texts(session, TEXTS[name], _ALL, spans(0, _last_id(session, "asset")))


def texts_by_blob(session: Session, name: str) -> Texts | None:
    """Each text of a column, and the ids of the *blobs* that have it, out of nothing but the column's index; None where
    there is none, or there are too many texts for that."""
    column = TEXTS[name].index
    if column is None:
        return None
    values = session.execute(text(_VALUES.format(column=column))).scalars().all()
    return None if len(values) > MANY_TEXTS else _blobs_with(session, column, [each for each in values if each])


MANY_TEXTS = 1_000
_VALUES = f"""
    WITH RECURSIVE each (value) AS (
        SELECT min({{column}}) FROM blob WHERE {{column}} IS NOT NULL
        UNION ALL
        SELECT (SELECT min({{column}}) FROM blob WHERE {{column}} > value) FROM each WHERE value IS NOT NULL
        LIMIT {MANY_TEXTS + 2}
    ) SELECT value FROM each WHERE value IS NOT NULL
"""


def texts_of(session: Session, name: str, ids: Sequence[int]) -> Texts:
    """The texts of these assets; ids without one do not come."""
    return _texts(session, TEXTS[name], _SOME, pages_of(ids))


def pages_of(ids: Sequence[int]) -> Iterator[Mapping[str, str]]:
    """Ids as values for a query, some thousand at once."""
    return ({"ids": json.dumps(ids[start : start + ROWS_AT_ONCE])} for start in range(0, len(ids), ROWS_AT_ONCE))


def _texts(session: Session, column: TextColumn, condition: str, pages: Iterable[Mapping[str, Any]]) -> Texts:
    source = _ASSETS if column.sql.startswith("blob.") else _ALONE
    inside = f"SELECT asset.id AS id, {column.sql} AS value FROM {source.format(condition=condition)}"
    # Materialized, for else SQLite works each value out three times.
    query = text(
        f"WITH page AS MATERIALIZED ({inside})"
        " SELECT value, group_concat(id) FROM page WHERE value != '' GROUP BY value"
    )
    for page in pages:
        for value, packed in session.execute(query, page).all():
            yield value, packed_ids(packed)


def _blobs_with(session: Session, column: str, values: Sequence[str]) -> Texts:
    page = f"SELECT id FROM blob WHERE {column} = :value AND id > :id ORDER BY id LIMIT {ROWS_AT_ONCE}"
    query = text(f"SELECT group_concat(id) FROM ({page})")
    for value in values:
        last = 0
        while len(blobs := packed_ids(session.execute(query, {"value": value, "id": last}).scalar_one())):
            yield value, blobs
            last = int(blobs[-1])


def _last_id(session: Session, table: str) -> int:
    return int(session.execute(text(f"SELECT coalesce(max(id), 0) FROM {table}")).scalar_one())


def ids_by_name(session: Session) -> Array:
    """The ids of all assets that are not in the trash in the natural order of their names."""
    parts = [packed_ids(None)]
    key = text("SELECT name_key FROM asset WHERE id = :id")

    def read(condition: str, values: Mapping[str, Any]) -> bool:
        page = (
            f"SELECT id FROM asset WHERE trashed_at IS NULL AND {condition} ORDER BY name_key, id LIMIT {ROWS_AT_ONCE}"
        )
        (packed,) = session.execute(text(f"SELECT group_concat(id) FROM ({page})"), values).one()
        if packed is not None:
            parts.append(packed_ids(packed))
        return packed is not None

    # Asked as `(name_key, id) > (…, …)`, SQLite walks through all of equal names for each page of them.
    more = read("name_key >= ''", {})
    while more:
        last = int(parts[-1][-1])
        name = session.execute(key, {"id": last}).scalar_one()
        more = read("name_key = :key AND id > :id", {"key": name, "id": last}) or read("name_key > :key", {"key": name})
    return np.concatenate(parts)


def sorted_by_name(session: Session, ids: Array) -> Array:
    """These ids in the order of their assets' names."""
    inside = (
        "SELECT id FROM asset WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY name_key, id"
    )  # fmt: skip
    return _packed_ids(session, f"SELECT group_concat(id) FROM ({inside})", {"ids": json.dumps(ids.tolist())})


PREDECESSORS = """
    SELECT id, coalesce(
        (SELECT other.id FROM asset AS other WHERE other.trashed_at IS NULL
         AND other.name_key = asset.name_key AND other.id < asset.id
         ORDER BY other.id DESC LIMIT 1),
        (SELECT other.id FROM asset AS other WHERE other.trashed_at IS NULL
         AND other.name_key < asset.name_key
         ORDER BY other.name_key DESC, other.id DESC LIMIT 1),
        0
    ) AS before FROM asset WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY name_key, id
"""
"""Two steps into the index for each asset; asked as `(name_key, id) < (…, …)`, SQLite walks through all of it."""


def predecessors_by_name(session: Session, ids: Array) -> tuple[Array, Array]:
    """These ids, none of them in the trash, in the order of their names; and for each the id of the asset that stands
    right before it among all that are not in the trash, 0 for the first."""
    asked = text(f"SELECT group_concat(id), group_concat(before) FROM ({PREDECESSORS})")
    each, before = session.execute(asked, {"ids": json.dumps(ids.tolist())}).one()
    return packed_ids(each), packed_ids(before)


def _packed_ids(session: Session, query: str, values: Mapping[str, Any]) -> Array:
    (packed,) = session.execute(text(query), values).one()
    return packed_ids(packed)


MOST_INITIALS = 500


def initials(session: Session) -> list[tuple[str, int]]:
    """The first letters of all names that are not in the trash in the order of names, as capitals and `#` for digits,
    each with the id of the first asset that has it. A step into the index for each."""
    query = text(
        "SELECT name_key, id FROM asset WHERE trashed_at IS NULL AND name_key >= :key ORDER BY name_key, id LIMIT 1"
    )
    found: list[tuple[str, int]] = []
    key = ""
    while (row := session.execute(query, {"key": key}).one_or_none()) is not None and len(found) < MOST_INITIALS:
        first = row[0][:1]
        if not first:
            found.append(("", row[1]))
            key = "\0"
            continue
        key = _behind("9" if first in _DIGITS else first)
        found.append(("#" if first in _DIGITS else first.upper(), row[1]))
    return found


_DIGITS = "0123456789"


def _behind(letter: str) -> str:
    """What comes right after all that begins with a letter; no text has half a character."""
    following = ord(letter) + 1
    return chr(0xE000 if 0xD800 <= following < 0xE000 else min(following, 0x10FFFF))
