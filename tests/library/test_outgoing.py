from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from keeproom.errors import ExpectedError
from keeproom.library import outgoing
from keeproom.library.control import Control
from keeproom.library.exporting import copy_assets, seal_of
from keeproom.library.opening import Library, open_library
from keeproom.library.outgoing import check_room, discard_outgoing, new_outgoing, sweep_outgoing, working_folder
from tests.conftest import MakePicture
from tests.importing import Importer


def aged(folder: Path, hours: float) -> Path:
    """The folder as if it had been made that long ago, with all that is in it."""
    made, _, rest = folder.name.partition("-")
    old = folder.with_name(f"{int(made) - int(hours * 3_600e9)}-{rest}")
    folder.rename(old)
    for file in old.iterdir():
        os.utime(file, ns=(file.stat().st_mtime_ns - int(hours * 3_600e9),) * 2)
    seal_of(folder).unlink()
    seal_of(old).touch()
    return old


def copied(library: Library) -> Path:
    folder = new_outgoing(library)
    copy_assets(library, [1], folder, control=Control())
    return folder


def test_copies_of_a_process_that_ended_are_kept_for_a_while(
    library: Library, importer: Importer, make_picture: MakePicture
) -> None:
    importer(make_picture())
    with open_library(library.folder) as other:
        fresh, old = copied(other), aged(copied(other), 2)
    sweep_outgoing(library)
    assert fresh.is_dir()
    assert not old.exists()
    sweep_outgoing(library, 0)
    assert list(working_folder(library.layout).iterdir()) == []


def test_copies_of_a_living_process_stay(library: Library, importer: Importer, make_picture: MakePicture) -> None:
    importer(make_picture())
    with open_library(library.folder) as other:
        old = aged(copied(other), 48)
        sweep_outgoing(library, 0)
        assert old.is_dir()
        new_outgoing(other)
        assert not old.exists()


def test_what_somebody_wrote_is_never_removed(library: Library, importer: Importer, make_picture: MakePicture) -> None:
    photo = make_picture()
    os.utime(photo, (time.time() + 10**7,) * 2)  # a camera whose clock is ahead
    importer(photo, make_picture("b.jpg", 2))
    folder = new_outgoing(library)
    first, second = (report.path for report in copy_assets(library, [1, 2], folder, control=Control()))
    assert first is not None
    assert second is not None
    old = aged(folder, 5)
    (old / second.name).write_bytes(b"edited")
    sweep_outgoing(library)
    assert [path.name for path in old.iterdir()] == [second.name]


@pytest.mark.parametrize("is_new", [False, True])
def test_what_somebody_wrote_under_an_old_time_is_never_removed(
    library: Library, importer: Importer, make_picture: MakePicture, is_new: bool
) -> None:
    importer(make_picture())
    old = aged(copied(library), 5)
    (copy,) = old.iterdir()
    before = copy.stat().st_mtime_ns
    written = old / "mine.jpg" if is_new else copy
    written.write_bytes(b"edited by a program that keeps the time")
    os.utime(written, ns=(before, before))
    sweep_outgoing(library)
    assert [path.name for path in old.iterdir()] == [written.name]
    sweep_outgoing(library)
    assert written.exists()


def test_what_is_not_ours_in_the_folder_stays(library: Library) -> None:
    strange = working_folder(library.layout) / "editing"
    strange.mkdir()
    sweep_outgoing(library, -1)
    assert strange.is_dir()


def test_a_folder_nobody_knows_of_goes(library: Library) -> None:
    folder = new_outgoing(library)
    (folder / "half").write_text("x")
    discard_outgoing(folder)
    assert not folder.exists()


def test_copies_do_not_fill_the_disk(
    library: Library, importer: Importer, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    importer(make_picture())
    folder = new_outgoing(library)
    check_room(library, [1], folder)
    monkeypatch.setattr(outgoing, "RESERVE_BYTES", 10**18)
    if not outgoing._shares_extents(str(folder)):
        with pytest.raises(ExpectedError, match="not enough space"):
            check_room(library, [1], folder)
    assert list(folder.iterdir()) == []
