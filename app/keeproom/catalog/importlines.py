"""The lines of an import's list as columns in memory."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from keeproom.catalog.packing import Columns, code, number, read_columns, spans
from keeproom.model import Outcome

OUTCOMES = ("waiting", *Outcome)
WAITING = OUTCOMES.index("waiting")

LINE_COLUMNS = (
    number("id", "id"),
    code("outcome", "outcome", OUTCOMES),
    number("asset", "coalesce(asset_id, 0)"),
)
"""What an import's own list is made from: its lines in the order of the plan."""

_LINES = "import_item WHERE entry_id = :entry AND {condition} ORDER BY id"


def lines_of(session: Session, entry: int, after: int = 0) -> Columns:
    """The lines of an import's list behind one of them, in the order of the plan."""
    first, last = (_end_of_list(session, entry, way) for way in ("ASC", "DESC"))
    source = _LINES.format(condition="id > :after AND id <= :upto")
    pages = ({"entry": entry, **span} for span in spans(max(after, first - 1), last))
    return read_columns(session, LINE_COLUMNS, source, pages)


def settled_lines(session: Session, entry: int, after: int, upto: int) -> Columns:
    """Those lines of a part of an import's list that do not wait any more; an index finds them."""
    settled = ", ".join(f"'{outcome}'" for outcome in Outcome)
    source = _LINES.format(condition=f"outcome IN ({settled}) AND id > :after AND id <= :upto")
    return read_columns(session, LINE_COLUMNS, source, [{"entry": entry, "after": after, "upto": upto}])


def first_waiting(session: Session, entry: int) -> int | None:
    """The first line of an import's list that waits; None where none does."""
    query = "SELECT min(id) FROM import_item WHERE entry_id = :entry AND outcome = 'waiting'"
    return session.execute(text(query), {"entry": entry}).scalar_one()  # type: ignore[no-any-return]


def _end_of_list(session: Session, entry: int, way: str) -> int:
    """The first or the last line of an import's list, by the ends of each outcome's part of the index; 0 without."""
    part = (
        "SELECT id FROM (SELECT id FROM import_item WHERE entry_id = :entry AND outcome = '{}' ORDER BY id {} LIMIT 1)"
    )
    parts = " UNION ALL ".join(part.format(outcome, way) for outcome in OUTCOMES)
    found = session.execute(text(f"SELECT id FROM ({parts}) ORDER BY id {way} LIMIT 1"), {"entry": entry})
    return found.scalar_one_or_none() or 0
