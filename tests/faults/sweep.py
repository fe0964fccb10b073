"""One import with one fault, then the same command again; at any number of points, several side by side."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.command import Place, Ran
from tests.faults.disks import AMPLE, SmallDisk
from tests.faults.promises import Finished, broken_at_once, broken_in_the_end, dishonest_reports, lost_originals
from tests.faults.shim import FULL, KILL, Call, Fault, Shim, read_log
from tests.faults.sources import contents, make_sources

SIDE_BY_SIDE = 4
"""Points at a time: a command waits for disks and pauses most of its time."""

SLOW_SECONDS = 8.0
"""A second run that takes this much longer than an undisturbed one waits for something: a lease, a lock, the dead."""


@dataclass
class Point:
    """What came of a fault at one point. `problems` are broken promises; `passed` says that the fault never came."""

    fault: Fault
    call: Call | None = None
    code: int | None = None
    second: Ran | None = None
    problems: list[str] = field(default_factory=list)
    has_passed: bool = False
    had_work_left: bool = False

    def __str__(self) -> str:
        where = f"{self.call.name} {self.call.path}" if self.call else "never reached"
        return "\n    ".join([f"{self.fault} ({where}), exit {self.code}", *self.problems])


class Sweep:
    """An import of small files, known in its undisturbed form, to be disturbed."""

    def __init__(
        self, root: Path, shim: Shim, *, move: bool = False, broken: bool = False, mount: bool = False
    ) -> None:
        self._root = root
        self._shim = shim
        self._options = ["--move"] if move else []
        self._files = make_sources(root / "files", broken=broken)
        self.originals = {
            sha256: {str(path.relative_to(self._files)) for path in paths}
            for sha256, paths in contents(self._files).items()
        }
        self._move = move
        self._mount = mount
        place = self._place("undisturbed")
        self.first = self._disturbed(place, Fault(KILL))
        self.processes, self.calls = read_log(place.log)
        self.expected = Finished.of(place)
        self.again = place.import_files(*self._options) if not move else self.first

    def _place(self, name: str) -> Place:
        root = self._root / name
        if not self._mount:
            return Place(root).fill(self._files)
        disk = SmallDisk(root / "watched" / "disk", AMPLE).folder
        return Place(root, disk=disk, library=disk).fill(self._files)

    def _forget(self, place: Place) -> None:
        if self._mount:
            subprocess.run(["umount", "--lazy", place.disk], check=True)
        shutil.rmtree(place.root)

    def _disturbed(self, place: Place, fault: Fault) -> Ran:
        return place.import_files(*self._options, extra=self._shim.environment(place.watched, fault, place.log))

    def try_point(self, fault: Fault) -> Point:
        """Disturb an import, look, run it again, look again."""
        place = self._place(f"{fault.what}-{fault.at}{'-stays' if fault.stays else ''}")
        disturbed = self._disturbed(place, fault)
        calls = read_log(place.log)[1]
        point = Point(fault, calls[fault.at - 1] if len(calls) >= fault.at else None, disturbed.code)
        point.has_passed = point.call is None
        point.problems += [f"at once: {problem}" for problem in self._after_fault(place, disturbed, fault)]
        point.second = place.import_files(*self._options)
        point.had_work_left = self._finish_moved(place)
        point.problems += self._in_the_end(place, point)
        if not point.problems:
            self._forget(place)
        return point

    def _after_fault(self, place: Place, ran: Ran, fault: Fault) -> Iterator[str]:
        yield from broken_at_once(place, ran, place.root / "side")
        yield from dishonest_reports(ran, place)
        if self._move:
            yield from lost_originals(place, self.originals)
        if fault.what != KILL:
            yield from ended_badly(ran, self.first)

    def _finish_moved(self, place: Place) -> bool:
        """Moved files are not there to be named again: their stages are finished by any later worker."""
        if not self._move:
            return False
        worked = place.run("jobs")
        if has_open := any(line["state"] in ("waiting", "running") for line in worked.lines):
            place.run("work")
        return has_open

    def _in_the_end(self, place: Place, point: Point) -> Iterator[str]:
        assert point.second is not None
        wanted = self.again.code
        if point.second.code != wanted and not self._move:
            yield f"the second run ended with {point.second.code}, not {wanted}: {point.second.errors[-300:]}"
        if point.second.has_traceback:
            yield f"the second run shows a traceback: {point.second.errors[-1500:]}"
        if point.second.seconds > self.first.seconds + SLOW_SECONDS:
            yield f"the second run took {point.second.seconds:.1f} s"
        yield from dishonest_reports(point.second, place)
        yield from broken_in_the_end(place, self.expected)
        if self._move:
            yield from lost_originals(place, self.originals)

    def points(self, count: int, what: str, *, seed: int = 1) -> list[int]:
        """Numbers of calls, spread over the whole import, at least one for each kind of call while there are enough."""
        calls = [
            call for call in self.calls if what != FULL or call.name not in ("unlink", "rmdir", "chmod", "utimens")
        ]
        numbered = dict(enumerate(calls, 1))
        chance = random.Random(seed)
        kinds: dict[str, list[int]] = {}
        for number, call in numbered.items():
            kinds.setdefault(call.kind, []).append(number)
        ordered = sorted(kinds.values(), key=lambda numbers: numbers[0])
        if len(ordered) > count:
            ordered = [ordered[round(step * (len(ordered) - 1) / max(1, count - 1))] for step in range(count)]
        chosen = {chance.choice(numbers) for numbers in ordered}
        rest = [number for number in numbered if number not in chosen]
        chosen |= set(chance.sample(rest, min(len(rest), count - len(chosen))))
        return sorted(chosen)

    def try_points(
        self, faults: Iterable[Fault], tell: Callable[[Point], None] = lambda _: None, side_by_side: int = SIDE_BY_SIDE
    ) -> list[Point]:
        with ThreadPoolExecutor(side_by_side) as pool:
            points = []
            for point in pool.map(self.try_point, faults):
                tell(point)
                points.append(point)
            return points


def ended_badly(ran: Ran, undisturbed: Ran) -> Iterator[str]:
    """How a command that met an error must not end."""
    if ran.code is None:
        yield "the command hung"
    elif ran.code not in (1, 3) and not (ran.code == undisturbed.code and ran.summary is not None):
        yield f"the command ended with {ran.code}: {ran.errors[-300:]}"
    if ran.has_traceback:
        yield f"the command shows a traceback: {ran.errors[-1500:]}"
    if ran.code == 3 and "keeproom: " not in ran.errors:
        yield f"exit {ran.code} without a word"
    if ran.code == 1 and "keeproom: " not in ran.errors:
        summary = ran.summary
        if summary is None or not summary["failed"] + summary["stages_failed"]:
            yield "exit 1 without a word"


def told(points: Sequence[Point]) -> str:
    """The points with broken promises, for people."""
    bad = [point for point in points if point.problems]
    return "\n".join([f"{len(bad)} of {len(points)} points broke a promise", *map(str, bad)])
