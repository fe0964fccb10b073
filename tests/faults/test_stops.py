"""Ctrl-C, SIGTERM, a kill: a clean end, and nobody is left behind."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from tests.faults.command import Place, Ran
from tests.faults.processes import Living, alive, descendants, readers_of, wait_until
from tests.faults.promises import Finished, broken_at_once, broken_in_the_end, dishonest_reports
from tests.faults.sources import make_photos

pytestmark = [
    pytest.mark.timeout(200),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked for in /proc"),
]

COUNT = 20


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An import of some seconds."""
    folder = make_photos(tmp_path_factory.mktemp("many") / "photos", COUNT, side_px=500)
    place = Place(tmp_path_factory.mktemp("undisturbed") / "place").fill(folder)
    assert place.import_files().code == 0
    return place


def interrupted(place: Place, signals: list[int], after_reports: int, pause_s: float = 0.0) -> tuple[Ran, set[Living]]:
    """An import that gets signals when it has said so much and its readers work; and the children it had then."""
    with place.started("import", place.files) as running:
        running.wait_for_lines(after_reports)
        assert wait_until(lambda: readers_of(running.pid))
        children = set(descendants(running.pid))
        for number in signals:
            running.signal(number)
            time.sleep(pause_s)
        ran = running.finish()
        # A process that was told twice ends at once, and its readers when they see that: within a second.
        assert wait_until(lambda: not readers_of(running.pid), seconds=0 if len(signals) == 1 else 1)
        return ran, children


@pytest.mark.parametrize(
    ("signals", "after_reports"),
    [([signal.SIGINT], 1), ([signal.SIGTERM], COUNT), ([signal.SIGINT, signal.SIGINT], 1)],
)
def test_an_interrupt_ends_it_cleanly(place: Place, undisturbed: Place, signals: list[int], after_reports: int) -> None:
    place.fill(undisturbed.files)

    ran, children = interrupted(place, signals, after_reports, pause_s=0.05)

    assert ran.code == 130, ran.errors
    assert not ran.has_traceback, ran.errors
    assert ran.seconds < 15
    assert len(signals) > 1 or ran.lines[-1]["event"] == "summary"  # a second one says: at once
    assert wait_until(lambda: not any(map(alive, children)), seconds=0 if len(signals) == 1 else 1)
    assert [*dishonest_reports(ran, place)] == []
    if len(signals) == 1:  # a second one leaves the clean-up to the next start
        assert not any((place.library / "processes").iterdir())
        assert not any((place.library / "incoming").iterdir())

    assert place.import_files().code == 0
    assert [*broken_in_the_end(place, Finished.of(undisturbed))] == []


@pytest.mark.parametrize("delay_s", [0.0, 0.25])
def test_an_interrupt_while_it_starts(place: Place, undisturbed: Place, delay_s: float) -> None:
    place.fill(undisturbed.files)
    with place.started("import", place.files) as running:
        assert wait_until(lambda: catches(running.pid, signal.SIGTERM)), "Python itself takes longer than that"
        time.sleep(delay_s)
        running.signal(signal.SIGINT)
        ran = running.finish()
    assert ran.code == 130, ran.errors
    assert not ran.has_traceback, ran.errors


def test_readers_die_with_a_killed_import(place: Place, undisturbed: Place, tmp_path: Path) -> None:
    place.fill(undisturbed.files)
    with place.started("import", place.files) as running:
        assert wait_until(lambda: has_all_readers(running.pid)), "no picture reader and exiftool at work"
        children = set(descendants(running.pid))
        running.kill()
        ran = running.finish()

    assert wait_until(lambda: not any(map(alive, children)), seconds=1)
    assert not readers_of(running.pid)
    assert [*broken_at_once(place, ran, tmp_path / "side")] == []
    assert place.import_files().code == 0
    assert [*broken_in_the_end(place, Finished.of(undisturbed))] == []


def catches(pid: int, number: int) -> bool:
    """Whether a process has a handler of its own for a signal (proc(5), SigCgt)."""
    status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    (mask,) = (line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(mask, 16) >> (number - 1) & 1)


def has_all_readers(pid: int) -> bool:
    commands = list(descendants(pid).values())
    return any("exiftool" in command for command in commands) and any("\0picture\0" in command for command in commands)
