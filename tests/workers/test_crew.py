"""The crew: it works through the queue, says when it can't, and leaves no process behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from keeproom.catalog.tables import AssetTextRow, StateRow
from keeproom.library import deriving
from keeproom.library.listing import list_assets
from keeproom.library.queue import has_open_jobs, list_jobs
from keeproom.library.wording import WORDS_VERSION
from keeproom.model import JobState, Stage, Status
from keeproom.workers import crew as crew_module
from keeproom.workers.crew import TROUBLE, Crew
from tests.conftest import MakePicture
from tests.importing import Importer


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.02)


def readers() -> set[str]:
    """The reader processes of this one, those of other tests included: each as its number and command."""
    command = ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    return {line for line in listed.stdout.splitlines() if "keeproom.media" in line}


@pytest.fixture
def many(importer: Importer, make_picture: MakePicture) -> Importer:
    folder = make_picture("0.jpg").parent
    for number in range(1, 12):
        make_picture(f"{number}.jpg", number)
    importer(folder)
    return importer


def test_a_crew_works_through_the_queue_and_leaves_no_reader(many: Importer) -> None:
    before = readers()
    crew = Crew(many.library)
    crew.start()
    wait_until(lambda: not has_open_jobs(many.library))
    assert readers() - before
    crew.stop()
    crew.stop()
    assert not readers() - before
    assert {asset.status for asset in list_assets(many.library)} == {Status.READY}


def test_a_crew_words_a_library_of_an_older_program(many: Importer) -> None:
    library = many.library
    with library.catalog.write() as write:
        write.session.connection().exec_driver_sql("DELETE FROM asset_text")
    crew = Crew(library)
    crew.start()

    def is_worded() -> bool:
        with library.catalog.read() as session:
            return session.scalar(select(StateRow.words_version)) == WORDS_VERSION

    wait_until(is_worded)
    crew.stop()
    with library.catalog.read() as session:
        assert session.scalar(select(func.count()).select_from(AssetTextRow)) == 12


def test_a_crew_that_stops_gives_back_what_it_had_not_begun(many: Importer) -> None:
    before = readers()
    crew = Crew(many.library)
    crew.start()
    crew.stop()
    assert JobState.RUNNING not in {job.state for job in list_jobs(many.library)}
    assert not readers() - before


def test_a_crew_does_not_wait_for_a_reader_that_hangs(many: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    hang = [sys.executable, "-c", "import time; time.sleep(60)"]
    reader = deriving.PictureReader
    monkeypatch.setattr(deriving, "PictureReader", lambda slots: reader(slots, command=hang))
    crew = Crew(many.library)
    crew.start()
    wait_until(lambda: JobState.RUNNING in {job.state for job in list_jobs(many.library)})
    started = time.monotonic()
    crew.stop()
    assert time.monotonic() - started < 20  # a reader may take 30 s
    pictures = {(job.state, job.attempts) for job in list_jobs(many.library) if job.stage is Stage.PICTURE}
    assert pictures == {(JobState.WAITING, 0)}


def test_what_keeps_a_crew_from_working_is_told_and_gets_over(many: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    full = threading.Event()
    full.set()
    step = crew_module.StageWorker.step

    def on_a_full_disk(worker: crew_module.StageWorker, stopping: Callable[[], bool]) -> bool:
        if full.is_set():
            raise OSError(28, "No space left on device")
        return step(worker, stopping)

    monkeypatch.setattr(crew_module.StageWorker, "step", on_a_full_disk)
    monkeypatch.setattr(crew_module, "IDLE_SECONDS", 0.01)
    told: list[BaseException] = []
    crew = Crew(many.library, on_error=told.append)
    crew.start()
    wait_until(lambda: crew.trouble is not None)
    assert len(told) == TROUBLE
    full.clear()
    wait_until(lambda: not has_open_jobs(many.library))
    assert crew.trouble is None
    crew.stop()


def test_a_crew_that_cannot_even_begin_says_so(many: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise PermissionError(1, "The folder belongs to another user")

    monkeypatch.setattr(deriving, "ReaderSlots", refuse)
    crew = Crew(many.library)
    crew.start()
    wait_until(lambda: crew.trouble is not None)
    crew.stop()


def test_results_that_could_not_be_recorded_are_worked_for_again(
    many: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = deriving.record_results
    failures = iter(range(3))

    def record_later(*arguments: object) -> None:
        if next(failures, None) is not None:
            raise OSError(28, "No space left on device")
        record(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(deriving, "record_results", record_later)
    crew = Crew(many.library)
    crew.start()
    wait_until(lambda: not has_open_jobs(many.library))
    crew.stop()
    assert {asset.status for asset in list_assets(many.library)} == {Status.READY}
