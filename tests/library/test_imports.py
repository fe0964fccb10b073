"""Looking at imports: what is counted, and how the lines of a list are paged and filtered."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from keeproom.catalog.tables import AssetRow, BlobRow
from keeproom.library import plans
from keeproom.library.imports import (
    ImportState,
    RunState,
    count_items,
    find_import,
    import_items,
    item_ids,
    items_of,
    list_imports,
)
from keeproom.library.opening import Library
from keeproom.library.planning import PlannedFile
from keeproom.library.queue import pause_queue
from keeproom.model import FileReport, Outcome, Reason, Status
from tests.conftest import MakePicture
from tests.importing import Importer, work_through


@pytest.fixture
def mixed(importer: Importer, make_picture: MakePicture) -> int:
    """An import of two photos, one of them twice, one that no reader can read, and a text; another import before it."""
    importer(make_picture("earlier.jpg", 9, folder=make_picture().parent.with_name("before")))
    folder = make_picture("a.jpg", 1).parent
    make_picture("b.jpg", 2)
    make_picture("c.jpg", 2)
    (folder / "d.jpg").write_text("text")
    (folder / "e.txt").write_text("text")
    (folder / "photo.jpg").unlink()
    entry = importer(folder).entry
    work_through(importer.library)
    assert entry is not None
    return entry


def fail_at_once(library: Library) -> None:
    from keeproom.catalog.tables import JobRow

    with library.catalog.write() as write:
        write.session.execute(update(JobRow).where(JobRow.error.is_not(None)).values(state="failed", attempts=3))
        failed = "SELECT blob_id FROM job WHERE state = 'failed'"
        write.session.connection().exec_driver_sql(f"UPDATE blob SET progress = 'failed' WHERE id IN ({failed})")


def test_each_import_has_its_balance(library: Library, mixed: int) -> None:
    fail_at_once(library)
    newest, before = list_imports(library)
    assert (newest.entry, newest.state, newest.waiting) == (mixed, ImportState.ENDED, 0)
    assert newest.counts == {Outcome.IMPORTED: 3, Outcome.DUPLICATE: 1, Outcome.FAILED: 0, Outcome.SKIPPED: 1}
    assert newest.problems == 1
    assert newest.bytes == sum(item.size_bytes for item in import_items(library, mixed, [Outcome.IMPORTED]))
    assert newest.started_at <= (newest.ended_at or newest.started_at)
    assert before.counts[Outcome.IMPORTED] == 1
    assert find_import(library, mixed) == newest
    assert find_import(library, 99) is None


def test_a_line_tells_what_became_of_its_file(library: Library, mixed: int) -> None:
    fail_at_once(library)
    lines = {item.path.name: item for item in import_items(library, mixed)}
    assert (lines["a.jpg"].outcome, lines["a.jpg"].status, lines["a.jpg"].error) == (
        Outcome.IMPORTED,
        Status.READY,
        None,
    )
    assert lines["c.jpg"].outcome is Outcome.DUPLICATE
    assert lines["c.jpg"].asset == lines["b.jpg"].asset
    assert lines["d.jpg"].status is Status.FAILED
    assert lines["d.jpg"].error
    assert (lines["e.txt"].outcome, lines["e.txt"].asset) == (Outcome.SKIPPED, None)
    assert lines["e.txt"].reason is not None
    assert lines["e.txt"].reason.code == "not-media"


def test_lines_are_paged_and_filtered_in_the_order_of_the_plan(library: Library, mixed: int) -> None:
    ids = list(item_ids(library, mixed))
    assert ids == sorted(ids)
    pages = [import_items(library, mixed, None, after, 2) for after in (0, ids[1], ids[3], ids[4])]
    assert [[item.path.name for item in page] for page in pages] == [
        ["a.jpg", "b.jpg"],
        ["c.jpg", "d.jpg"],
        ["e.txt"],
        [],
    ]
    chosen = [Outcome.SKIPPED, Outcome.IMPORTED]
    assert list(item_ids(library, mixed, chosen)) == [ids[0], ids[1], ids[3], ids[4]]
    assert count_items(library, mixed, chosen) == 4
    assert [item.id for item in import_items(library, mixed, chosen, ids[0], 2)] == [ids[1], ids[3]]
    assert import_items(library, mixed, []) == []
    assert count_items(library, mixed, [None]) == 0
    assert [item.id for item in items_of(library, [ids[3], 99, ids[0]])] == [ids[3], ids[0]]


def test_lines_with_a_problem_are_those_that_failed_and_those_with_bad_bytes(library: Library, mixed: int) -> None:
    fail_at_once(library)
    bad = import_items(library, mixed, [Outcome.IMPORTED])[0].asset
    with library.catalog.write() as write:
        blob = write.session.get_one(AssetRow, bad).blob_id
        write.session.execute(update(BlobRow).where(BlobRow.id == blob).values(state="damaged"))
    troubled = import_items(library, mixed, problems=True)
    assert [(item.path.name, item.status) for item in troubled] == [
        ("a.jpg", Status.DAMAGED),
        ("d.jpg", Status.FAILED),
    ]
    assert count_items(library, mixed, problems=True) == 2


def test_a_line_whose_asset_was_purged_stays(library: Library, mixed: int) -> None:
    with library.catalog.write() as write:
        asset = import_items(library, mixed)[0].asset
        write.session.connection().exec_driver_sql("DELETE FROM source")
        write.session.execute(delete(AssetRow).where(AssetRow.id == asset))
    line = import_items(library, mixed)[0]
    assert (line.outcome, line.asset, line.status) == (Outcome.IMPORTED, None, None)


def test_an_import_is_paused_while_all_work_is(library: Library, tmp_path: Path) -> None:
    with library.catalog.write() as write:
        entry = plans.begin(write, library, [tmp_path], move=False, separate=False, resumes=True)
    pause_queue(library)
    record = find_import(library, entry)
    assert record is not None
    assert record.state is ImportState.PAUSED
    assert not record.lacks_space


def test_a_list_of_many_files_is_paged_without_being_read(library: Library, tmp_path: Path) -> None:
    """30,000 files beside 30,000 of another import: the last page, filtered or not, reads no more than the first."""
    entries = []
    for name in ("one", "two"):
        with library.catalog.write() as write:
            entry = plans.begin(write, library, [tmp_path], move=False, separate=False, resumes=True)
            skipped = FileReport(tmp_path / "x", Outcome.SKIPPED, reason=Reason("hidden", "Hidden."))
            plans.add(write, entry, [skipped, *(PlannedFile(f"/{name}/{n}", n) for n in range(30_000)), skipped])
            plans.set_state(write, entry, RunState.COPYING)
        entries.append(entry)
    last = item_ids(library, entries[0])[-5]
    assert [step for step in query_plan(library) if "SCAN import_item" in step] == []
    began = time.process_time()
    for _ in range(5):
        assert len(import_items(library, entries[0], [None], last - 100, 50)) == 50
        assert [item.outcome for item in import_items(library, entries[0], None, last)][-1] is Outcome.SKIPPED
    assert time.process_time() - began < 1.0
    assert count_items(library, entries[1], [Outcome.SKIPPED]) == 2


def query_plan(library: Library) -> list[str]:
    from keeproom.library.imports import _ids

    statement = _ids(1, None, 5, 10, problems=False).compile(compile_kwargs={"literal_binds": True})
    with library.catalog.read() as session:
        return [row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
