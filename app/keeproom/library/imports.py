"""Looking at imports: each with its balance, and the lines of its list, a page at a time."""

from __future__ import annotations

import os
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select, union_all
from sqlalchemy.orm import Session

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, BlobRow, EntryRow, ImportItemRow, ImportRow, JobRow, StateRow
from keeproom.library.cells import status_of
from keeproom.library.opening import Library
from keeproom.library.processes import is_alive
from keeproom.model import BlobState, Outcome, Reason, Status

WAITING = "waiting"
"""The outcome of a line whose turn has not come."""

_FAILED: ColumnElement[str] = literal_column("'failed'")
_OK: ColumnElement[str] = literal_column(f"'{BlobState.OK}'")


class RunState(StrEnum):
    """How far an import is, as its row says it."""

    COUNTING = "counting"
    COPYING = "copying"
    NO_SPACE = "no-space"
    CANCELLED = "cancelled"
    ENDED = "ended"


CLOSED = (RunState.CANCELLED, RunState.ENDED)


class ImportState(StrEnum):
    """What a person is told of an import. An interrupted one has lost its process, and can be continued."""

    RUNNING = "running"
    PAUSED = "paused"
    INTERRUPTED = "interrupted"
    ENDED = "ended"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One import and its balance. `folders` are the paths that it was given; `bytes` is what the new files have.

    `problems` counts the stages that failed; `lacks_space` says that it waits for room on the library's disk.
    """

    entry: int
    started_at: datetime
    ended_at: datetime | None
    state: ImportState
    folders: tuple[str, ...]
    counts: Mapping[Outcome, int] = field(default_factory=dict)
    waiting: int = 0
    problems: int = 0
    bytes: int = 0
    move: bool = False
    separate: bool = False
    lacks_space: bool = False


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One line of an import's list. `outcome` is None while the file waits.

    `status` and `error` are those of the asset that has the file's bytes now: what failed of it, and why.
    """

    id: int
    path: Path
    outcome: Outcome | None
    asset: int | None
    sha256: str | None
    size_bytes: int
    reason: Reason | None
    status: Status | None
    error: str | None


def list_imports(library: Library, limit: int | None = None) -> list[ImportRecord]:
    """The imports, newest first."""
    return _records(library, select(ImportRow.entry_id).order_by(ImportRow.entry_id.desc()).limit(limit))


def find_import(library: Library, entry: int) -> ImportRecord | None:
    """One import; None where the log has no import of this number."""
    return next(iter(_records(library, select(ImportRow.entry_id).where(ImportRow.entry_id == entry))), None)


def _records(library: Library, chosen: Select[int]) -> list[ImportRecord]:
    newest = (
        select(ImportRow, EntryRow.at, EntryRow.ended_at)
        .join(EntryRow, EntryRow.id == ImportRow.entry_id)
        .where(ImportRow.entry_id.in_(chosen))
        .order_by(ImportRow.entry_id.desc())
    )
    with library.catalog.read() as session:
        rows = session.execute(newest).all()
        counts = _counts(session, [run.entry_id for run, *_ in rows])
        problems = _problems(session)
        paused = bool(session.scalar(select(StateRow.paused)))
        found = [(_values(run), started_at, ended_at) for run, started_at, ended_at in rows]
    living = _living(library, (values["process"] for values, *_ in found))
    return [
        _record(values, started_at, ended_at, counts, problems, _state(values, living, paused))
        for values, started_at, ended_at in found
    ]


def import_items(
    library: Library,
    entry: int,
    outcomes: Collection[Outcome | None] | None = None,
    after_id: int = 0,
    limit: int = 200,
    *,
    problems: bool = False,
) -> list[ImportItem]:
    """The next lines of an import's list after one, in the order of its plan.

    `outcomes` chooses by outcome, with None among them those that wait; `problems` those whose asset has a failed
    stage, or bytes that are damaged or missing.
    """
    with library.catalog.read() as session:
        ids = session.scalars(_ids(entry, outcomes, after_id, limit, problems=problems)).all()
        return _items(session, ids)


def items_of(library: Library, ids: Sequence[int]) -> list[ImportItem]:
    """These lines, in the order asked; ids that are gone are left out."""
    with library.catalog.read() as session:
        return _items(session, ids)


def item_ids(
    library: Library,
    entry: int,
    outcomes: Collection[Outcome | None] | None = None,
    *,
    problems: bool = False,
) -> array[int]:
    """The numbers of all lines that a filter leaves, in the order of the plan; see `import_items`."""
    with library.catalog.read() as session:
        return array("q", session.scalars(_ids(entry, outcomes, 0, None, problems=problems)))


def count_items(
    library: Library, entry: int, outcomes: Collection[Outcome | None] | None = None, *, problems: bool = False
) -> int:
    """How many lines a filter leaves; see `import_items`."""
    chosen = _ids(entry, outcomes, 0, None, problems=problems).order_by(None).subquery()
    with library.catalog.read() as session:
        return session.scalar(select(func.count()).select_from(chosen)) or 0


def _ids(
    entry: int, outcomes: Collection[Outcome | None] | None, after_id: int, limit: int | None, *, problems: bool
) -> Select[int]:
    """One range of the index for each outcome, each in the order of ids and cut off at the limit, merged."""
    names = [WAITING, *Outcome] if outcomes is None else [outcome or WAITING for outcome in dict.fromkeys(outcomes)]
    parts = []
    for name in names:
        part = select(ImportItemRow.id).where(
            ImportItemRow.entry_id == entry, ImportItemRow.outcome == str(name), ImportItemRow.id > after_id
        )
        if problems:
            part = part.where(_has_problem())
        if limit is not None:
            part = select(part.order_by(ImportItemRow.id).limit(limit).subquery().c.id)
        parts.append(part)
    if not parts:
        return select(ImportItemRow.id).where(literal_column("0"))
    merged = union_all(*parts).subquery()
    return select(merged.c.id).order_by(merged.c.id).limit(limit)


def _has_problem() -> ColumnElement[bool]:
    """Few blobs have failed, and the index of failed jobs finds them; bad bytes are looked up line by line."""
    failed = select(AssetRow.id).join(JobRow, JobRow.blob_id == AssetRow.blob_id).where(JobRow.state == _FAILED)
    bad = (
        select(AssetRow.id)
        .join(BlobRow, BlobRow.id == AssetRow.blob_id)
        .where(AssetRow.id == ImportItemRow.asset_id, BlobRow.state != _OK)
        .correlate(ImportItemRow)
    )
    return ImportItemRow.asset_id.in_(failed) | bad.exists()


def _items(session: Session, ids: Sequence[int]) -> list[ImportItem]:
    rows = session.execute(
        select(
            ImportItemRow.id,
            ImportItemRow.path_bytes,
            ImportItemRow.outcome,
            ImportItemRow.asset_id,
            ImportItemRow.sha256,
            ImportItemRow.size_bytes,
            ImportItemRow.reason_code,
            ImportItemRow.reason,
            AssetRow.blob_id,
            BlobRow.state,
            BlobRow.progress,
        )
        .outerjoin(AssetRow, AssetRow.id == ImportItemRow.asset_id)
        .outerjoin(BlobRow, BlobRow.id == AssetRow.blob_id)
        .where(ImportItemRow.id.in_(values_of(ids)))
    ).all()
    errors = _errors(session, {row.blob_id for row in rows if row.progress == "failed"})
    found = {row.id: _item(row, errors) for row in rows}
    return [found[id_] for id_ in ids if id_ in found]


def _item(row: Any, errors: Mapping[int, str]) -> ImportItem:
    return ImportItem(
        row.id,
        Path(os.fsdecode(row.path_bytes)),
        None if row.outcome == WAITING else Outcome(row.outcome),
        row.asset_id,
        row.sha256,
        row.size_bytes,
        Reason(row.reason_code, row.reason or "") if row.reason_code else None,
        None if row.blob_id is None else status_of(row.state, row.progress),
        errors.get(row.blob_id),
    )


def _errors(session: Session, blobs: Collection[int]) -> dict[int, str]:
    """What went wrong with each of these blobs, in the words of its failed stages."""
    if not blobs:
        return {}
    failed = select(JobRow.blob_id, JobRow.error).where(JobRow.state == _FAILED, JobRow.blob_id.in_(values_of(blobs)))
    texts: dict[int, dict[str, None]] = defaultdict(dict)
    for blob, error in session.execute(failed.order_by(JobRow.id)):
        texts[blob][error or ""] = None
    return {blob: " ".join(filter(None, told)) for blob, told in texts.items()}


def _counts(session: Session, entries: Sequence[int]) -> dict[int, dict[str, int]]:
    """How many lines of each outcome; the index alone answers."""
    each = (
        select(ImportItemRow.entry_id, ImportItemRow.outcome, func.count())
        .where(ImportItemRow.entry_id.in_(values_of(entries)))
        .group_by(ImportItemRow.entry_id, ImportItemRow.outcome)
    )
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for entry, outcome, count in session.execute(each):
        counts[entry][outcome] = count
    return counts


def _problems(session: Session) -> dict[int, int]:
    """How many failed stages each import has: from the few jobs that failed to the imports that named their assets.

    In steps: joined in one statement, SQLite begins at the other end, with every line of every import.
    """
    jobs: dict[int, set[int]] = defaultdict(set)
    for job, blob in session.execute(select(JobRow.id, JobRow.blob_id).where(JobRow.state == _FAILED)):
        jobs[blob].add(job)
    shown = select(AssetRow.id, AssetRow.blob_id).where(AssetRow.blob_id.in_(values_of(jobs)))
    blobs = {row.id: row.blob_id for row in session.execute(shown)} if jobs else {}
    named = select(ImportItemRow.entry_id, ImportItemRow.asset_id).where(ImportItemRow.asset_id.in_(values_of(blobs)))
    failed: dict[int, set[int]] = defaultdict(set)
    for entry, asset in session.execute(named) if blobs else ():
        failed[entry] |= jobs[blobs[asset or 0]]
    return {entry: len(each) for entry, each in failed.items()}


def _living(library: Library, processes: Iterable[str | None]) -> set[str]:
    return {name for name in set(processes) if name is not None and is_alive(library.layout, name)}


def _values(run: ImportRow) -> dict[str, Any]:
    return {column.key: getattr(run, column.key) for column in ImportRow.__table__.columns}


def _state(values: Mapping[str, Any], living: Collection[str], paused: bool) -> ImportState:
    state = values["state"]
    if state in CLOSED:
        return ImportState(state)
    if values["process"] not in living:
        return ImportState.INTERRUPTED
    return ImportState.PAUSED if paused or state == RunState.NO_SPACE else ImportState.RUNNING


def _record(
    values: Mapping[str, Any],
    started_at: datetime,
    ended_at: datetime | None,
    counts: Mapping[int, Mapping[str, int]],
    problems: Mapping[int, int],
    state: ImportState,
) -> ImportRecord:
    entry = values["entry_id"]
    of_entry = counts.get(entry, {})
    return ImportRecord(
        entry,
        started_at,
        ended_at,
        state,
        folders=roots_of(values["roots"]),
        counts={outcome: of_entry.get(outcome, 0) for outcome in Outcome},
        waiting=of_entry.get(WAITING, 0),
        problems=problems.get(entry, 0),
        bytes=values["size_bytes"],
        move=values["move"],
        separate=values["separate"],
        lacks_space=state is ImportState.PAUSED and values["state"] == RunState.NO_SPACE,
    )


def packed_roots(paths: Iterable[str | os.PathLike[str]]) -> bytes:
    """Paths as one value of the catalog."""
    return b"\0".join(os.fsencode(path) for path in paths)


def roots_of(packed: bytes) -> tuple[str, ...]:
    return tuple(os.fsdecode(path) for path in packed.split(b"\0")) if packed else ()
