"""The durable queue: what is still to be derived from which blob, and who is at it.

A job is one stage of one blob. A worker claims some, works without a transaction, and finishes them in groups;
finishing counts only where the job is still that worker's at that attempt. The jobs of a dead process are free at
once, those of one that hangs when their lease ends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import case, exists, insert, literal_column, select, update
from sqlalchemy.orm import Session

from keeproom.catalog.catalog import Write
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import BlobRow, JobRow, StateRow
from keeproom.library.opening import Library
from keeproom.library.processes import is_alive
from keeproom.model import BlobRef, JobState, Kind, Stage

BATCH = 32
LEASE = timedelta(seconds=120)
PAUSES = (timedelta(seconds=0.5), timedelta(seconds=2))
"""How long a job rests after its first and second failure; attempts are these and one more."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One job that is this worker's until its lease ends. `format` is None where no reader knows the content."""

    job: int
    attempt: int
    worker: str
    stage: Stage
    blob_id: int
    blob: BlobRef
    kind: Kind
    mime: str
    format: str | None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job failed, in words for people; `again` says how many attempts it deserves in all."""

    error: str
    attempts_allowed: int = len(PAUSES) + 1


@dataclass(frozen=True, slots=True)
class End:
    """How an attempt ended: with the tool that did it, or the failure."""

    claim: Claim
    tool: str | None = None
    failure: Failure | None = None


def enqueue(write: Write, blob_ids: Sequence[int]) -> None:
    """Queue every stage of new blobs."""
    rows = [
        {"blob_id": blob, "stage": stage, "state": JobState.WAITING, "due_at": write.at, "revision": write.revision}
        for blob in blob_ids
        for stage in Stage
    ]
    if rows:
        write.session.execute(insert(JobRow), rows)


def claim_jobs(library: Library, worker: str, stage: Stage, *, share: int = 1) -> list[Claim]:
    """Up to 32 jobs of a stage that are due now, oldest first; fewer where `share` workers split a short queue.

    `worker` is the name of this process, with anything behind a colon. What it still holds it takes again: it works on
    one claim after the other, and could not record what came of that one.
    """
    dead = _dead_workers(library)
    with library.catalog.read() as session:
        if session.scalar(select(StateRow.paused)) or _is_early(session, stage):
            return []
        waiting = len(_claimable(session, stage, datetime.now(UTC), [worker, *dead], BATCH * 2 * share))
    if not waiting:
        return []
    with library.catalog.write() as write:
        fair = waiting if share == 1 else max(1, waiting // (2 * share))
        ids = _claimable(write.session, stage, write.at, [worker, *dead], min(BATCH, fair))
        write.session.execute(
            update(JobRow)
            .where(JobRow.id.in_(values_of(ids)))
            .values(
                state=JobState.RUNNING,
                worker=worker,
                attempts=JobRow.attempts + 1,
                leased_until=write.at + LEASE,
                revision=write.revision,
            ),
            execution_options={"synchronize_session": False},
        )
        return _claims(write.session, ids, worker)


def _is_early(session: Session, stage: Stage) -> bool:
    """Whether jobs of a stage that is wanted before this one are due: first every photo is seen, then described."""
    earlier = list(Stage)[: list(Stage).index(stage)]
    due = (JobRow.state == literal_column("'waiting'"), JobRow.due_at <= datetime.now(UTC))
    return any(session.scalar(select(JobRow.id).where(*due, JobRow.stage == before).limit(1)) for before in earlier)


def _claimable(session: Session, stage: Stage, at: datetime, holders: Collection[str], limit: int) -> Sequence[int]:
    """Ids of jobs to take now: first those whose worker is gone, then those that wait and are due."""
    gone = (JobRow.leased_until < at) | JobRow.worker.in_(holders)
    left = (
        select(JobRow.id).where(JobRow.state == literal_column("'running'"), JobRow.stage == stage, gone).limit(limit)
    )
    ids = list(session.scalars(left))
    free = (
        select(JobRow.id)
        .where(JobRow.state == literal_column("'waiting'"), JobRow.stage == stage, JobRow.due_at <= at)
        .order_by(JobRow.due_at, JobRow.id)
        .limit(limit - len(ids))
    )
    return ids + list(session.scalars(free))


def _dead_workers(library: Library) -> list[str]:
    """Workers that hold jobs although their process is dead."""
    with library.catalog.read() as session:
        holders = select(JobRow.worker).where(JobRow.state == literal_column("'running'")).distinct()
        names = [name for name in session.scalars(holders) if name]
    processes = {name.partition(":")[0] for name in names} - {library.process.name}
    dead = {process for process in processes if not is_alive(library.layout, process)}
    return [name for name in names if name.partition(":")[0] in dead]


def _claims(session: Session, ids: Iterable[int], worker: str) -> list[Claim]:
    rows = session.execute(
        select(JobRow, BlobRow)
        .join(BlobRow, BlobRow.id == JobRow.blob_id)
        .where(JobRow.id.in_(values_of(ids)))
        .order_by(JobRow.id)
    )
    return [
        Claim(
            job.id,
            job.attempts,
            worker,
            Stage(job.stage),
            blob.id,
            BlobRef(blob.sha256, blob.size_bytes),
            Kind(blob.kind),
            blob.mime,
            blob.format,
        )
        for job, blob in rows
    ]


def settle(write: Write, ends: Sequence[End]) -> list[End]:
    """End jobs, or queue them again after a pause that grows; those of them that were still their worker's.

    What another one found must not be kept: its job belongs to another worker, or to another attempt, by now.
    """
    claims = {end.claim.job: end.claim for end in ends}
    held = select(JobRow.id, JobRow.worker, JobRow.attempts).where(
        JobRow.id.in_(values_of(claims)), JobRow.state == JobState.RUNNING
    )
    ours = {
        row.id
        for row in write.session.execute(held)
        if (row.worker, row.attempts) == (claims[row.id].worker, claims[row.id].attempt)
    }
    settled = [end for end in ends if end.claim.job in ours]
    if settled:
        write.session.execute(update(JobRow), [_ended(write, end) for end in settled])
    return settled


def _ended(write: Write, end: End) -> dict[str, Any]:
    """The job's row after one attempt."""
    attempt, failure = end.claim.attempt, end.failure
    again = failure is not None and attempt < failure.attempts_allowed
    state = JobState.DONE if failure is None else JobState.WAITING if again else JobState.FAILED
    pause = PAUSES[min(attempt, len(PAUSES)) - 1] if again else timedelta()
    return {
        "id": end.claim.job,
        "state": state,
        "worker": None,
        "leased_until": None,
        "due_at": write.at + pause,
        "error": None if failure is None else failure.error,
        "tool": end.tool,
        "revision": write.revision,
    }


def sum_up(write: Write, blob_ids: Collection[int]) -> None:
    """Bring the progress of blobs up to date with their jobs."""
    of_blob = select(JobRow.id).where(JobRow.blob_id == BlobRow.id)
    is_open = exists(of_blob.where(JobRow.state.in_((JobState.WAITING, JobState.RUNNING))))
    has_failed = exists(of_blob.where(JobRow.state == JobState.FAILED))
    progress = case((is_open, "processing"), (has_failed, "failed"), else_="ready")
    write.session.execute(
        update(BlobRow).where(BlobRow.id.in_(values_of(blob_ids))).values(progress=progress, revision=write.revision),
        execution_options={"synchronize_session": False},
    )


def renew_leases(library: Library) -> None:
    """The heartbeat: what workers of this process are still at stays theirs; writes only if there is any."""
    held = (JobRow.state == literal_column("'running'"), JobRow.worker.startswith(f"{library.process.name}:"))
    with library.catalog.read() as session:
        if session.scalar(select(JobRow.id).where(*held).limit(1)) is None:
            return
    with library.catalog.write() as write:
        write.session.execute(
            update(JobRow).where(*held).values(leased_until=write.at + LEASE),
            execution_options={"synchronize_session": False},
        )


def release_jobs(library: Library, claims: Collection[Claim]) -> None:
    """Give jobs back that were claimed and not begun; the attempt does not count."""
    if not claims:
        return
    with library.catalog.write() as write:
        for claim in claims:
            write.session.execute(
                update(JobRow)
                .where(JobRow.id == claim.job, JobRow.worker == claim.worker, JobRow.attempts == claim.attempt)
                .values(
                    state=JobState.WAITING,
                    worker=None,
                    leased_until=None,
                    attempts=JobRow.attempts - 1,
                    revision=write.revision,
                ),
                execution_options={"synchronize_session": False},
            )
