"""The queue by stage, its failures, and who is at work on it."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, update

from keeproom.catalog.tables import AssetRow, JobRow
from keeproom.library.jobs import claim_jobs, release_jobs
from keeproom.library.opening import Library
from keeproom.library.queue import StageCounts, list_failures, stage_counts, workers_now
from keeproom.model import Stage
from tests.conftest import MakePicture
from tests.importing import Importer, work_through


@pytest.fixture
def library_of_three(importer: Importer, make_picture: MakePicture) -> Library:
    for number in range(3):
        importer(make_picture(f"{number}.jpg", number))
    return importer.library


def fail(library: Library, stage: Stage, blob: int, error: str = "Broken.") -> None:
    with library.catalog.write() as write:
        write.session.execute(
            update(JobRow)
            .where(JobRow.stage == stage, JobRow.blob_id == blob)
            .values(state="failed", error=error, attempts=2, tool="Pillow 13")
        )


def test_each_stage_is_counted_and_what_is_done_grows(library_of_three: Library) -> None:
    assert stage_counts(library_of_three) == {stage: StageCounts(3, 0, 0, 0) for stage in Stage}
    claims = claim_jobs(library_of_three, f"{library_of_three.process.name}:picture-0", Stage.PICTURE)
    assert stage_counts(library_of_three)[Stage.PICTURE] == StageCounts(0, 3, 0, 0)
    release_jobs(library_of_three, claims)
    work_through(library_of_three)
    fail(library_of_three, Stage.METADATA, 2)
    assert stage_counts(library_of_three) == {
        Stage.PICTURE: StageCounts(0, 0, 0, 3),
        Stage.METADATA: StageCounts(0, 0, 1, 2),
    }


def test_failures_are_told_a_page_at_a_time(library_of_three: Library) -> None:
    for blob in (1, 2, 3):
        fail(library_of_three, Stage.PICTURE, blob, f"Broken {blob}.")
    first, second = list_failures(library_of_three, 2)
    (third,) = list_failures(library_of_three, 2, second.job)
    assert [(each.asset, each.name, each.error) for each in (first, second, third)] == [
        (1, "0.jpg", "Broken 1."),
        (2, "1.jpg", "Broken 2."),
        (3, "2.jpg", "Broken 3."),
    ]
    assert (first.stage, first.attempts, first.tool) == (Stage.PICTURE, 2, "Pillow 13")
    assert list_failures(library_of_three, 2, third.job) == []


def test_a_failure_that_no_asset_shows_any_more_is_told_without_a_name(library_of_three: Library) -> None:
    fail(library_of_three, Stage.PICTURE, 2)
    with library_of_three.catalog.write() as write:
        write.session.connection().exec_driver_sql("DELETE FROM source")
        write.session.execute(delete(AssetRow).where(AssetRow.blob_id == 2))
    (failure,) = list_failures(library_of_three)
    assert (failure.asset, failure.name) == (None, "")


def test_workers_are_told_with_what_they_are_at(library_of_three: Library) -> None:
    assert workers_now(library_of_three) == []
    ours = f"{library_of_three.process.name}:picture-0"
    claim_jobs(library_of_three, ours, Stage.PICTURE)
    with library_of_three.catalog.write() as write:
        write.session.execute(
            update(JobRow)
            .where(JobRow.stage == Stage.METADATA, JobRow.blob_id == 3)
            .values(state="running", worker="1-other:metadata-0", leased_until=write.at)
        )
    theirs, mine = workers_now(library_of_three)
    assert (mine.name, mine.process, mine.is_ours) == (ours, library_of_three.process.name, True)
    assert (mine.stage, mine.jobs, mine.asset, mine.asset_name) == (Stage.PICTURE, 3, 1, "0.jpg")
    assert mine.since is not None
    assert (theirs.process, theirs.is_ours, theirs.jobs, theirs.asset) == ("1-other", False, 1, 3)
