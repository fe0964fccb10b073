"""From a row to a cell of the grid, without SQLAlchemy: the window's first page needs no more than this."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from keeproom.model import BlobState, Cell, Kind, Status

CELL_COLUMNS = (
    ("asset", "id"),
    ("asset", "name"),
    ("blob", "kind"),
    ("blob", "sha256"),
    ("blob", "state"),
    ("blob", "progress"),
    ("blob", "thumbnailed"),
    ("asset", "captured"),
    ("asset", "imported_at"),
    ("blob", "colour"),
    ("blob", "width"),
    ("blob", "height"),
    ("blob", "duration_s"),
    ("asset", "rating"),
    ("asset", "label"),
    ("asset", "flag"),
    ("asset", "version"),
    ("blob", "mime"),
    ("blob", "format"),
    ("blob", "size_bytes"),
    ("blob", "camera"),
    ("asset", "title"),
    ("asset", "rotation"),
    ("asset", "stack_id"),
)
"""Table and column of what `cell_of` takes, in its order; `STACK_SIZE` is the last of all."""

STACK_SIZE = (
    "(SELECT count(*) FROM asset AS member WHERE member.stack_id = asset.stack_id AND member.trashed_at IS NULL)"
)

_NAMES = (
    *("colour", "width", "height", "duration_s", "rating", "label", "flag", "version"),
    *("mime", "format", "size_bytes", "camera", "title"),
    *("rotation", "stack", "stack_size"),
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def cell_of(row: Sequence[Any]) -> Cell:
    """The cell of an asset; the row has values as SQLite keeps them (see `catalog.types`)."""
    id_, name, kind, sha256, state, progress, thumbnailed, captured, imported_at, *rest = row
    return Cell(
        id_,
        name,
        Kind(kind),
        sha256,
        status_of(state, progress),
        bool(thumbnailed),
        captured=None if captured is None else datetime.fromisoformat(captured),
        imported_at=_EPOCH + timedelta(microseconds=imported_at),
        **dict(zip(_NAMES, rest, strict=True)),
    )


def status_of(state: str, progress: str) -> Status:
    """What a person is told: bad bytes before anything else, then how far the stages are."""
    return Status(progress if state == BlobState.OK else state)
