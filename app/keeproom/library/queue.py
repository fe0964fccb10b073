"""Looking at the queue and steering it: counts, lists, pause, resume, retry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select, update
from sqlalchemy.orm import Session

from keeproom.catalog.catalog import Write
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, BlobRow, ImportItemRow, JobRow, StateRow
from keeproom.errors import AssetNotFoundError
from keeproom.library.jobs import LEASE, sum_up
from keeproom.library.opening import Library
from keeproom.model import Job, JobState, QueueCounts, Stage

# Written into the statement, not bound: SQLite uses a partial index only for a condition that it sees.
_WAITING: ColumnElement[str] = literal_column("'waiting'")
_RUNNING: ColumnElement[str] = literal_column("'running'")
_FAILED: ColumnElement[str] = literal_column("'failed'")
_ENTRY: ColumnElement[int] = literal_column("+import_item.entry_id")


def queue_counts(library: Library) -> QueueCounts:
    with library.catalog.read() as session:
        waiting, running, failed = (
            session.scalar(select(func.count()).select_from(JobRow).where(JobRow.state == state)) or 0
            for state in (_WAITING, _RUNNING, _FAILED)
        )
        return QueueCounts(waiting, running, failed, bool(session.scalar(select(StateRow.paused))))


@dataclass(frozen=True, slots=True)
class StageCounts:
    """One stage of the queue at one moment. `done` grows as work is done, by whatever process: its pace is the rate."""

    waiting: int
    running: int
    failed: int
    done: int


def stage_counts(library: Library) -> Mapping[Stage, StageCounts]:
    """The queue by stage, in the order in which stages are worked on.

    Every blob has one job for each stage, so those that are neither open nor failed are done; counting them would read
    the whole table.
    """
    with library.catalog.read() as session:
        blobs = session.scalar(select(func.count()).select_from(BlobRow)) or 0
        found: dict[Stage, StageCounts] = {}
        for stage in Stage:
            waiting, running, failed = (
                session.scalar(select(func.count()).select_from(JobRow).where(JobRow.state == state, _of_stage(stage)))
                or 0
                for state in (_WAITING, _RUNNING, _FAILED)
            )
            found[stage] = StageCounts(waiting, running, failed, max(0, blobs - waiting - running - failed))
        return found


def _of_stage(stage: Stage) -> ColumnElement[bool]:
    return JobRow.stage == str(stage)


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A stage that has failed, of the first asset that shows the blob; `asset` is None where none does any more."""

    job: int
    asset: int | None
    name: str
    stage: Stage
    error: str
    attempts: int
    tool: str | None


def list_failures(library: Library, limit: int = 200, after_job: int = 0) -> list[FailedJob]:
    """The stages that have failed, in the order in which they were queued, a page at a time."""
    page = (
        select(JobRow.id, JobRow.stage, JobRow.error, JobRow.attempts, JobRow.tool, _FIRST_ASSET.label("asset"))
        .where(JobRow.state == _FAILED, JobRow.id > after_job)
        .order_by(JobRow.id)
        .limit(limit)
    )
    with library.catalog.read() as session:
        rows = session.execute(page).all()
        names = _names(session, {row.asset for row in rows if row.asset is not None})
    return [
        FailedJob(
            row.id, row.asset, names.get(row.asset, ""), Stage(row.stage), row.error or "", row.attempts, row.tool
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class WorkerNow:
    """One worker of any process that has jobs in hand, named by the first of them.

    `since` is when it claimed them, or last said that it is still at them (every 30 s).
    """

    process: str
    name: str
    stage: Stage
    jobs: int
    since: datetime | None
    asset: int | None
    asset_name: str
    is_ours: bool


def workers_now(library: Library) -> list[WorkerNow]:
    """Who is at work on the queue, by name."""
    running = (
        select(JobRow.worker, JobRow.stage, JobRow.leased_until, _FIRST_ASSET.label("asset"))
        .where(JobRow.state == _RUNNING, JobRow.worker.is_not(None))
        .order_by(JobRow.id)
    )
    with library.catalog.read() as session:
        held: dict[str, list[Any]] = defaultdict(list)
        for row in session.execute(running):
            held[row.worker].append(row)
        names = _names(session, {rows[0].asset for rows in held.values()})
    return [_worker(library, name, held[name], names) for name in sorted(held)]


def _worker(library: Library, name: str, rows: Sequence[Any], names: Mapping[int, str]) -> WorkerNow:
    process, first = name.partition(":")[0], rows[0]
    since = None if first.leased_until is None else first.leased_until - LEASE
    asset_name, is_ours = names.get(first.asset, ""), process == library.process.name
    return WorkerNow(process, name, Stage(first.stage), len(rows), since, first.asset, asset_name, is_ours)


_FIRST_ASSET = (
    select(func.min(AssetRow.id)).where(AssetRow.blob_id == JobRow.blob_id).correlate(JobRow).scalar_subquery()
)


def _names(session: Session, assets: Collection[int]) -> dict[int, str]:
    rows = session.execute(select(AssetRow.id, AssetRow.name).where(AssetRow.id.in_(values_of(assets))))
    return {row.id: row.name for row in rows}


def list_jobs(library: Library) -> list[Job]:
    """The jobs that are not done, in the order in which they were queued."""
    with library.catalog.read() as session:
        rows = session.execute(
            select(JobRow, _FIRST_ASSET).where(JobRow.state.in_((_WAITING, _RUNNING, _FAILED))).order_by(JobRow.id)
        )
        return [
            Job(job.id, Stage(job.stage), asset, JobState(job.state), job.attempts, job.error, job.worker)
            for job, asset in rows
        ]


def pause_queue(library: Library) -> None:
    """Stop every worker of every process from taking a further job; also called twice."""
    _set_paused(library, paused=True)


def resume_queue(library: Library) -> None:
    _set_paused(library, paused=False)


def _set_paused(library: Library, *, paused: bool) -> None:
    with library.catalog.write() as write:
        write.session.execute(update(StateRow).values(paused=paused))


def retry_assets(library: Library, ids: Collection[int] | None = None) -> int:
    """Queue the failed stages of assets again, of all assets where none are named; how many stages.

    Raises:
        AssetNotFoundError: some id is unknown; nothing was changed.
    """
    with library.catalog.write() as write:
        if ids is not None:
            known = set(write.session.scalars(select(AssetRow.id).where(AssetRow.id.in_(values_of(ids)))))
            if unknown := [asset for asset in ids if asset not in known]:
                raise AssetNotFoundError(f"There is no asset {', '.join(map(str, unknown))}.")
            blobs = select(AssetRow.blob_id).where(AssetRow.id.in_(values_of(ids)))
        else:
            blobs = select(JobRow.blob_id).where(JobRow.state == _FAILED)
        return retry_blobs(write, blobs)


def retry_blobs(write: Write, blobs: Select[int] | Iterable[int]) -> int:
    """Queue the failed stages of blobs again, from the first attempt; how many stages."""
    chosen = blobs if isinstance(blobs, Select) else values_of(blobs)
    failed = select(JobRow.id, JobRow.blob_id).where(JobRow.state == _FAILED, JobRow.blob_id.in_(chosen))
    rows = write.session.execute(failed).all()
    write.session.execute(
        update(JobRow)
        .where(JobRow.id.in_(values_of(row.id for row in rows)))
        .values(state=JobState.WAITING, attempts=0, due_at=write.at, revision=write.revision),
        execution_options={"synchronize_session": False},
    )
    sum_up(write, {row.blob_id for row in rows})
    return len(rows)


def has_open_jobs(library: Library, entry: int | None = None) -> bool:
    """Whether a stage is still to be ended, of any blob or of those that an import named."""
    with library.catalog.read() as session:
        return any(session.scalar(_open_job(state, entry)) is not None for state in (_WAITING, _RUNNING))


def _open_job(state: ColumnElement[str], entry: int | None) -> Select[int]:
    """One job in a state, of any blob or of an import's. It starts from the jobs, of which few are open, and not from
    the import's list, which may have a million lines: the plus keeps SQLite from taking the index on it."""
    job = select(JobRow.id).where(JobRow.state == state).limit(1)
    if entry is None:
        return job
    line = select(ImportItemRow.id).where(ImportItemRow.asset_id == AssetRow.id, _ENTRY.is_(entry))
    return job.join(AssetRow, AssetRow.blob_id == JobRow.blob_id).where(line.exists())


def failed_stages(library: Library, entry: int) -> int:
    """How many stages of the assets that an import named have failed."""
    with library.catalog.read() as session:
        of_import = select(ImportItemRow.asset_id).where(ImportItemRow.entry_id == entry)
        blobs = select(AssetRow.blob_id).where(AssetRow.id.in_(of_import))
        failed = select(func.count()).select_from(JobRow).where(JobRow.state == _FAILED, JobRow.blob_id.in_(blobs))
        return session.scalar(failed) or 0


@dataclass(frozen=True, slots=True)
class FailedStage:
    """One stage of an asset that has failed, and why."""

    asset: int
    name: str
    stage: Stage
    error: str


def list_failed_stages(library: Library, entry: int) -> list[FailedStage]:
    """The failed stages of the assets that an import named, in the order of their ids."""
    rows = (
        select(AssetRow.id, AssetRow.name, JobRow.stage, JobRow.error)
        .join(JobRow, JobRow.blob_id == AssetRow.blob_id)
        .where(
            JobRow.state == _FAILED,
            AssetRow.id.in_(select(ImportItemRow.asset_id).where(ImportItemRow.entry_id == entry)),
        )
        .order_by(AssetRow.id, JobRow.id)
    )
    with library.catalog.read() as session:
        return [FailedStage(row.id, row.name, Stage(row.stage), row.error or "") for row in session.execute(rows)]
