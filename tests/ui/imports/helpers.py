"""Made-up imports and lines of their lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from keeproom.library.imports import ImportItem, ImportRecord, ImportState
from keeproom.model import Outcome, Reason, Status

STARTED = datetime(2023, 5, 14, 12, 2, tzinfo=UTC)


def make_record(
    counts: Mapping[Outcome, int] | None = None,
    *,
    state: ImportState = ImportState.ENDED,
    waiting: int = 0,
    problems: int = 0,
    folders: tuple[str, ...] = ("/photos",),
    seconds: float | None = 90,
    lacks_space: bool = False,
) -> ImportRecord:
    ended = None if seconds is None else STARTED + timedelta(seconds=seconds)
    return ImportRecord(
        1, STARTED, ended, state, folders, counts or {}, waiting, problems, bytes=0, lacks_space=lacks_space
    )


def make_item(
    line: int,
    outcome: Outcome | None = Outcome.IMPORTED,
    *,
    status: Status | None = None,
    reason: Reason | None = None,
    error: str | None = None,
    path: str = "",
) -> ImportItem:
    asset = line if outcome in (Outcome.IMPORTED, Outcome.DUPLICATE) else None
    where = Path(path or f"/photos/IMG_{line:06}.jpg")
    return ImportItem(line, where, outcome, asset, None, 1_000, reason, status, error)
