"""A kill at any step of an import: what was reported is there, and the same command again finishes the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.command import Place
from tests.faults.processes import maps, readers_of, wait_until
from tests.faults.shim import KILL, Fault, Shim, read_log
from tests.faults.sweep import Sweep, told

pytestmark = pytest.mark.timeout(300)


@pytest.mark.parametrize(("points", "move"), [(2, False), (2, True)])
def test_killed_anywhere_the_same_command_finishes(shim: Shim, tmp_path: Path, points: int, move: bool) -> None:
    """A sample; `python -m tests.faults.kill_sweep --full` tries every call."""
    sweep = Sweep(tmp_path / "sweep", shim, move=move, broken=not move)
    chosen = sweep.points(points, KILL)

    tried = sweep.try_points(Fault(KILL, at) for at in chosen)

    assert not any(point.problems for point in tried), told(tried)
    assert sum(point.code == -9 for point in tried) >= points - 1  # threads take turns: the last call may not come


def test_only_the_importing_process_is_disturbed(shim: Shim, place: Place, photos: Path) -> None:
    """Readers get a clean environment, so that no preload of ours, or of anyone, is in them."""
    place.fill(photos)
    spoiled = shim.environment(place.watched, Fault(KILL), place.log)
    with place.started("import", place.files, extra=spoiled) as running:
        assert wait_until(lambda: readers_of(running.pid))
        assert "shim.so" in maps(running.pid)
        assert not any("shim.so" in maps(reader) for reader in readers_of(running.pid))
        running.finish()
    assert read_log(place.log)[0] == [running.pid]


def test_the_jobs_of_the_dead_are_taken_over_at_once(sweep: Sweep) -> None:
    """The lease of a job is two minutes; a process that is dead does not keep it."""
    at = next(call.number for call in sweep.calls if call.name == "rename" and call.path.endswith(".jpg.part"))

    point = sweep.try_point(Fault(KILL, at))

    assert point.code == -9
    assert point.problems == []
    assert point.second is not None
    assert point.second.seconds < sweep.first.seconds + 3
