"""An import's own list: a cell a file, in the order of the plan, whatever becomes of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from keeproom.catalog.tables import AssetRow, ClaimRow, ImportItemRow, TombstoneRow
from keeproom.library import importlists
from keeproom.library.arranger import Arranger
from keeproom.library.control import Control
from keeproom.library.importing import Import
from keeproom.library.opening import Library
from keeproom.library.views import cells
from keeproom.model import Grouping, ItemState, Outcome, Status
from tests.conftest import MakePicture
from tests.importing import Importer


@pytest.fixture
def folder(importer: Importer, make_picture: MakePicture) -> Path:
    """Five files by name: new, here already (asset 1), new, no media, new; asset 2 came in with the other."""
    importer(make_picture("b.jpg", 1), make_picture("z.jpg", 2))
    there = make_picture("b.jpg", 1).parent.with_name("source")
    there.mkdir()
    shutil.copy(make_picture("b.jpg", 1), there)
    for colour, name in ((3, "a.jpg"), (4, "c.jpg"), (5, "e.jpg")):
        make_picture(name, colour, there)
    (there / "d.txt").write_text("words")
    return there


def opened(library: Library, *paths: Path) -> Import:
    run = Import(library, Control(), resumes=True)
    run.open(paths)
    return run


def entry_of(run: Import) -> int:
    assert run.entry is not None
    return run.entry


def states(library: Library, ids: list[int]) -> list[str]:
    return [cell.status for cell in cells(library, ids)]


def test_the_list_keeps_its_order_while_the_import_goes_on(library: Library, folder: Path) -> None:
    arranger, run = Arranger(library), opened(library, folder)
    run.plan([folder])
    waiting = arranger.arrange_import(entry_of(run), "imported").ids.tolist()
    assert [cell.name for cell in cells(library, waiting)] == ["a.jpg", "b.jpg", "c.jpg", "d.txt", "e.jpg"]
    assert states(library, waiting) == ["waiting"] * 5
    assert arranger.take_changed_lines() == []
    run.work()
    at_work = arranger.arrange_import(entry_of(run), "imported").ids.tolist()
    assert at_work == [3, waiting[1], 4, waiting[3], 5]
    assert set(arranger.take_changed_lines()) == set(waiting)
    run.end()
    assert arranger.arrange_import(entry_of(run), "imported").ids.tolist() == [3, waiting[1], 4, 5]
    assert arranger.take_changed_lines() == []


def test_counts_follow_the_import(library: Library, folder: Path) -> None:
    arranger, run = Arranger(library), opened(library, folder)
    assert (arranger.counts().last_import_count, arranger.counts().all) == (2, 2)
    run.plan([folder])
    counts = arranger.counts()
    assert (counts.last_import, counts.last_import_count, counts.all) == (run.entry, 5, 2)
    run.work()
    run.end()
    counts = arranger.counts()
    assert (counts.last_import, counts.last_import_count, counts.all) == (run.entry, 4, 5)


def test_an_import_of_nothing_but_skipped_files_is_no_last_one(importer: Importer, folder: Path) -> None:
    importer(folder / "d.txt")
    assert Arranger(importer.library).counts().last_import == 1


def test_an_empty_library_has_no_last_import(library: Library) -> None:
    counts = Arranger(library).counts()
    assert (counts.last_import, counts.last_import_count, counts.all) == (None, 0, 0)
    assert Arranger(library).arrange_import(7, "imported").ids.tolist() == []


def test_other_orders_have_the_lines_that_are_no_assets_last(importer: Importer, folder: Path) -> None:
    entry = importer(folder).entry
    assert entry is not None
    arranger = Arranger(importer.library)
    lines = arranger.arrange_import(entry, "imported").ids.tolist()
    assert arranger.arrange_import(entry, "-imported").ids.tolist() == lines[::-1]
    assert arranger.arrange_import(entry, "-name").ids.tolist() == [5, 4, 3, lines[1]]
    by_day = arranger.arrange_import(entry, "imported", Grouping.DAY)
    assert by_day.ids.tolist() == [3, 4, 5, lines[1]]
    assert [(group.key, group.count) for group in by_day.groups] == [("", 4)]


def test_lines_tell_their_asset_and_why(importer: Importer, folder: Path) -> None:
    (folder / "broken.jpg").symlink_to(folder / "nothing")
    library, run = importer.library, Import(importer.library, Control())
    run.plan([folder])
    run.begin()
    run.work()
    ids = [cell.id for cell in cells(library, [-line for line in range(3, 9)])]
    assert ids == [-3, -4, -5, -6, -7, -8]
    by_name = {cell.name: cell for cell in cells(library, ids)}
    same = by_name["b.jpg"]
    (original,) = cells(library, [1])
    assert (same.status, same.asset, same.sha256) == (ItemState.ALREADY_HERE, 1, original.sha256)
    assert (by_name["d.txt"].status, by_name["d.txt"].asset) == (ItemState.SKIPPED, None)
    assert by_name["broken.jpg"].reason
    assert (by_name["a.jpg"].status, by_name["a.jpg"].asset) == (Status.PROCESSING, 3)


def test_what_went_to_the_trash_or_for_good_stays_in_the_list(importer: Importer, folder: Path) -> None:
    library, entry = importer.library, importer(folder).entry
    assert entry is not None
    arranger = Arranger(library)
    before = arranger.arrange_import(entry, "imported").ids.tolist()
    with library.catalog.write() as write:
        trashed = {"trashed_at": write.at, "revision": write.revision}
        write.session.execute(update(AssetRow).where(AssetRow.id == 3).values(**trashed))
        write.session.execute(delete(ClaimRow).where(ClaimRow.asset_id == 4))
        write.session.execute(update(ImportItemRow).where(ImportItemRow.asset_id == 4).values(asset_id=None))
        write.session.connection().exec_driver_sql("DELETE FROM version WHERE asset_id = 4")
        write.session.connection().exec_driver_sql("DELETE FROM source WHERE asset_id = 4")
        write.session.execute(delete(AssetRow).where(AssetRow.id == 4))
        write.session.add(TombstoneRow(table="asset", row_id=4, revision=write.revision))
    after = arranger.arrange_import(entry, "imported").ids.tolist()
    assert len(after) == len(before) == 4
    assert (after[1], after[3]) == (before[1], before[3])
    assert states(library, [after[0], after[2]]) == [ItemState.IN_TRASH] * 2
    assert all(cell.reason for cell in cells(library, [after[0], after[2]]))


def test_following_reads_only_what_is_new(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arranger, run = Arranger(library), opened(library, folder)
    run.plan([folder])
    first = arranger.arrange_import(entry_of(run), "imported").ids.tolist()
    read: list[int] = []

    def lines_of(session, entry, after=0):  # type: ignore[no-untyped-def]
        read.append(after)
        return whole(session, entry, after)

    whole = importlists.lines_of
    monkeypatch.setattr(importlists, "lines_of", lines_of)
    run.work()
    assert arranger.arrange_import(entry_of(run), "imported").ids.tolist() != first
    assert read == [-first[-1]]  # behind the last line that was known


def test_a_line_that_waits_again_is_seen(library: Library, folder: Path) -> None:
    arranger, run = Arranger(library), opened(library, folder)
    run.plan([folder])
    arranger.arrange_import(entry_of(run), "imported")
    run.work()
    done = arranger.arrange_import(entry_of(run), "imported").ids.tolist()
    arranger.take_changed_lines()
    with library.catalog.write() as write:
        again = {"outcome": "waiting", "asset_id": None}
        write.session.execute(update(ImportItemRow).where(ImportItemRow.id == -done[1]).values(**again))
    assert arranger.arrange_import(entry_of(run), "imported").ids.tolist() == done
    assert arranger.take_changed_lines() == [done[1]]
    assert states(library, [done[1]]) == ["waiting"]


def test_a_line_that_is_gone_leaves_the_list(library: Library, folder: Path) -> None:
    arranger, run = Arranger(library), opened(library, folder)
    run.plan([folder])
    waiting = arranger.arrange_import(entry_of(run), "imported").ids.tolist()
    with library.catalog.write() as write:
        write.session.execute(delete(ImportItemRow).where(ImportItemRow.id == -waiting[0]))
    assert arranger.arrange_import(entry_of(run), "imported").ids.tolist() == waiting[1:]


def test_outcomes_have_a_code_each() -> None:
    assert set(importlists.OUTCOMES) == {"waiting", *Outcome}
