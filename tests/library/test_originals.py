"""Removing the originals of an import: what goes, what stays, and why."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from keeproom.blobs.store import BlobStore
from keeproom.catalog.tables import AssetRow, BlobRow, ChangeRow, EntryRow, ImportItemRow
from keeproom.library.control import Control
from keeproom.library.folding import altered_facts
from keeproom.library.imports import find_import, list_imports
from keeproom.library.layout import Layout
from keeproom.library.opening import Library, open_library
from keeproom.library.originals import ACTION, Original, removable_originals, remove_originals
from keeproom.model import BlobState
from tests.conftest import MakePicture
from tests.importing import Importer


def listed(library: Library, entry: int | None) -> dict[str, str | None]:
    assert entry is not None
    originals = removable_originals(library, entry, Control())
    return {original.path.name: code(original) for original in originals}


def code(original: Original) -> str | None:
    return None if original.why_not is None else original.why_not.code


def remove(library: Library, entry: int | None, control: Control | None = None) -> dict[str, str | None]:
    """Remove all, also those that could not go by the list; what came of each."""
    assert entry is not None
    told: list[Original] = []
    originals = removable_originals(library, entry, Control())
    removed = remove_originals(library, originals, control or Control(), told.append)
    assert removed.removed + len(removed.stayed) == len(told)
    assert {original.path for original in removed.stayed} == {each.path for each in told if each.why_not}
    return {original.path.name: code(original) for original in told}


def blob_file(library: Library, sha256: str) -> Path:
    return Layout(library.folder).blobs / sha256[:2] / sha256[2:4] / sha256


def test_what_is_kept_goes_and_what_is_not_stays(importer: Importer, make_picture: MakePicture) -> None:
    folder = make_picture("new.jpg").parent
    make_picture("twin.jpg")
    (folder / "note.txt").write_text("text")
    entry = importer(folder).entry
    assert listed(importer.library, entry) == {"new.jpg": None, "twin.jpg": None}
    assert remove(importer.library, entry) == {"new.jpg": None, "twin.jpg": None}
    assert os.listdir(folder) == ["note.txt"]
    assert importer.library.blobs.verify(importer.reports[-1].sha256 or "") is BlobState.OK


def test_originals_of_what_was_here_already_go_too(importer: Importer, make_picture: MakePicture) -> None:
    photo = make_picture()
    importer(photo)
    entry = importer(photo).entry
    assert remove(importer.library, entry) == {"photo.jpg": None}
    assert listed(importer.library, entry) == {"photo.jpg": "gone"}
    assert remove(importer.library, entry) == {"photo.jpg": "gone"}


def trash(library: Library, photo: Path) -> None:
    with library.catalog.write() as write:
        write.session.execute(update(AssetRow).values(trashed_at=write.at))


def purge(library: Library, photo: Path) -> None:
    with library.catalog.write() as write:
        write.session.connection().exec_driver_sql("DELETE FROM source")
        write.session.execute(delete(AssetRow))


def mark_damaged(library: Library, photo: Path) -> None:
    with library.catalog.write() as write:
        write.session.execute(update(BlobRow).values(state="damaged"))


def damage(library: Library, photo: Path) -> None:
    (blob,) = library.blobs.list()
    file = blob_file(library, blob.sha256)
    file.chmod(0o600)
    file.write_bytes(b"\0" * blob.size_bytes)


def lose(library: Library, photo: Path) -> None:
    (blob,) = library.blobs.list()
    blob_file(library, blob.sha256).unlink()


def change(library: Library, photo: Path) -> None:
    """Other bytes, of the same length, under the same time."""
    status = photo.stat()
    photo.write_bytes(photo.read_bytes()[:-1] + b"\x01")
    os.utime(photo, ns=(status.st_atime_ns, status.st_mtime_ns))


def grow(library: Library, photo: Path) -> None:
    with photo.open("ab") as stream:
        stream.write(b"more")


def link(library: Library, photo: Path) -> None:
    os.rename(photo, photo.with_name("elsewhere"))
    photo.symlink_to("elsewhere")


def make_folder(library: Library, photo: Path) -> None:
    photo.unlink()
    photo.mkdir()


def take_away(library: Library, photo: Path) -> None:
    photo.unlink()


def make_library(library: Library, photo: Path) -> None:
    """A library is where the original was, and a file of its own in it."""
    content, folder = photo.read_bytes(), photo.parent
    photo.unlink()
    open_library(folder).close()
    photo.write_bytes(content)


@pytest.mark.parametrize(
    ("happens", "known", "found"),
    [
        (trash, "in-trash", "in-trash"),
        (purge, "not-kept", "not-kept"),
        (mark_damaged, "source-stays", None),  # the bytes turn out to be good
        (damage, None, "source-stays"),
        (lose, None, "source-stays"),
        (change, None, "source-stays"),
        (grow, "source-stays", "source-stays"),
        (link, "link", "link"),
        (make_folder, "special", "special"),
        (take_away, "gone", "gone"),
        (make_library, "library", "library"),
    ],
)
def test_why_an_original_stays(
    importer: Importer,
    make_picture: MakePicture,
    happens: Callable[[Library, Path], None],
    known: str | None,
    found: str | None,
) -> None:
    photo = make_picture()
    entry = importer(photo).entry
    happens(importer.library, photo)
    assert listed(importer.library, entry) == {"photo.jpg": known}
    assert remove(importer.library, entry) == {"photo.jpg": found}
    assert os.path.lexists(photo) == (found is not None and found != "gone")


@pytest.mark.parametrize("happens", [damage, lose])
def test_stored_bytes_that_turn_out_bad_are_noted(
    importer: Importer, make_picture: MakePicture, happens: Callable[[Library, Path], None]
) -> None:
    photo = make_picture()
    entry = importer(photo).entry
    happens(importer.library, photo)
    remove(importer.library, entry)
    with importer.library.catalog.read() as session:
        assert session.scalar(select(BlobRow.state)) in (BlobState.DAMAGED, BlobState.MISSING)


def test_a_file_that_was_only_touched_is_read_and_goes(importer: Importer, make_picture: MakePicture) -> None:
    photo = make_picture()
    entry = importer(photo).entry
    os.utime(photo)
    assert remove(importer.library, entry) == {"photo.jpg": None}
    assert not photo.exists()


def test_a_file_of_an_older_import_without_a_stamp_is_read_first(importer: Importer, make_picture: MakePicture) -> None:
    same, other = make_picture("same.jpg"), make_picture("other.jpg", 1)
    entry = importer(same.parent).entry
    with importer.library.catalog.write() as write:
        write.session.execute(update(ImportItemRow).values(stamp=None))
    change(importer.library, other)
    assert remove(importer.library, entry) == {"same.jpg": None, "other.jpg": "source-stays"}
    assert [other.exists(), same.exists()] == [True, False]


def meddle_with(library: Library, monkeypatch: pytest.MonkeyPatch, happens: Callable[[], None]) -> None:
    """Let something happen while stored bytes are read back."""
    store: BlobStore = library.blobs
    verify = store.verify

    def meddled(sha256: str, on_progress: Callable[[int], None]) -> BlobState:
        happens()
        return verify(sha256, on_progress)

    monkeypatch.setattr(store, "verify", meddled)


@pytest.mark.parametrize(("happens", "found"), [(trash, "in-trash"), (purge, "not-kept")])
def test_an_asset_that_goes_while_its_copy_is_read_keeps_its_original(
    importer: Importer,
    make_picture: MakePicture,
    monkeypatch: pytest.MonkeyPatch,
    happens: Callable[[Library, Path], None],
    found: str,
) -> None:
    photo = make_picture()
    entry = importer(photo).entry
    meddle_with(importer.library, monkeypatch, lambda: happens(importer.library, photo))
    assert remove(importer.library, entry) == {"photo.jpg": found}
    assert photo.exists()


def test_an_asset_that_got_the_number_of_another_does_not_answer_for_it(
    importer: Importer, make_picture: MakePicture
) -> None:
    photo, other = make_picture(), make_picture("other.jpg", 1)
    importer(other)
    entry = importer(photo).entry
    assert entry is not None
    (original,) = removable_originals(importer.library, entry, Control())
    (stayed,) = remove_originals(importer.library, [replace(original, asset=1)], Control()).stayed
    assert code(stayed) == "not-kept"
    assert photo.exists()


def test_the_stored_file_is_no_original_by_whatever_way_it_is_reached(
    importer: Importer, make_picture: MakePicture, tmp_path: Path
) -> None:
    photo = make_picture()
    importer(photo)
    library, elsewhere = importer.library, tmp_path / "elsewhere"
    blobs = Layout(library.folder).blobs
    os.rename(blobs, elsewhere)
    blobs.symlink_to(elsewhere)
    entry = importer(elsewhere).entry
    assert set(remove(library, entry).values()) == {"library"}
    assert library.blobs.verify(importer.reports[-1].sha256 or "") is BlobState.OK


def test_a_file_that_changes_while_its_copy_is_read_stays(
    importer: Importer, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = make_picture()
    entry = importer(photo).entry
    library = importer.library

    meddle_with(library, monkeypatch, lambda: change(library, photo))
    assert remove(library, entry) == {"photo.jpg": "source-stays"}
    assert photo.exists()


def test_an_error_of_the_system_is_named(
    importer: Importer, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = make_picture()
    entry = importer(photo).entry

    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    assert entry is not None
    (original,) = removable_originals(importer.library, entry, Control())
    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", refuse)
        (stayed,) = remove_originals(importer.library, [original], Control()).stayed
    assert stayed.why_not is not None
    assert (stayed.why_not.code, stayed.why_not.message) == ("source-stays", "Permission denied.")


def test_a_cancelled_removal_stops_and_what_went_is_in_the_log(importer: Importer, make_picture: MakePicture) -> None:
    folder = make_picture("0.jpg").parent
    for number in range(1, 5):
        make_picture(f"{number}.jpg", number)
    entry = importer(folder).entry
    assert entry is not None
    library, control = importer.library, Control()
    told: list[Original] = []

    def on_report(original: Original) -> None:
        told.append(original)
        if len(told) == 2:
            control.cancel()

    removed = remove_originals(library, removable_originals(library, entry, Control()), control, on_report)
    assert removed.removed == 2
    assert removed.bytes == sum(original.size_bytes for original in told)
    assert sorted(os.listdir(folder)) == ["2.jpg", "3.jpg", "4.jpg"]
    with library.catalog.read() as session:
        (row,) = session.scalars(select(EntryRow).where(EntryRow.action == ACTION)).all()
        changes = session.scalars(select(ChangeRow).where(ChangeRow.entry_id == row.id)).all()
        assert row.id == removed.entry
        assert row.ended_at is not None
        assert [change.new for change in changes] == [{"removed": [str(folder / name)]} for name in ("0.jpg", "1.jpg")]
    assert list(altered_facts(library)) == []
    assert [record.entry for record in list_imports(library)] == [entry]
    assert find_import(library, removed.entry or 0) is None
