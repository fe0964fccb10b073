"""A real disk that fills while an import runs, and is made larger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.command import Place, Ran
from tests.faults.conftest import SmallDisk
from tests.faults.promises import (
    Finished,
    beside,
    broken_at_once,
    broken_in_the_end,
    dishonest_reports,
    listed,
)
from tests.faults.sources import make_photos

pytestmark = pytest.mark.timeout(200)

MakeDisk = Callable[[str], SmallDisk]

COUNT = 24


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Photos of about 100 kB each."""
    return make_photos(tmp_path_factory.mktemp("large") / "photos", COUNT, side_px=450)


@pytest.fixture(scope="module")
def expected(large: Path, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    place = Place(tmp_path_factory.mktemp("undisturbed") / "place").fill(large)
    assert place.import_files().code == 0
    return Finished.of(place)


def is_honest_about_space(ran: Ran, place: Place, tmp_path: Path) -> None:
    """It ended by itself, named each file, and kept what it said it kept."""
    assert ran.code is not None, "the command hung"
    assert not ran.has_traceback, ran.errors
    assert ran.code in (1, 3)
    assert [*dishonest_reports(ran, place)] == []
    assert [*broken_at_once(place, ran, tmp_path / "side")] == []


@pytest.mark.parametrize("in_the_mount_itself", [False, True])
@pytest.mark.parametrize("options", ["size=1600k", "size=2500k", "size=4m", "nr_inodes=60", "nr_inodes=160"])
def test_a_disk_that_fills(
    make_disk: MakeDisk, large: Path, expected: Finished, tmp_path: Path, options: str, in_the_mount_itself: bool
) -> None:
    disk = make_disk(options)
    library = disk.folder if in_the_mount_itself else disk.folder / "Library"
    place = Place(tmp_path / "place", disk=disk.folder, library=library).fill(large)

    ran = place.import_files()

    is_honest_about_space(ran, place, tmp_path)
    assert ran.code == 1
    assert ran.summary is not None
    assert len(ran.files) == COUNT
    assert {file["reason"]["code"] for file in ran.files if file["outcome"] == "failed"} <= {"no-space"}
    assert ran.summary["failed"] + ran.summary["stages_failed"] > 0
    assert ran.summary["imported"] == len(listed(place.library))

    disk.enlarge("size=64m,nr_inodes=2000")
    again = place.import_files()
    assert again.code == 0, again.errors
    assert [*broken_in_the_end(place, expected)] == []


@pytest.mark.parametrize("in_the_mount_itself", [False, True])
@pytest.mark.parametrize("options", ["size=100k", "size=300k", "nr_inodes=5", "nr_inodes=11"])
def test_no_room_for_a_library(
    make_disk: MakeDisk, large: Path, expected: Finished, tmp_path: Path, options: str, in_the_mount_itself: bool
) -> None:
    disk = make_disk(options)
    library = disk.folder if in_the_mount_itself else disk.folder / "Library"
    place = Place(tmp_path / "place", disk=disk.folder, library=library).fill(large)

    ran = place.import_files()

    is_honest_about_space(ran, place, tmp_path)
    assert ran.code == 3
    assert "space" in ran.errors
    assert beside(place) == []
    assert in_the_mount_itself or not library.exists()

    disk.enlarge("size=64m,nr_inodes=2000")
    assert place.import_files().code == 0
    assert [*broken_in_the_end(place, expected)] == []
