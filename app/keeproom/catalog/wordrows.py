"""Writing the texts behind the index of words, many rows in one statement.

That is not for the statement's sake: the index writes what it has gathered to disk before each statement of a
transaction that has triggers (FTS5's savepoint), so that rows one by one cost five times as much (measured on SQLite
3.40: 187 µs a row, against 37).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session

from keeproom.catalog.words import COLUMNS

_DEFAULT_MERGES = 4
"""What FTS5 has for `automerge` where nothing else was said."""

_VALUES = ", ".join(f"json_extract(value, '$[{number}]')" for number in range(len(COLUMNS) + 1))
_NEW = ", ".join(f"{column} = excluded.{column}" for column in COLUMNS)
_PUT = text(
    f"INSERT INTO asset_text (asset_id, {', '.join(COLUMNS)}) SELECT {_VALUES} FROM json_each(:rows) WHERE true"
    f" ON CONFLICT (asset_id) DO UPDATE SET {_NEW}"
)
_MERGES = text("INSERT INTO asset_words (asset_words, rank) VALUES ('automerge', :merges)")


def put_texts(session: Session, rows: Sequence[tuple[int | str, ...]]) -> None:
    """Give assets these texts, whether they had any or not: the asset's id and one text for each of `COLUMNS`."""
    if rows:
        session.execute(_PUT, {"rows": json.dumps(rows)})


def change_texts(session: Session, columns: Sequence[str], rows: Sequence[tuple[int | str, ...]]) -> None:
    """Give assets that have texts others in these of the columns: the asset's id and one text for each."""
    if not rows:
        return
    values = ", ".join(f"{column} = json_extract(news.value, '$[{at}]')" for at, column in enumerate(columns, 1))
    change = f"UPDATE asset_text SET {values} FROM json_each(:rows) AS news"
    session.execute(text(f"{change} WHERE asset_id = json_extract(news.value, '$[0]')"), {"rows": json.dumps(rows)})


@contextmanager
def merging_later(session: Session) -> Iterator[None]:
    """Within the block the index puts what comes behind what it has, and leaves it to later writes to merge the two,
    until there are sixteen such pieces: that is two thirds of what many rows cost (measured with 10,000 of a million:
    0.33 s of processor time, against 0.10)."""
    session.execute(_MERGES, {"merges": 0})
    yield
    session.execute(_MERGES, {"merges": _DEFAULT_MERGES})
