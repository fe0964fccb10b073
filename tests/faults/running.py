"""The sweeps as commands: which points, what is told, what is kept to look at."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.faults.shim import KILL, Fault, NoCompilerError, Shim
from tests.faults.sweep import SIDE_BY_SIDE, Point, Sweep, told
from tests.faults.windows import WindowSweep


def run_sweep(arguments: Sequence[str], usage: str, whats: Sequence[str]) -> int:
    """Run sweeps of some kinds of fault; the exit code of the command."""
    options = _parse(arguments, usage, whats)
    root = Path(tempfile.mkdtemp(prefix="keeproom-faults-"))
    try:
        shim = Shim(root)
    except NoCompilerError as error:
        _say(error)
        return 3
    bad = [point for what in options.what or whats for point in _sweep(root, shim, what, options) if point.problems]
    if bad:
        _say(f"What was left is in {root}")
        return 1
    shutil.rmtree(root)
    return 0


def _parse(arguments: Sequence[str], usage: str, whats: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(usage=usage.split("\n\n")[1].strip())
    parser.add_argument("--full", action="store_true", help="every call")
    parser.add_argument("--points", type=int, default=25, help="so many calls, well spread")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at", type=int, nargs="+", help="these calls")
    parser.add_argument("--after", type=int, default=0, help="with --full: only calls behind this one")
    parser.add_argument("--move", action="store_true", help="import with --move")
    parser.add_argument(
        "--mount", action="store_true", help="the library is the root of a disk; only root can mount one"
    )
    parser.add_argument("--window", action="store_true", help="a window imports, and the next one goes on by itself")
    parser.add_argument("--stays", action="store_true", help="every later call fails as well")
    parser.add_argument("--what", action="append", choices=whats)
    parser.add_argument("--jobs", type=int, default=SIDE_BY_SIDE, help="points side by side")
    return parser.parse_args(arguments)


def _sweep(root: Path, shim: Shim, what: str, options: argparse.Namespace) -> list[Point]:
    started = time.monotonic()
    kind = WindowSweep if options.window else Sweep
    sweep = kind(root / what, shim, move=options.move, broken=what == KILL, mount=options.mount)
    numbers = list(_numbers(sweep, what, options))
    _say(f"{what}: {len(numbers)} points of {len(sweep.calls)} calls{' with --move' if options.move else ''}")
    points = sweep.try_points((Fault(what, at, options.stays) for at in numbers), _tell, options.jobs)
    _say(told(points).splitlines()[0])
    codes = sorted({str(point.code) for point in points})
    slowest = max((point.second.seconds for point in points if point.second), default=0.0)
    left = sum(point.had_work_left for point in points)
    _say(f"exit codes {', '.join(codes)}; moved files with work left: {left}")
    _say(f"the slowest second run took {slowest:.1f} s (undisturbed {sweep.again.seconds:.1f})")
    _say(f"{time.monotonic() - started:.0f} s")
    return points


def _numbers(sweep: Sweep, what: str, options: argparse.Namespace) -> Iterable[int]:
    if options.at:
        return options.at
    if options.full:
        return range(1 + options.after, len(sweep.points(10**6, what)) + 1)
    return [number for number in sweep.points(options.points, what, seed=options.seed) if number > options.after]


def _tell(point: Point) -> None:
    if point.problems:
        _say(point)


def _say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()
