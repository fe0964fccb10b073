"""The queue: claims, leases, attempts, and whose result counts."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from keeproom.catalog.tables import BlobRow, JobRow
from keeproom.errors import AssetNotFoundError, ReaderFailedError, UnreadableMediaError
from keeproom.library.deriving import failed
from keeproom.library.facts import Result, record_results
from keeproom.library.jobs import BATCH, Claim, claim_jobs, release_jobs, renew_leases
from keeproom.library.listing import list_assets
from keeproom.library.opening import Library, open_library
from keeproom.library.queue import (
    has_open_jobs,
    list_jobs,
    pause_queue,
    queue_counts,
    resume_queue,
    retry_assets,
)
from keeproom.model import JobState, PictureFacts, QueueCounts, Stage, Status
from tests.conftest import MakePicture
from tests.importing import Importer


@pytest.fixture
def asset(importer: Importer, make_picture: MakePicture) -> int:
    importer(make_picture())
    return importer.assets()[0]


def claim(library: Library, stage: Stage = Stage.PICTURE) -> list[Claim]:
    """A claim by a worker that never claimed before."""
    return claim_jobs(library, f"{library.process.name}:{uuid4()}", stage)


def rest_is_over(library: Library) -> None:
    with library.catalog.write() as write:
        write.session.execute(update(JobRow).values(due_at=write.at - timedelta(seconds=1)))


def status(library: Library) -> Status:
    (asset,) = list_assets(library)
    return asset.status


def attempts(library: Library, error: UnreadableMediaError, most: int) -> Sequence[JobState]:
    """The states of a picture job that always fails with this error, after each attempt."""
    states = []
    for _ in range(most):
        rest_is_over(library)
        for taken in claim(library):
            record_results(library, [failed(taken, error)])
        states.append(next(job.state for job in list_jobs(library) if job.stage is Stage.PICTURE))
    return states


def test_a_claim_is_one_workers_and_nobody_elses(library: Library, asset: int) -> None:
    (taken,) = claim(library)
    assert (taken.stage, taken.attempt, taken.format) == (Stage.PICTURE, 1, "jpeg")
    assert claim(library) == []
    assert len(claim(library, Stage.METADATA)) == 1
    assert queue_counts(library) == QueueCounts(waiting=0, running=2, failed=0, paused=False)


def test_a_file_is_tried_three_times_with_pauses_and_then_fails_visibly(library: Library, asset: int) -> None:
    states = attempts(library, UnreadableMediaError("The file ends too early."), 4)
    assert states == [JobState.WAITING, JobState.WAITING, JobState.FAILED, JobState.FAILED]
    job = next(job for job in list_jobs(library) if job.state is JobState.FAILED)
    assert (job.asset, job.attempts, job.error) == (asset, 3, "The file ends too early.")


def test_a_reader_that_crashed_over_a_file_is_given_one_more_and_no_third(library: Library, asset: int) -> None:
    states = attempts(library, ReaderFailedError("The reader stopped."), 3)
    assert states == [JobState.WAITING, JobState.FAILED, JobState.FAILED]


def test_a_job_rests_after_a_failure(library: Library, asset: int) -> None:
    (taken,) = claim(library)
    record_results(library, [failed(taken, UnreadableMediaError("no"))])
    assert claim(library) == []
    rest_is_over(library)
    assert [again.attempt for again in claim(library)] == [2]


def test_the_status_of_the_asset_follows_its_stages(library: Library, asset: int) -> None:
    assert status(library) is Status.PROCESSING
    (picture,), (metadata,) = claim(library), claim(library, Stage.METADATA)
    record_results(library, [Result(picture, facts=PictureFacts(64, 48, tool="t"))])
    assert status(library) is Status.PROCESSING
    record_results(library, [Result(metadata, failure=failed(metadata, ReaderFailedError("x")).failure)])
    assert status(library) is Status.PROCESSING
    rest_is_over(library)
    (metadata,) = claim(library, Stage.METADATA)
    record_results(library, [failed(metadata, ReaderFailedError("x"))])
    assert status(library) is Status.FAILED
    assert retry_assets(library, [asset]) == 1
    assert status(library) is Status.PROCESSING


def test_a_result_that_comes_too_late_is_dropped(library: Library, asset: int) -> None:
    (late,) = claim(library)
    with library.catalog.write() as write:
        write.session.execute(update(JobRow).values(leased_until=write.at - timedelta(seconds=1)))
    (taken,) = claim_jobs(library, f"{library.process.name}:other", Stage.PICTURE)
    assert taken.attempt == 2
    record_results(library, [Result(late, facts=PictureFacts(1, 1, tool="late"))])
    record_results(library, [Result(taken, facts=PictureFacts(64, 48, tool="in time"))])
    with library.catalog.read() as session:
        assert session.scalars(select(BlobRow.width)).all() == [64]


def test_a_worker_takes_again_what_it_could_not_record(library: Library, asset: int) -> None:
    name = f"{library.process.name}:steady"
    assert [claim_jobs(library, name, Stage.PICTURE)[0].attempt for _ in range(2)] == [1, 2]


def test_every_photo_is_seen_before_the_first_is_described(library: Library, asset: int) -> None:
    assert claim(library, Stage.METADATA) == []
    (picture,) = claim(library)
    assert len(claim(library, Stage.METADATA)) == 1
    record_results(library, [failed(picture, UnreadableMediaError("no"))])
    rest_is_over(library)
    assert claim(library, Stage.METADATA) == []


def test_a_heartbeat_keeps_a_lease(library: Library, asset: int) -> None:
    claim(library)
    with library.catalog.write() as write:
        write.session.execute(update(JobRow).values(leased_until=write.at - timedelta(seconds=1)))
    renew_leases(library)
    assert claim(library) == []


def test_the_jobs_of_a_dead_process_are_free_at_once(library: Library, asset: int) -> None:
    script = textwrap.dedent("""
        import os, sys
        from pathlib import Path
        from keeproom.library.jobs import claim_jobs
        from keeproom.library.opening import open_library
        from keeproom.model import Stage
        library = open_library(Path(sys.argv[1]))
        assert claim_jobs(library, f"{library.process.name}:1", Stage.PICTURE)
        print("claimed", flush=True)
        sys.stdin.read()
        os._exit(9)
    """)
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(library.folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "claimed\n"
    assert claim(library) == []
    other.communicate("")
    assert [taken.attempt for taken in claim(library)] == [2]


def test_what_was_claimed_and_not_begun_is_given_back_uncounted(library: Library, asset: int) -> None:
    release_jobs(library, claim(library))
    assert [taken.attempt for taken in claim(library)] == [1]


def test_a_paused_queue_gives_nothing_out_to_any_process(library: Library, asset: int) -> None:
    pause_queue(library)
    with open_library(library.folder) as other:
        assert claim(other) == []
    assert queue_counts(library).paused
    resume_queue(library)
    assert len(claim(library)) == 1


def test_a_short_queue_is_shared_among_workers(importer: Importer, make_picture: MakePicture) -> None:
    folder = make_picture("0.jpg").parent
    for number in range(1, 40):
        make_picture(f"{number}.jpg", number)
    importer(folder)
    name = f"{importer.library.process.name}:a"
    assert len(claim_jobs(importer.library, name, Stage.PICTURE, share=2)) == 10
    assert len(claim(importer.library)) == 40 - 10
    assert len(claim(importer.library, Stage.METADATA)) == BATCH
    assert len(claim(importer.library, Stage.METADATA)) == 40 - BATCH


def test_retry_of_an_unknown_asset_changes_nothing(library: Library, asset: int) -> None:
    attempts(library, ReaderFailedError("x"), 2)
    with pytest.raises(AssetNotFoundError, match="999"):
        retry_assets(library, [asset, 999])
    assert queue_counts(library).failed == 1
    assert retry_assets(library) == 1


def test_open_jobs_of_an_import_are_those_of_its_files_duplicates_included(
    importer: Importer, make_picture: MakePicture
) -> None:
    library = importer.library
    first = importer(make_picture("a.jpg"))
    second = importer(make_picture("b.jpg", 1))
    again = importer(make_picture("a.jpg"))
    for stage in Stage:
        for taken in claim(library, stage)[:1]:
            record_results(library, [Result(taken, facts=PictureFacts(tool="t"))])
    open_ones = [has_open_jobs(library, summary.entry) for summary in (first, second, again)]
    assert open_ones == [False, True, False]
    assert has_open_jobs(library)
