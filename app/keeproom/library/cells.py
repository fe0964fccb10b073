"""From a row to a cell of the grid, without SQLAlchemy: the window's first page needs no more than this."""

from __future__ import annotations

from collections.abc import Sequence
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
    ("blob", "colour"),
    ("blob", "width"),
    ("blob", "height"),
    ("blob", "duration_s"),
    ("asset", "rating"),
    ("asset", "label"),
    ("asset", "flag"),
    ("asset", "version"),
)
"""Table and column of what `cell_of` takes, in its order."""


def cell_of(row: Sequence[Any]) -> Cell:
    id_, name, kind, sha256, state, progress, thumbnailed, *rest = row
    return Cell(id_, name, Kind(kind), sha256, status_of(state, progress), bool(thumbnailed), *rest)


def status_of(state: str, progress: str) -> Status:
    """What a person is told: bad bytes before anything else, then how far the stages are."""
    return Status(progress if state == BlobState.OK else state)
