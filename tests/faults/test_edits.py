"""A kill at any step of an edit: it is all there, or none of it, and the same command again brings it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.faults.command import Place
from tests.faults.promises import bad_facts, damaged_catalog, listed, rows
from tests.faults.shim import KILL, Call, Fault, Shim, read_log

pytestmark = pytest.mark.timeout(200)

EDIT = ("--rating", "4", "--title", "At the fountain", "--add-tag", "places/rome", "--shift-captured", "+01:00:00")
POINTS = 2


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, photos: Path) -> Path:
    """A library with the dozen photos, to copy."""
    place = Place(tmp_path_factory.mktemp("kept") / "place").fill(photos)
    assert place.import_files().code == 0
    ids = [str(asset.id) for asset in listed(place.library)]
    assert place.run("edit", *ids, "--captured", "2023-05-01T10:00:00").code == 0
    return place.library


def copied(kept: Path, root: Path) -> Place:
    place = Place(root)
    shutil.copytree(kept, place.library)
    return place


def edit(place: Place, shim: Shim, fault: Fault) -> tuple[int | None, list[Call]]:
    ids = [str(asset.id) for asset in listed(place.library)]
    ran = place.run("edit", *ids, *EDIT, extra=shim.environment(place.watched, fault, place.log))
    assert not ran.has_traceback, ran.errors
    return ran.code, read_log(place.log)[1]


def stated(place: Place) -> set[tuple[object, ...]]:
    return {
        (asset.rating, asset.title, asset.tags, asset.captured.isoformat() if asset.captured else None, asset.version)
        for asset in listed(place.library)
    }


BEFORE = (0, None, (), "2023-05-01T10:00:00", 2)
AFTER = (4, "At the fountain", ("places/rome",), "2023-05-01T11:00:00", 3)


def test_killed_anywhere_an_edit_is_whole_or_not_there(shim: Shim, kept: Path, tmp_path: Path) -> None:
    code, calls = edit(copied(kept, tmp_path / "undisturbed"), shim, Fault(KILL))
    assert code == 0
    in_catalog = [call.number for call in calls if "catalog.sqlite3" in call.path]
    step = max(1, len(in_catalog) // POINTS)
    chosen = in_catalog[::step][:POINTS] + in_catalog[-1:]
    found = set()
    for at in chosen:
        place = copied(kept, tmp_path / str(at))
        code, _ = edit(place, shim, Fault(KILL, at))
        assert code == -9
        (left,) = stated(place)  # all assets alike
        assert left in (BEFORE, AFTER)
        found.add(left)
        assert [*damaged_catalog(place.library), *bad_facts(place.library)] == []
        assert bool(rows(place.library, "SELECT 1 FROM tag")) == (left == AFTER)
        if left == BEFORE:
            assert edit(place, shim, Fault(KILL))[0] == 0
            assert stated(place) == {AFTER}
    assert found == {BEFORE, AFTER}
