"""A window that is killed while it imports: the next one finishes, by itself, and only one of two."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.faults.promises import Finished, broken_in_the_end, listed, rows
from tests.faults.shim import KILL, Fault, Shim
from tests.faults.sweep import told
from tests.faults.windows import WindowPlace, WindowSweep

pytestmark = pytest.mark.timeout(300)

_LEFT = "SELECT count(*) FROM import_item WHERE outcome = 'waiting'"


@pytest.fixture(scope="module")
def window_sweep(shim: Shim, tmp_path_factory: pytest.TempPathFactory) -> WindowSweep:
    return WindowSweep(tmp_path_factory.mktemp("windows") / "plain", shim)


@pytest.fixture
def place(tmp_path: Path, photos: Path) -> WindowPlace:
    place = WindowPlace(tmp_path / "place")
    place.fill(photos)
    return place


def test_killed_anywhere_the_next_window_finishes(window_sweep: WindowSweep) -> None:
    """A sample; `python -m tests.faults.kill_sweep --window --full` tries every call."""
    tried = window_sweep.try_points(Fault(KILL, at) for at in window_sweep.points(4, KILL))

    assert not any(point.problems for point in tried), told(tried)
    assert sum(point.code == -9 for point in tried) >= 2  # threads take turns: the last calls may not come


def test_of_two_windows_that_start_at_once_one_goes_on(place: WindowPlace, photos: Path) -> None:
    count = len([*photos.iterdir()])
    with place.window() as killed:
        killed.wait_for_lines(3)
        killed.signal(signal.SIGKILL)
        killed.finish()
    left = rows(place.library, _LEFT)[0][0]
    with place.window() as one, place.window() as two:
        ran = [one.finish(), two.finish()]
    assert [each.code for each in ran] == [0, 0], [each.errors for each in ran]
    continued = [line for each in ran for line in each.lines if line["event"] == "continued"]
    if left:
        assert [(line["files"], line["unexpectedly"]) for line in continued] == [(left, True)]
        assert sorted(len(each.files) for each in ran) == [0, left]
    assert rows(place.library, _LEFT) == [(0,)]
    assert len(listed(place.library)) == count
    assert len({asset.sha256 for asset in listed(place.library)}) == count


def test_killed_again_and_again_it_comes_to_its_end(place: WindowPlace, tmp_path: Path, photos: Path) -> None:
    quiet = WindowPlace(tmp_path / "quiet")
    quiet.fill(photos)
    quiet.import_files()
    for _ in range(2):
        with place.window() as window:
            window.wait_for_lines(1)
            window.signal(signal.SIGKILL)
            window.finish()
    assert place.import_files().code == 0
    assert list(broken_in_the_end(place, Finished.of(quiet))) == []
