"""Files that leave the library: their bytes, their names, their times, and what becomes of those that can't."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from keeproom.errors import CancelledError, ExpectedError, UsageError
from keeproom.exitcodes import exit_code
from keeproom.library import newfile
from keeproom.library.control import Control
from keeproom.library.exporting import copy_assets, export_assets, original_paths, total_bytes
from keeproom.library.opening import Library
from keeproom.library.showing import show_asset
from keeproom.model import Exported, Status
from tests.conftest import MakePicture
from tests.importing import Importer


def export(library: Library, ids: Sequence[int], folder: Path, **how: object) -> list[Exported]:
    reports: list[Exported] = []
    export_assets(library, ids, folder, control=Control(), on_report=reports.append, **how)  # type: ignore[arg-type]
    return reports


def blob(library: Library, asset: int) -> Path:
    sha256 = show_asset(library, asset).asset.sha256
    return library.layout.blobs / sha256[:2] / sha256[2:4] / sha256


def damage(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(b"x" * path.stat().st_size)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_bytes_the_name_and_the_time_of_the_original(
    library: Library, importer: Importer, make_picture: MakePicture, tmp_path: Path
) -> None:
    photo = make_picture("Rome.jpg")
    os.utime(photo, ns=(10**18, 10**18 + 7))
    importer(photo)
    (report,) = export(library, importer.assets(), tmp_path / "out" / "deep")
    assert report == Exported(1, tmp_path / "out" / "deep" / "Rome.jpg", photo.stat().st_size)
    assert report.path is not None
    assert report.path.read_bytes() == photo.read_bytes()
    status = report.path.stat()
    assert status.st_mtime_ns == 10**18 + 7
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(status.st_mode) == 0o666 & ~umask
    assert status.st_nlink == 1
    assert status.st_ino != blob(library, 1).stat().st_ino


def test_nothing_is_ever_replaced(
    library: Library, importer: Importer, make_picture: MakePicture, tmp_path: Path
) -> None:
    importer(make_picture("a.jpg", 1, tmp_path / "one"), make_picture("A.jpg", 2, tmp_path / "two"))
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.jpg").write_text("here before")
    (out / "A.jpg").symlink_to("nowhere")
    reports = export(library, [1, 2, 1], out)
    assert [report.path.name for report in reports if report.path] == ["a (2).jpg", "A (3).jpg"]
    assert (out / "a.jpg").read_text() == "here before"
    assert (out / "A.jpg").is_symlink()
    again = export(library, [1], out)
    assert [report.path.name for report in again if report.path] == ["a (3).jpg"]


def test_damaged_bytes_never_leave(
    library: Library, importer: Importer, make_picture: MakePicture, tmp_path: Path
) -> None:
    importer(*(make_picture(f"{number}.jpg", number) for number in range(3)))
    damage(blob(library, 1))
    blob(library, 2).unlink()
    reports = export(library, [1, 2, 3, 99], tmp_path / "out")
    assert [report.reason.code if report.reason else None for report in reports] == [
        "damaged",
        "missing",
        None,
        "not-found",
    ]
    assert names(tmp_path / "out") == ["2.jpg"]
    assert [show_asset(library, asset).asset.status for asset in (1, 2)] == [Status.DAMAGED, Status.MISSING]


def test_what_was_mended_is_marked_so(
    library: Library, importer: Importer, make_picture: MakePicture, tmp_path: Path
) -> None:
    importer(make_picture())
    good = blob(library, 1).read_bytes()
    damage(blob(library, 1))
    export(library, [1], tmp_path / "out")
    blob(library, 1).write_bytes(good)
    assert export(library, [1], tmp_path / "out")[0].reason is None
    assert show_asset(library, 1).asset.status is not Status.DAMAGED


@pytest.mark.parametrize("call", [0, 1])
def test_a_stop_leaves_no_half_file(
    library: Library, importer: Importer, tmp_path: Path, call: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if call:
        monkeypatch.setattr(newfile, "_NAMELESS", 0)
    big = tmp_path / "big.jpg"
    big.write_bytes(b"\xff\xd8\xff" + os.urandom(2_000_000))
    importer(big)
    control = Control()
    seen: list[int] = []

    def stop(done_bytes: int) -> None:
        seen.extend(name.stat().st_size for name in (tmp_path / "out").iterdir())
        if done_bytes > 1_000_000:
            control.cancel()

    with pytest.raises(CancelledError):
        export_assets(library, [1], tmp_path / "out", control=control, on_report=print, on_progress=stop)
    assert names(tmp_path / "out") == []
    assert bool(seen) is bool(call)


def test_a_file_system_without_nameless_files_or_links(
    library: Library, importer: Importer, make_picture: MakePicture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    importer(make_picture("a.jpg", 1))
    monkeypatch.setattr(newfile, "_NAMELESS", 0)
    monkeypatch.setattr(newfile.os, "link", refuse)
    export(library, [1], tmp_path / "out")
    export(library, [1], tmp_path / "out")
    assert names(tmp_path / "out") == ["a (2).jpg", "a.jpg"]
    original = (tmp_path / "photos" / "a.jpg").read_bytes()
    assert {path.read_bytes() for path in (tmp_path / "out").iterdir()} == {original}


def test_a_template_names_the_files(
    library: Library, importer: Importer, make_picture: MakePicture, tmp_path: Path
) -> None:
    importer(make_picture("a.jpg", 1), make_picture("b.jpg", 2))
    export(library, [2, 1], tmp_path / "out", name_template="{number:03} {stem}")
    assert names(tmp_path / "out") == ["001 b.jpg", "002 a.jpg"]
    with pytest.raises(UsageError, match="Possible are"):
        export(library, [1], tmp_path / "other", name_template="{colour}")
    assert not (tmp_path / "other").exists()


def test_a_version_that_is_not_there(
    library: Library, importer: Importer, make_picture: MakePicture, tmp_path: Path
) -> None:
    importer(make_picture())
    assert export(library, [1], tmp_path / "out", version=1)[0].reason is None
    reason = export(library, [1], tmp_path / "out", version=2)[0].reason
    assert reason is not None
    assert reason.message == "There is no version 2 of it."


def test_a_library_is_no_place_for_exports(library: Library, importer: Importer, make_picture: MakePicture) -> None:
    importer(make_picture())
    with pytest.raises(UsageError, match="lies in the library"):
        export(library, [1], library.folder / "blobs" / "out")
    assert not (library.folder / "blobs" / "out").exists()


def test_a_full_disk_is_tried_once(
    library: Library, importer: Importer, make_picture: MakePicture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    importer(*(make_picture(f"{number}.jpg", number) for number in range(3)))
    tried: list[int] = []

    def full(descriptor: int, _: object) -> int:
        tried.append(descriptor)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("keeproom.blobs.copying.os.write", full)
    reports = export(library, [1, 2, 3], tmp_path / "out")
    assert len(tried) == 1
    assert all(report.reason and "No space left" in report.reason.message for report in reports)
    assert names(tmp_path / "out") == []


def test_a_folder_that_cannot_be_made_is_not_taken_for_a_full_library(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(ExpectedError, match="out cannot be made: No space left") as told:
        export(library, [1], tmp_path / "out")
    assert exit_code(told.value) == 1


def test_copies_for_other_programs_can_be_read_only(
    library: Library, importer: Importer, make_picture: MakePicture, tmp_path: Path
) -> None:
    importer(make_picture("a.jpg", 1))
    folder = tmp_path / "copies"
    folder.mkdir()
    (report,) = copy_assets(library, [1], folder, control=Control(), read_only=True)
    assert report.path is not None
    assert not report.path.stat().st_mode & 0o222
    assert hashlib.sha256(report.path.read_bytes()).hexdigest() == show_asset(library, 1).asset.sha256


def test_where_assets_came_from_and_what_they_take(
    library: Library, importer: Importer, make_picture: MakePicture
) -> None:
    strange = make_picture(b"caf\xe9.jpg", 1)
    photo = make_picture("b.jpg", 2)
    importer(strange, photo)
    assert set(original_paths(library, [2, 1])) == {strange, photo}
    assert original_paths(library, [2])[0] == original_paths(library, [2, 1])[0]
    assert total_bytes(library, [1, 2]) == strange.stat().st_size + photo.stat().st_size
    assert total_bytes(library, [99]) == 0
