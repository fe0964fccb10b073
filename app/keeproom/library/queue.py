"""Looking at the queue and steering it: counts, lists, pause, resume, retry."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, literal_column, select, update

from keeproom.catalog.catalog import Write
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, BlobRow, ImportItemRow, JobRow, StateRow
from keeproom.errors import AssetNotFoundError
from keeproom.library.jobs import sum_up
from keeproom.library.opening import Library
from keeproom.model import Job, JobState, QueueCounts, Stage

# Written into the statement, not bound: SQLite uses a partial index only for a condition that it sees.
_WAITING: ColumnElement[str] = literal_column("'waiting'")
_RUNNING: ColumnElement[str] = literal_column("'running'")
_FAILED: ColumnElement[str] = literal_column("'failed'")


def queue_counts(library: Library) -> QueueCounts:
    with library.catalog.read() as session:
        waiting, running, failed = (
            session.scalar(select(func.count()).select_from(JobRow).where(JobRow.state == state)) or 0
            for state in (_WAITING, _RUNNING, _FAILED)
        )
        return QueueCounts(waiting, running, failed, bool(session.scalar(select(StateRow.paused))))


def list_jobs(library: Library) -> list[Job]:
    """The jobs that are not done, in the order in which they were queued."""
    first_asset = (
        select(func.min(AssetRow.id)).where(AssetRow.blob_id == JobRow.blob_id).correlate(JobRow).scalar_subquery()
    )
    with library.catalog.read() as session:
        rows = session.execute(
            select(JobRow, first_asset).where(JobRow.state.in_((_WAITING, _RUNNING, _FAILED))).order_by(JobRow.id)
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
        any_open = select(JobRow.id).where(JobRow.state.in_((_WAITING, _RUNNING))).limit(1)
        if session.scalar(any_open) is None:
            return False
        if entry is None:
            return True
        of_import = (
            select(BlobRow.id)
            .join(AssetRow, AssetRow.blob_id == BlobRow.id)
            .join(ImportItemRow, ImportItemRow.asset_id == AssetRow.id)
            .where(ImportItemRow.entry_id == entry, BlobRow.progress == "processing")
            .limit(1)
        )
        return session.scalar(of_import) is not None


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
