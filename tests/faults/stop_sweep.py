"""Interrupt an import at many moments, and check that it ends cleanly, alone, and soon.

    python -m tests.faults.stop_sweep [--moments N] [--from SECONDS] [--to SECONDS] [--signal INT|TERM]
                                     [--reports N] [--jobs N]

Exit code: 0 it always did, 1 sometimes not.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.command import Place, Ran
from tests.faults.processes import alive, descendants, readers_of
from tests.faults.promises import broken_at_once, dishonest_reports
from tests.faults.sources import make_photos

COUNT = 60
LONGEST_END_SECONDS = 30


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--moments", type=int, default=40)
    parser.add_argument("--from", type=float, default=0.4, dest="earliest")
    parser.add_argument("--to", type=float, default=4.0, dest="latest")
    parser.add_argument("--reports", type=int, default=0, help="wait for so many reports first, then up to 0.2 s")
    parser.add_argument("--signal", choices=["INT", "TERM"], default="INT")
    parser.add_argument("--jobs", type=int, default=4)
    options = parser.parse_args(arguments)
    root = Path(tempfile.mkdtemp(prefix="keeproom-stops-"))
    files = make_photos(root / "files", COUNT, side_px=700)
    number = signal.Signals[f"SIG{options.signal}"]
    chance = random.Random(1)
    if options.reports:
        options.earliest, options.latest = 0.0, 0.2
    moments = [chance.uniform(options.earliest, options.latest) for _ in range(options.moments)]
    codes: Counter[int | None] = Counter()
    is_bad = False
    with ThreadPoolExecutor(options.jobs) as pool:
        for moment, (ran, problems) in zip(
            moments, pool.map(lambda s: try_moment(root, files, number, s, options.reports), moments), strict=True
        ):
            codes[ran.code] += 1
            if problems:
                is_bad = True
                sys.stdout.write("\n    ".join([f"after {moment:.3f} s:", *problems]) + "\n")
                sys.stdout.flush()
    sys.stdout.write(f"exit codes {dict(codes)}\n")
    if not is_bad:
        shutil.rmtree(root)
    return 1 if is_bad else 0


def try_moment(root: Path, files: Path, number: int, moment_s: float, reports: int) -> tuple[Ran, list[str]]:
    """Interrupt one import after some reports and seconds; how it ended, and what was wrong with that."""
    place = Place(Path(tempfile.mkdtemp(dir=root)) / "place").fill(files)
    with place.started("import", place.files) as running:
        running.wait_for_lines(reports)
        time.sleep(moment_s)
        children = set(descendants(running.pid))
        running.signal(number)
        ran = running.finish()
    problems = [*_problems(place, ran)]
    if any(map(alive, children)) or readers_of(running.pid):
        problems.append("a child of it lives")
    if not problems:
        shutil.rmtree(place.root)
    return ran, problems


def _problems(place: Place, ran: Ran) -> Iterator[str]:
    if ran.code is None:
        yield f"it hung: {ran.errors}"
        return
    if ran.code not in (0, 130):
        yield f"it ended with {ran.code}"
    if ran.has_traceback:
        yield f"it shows a traceback: {ran.errors}"
    if ran.seconds > LONGEST_END_SECONDS:
        yield f"it took {ran.seconds:.1f} s to end"
    if ran.files and ran.summary is None:
        yield "it gave no summary"
    yield from dishonest_reports(ran, place)
    if (place.library / "processes").is_dir():
        yield from (f"left: {path.name}" for path in (place.library / "processes").iterdir())
        yield from (f"left: {path.name}" for path in (place.library / "incoming").iterdir())
    yield from broken_at_once(place, ran, place.root / "side")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
