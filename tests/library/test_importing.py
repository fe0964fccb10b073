"""Importing: what becomes an asset, what is a duplicate, what is told, and that nothing is ever half there."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from keeproom.blobs import digest
from keeproom.catalog.tables import AssetRow, BlobRow, ChangeRow, ClaimRow, EntryRow, ImportItemRow, JobRow, SourceRow
from keeproom.errors import CancelledError
from keeproom.library import ingesting
from keeproom.library.control import Control
from keeproom.library.importing import Import
from keeproom.library.listing import list_assets
from keeproom.library.opening import Library
from keeproom.library.planning import PlannedFile
from keeproom.model import Asset, FileReport, Outcome, Status
from tests.conftest import MakePicture
from tests.importing import Importer, work_through


def count(library: Library, table: type) -> int:
    with library.catalog.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def trash(library: Library, asset: int) -> None:
    with library.catalog.write() as write:
        write.session.execute(update(AssetRow).where(AssetRow.id == asset).values(trashed_at=write.at))


def only_asset(library: Library) -> Asset:
    (asset,) = list_assets(library)
    return asset


def test_a_photo_becomes_an_asset_with_its_bytes_and_its_source(importer: Importer, make_picture: MakePicture) -> None:
    photo = make_picture("Rome.jpg")
    summary = importer(photo)
    assert (summary.found, summary.imported, summary.bytes) == (1, 1, photo.stat().st_size)
    asset = only_asset(importer.library)
    assert (asset.name, asset.kind, asset.mime, asset.status) == ("Rome.jpg", "image", "image/jpeg", Status.PROCESSING)
    assert asset.sha256 == hashlib.sha256(photo.read_bytes()).hexdigest()
    assert asset.sources == (photo,)
    with importer.library.blobs.open(asset.sha256) as stream:
        assert stream.read() == photo.read_bytes()


def test_the_same_folder_again_adds_nothing(importer: Importer, make_picture: MakePicture) -> None:
    folder = make_picture("a.jpg").parent
    make_picture("b.jpg", 1)
    importer(folder)
    first = importer.outcomes
    again = importer(folder)
    assert first == {"a.jpg": ("imported", None), "b.jpg": ("imported", None)}
    assert (again.imported, again.duplicates, again.bytes) == (0, 2, 0)
    assert (count(importer.library, AssetRow), count(importer.library, SourceRow)) == (2, 2)


def test_the_same_bytes_under_another_name_name_the_asset_that_has_them(
    importer: Importer, make_picture: MakePicture
) -> None:
    one, other = make_picture("one.jpg"), make_picture("other.jpg")
    importer(one)
    importer(other)
    assert importer.outcomes == {"other.jpg": ("duplicate", None)}
    asset = only_asset(importer.library)
    assert importer.assets() == [asset.id]
    assert asset.sources == (one, other)


def test_twins_in_one_folder_are_one_asset(importer: Importer, make_picture: MakePicture) -> None:
    folder = make_picture("one.jpg").parent
    make_picture("two.jpg")
    importer(folder)
    assert importer.outcomes == {"one.jpg": ("imported", None), "two.jpg": ("duplicate", None)}


def test_separate_makes_an_asset_of_its_own_that_shares_the_blob(importer: Importer, make_picture: MakePicture) -> None:
    photo = make_picture()
    importer(photo)
    importer(photo, separate=True)
    assert importer.outcomes == {"photo.jpg": ("imported", None)}
    assert count(importer.library, AssetRow) == 2
    assert count(importer.library, BlobRow) == count(importer.library, ClaimRow) == 1
    importer(photo)
    assert importer.outcomes == {"photo.jpg": ("duplicate", None)}


def test_a_duplicate_of_a_trashed_asset_says_so_and_it_stays_there(
    importer: Importer, make_picture: MakePicture
) -> None:
    photo = make_picture()
    importer(photo)
    trash(importer.library, importer.assets()[0])
    importer(photo)
    assert importer.outcomes == {"photo.jpg": ("duplicate", "in-trash")}
    assert list(list_assets(importer.library)) == []


NAMES = [
    b"new\nline.jpg",
    b"not-utf8-\xff\xfe.jpg",
    b"x" * 251 + b".jpg",
    "עברית-שלום.jpg".encode(),
    b"-rf.jpg",
    "😀 ’ \u202egpj.exe.jpg".encode(),
    b"tab\tquote'\"`$(rm -rf).jpg",
    b"a;b|c&d<e>f%20.jpg",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_names_come_back_as_they_were(importer: Importer, make_picture: MakePicture, name: bytes) -> None:
    photo = make_picture(name)
    importer(photo)
    work_through(importer.library)
    asset = only_asset(importer.library)
    assert os.fsencode(asset.name) == name
    assert [os.fsencode(source) for source in asset.sources] == [os.fsencode(photo)]
    assert asset.status is Status.READY


def test_content_decides_and_not_the_name(importer: Importer, make_picture: MakePicture, tmp_path: Path) -> None:
    photo = make_picture("really-a-jpeg.txt")
    (tmp_path / "photos" / "text.txt").write_text("no picture")
    (tmp_path / "photos" / "fake.jpg").write_text("no picture either")
    importer(photo.parent)
    assert importer.outcomes == {
        "really-a-jpeg.txt": ("imported", None),
        "text.txt": ("skipped", "not-media"),
        "fake.jpg": ("imported", None),
    }
    work_through(importer.library)
    states = {asset.name: asset.status for asset in list_assets(importer.library)}
    assert states["really-a-jpeg.txt"] is Status.READY
    assert states["fake.jpg"] is not Status.READY


def test_a_file_that_grows_while_it_is_read_is_not_kept(
    importer: Importer, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = make_picture()
    put = importer.library.blobs.put

    def growing(source, on_progress=None):  # type: ignore[no-untyped-def]
        def grow(done_bytes: int) -> None:
            with photo.open("ab") as more:
                more.write(b"more")
            on_progress(done_bytes)

        return put(source, grow)

    monkeypatch.setattr(importer.library.blobs, "put", growing)
    importer(photo)
    assert importer.outcomes == {"photo.jpg": ("failed", "changed")}
    assert list(importer.library.blobs.list()) == []
    assert count(importer.library, AssetRow) == 0


def test_a_file_that_vanishes_after_the_plan_is_a_failure_of_its_own(
    importer: Importer, make_picture: MakePicture
) -> None:
    folder = make_picture("stays.jpg").parent
    goes = make_picture("goes.jpg", 1)
    reports: list[FileReport] = []
    run = Import(importer.library, Control(), on_reports=reports.extend)
    run.plan([folder])
    goes.unlink()
    run.begin()
    run.work()
    summary = run.end()
    assert (summary.found, summary.imported, summary.failed) == (2, 1, 1)
    assert {r.path.name: r.reason and r.reason.code for r in reports} == {"stays.jpg": None, "goes.jpg": "not-found"}


def test_a_fifo_put_in_a_files_place_does_not_hang(importer: Importer, make_picture: MakePicture) -> None:
    photo = make_picture()
    reports: list[FileReport] = []
    run = Import(importer.library, Control(), on_reports=reports.extend)
    run.plan([photo])
    photo.unlink()
    os.mkfifo(photo)
    run.begin()
    run.work()
    assert [(r.outcome, r.reason and r.reason.code) for r in reports] == [(Outcome.SKIPPED, "special")]


def test_move_removes_originals_only_after_reading_their_bytes_back(
    importer: Importer, make_picture: MakePicture
) -> None:
    photo, trashed = make_picture("moved.jpg"), make_picture("trashed.jpg", 1)
    importer(trashed)
    trash(importer.library, importer.assets()[0])
    importer(photo, trashed, move=True)
    assert not photo.exists()
    assert trashed.exists()
    assert importer.outcomes == {"moved.jpg": ("imported", None), "trashed.jpg": ("duplicate", "in-trash")}


def test_move_leaves_a_source_whose_stored_bytes_are_bad(importer: Importer, make_picture: MakePicture) -> None:
    photo = make_picture()
    importer(photo)
    damage(importer.library, only_asset(importer.library).sha256)
    importer(photo, move=True)
    assert photo.exists()
    assert importer.outcomes == {"photo.jpg": ("duplicate", "source-stays")}


def test_move_leaves_a_source_that_changed_after_it_was_read(
    importer: Importer, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = make_picture()
    verify = importer.library.blobs.verify

    def meanwhile(sha256: str, on_progress=None):  # type: ignore[no-untyped-def]
        photo.write_bytes(photo.read_bytes()[::-1])
        return verify(sha256, on_progress)

    monkeypatch.setattr(importer.library.blobs, "verify", meanwhile)
    importer(photo, move=True)
    assert photo.exists()
    assert importer.outcomes == {"photo.jpg": ("imported", "source-stays")}


def damage(library: Library, sha256: str) -> None:
    path = library.layout.blobs / sha256[:2] / sha256[2:4] / sha256
    path.chmod(0o600)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_known_damaged_blob_is_mended_by_importing_it_again(importer: Importer, make_picture: MakePicture) -> None:
    from keeproom.library.verifying import verify_blobs

    photo = make_picture()
    importer(photo)
    work_through(importer.library)
    damage(importer.library, only_asset(importer.library).sha256)
    assert len(list(verify_blobs(importer.library))) == 1
    assert only_asset(importer.library).status is Status.DAMAGED
    importer(photo)
    assert only_asset(importer.library).status is Status.READY
    assert list(verify_blobs(importer.library)) == []


def test_a_blob_that_is_gone_when_its_group_is_recorded_is_ingested_again(
    importer: Importer, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = make_picture()
    ingest = ingesting.ingest_file
    taken = []

    def and_the_collector_takes_it(library, planned, *rest):  # type: ignore[no-untyped-def]
        found = ingest(library, planned, *rest)
        if not taken:
            taken.append(found.ref.sha256)
            library.blobs.quarantine(found.ref.sha256)
            library.blobs.delete(found.ref.sha256)
        return found

    monkeypatch.setattr("keeproom.library.importing.ingest_file", and_the_collector_takes_it)
    importer(photo)
    assert importer.outcomes == {"photo.jpg": ("imported", None)}
    assert importer.library.blobs.stat(taken[0]) is not None


def test_a_blob_in_quarantine_comes_back(importer: Importer, make_picture: MakePicture) -> None:
    photo = make_picture()
    importer(photo)
    sha256 = only_asset(importer.library).sha256
    importer.library.blobs.quarantine(sha256)
    importer(photo)
    assert importer.outcomes == {"photo.jpg": ("duplicate", None)}
    assert importer.library.blobs.stat(sha256) is not None


def test_cancel_keeps_what_was_finished_and_undoes_the_file_in_hand(
    importer: Importer, make_picture: MakePicture
) -> None:
    folder = make_picture("0.jpg").parent
    for number in range(1, 6):
        make_picture(f"{number}.jpg", number)
    control = Control()
    run = Import(importer.library, control, on_reports=importer.reports.extend)
    run.plan([folder])
    run.begin()
    ingested = []

    def stop_at_the_third(planned: PlannedFile):  # type: ignore[no-untyped-def]
        ingested.append(planned)
        if len(ingested) == 3:
            control.cancel()
        return original(planned)

    original, run._ingest = run._ingest, stop_at_the_third  # type: ignore[method-assign]
    with pytest.raises(CancelledError):
        run.work()
    summary = run.end()
    assert summary.imported == 2
    assert len(list(importer.library.blobs.list())) == 2
    assert not list(importer.library.process.incoming.iterdir())
    again = importer(folder)
    assert (again.imported, again.duplicates) == (4, 2)


def test_a_rehearsal_writes_nothing(importer: Importer, make_picture: MakePicture) -> None:
    folder = make_picture("a.jpg").parent
    make_picture("twin.jpg")
    make_picture("known.jpg", 7)
    importer(folder / "known.jpg")
    before = count(importer.library, EntryRow)
    reports: list[FileReport] = []
    run = Import(importer.library, Control(), on_reports=reports.extend)
    run.plan([folder])
    summary = run.rehearse()
    assert {r.path.name: r.outcome.value for r in reports} == {
        "a.jpg": "imported",
        "twin.jpg": "duplicate",
        "known.jpg": "duplicate",
    }
    assert summary.entry is None
    assert (count(importer.library, EntryRow), count(importer.library, AssetRow)) == (before, 1)


def test_an_import_is_one_entry_with_every_change_and_every_file(importer: Importer, make_picture: MakePicture) -> None:
    folder = make_picture("a.jpg").parent
    (folder / "note.txt").write_text("x")
    summary = importer(folder)
    with importer.library.catalog.read() as session:
        (entry,) = session.scalars(select(EntryRow)).all()
        assert (entry.id, entry.action, entry.ended_at is None) == (summary.entry, "import", False)
        fields = session.scalars(select(ChangeRow.field).order_by(ChangeRow.id)).all()
        items = session.scalars(select(ImportItemRow.outcome).order_by(ImportItemRow.path)).all()
    assert fields == ["blob", "name", "sources"]
    assert items == ["imported", "skipped"]


def test_stages_are_queued_with_the_asset_and_failed_ones_again_with_the_duplicate(
    importer: Importer, make_picture: MakePicture
) -> None:
    photo = make_picture()
    importer(photo)
    assert count(importer.library, JobRow) == 2
    with importer.library.catalog.write() as write:
        write.session.execute(update(JobRow).values(state="failed", attempts=3, error="broken"))
    importer(photo)
    with importer.library.catalog.read() as session:
        assert set(session.execute(select(JobRow.state, JobRow.attempts))) == {("waiting", 0)}


def test_two_threads_share_a_plan(importer: Importer, make_picture: MakePicture) -> None:
    folder = make_picture("0.jpg").parent
    for number in range(1, 60):
        make_picture(f"{number}.jpg", number % 30)
    run = Import(importer.library, Control(), on_reports=importer.reports.extend)
    run.plan([folder])
    run.begin()
    threads = [threading.Thread(target=run.work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    summary = run.end()
    assert (summary.found, summary.imported, summary.duplicates) == (60, 30, 30)
    assert len({r.path for r in importer.reports}) == len(importer.reports) == 60


def test_the_digest_of_a_duplicate_is_not_stored_twice(importer: Importer, make_picture: MakePicture) -> None:
    photo = make_picture()
    importer(photo)
    with photo.open("rb") as stream:
        assert digest(stream).sha256 == only_asset(importer.library).sha256
    importer(photo)
    assert len(list(importer.library.blobs.list())) == 1
