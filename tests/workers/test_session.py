"""A library for a window: work elsewhere, news here."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from keeproom.library.listing import list_assets
from keeproom.library.opening import Library, open_library
from keeproom.library.queue import queue_counts
from keeproom.library.tagging import create_tag
from keeproom.model import Changes, FileReport, ImportProgress, ImportSummary, QueueCounts, Status
from keeproom.workers.session import Session
from tests.conftest import MakePicture
from tests.importing import Importer

WAIT_MS = 60_000


@pytest.fixture
def session(library: Library, qtbot: QtBot) -> Iterator[Session]:
    session = Session(library)
    session.start()
    yield session
    session.close()


def statuses(library: Library) -> set[Status]:
    return {asset.status for asset in list_assets(library)}


def test_results_and_errors_come_home_to_the_main_thread(session: Session, qtbot: QtBot) -> None:
    main = QThread.currentThread()
    seen: list[object] = []

    def done(value: object) -> None:
        seen.append((value, QThread.currentThread() is main))

    session.run(threading.get_ident, lambda ident: done(ident != threading.get_ident()))
    session.run(lambda: 1 // 0, done, lambda error: done(type(error)))
    qtbot.waitUntil(lambda: len(seen) == 2, timeout=WAIT_MS)
    assert set(seen) == {(True, True), (ZeroDivisionError, True)}


def test_an_error_that_nobody_waits_for_is_told(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.failed, timeout=WAIT_MS) as told:
        session.run(lambda: 1 // 0)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_an_import_is_reported_from_counting_to_ready(
    session: Session, library: Library, make_picture: MakePicture, qtbot: QtBot
) -> None:
    folder = make_picture("a.jpg").parent
    make_picture("b.jpg", 1)
    reports: list[FileReport] = []
    progress: list[ImportProgress] = []
    changed: set[int] = set()
    session.file_reported.connect(reports.append)
    session.import_progressed.connect(progress.append)
    session.changed.connect(lambda changes: changed.update(changes.changed))
    with qtbot.waitSignal(session.import_finished, timeout=WAIT_MS) as finished:
        session.import_paths([folder])
    summary: ImportSummary = finished.args[0]
    assert (summary.found, summary.imported, len(reports)) == (2, 2, 2)
    assert statuses(library) == {Status.READY}  # the balance is told when the stages have ended
    assert progress[-1].phase == "done"
    assert progress[-1].bytes_finished == progress[-1].bytes_found == summary.bytes
    qtbot.waitUntil(lambda: changed == {1, 2}, timeout=WAIT_MS)
    assert not session.is_importing


def test_an_import_that_is_refused_is_told_and_does_not_seem_to_go_on(
    session: Session, library: Library, qtbot: QtBot
) -> None:
    progress: list[ImportProgress] = []
    session.import_progressed.connect(progress.append)
    with qtbot.waitSignal(session.failed, timeout=WAIT_MS) as told:
        session.import_paths([library.folder / "blobs"])
    assert "inside the library" in str(told.args[0])
    assert progress[-1].phase == "cancelled"


def test_what_another_process_did_is_news(
    session: Session, library: Library, make_picture: MakePicture, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: session._revision >= 0, timeout=WAIT_MS)
    with open_library(library.folder) as other, qtbot.waitSignal(session.changed, timeout=WAIT_MS) as told:
        Importer(other)(make_picture())
    changes: Changes = told.args[0]
    assert changes.changed == (1,)


def test_another_processs_tags_and_collections_are_told_too(session: Session, library: Library, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: session._revision >= 0, timeout=WAIT_MS)
    with open_library(library.folder) as other, qtbot.waitSignal(session.changed, timeout=WAIT_MS) as told:
        create_tag(other, "sea")
    (changes,) = told.args
    assert (changes.organised, changes.changed) == (True, ())


def test_pause_stops_the_queue_for_every_process_and_resume_goes_on(
    session: Session, library: Library, make_picture: MakePicture, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.queue_progressed, timeout=WAIT_MS, check_params_cb=lambda counts: counts.paused):
        session.pause()
    assert session.paused
    assert queue_counts(library).paused
    with qtbot.waitSignal(session.queue_progressed, timeout=WAIT_MS) as told:
        session.resume()
    counts: QueueCounts = told.args[0]
    assert not counts.paused
    session.import_paths([make_picture()])
    qtbot.waitUntil(lambda: statuses(library) == {Status.READY}, timeout=WAIT_MS)


def test_a_paused_import_waits_and_a_cancelled_one_ends(
    session: Session, library: Library, make_picture: MakePicture, qtbot: QtBot
) -> None:
    session.pause()
    session.import_paths([make_picture()])
    qtbot.waitUntil(lambda: session.is_importing, timeout=WAIT_MS)
    assert list(list_assets(library)) == []
    session.cancel_import()
    qtbot.waitUntil(lambda: not session.is_importing, timeout=WAIT_MS)
    assert list(list_assets(library)) == []


def test_retry_brings_a_failed_asset_back_to_work(
    session: Session, library: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "fake.jpg").write_text("text")
    session.import_paths([tmp_path / "fake.jpg"])
    qtbot.waitUntil(lambda: statuses(library) == {Status.FAILED}, timeout=WAIT_MS)
    session.retry([1])
    qtbot.waitUntil(lambda: statuses(library) == {Status.PROCESSING}, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: statuses(library) == {Status.FAILED}, timeout=WAIT_MS)


def test_a_session_that_closes_leaves_no_half_file_and_the_next_one_goes_on(
    library: Library, make_picture: MakePicture, qtbot: QtBot
) -> None:
    folder = make_picture("0.jpg").parent
    for number in range(1, 60):
        make_picture(f"{number}.jpg", number)
    first = Session(library)
    first.start()
    with qtbot.waitSignal(first.file_reported, timeout=WAIT_MS):
        first.import_paths([folder])
    first.close()
    first.close()
    assert not list(library.process.incoming.iterdir())
    second = Session(library)
    second.start()
    second.import_paths([folder])
    qtbot.waitUntil(lambda: len(list(list_assets(library))) == 60, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: statuses(library) == {Status.READY}, timeout=WAIT_MS)
    second.close()
