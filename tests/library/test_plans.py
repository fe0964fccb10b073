"""The plan in the catalog: what an interrupted import still has to do, who may go on with it, and in which order."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import select, update

from keeproom.catalog.tables import EntryRow, ImportRow
from keeproom.errors import CancelledError, UsageError
from keeproom.library import plans
from keeproom.library.control import Control
from keeproom.library.importing import Import
from keeproom.library.imports import ImportState, RunState, find_import, import_items
from keeproom.library.ingesting import Ingested
from keeproom.library.listing import list_assets
from keeproom.library.opening import Library, open_library
from keeproom.library.planning import PlannedFile
from keeproom.model import FileReport, ImportProgress, ImportSummary, Outcome
from tests.conftest import MakePicture
from tests.importing import Importer


@pytest.fixture
def folder(make_picture: MakePicture) -> Path:
    """Ten photos and a text."""
    for number in range(10):
        folder = make_picture(f"{number}.jpg", number).parent
    (folder / "5.txt").write_text("text")
    return folder


def opened(library: Library, *paths: Path, move: bool = False, control: Control | None = None) -> Import:
    """An import of a window, counted."""
    run = Import(library, control or Control(), move=move, resumes=True)
    run.open(paths)
    run.plan(paths)
    return run


def work_on(library: Library, run: plans.Run) -> tuple[ImportSummary, list[FileReport]]:
    reports: list[FileReport] = []
    going = Import(library, Control(), resumes=True, on_reports=reports.extend)
    going.go_on(run)
    going.work()
    return going.end(), reports


def stopped_after(library: Library, folder: Path, files: int) -> int:
    """An import of a window that was closed after some files."""
    control = Control()
    run = opened(library, folder, control=control)
    original = run._ingest
    taken: list[PlannedFile] = []

    def stop_in_time(planned: PlannedFile) -> Ingested | FileReport:
        if len(taken) == files:
            control.stop()
        taken.append(planned)
        return original(planned)

    run._ingest = stop_in_time  # type: ignore[method-assign]
    with pytest.raises(CancelledError):
        run.work()
    run.end()
    assert run.entry is not None
    return run.entry


def outcomes(library: Library, entry: int) -> list[str]:
    return [item.outcome or "waiting" for item in import_items(library, entry)]


def names(library: Library, entry: int) -> list[str]:
    return [item.path.name for item in import_items(library, entry)]


def test_a_plan_waits_in_the_catalog_in_the_order_of_names(library: Library, folder: Path) -> None:
    run = opened(library, folder)
    assert run.entry is not None
    assert names(library, run.entry) == sorted(os.listdir(folder))
    assert outcomes(library, run.entry) == ["waiting"] * 11
    record = find_import(library, run.entry)
    assert record is not None
    assert (record.state, record.waiting, record.folders) == (ImportState.RUNNING, 11, (str(folder),))


def test_the_list_keeps_the_order_of_the_plan_whoever_is_first(library: Library, folder: Path) -> None:
    run = opened(library, folder)
    run._planned.reverse()  # as if the last files were committed first
    threads = [threading.Thread(target=run.work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run.end()
    assert run.entry is not None
    assert names(library, run.entry) == sorted(os.listdir(folder))
    assert outcomes(library, run.entry) == ["imported"] * 6 + ["skipped"] + ["imported"] * 4


def test_more_files_than_a_chunk_are_stored_in_order(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "CHUNK_FILES", 4)
    run = opened(library, folder)
    assert run.entry is not None
    assert names(library, run.entry) == sorted(os.listdir(folder))
    command = Import(library, Control())
    command.plan([folder])
    command.begin()
    assert command.entry is not None
    assert names(library, command.entry) == sorted(os.listdir(folder))
    assert [item.id for item in import_items(library, command.entry)] == list(range(12, 23))


def test_what_a_stop_leaves_is_taken_once_and_finished(library: Library, folder: Path) -> None:
    entry = stopped_after(library, folder, 4)
    assert outcomes(library, entry) == ["imported"] * 4 + ["waiting"] * 7
    record = find_import(library, entry)
    assert record is not None
    assert (record.state, record.waiting, record.ended_at) == (ImportState.INTERRUPTED, 7, None)
    with open_library(library.folder) as other:
        (run,) = plans.take_unfinished(other)
        assert (run.entry, run.waiting, run.was_killed) == (entry, 7, False)
        assert plans.take_unfinished(library) == []
        with pytest.raises(UsageError, match="another window"):
            plans.take(library, entry)
        summary, reports = work_on(other, run)
    assert len(reports) == 7
    assert (summary.found, summary.imported, summary.skipped) == (11, 10, 1)
    assert len({asset.sha256 for asset in list_assets(library)}) == len(list(list_assets(library))) == 10
    record = find_import(library, entry)
    assert record is not None
    assert (record.state, record.waiting, record.ended_at is None) == (ImportState.ENDED, 0, False)
    assert record.bytes == sum(path.stat().st_size for path in folder.glob("*.jpg"))
    assert plans.take_unfinished(library) == []


def test_the_import_of_a_process_that_died_is_taken_and_said_to_be(library: Library, folder: Path) -> None:
    entry = stopped_after(library, folder, 4)
    with library.catalog.write() as write:
        write.session.execute(update(ImportRow).values(process="1-gone"))
    (run,) = plans.take_unfinished(library)
    assert (run.entry, run.was_killed) == (entry, True)


def test_an_import_that_was_still_counting_counts_anew(library: Library, folder: Path) -> None:
    control = Control()
    run = Import(library, control, resumes=True)
    run.open([folder])
    assert run.entry is not None
    with library.catalog.write() as write:
        plans.add(write, run.entry, [FileReport(folder / "old", Outcome.SKIPPED)])
    plans.let_go(library)
    (taken,) = plans.take_unfinished(library)
    assert taken.state is RunState.COUNTING
    summary, _ = work_on(library, taken)
    assert (summary.found, summary.imported) == (11, 10)
    assert names(library, run.entry) == sorted(os.listdir(folder))


def test_a_source_that_vanished_meanwhile_is_a_failure_that_is_seen(library: Library, folder: Path) -> None:
    entry = stopped_after(library, folder, 4)
    (folder / "8.jpg").unlink()
    (run,) = plans.take_unfinished(library)
    summary, _ = work_on(library, run)
    assert (summary.imported, summary.failed) == (9, 1)
    (item,) = import_items(library, entry, [Outcome.FAILED])
    assert (item.path.name, item.reason and item.reason.code) == ("8.jpg", "not-found")


def test_cancelling_skips_what_waits_and_says_why(library: Library, folder: Path) -> None:
    entry = stopped_after(library, folder, 4)
    plans.take(library, entry)
    plans.cancel(library, entry)
    assert outcomes(library, entry) == ["imported"] * 4 + ["skipped"] * 7
    assert {item.reason.code for item in import_items(library, entry, [Outcome.SKIPPED]) if item.reason} == {
        "cancelled"
    }
    record = find_import(library, entry)
    assert record is not None
    assert (record.state, record.ended_at is None) == (ImportState.CANCELLED, False)
    assert plans.take_unfinished(library) == []


def test_what_was_not_kept_is_tried_again_under_the_same_import(library: Library, folder: Path) -> None:
    away = folder.with_name("away.jpg")
    run = opened(library, folder)
    os.rename(folder / "3.jpg", away)
    run.work()
    assert run.end().failed == 1
    entry = run.entry
    assert entry is not None
    (item,) = import_items(library, entry, [Outcome.FAILED])
    os.rename(away, folder / "3.jpg")
    everything = [each.id for each in import_items(library, entry)]
    taken = plans.wait_again(library, entry, everything)
    assert taken.waiting == 2  # the text as well: who knows what is in it now
    summary, reports = work_on(library, taken)
    assert {report.item for report in reports} == {item.id, item.id + 3}
    assert (summary.found, summary.imported, summary.failed, summary.skipped) == (11, 10, 0, 1)
    record = find_import(library, entry)
    assert record is not None
    assert record.state is ImportState.ENDED
    with library.catalog.read() as session:
        assert len(session.scalars(select(EntryRow)).all()) == 1


def test_a_folder_that_could_not_be_read_is_tried_again_with_all_that_is_in_it(library: Library, folder: Path) -> None:
    away = folder.with_name("away")
    os.rename(folder, away)
    run = opened(library, folder)
    run.work()
    assert run.end().failed == 1
    assert run.entry is not None
    os.rename(away, folder)
    (item,) = import_items(library, run.entry)
    summary, _ = work_on(library, plans.wait_again(library, run.entry, [item.id]))
    assert (summary.found, summary.imported, summary.failed) == (11, 10, 0)
    assert names(library, run.entry) == sorted(os.listdir(folder))


def test_a_move_that_was_interrupted_after_its_commit_removes_the_original_later(
    library: Library, folder: Path
) -> None:
    control = Control()
    run = opened(library, folder, move=True, control=control)
    run._move = False  # killed between the commit and the removal
    run.work()
    assert run.entry is not None
    with library.catalog.write() as write:
        plans.set_state(write, run.entry, RunState.COPYING)
    plans.let_go(library)
    assert len(os.listdir(folder)) == 11
    (taken,) = plans.take_unfinished(library)
    assert taken.move
    work_on(library, taken)
    assert os.listdir(folder) == ["5.txt"]


def test_what_a_person_put_back_is_not_moved_when_something_is_tried_again(library: Library, folder: Path) -> None:
    (folder / "a.jpg").symlink_to("nowhere")
    run = opened(library, folder, move=True)
    bytes_of_0 = (folder / "0.jpg").read_bytes()
    run.work()
    run.end()
    assert run.entry is not None
    assert sorted(os.listdir(folder)) == ["5.txt", "a.jpg"]
    (folder / "0.jpg").write_bytes(bytes_of_0)
    taken = plans.wait_again(library, run.entry, [item.id for item in import_items(library, run.entry)])
    assert taken.had_ended
    work_on(library, taken)
    assert (folder / "0.jpg").exists()


def test_a_move_that_is_stopped_while_it_is_finished_is_finished_another_time(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = opened(library, folder, move=True)
    run._move = False  # killed between the commit and the removal
    run.work()
    plans.let_go(library)
    (taken,) = plans.take_unfinished(library)
    control = Control()

    def stop(*_: object) -> None:
        control.stop()
        control.check()

    going = Import(library, control, resumes=True)
    going.go_on(taken)
    going.work()
    with monkeypatch.context() as patch:
        patch.setattr("keeproom.library.importing.removable_originals", stop)
        going.end()
    assert len(os.listdir(folder)) == 11
    (taken,) = plans.take_unfinished(library)
    work_on(library, taken)
    assert os.listdir(folder) == ["5.txt"]


def test_an_import_that_has_ended_is_not_cancelled_after_that(library: Library, folder: Path) -> None:
    run = opened(library, folder)
    run.work()
    run.end()
    assert run.entry is not None
    plans.cancel(library, run.entry)
    record = find_import(library, run.entry)
    assert record is not None
    assert record.state is ImportState.ENDED


def test_the_import_of_another_process_is_not_cancelled(library: Library, folder: Path) -> None:
    run = opened(library, folder)
    assert run.entry is not None
    with open_library(library.folder) as other, pytest.raises(UsageError, match="another window"):
        plans.cancel(other, run.entry)
    assert "skipped" not in outcomes(library, run.entry)


def test_a_list_that_was_made_meanwhile_is_not_made_anew(library: Library, folder: Path) -> None:
    run = Import(library, Control(), resumes=True)
    run.open([folder])
    assert run.entry is not None
    first, second = plans.take(library, run.entry), plans.take(library, run.entry)
    summary, reports = work_on(library, first)
    ids = [item.id for item in import_items(library, run.entry)]
    again, reports = work_on(library, second)
    assert reports == []
    assert (again.found, again.imported) == (summary.found, summary.imported) == (11, 10)
    assert [item.id for item in import_items(library, run.entry)] == ids


def test_a_million_files_that_wait_for_room_are_asked_after_once(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = opened(library, folder)
    run._aside = [PlannedFile(f"/{number}", 10**6 - number) for number in range(1000)]
    asked: list[object] = []

    def disk_usage(path: object) -> object:
        asked.append(path)
        return shutil._ntuple_diskusage(900_000, 0, 900_000)

    monkeypatch.setattr(shutil, "disk_usage", disk_usage)
    assert not run.has_room()
    assert len(asked) <= 2


def test_a_command_that_was_killed_is_left_to_its_person_and_given_again(library: Library, folder: Path) -> None:
    killed = Import(library, Control())
    killed.plan([folder])
    killed.begin()
    assert killed.entry is not None
    with library.catalog.write() as write:
        write.session.execute(update(ImportRow).values(process="1-gone"))
    assert plans.take_unfinished(library) == []
    other = Importer(library)(folder / "0.jpg")
    assert other.imported == 1
    record = find_import(library, killed.entry)
    assert record is not None
    assert (record.state, record.waiting) == (ImportState.INTERRUPTED, 11)
    assert Importer(library)(folder).imported == 9
    record = find_import(library, killed.entry)
    assert record is not None
    assert (record.state, record.waiting) == (ImportState.ENDED, 0)


def test_a_file_without_room_waits_and_the_others_come_in(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress: list[ImportProgress] = []
    run = Import(library, Control(), resumes=True, on_progress=progress.append)
    run.open([folder])
    large = folder / "4.jpg"
    large.write_bytes(large.read_bytes() + bytes(100_000))
    room = [60_000]

    def disk_usage(_: object) -> object:
        return shutil._ntuple_diskusage(room[0], 0, room[0])

    monkeypatch.setattr(shutil, "disk_usage", disk_usage)
    run.plan([folder])
    counted = progress[-1]
    assert (counted.phase, counted.lacks_space, counted.free_bytes) == ("copying", True, 60_000)
    assert counted.needed_bytes == sum(path.stat().st_size for path in folder.iterdir())
    run.work()
    summary = run.end()
    entry = run.entry
    assert entry is not None
    assert (summary.imported, summary.failed) == (9, 0)
    assert progress[-1].phase == "no-space"
    assert progress[-1].needed_bytes == large.stat().st_size
    assert [item.path.name for item in import_items(library, entry, [None])] == ["4.jpg"]
    record = find_import(library, entry)
    assert record is not None
    assert (record.state, record.lacks_space, record.waiting) == (ImportState.PAUSED, True, 1)
    assert not run.has_room()
    room[0] = 200_000
    assert run.has_room()
    summary, _ = work_on(library, plans.take(library, entry))
    assert summary.imported == 10


def test_progress_names_the_files_in_hand(
    library: Library, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keeproom.library.progress._PACE_SECONDS", 0)
    photo = make_picture()
    photo.write_bytes(photo.read_bytes() + bytes(1_000_000))
    progress: list[ImportProgress] = []
    run = Import(library, Control(), resumes=True, on_progress=progress.append)
    run.open([photo])
    run.plan([photo])
    run.work()
    (item,) = import_items(library, run.entry or 0)
    fractions = [fraction for told in progress for number, fraction in told.in_hand if number == item.id]
    assert len(fractions) > 3
    assert fractions == sorted(fractions)
    assert {told.entry for told in progress if told.phase == "copying"} == {run.entry}
    assert progress[-1].in_hand == ()


def roots_of_first(library: Library) -> Sequence[str]:
    record = find_import(library, 1)
    assert record is not None
    return record.folders


def test_roots_are_remembered_byte_by_byte(library: Library, make_picture: MakePicture, tmp_path: Path) -> None:
    odd = make_picture(os.fsencode("caf") + b"\xe9.jpg")
    other = make_picture("a\nb.jpg", 1)
    opened(library, odd, other)
    assert roots_of_first(library) == (str(odd), str(other))
    plans.let_go(library)
    (run,) = plans.take_unfinished(library)
    assert work_on(library, run)[0].imported == 2
