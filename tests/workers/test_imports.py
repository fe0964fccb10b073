"""A window's imports over several starts: closed, paused, cancelled, out of space, and tried again."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from keeproom.catalog.tables import ChangeRow
from keeproom.library.control import Control
from keeproom.library.importing import Import
from keeproom.library.imports import ImportState, find_import, import_items, list_imports
from keeproom.library.ingesting import Ingested, KnownBlobs, ingest_file
from keeproom.library.listing import list_assets
from keeproom.library.opening import Library, open_library
from keeproom.library.originals import Original, Removed, removable_originals
from keeproom.library.planning import PlannedFile
from keeproom.library.plans import let_go
from keeproom.library.queue import pause_queue, resume_queue
from keeproom.model import FileReport, ImportProgress, ImportSummary, Outcome
from keeproom.workers import imports
from keeproom.workers.imports import Continued
from keeproom.workers.session import Session
from tests.conftest import MakePicture

WAIT_MS = 60_000
COUNT = 40


@pytest.fixture
def folder(make_picture: MakePicture) -> Path:
    for number in range(COUNT):
        folder = make_picture(f"{number:02}.jpg", number).parent
    return folder


class Gate:
    """Lets so many files through, and keeps the next ones in hand until somebody stops or opens it."""

    def __init__(self) -> None:
        self.left = 5
        self.opened = threading.Event()

    def ingest(
        self,
        library: Library,
        planned: PlannedFile,
        known: KnownBlobs,
        control: Control,
        advance: Callable[[int], None],
    ) -> Ingested | FileReport:
        self.left -= 1
        while self.left < 0 and not self.opened.wait(0.01):
            control.check()
        return ingest_file(library, planned, known, control, advance)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    gate = Gate()
    monkeypatch.setattr("keeproom.library.importing.ingest_file", gate.ingest)
    monkeypatch.setattr("keeproom.library.importing.GROUP_FILES", 1)
    return gate


class Told:
    """What a session told."""

    def __init__(self, session: Session) -> None:
        self.continued: list[Continued] = []
        self.reports: list[FileReport] = []
        self.progress: list[ImportProgress] = []
        self.finished: list[ImportSummary] = []
        self.errors: list[BaseException] = []
        session.continued.connect(self.continued.append)
        session.file_reported.connect(self.reports.append)
        session.import_progressed.connect(self.progress.append)
        session.import_finished.connect(self.finished.append)
        session.failed.connect(self.errors.append)


@contextmanager
def session_on(library: Library) -> Iterator[tuple[Session, Told]]:
    session = Session(library)
    told = Told(session)
    session.start()
    try:
        yield session, told
    finally:
        session.close()
        session.deleteLater()


def names(library: Library) -> list[str]:
    return sorted(asset.name for asset in list_assets(library))


def interrupt(library: Library, folder: Path, gate: Gate, qtbot: QtBot) -> int:
    """Import a folder and close the window after the first files; how many are left."""
    with session_on(library) as (session, told):
        session.import_paths([folder])
        qtbot.waitUntil(lambda: bool(told.reports), timeout=WAIT_MS)
    gate.opened.set()
    (record,) = list_imports(library)
    assert record.state is ImportState.INTERRUPTED
    assert not list(library.process.incoming.iterdir())
    return record.waiting


def test_closing_pauses_and_the_next_start_goes_on_by_itself(
    library: Library, folder: Path, gate: Gate, qtbot: QtBot
) -> None:
    left = interrupt(library, folder, gate, qtbot)
    assert 0 < left < COUNT
    with session_on(library) as (_, told):
        qtbot.waitUntil(lambda: bool(told.finished), timeout=WAIT_MS)
    assert told.continued == [Continued((1,), left, unexpectedly=False, paused=False)]
    assert len(told.reports) == left
    assert (told.finished[0].found, told.finished[0].imported) == (COUNT, COUNT)
    assert told.progress[-1].phase == "done"
    assert names(library) == sorted(os.listdir(folder))
    with session_on(library) as (session, told):
        qtbot.waitUntil(lambda: session._revision >= 0, timeout=WAIT_MS)
        assert told.continued == []


def test_of_two_windows_that_start_at_once_one_goes_on(
    library: Library, folder: Path, gate: Gate, qtbot: QtBot
) -> None:
    left = interrupt(library, folder, gate, qtbot)
    with (
        open_library(library.folder) as other,
        session_on(library) as (_, here),
        session_on(other) as (_, there),
    ):
        qtbot.waitUntil(lambda: bool(here.finished + there.finished), timeout=WAIT_MS)
        assert [told.files for told in here.continued + there.continued] == [left]
        assert sorted([len(here.reports), len(there.reports)]) == [0, left]
    assert names(library) == sorted(os.listdir(folder))


def test_a_drop_that_waits_for_its_turn_is_not_forgotten(
    library: Library, folder: Path, make_picture: MakePicture, gate: Gate, qtbot: QtBot
) -> None:
    late = make_picture("late.jpg", 999, folder=folder.with_name("late"))
    with session_on(library) as (session, told):
        session.import_paths([folder])
        session.import_paths([late])
        qtbot.waitUntil(lambda: len(list_imports(library)) == 2 and bool(told.reports), timeout=WAIT_MS)
    assert "late.jpg" not in names(library)
    gate.opened.set()
    with session_on(library) as (_, told):
        qtbot.waitUntil(lambda: len(told.finished) == 2, timeout=WAIT_MS)
    assert "late.jpg" in names(library)
    assert len(names(library)) == COUNT + 1


def test_what_a_person_paused_stays_paused_over_a_start(
    library: Library, folder: Path, gate: Gate, qtbot: QtBot
) -> None:
    with session_on(library) as (session, told):
        session.import_paths([folder])
        qtbot.waitUntil(lambda: bool(told.reports), timeout=WAIT_MS)
        with qtbot.waitSignal(session.queue_progressed, timeout=WAIT_MS, check_params_cb=lambda counts: counts.paused):
            session.pause()
    gate.opened.set()
    before = names(library)
    with session_on(library) as (session, told):
        qtbot.waitUntil(lambda: bool(told.continued) and session.paused, timeout=WAIT_MS)
        assert told.continued[0].paused
        assert session.is_importing
        (record,) = list_imports(library)
        assert record.state is ImportState.PAUSED
        assert names(library) == before
        session.resume()
        qtbot.waitUntil(lambda: bool(told.finished), timeout=WAIT_MS)
    assert len(names(library)) == COUNT


def test_a_cancelled_import_does_not_come_back(library: Library, folder: Path, gate: Gate, qtbot: QtBot) -> None:
    with session_on(library) as (session, told):
        session.import_paths([folder])
        qtbot.waitUntil(lambda: bool(told.reports), timeout=WAIT_MS)
        session.cancel_import()
        qtbot.waitUntil(lambda: not session.is_importing, timeout=WAIT_MS)
        assert told.progress[-1].phase == "cancelled"
    gate.opened.set()
    (record,) = list_imports(library)
    assert (record.state, record.waiting) == (ImportState.CANCELLED, 0)
    assert record.counts[Outcome.SKIPPED] == COUNT - record.counts[Outcome.IMPORTED]
    with session_on(library) as (session, told):
        qtbot.waitUntil(lambda: session._revision >= 0, timeout=WAIT_MS)
        assert told.continued == []
        items = [item.id for item in import_items(library, record.entry)]
        session.retry_items(record.entry, items)
        qtbot.waitUntil(lambda: len(names(library)) == COUNT, timeout=WAIT_MS)


def test_an_import_in_line_is_cancelled_at_once(
    library: Library, folder: Path, make_picture: MakePicture, gate: Gate, qtbot: QtBot
) -> None:
    late = make_picture("late.jpg", 999, folder=folder.with_name("late"))
    with session_on(library) as (session, told):
        session.import_paths([folder])
        session.import_paths([late])
        qtbot.waitUntil(lambda: len(list_imports(library)) == 2 and bool(told.reports), timeout=WAIT_MS)
        session.cancel_import(2)
        qtbot.waitUntil(lambda: list_imports(library)[0].state is ImportState.CANCELLED, timeout=WAIT_MS)
        assert list_imports(library)[1].state is ImportState.RUNNING
        gate.opened.set()
        qtbot.waitUntil(lambda: len(told.finished) == 2, timeout=WAIT_MS)
    assert [record.state for record in list_imports(library)] == [ImportState.CANCELLED, ImportState.ENDED]
    assert names(library) == sorted(os.listdir(folder))


def test_an_import_that_goes_on_and_is_cancelled_in_line_stays_cancelled(
    library: Library, folder: Path, make_picture: MakePicture, gate: Gate, qtbot: QtBot
) -> None:
    late = make_picture("late.jpg", 999, folder=folder.with_name("late"))
    for path in (folder, late):
        Import(library, Control(), resumes=True).open([path])  # closed before it had counted
    let_go(library)
    with session_on(library) as (session, told):
        qtbot.waitUntil(lambda: bool(told.continued and told.reports), timeout=WAIT_MS)
        session.cancel_import(2)
        qtbot.waitUntil(lambda: list_imports(library)[0].state is ImportState.CANCELLED, timeout=WAIT_MS)
        gate.opened.set()
        qtbot.waitUntil(lambda: len(told.finished) == 2, timeout=WAIT_MS)
    assert [record.state for record in list_imports(library)] == [ImportState.CANCELLED, ImportState.ENDED]
    assert names(library) == sorted(os.listdir(folder))


def test_an_import_that_was_asked_to_go_on_twice_goes_on_once(
    library: Library, folder: Path, gate: Gate, qtbot: QtBot
) -> None:
    Import(library, Control(), resumes=True).open([folder])
    let_go(library)
    session = Session(library)
    told = Told(session)
    session.continue_import(1)
    session.continue_import(1)
    qtbot.waitUntil(lambda: bool(told.reports), timeout=WAIT_MS)
    assert len(session._imports._tasks) == 1
    gate.opened.set()
    qtbot.waitUntil(lambda: not session.is_importing, timeout=WAIT_MS)
    session.close()
    assert [report.outcome for report in told.reports] == [Outcome.IMPORTED] * COUNT


def test_what_another_process_pauses_and_resumes_is_followed(
    library: Library, folder: Path, gate: Gate, qtbot: QtBot
) -> None:
    with session_on(library) as (session, told):
        session.import_paths([folder])
        qtbot.waitUntil(lambda: bool(told.reports), timeout=WAIT_MS)
        pause_queue(library)
        qtbot.waitUntil(lambda: session.paused, timeout=WAIT_MS)
        assert session._imports._tasks[0].control.paused
        gate.opened.set()
        resume_queue(library)
        qtbot.waitUntil(lambda: bool(told.finished), timeout=WAIT_MS)
        assert not session.paused


def test_an_interrupted_import_can_be_given_up(library: Library, folder: Path, gate: Gate, qtbot: QtBot) -> None:
    interrupt(library, folder, gate, qtbot)
    session = Session(library)  # not started: it takes nothing by itself
    session.cancel_import(1)
    qtbot.waitUntil(lambda: list_imports(library)[0].state is ImportState.CANCELLED, timeout=WAIT_MS)
    session.close()


def test_what_failed_is_tried_again_while_another_import_is_at_work(
    library: Library, folder: Path, make_picture: MakePicture, qtbot: QtBot
) -> None:
    photo = make_picture("photo.jpg", 500, folder=folder.with_name("one"))
    away = photo.with_name("away")
    os.rename(photo, away)
    with session_on(library) as (session, told):
        session.import_paths([photo])
        qtbot.waitUntil(lambda: bool(told.finished), timeout=WAIT_MS)
        assert told.finished[0].failed == 1
        os.rename(away, photo)
        session.import_paths([folder])
        session.retry_items(1, [item.id for item in import_items(library, 1)])
        qtbot.waitUntil(lambda: len(told.finished) == 3, timeout=WAIT_MS)
    record = find_import(library, 1)
    assert record is not None
    assert (record.state, record.counts[Outcome.IMPORTED], record.counts[Outcome.FAILED]) == (ImportState.ENDED, 1, 0)


def test_an_import_of_another_window_is_refused(library: Library, folder: Path, qtbot: QtBot) -> None:
    with open_library(library.folder) as other, session_on(other) as (theirs, _), session_on(library) as (ours, told):
        theirs.pause()
        theirs.import_paths([folder])
        qtbot.waitUntil(lambda: bool(list_imports(library)), timeout=WAIT_MS)
        ours.continue_import(1)
        qtbot.waitUntil(lambda: bool(told.errors), timeout=WAIT_MS)
        assert "another window" in str(told.errors[0])


def test_a_close_while_a_large_file_is_copied_is_quick(library: Library, tmp_path: Path, qtbot: QtBot) -> None:
    large = tmp_path / "large.jpg"
    large.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00")
    os.truncate(large, 600_000_000)
    session = Session(library)
    told = Told(session)
    session.start()
    session.import_paths([large])
    qtbot.waitUntil(lambda: any(progress.in_hand for progress in told.progress), timeout=WAIT_MS)
    began = time.monotonic()
    session.stop()
    asked = time.monotonic() - began
    session.close()
    assert asked < 0.05
    assert time.monotonic() - began < 3  # 0.1 s on an idle machine
    assert not list(library.process.incoming.iterdir())
    (record,) = list_imports(library)
    assert (record.state, record.waiting) == (ImportState.INTERRUPTED, 1)


def test_what_finds_no_room_goes_on_when_there_is_some(
    library: Library, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = folder / "large.jpg"
    large.write_bytes((folder / "00.jpg").read_bytes() + bytes(500_000))
    free = [400_000]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(free[0], 0, free[0]))
    monkeypatch.setattr(imports, "ROOM_MS", 50)
    with session_on(library) as (session, told):
        session.import_paths([folder])
        qtbot.waitUntil(lambda: session.waits_for_space, timeout=WAIT_MS)
        assert told.progress[-1].phase == "no-space"
        assert told.finished == []
        assert len(names(library)) == COUNT
        free[0] = 2_000_000
        qtbot.waitUntil(lambda: bool(told.finished), timeout=WAIT_MS)
        assert told.finished[0].imported == COUNT + 1
        assert not session.waits_for_space


def test_what_waits_for_room_is_tried_on_resume_and_at_the_next_start(
    library: Library, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "large.jpg").write_bytes((folder / "00.jpg").read_bytes() + bytes(500_000))
    free = [400_000]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(free[0], 0, free[0]))
    with session_on(library) as (session, told):
        session.import_paths([folder])
        qtbot.waitUntil(lambda: session.waits_for_space, timeout=WAIT_MS)
        session.resume()
        assert not session.waits_for_space
        qtbot.waitUntil(lambda: session.waits_for_space, timeout=WAIT_MS)
    free[0] = 2_000_000
    with session_on(library) as (_, told):
        qtbot.waitUntil(lambda: bool(told.finished), timeout=WAIT_MS)
        assert told.continued[0].files == 1
    assert len(names(library)) == COUNT + 1


def test_originals_are_removed_elsewhere_and_a_close_ends_it(library: Library, folder: Path, qtbot: QtBot) -> None:
    with session_on(library) as (session, told):
        session.import_paths([folder])
        qtbot.waitUntil(lambda: bool(told.finished), timeout=WAIT_MS)
        originals = removable_originals(library, 1, Control())
        gone: list[Original] = []
        done: list[Removed] = []
        session.remove_originals(originals[:3], gone.append, done.append)
        qtbot.waitUntil(lambda: bool(done), timeout=WAIT_MS)
        assert [original.path for original in gone] == [original.path for original in originals[:3]]
        assert done[0].removed == 3
        session.remove_originals(originals[3:])
    with library.catalog.read() as read:
        logged = read.scalar(select(func.count()).select_from(ChangeRow).where(ChangeRow.field == "originals"))
    assert logged == COUNT - len(os.listdir(folder))
