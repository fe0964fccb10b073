"""Contenders that do the same work in turns, and their medians side by side with the targets."""

from __future__ import annotations

import os
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

Figures = dict[str, float]
"""What one run took, in seconds by name."""

WHOLE, CPU = "whole", "CPU"
ROUNDS = 3


class BenchFailedError(Exception):
    """The benchmark could not be done; this is not a missed target."""


@dataclass
class Clock:
    """The wall and CPU time of a stretch of work and of all the processes that ended in it."""

    figures: Figures = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)

    def mark(self, name: str) -> None:
        """Note under a name how long it has been until now."""
        self.figures[name] = time.monotonic() - self.started


@contextmanager
def timed() -> Iterator[Clock]:
    """Take the figures `WHOLE` and `CPU` of what happens inside."""
    before = _cpu_of_children()
    clock = Clock()
    yield clock
    clock.mark(WHOLE)
    clock.figures[CPU] = _cpu_of_children() - before


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@dataclass(frozen=True)
class Ratio:
    """A figure of ours over a figure of theirs, and what it may be at most; without a target it only informs."""

    what: str
    ours: str
    theirs: str
    target: float | None = None


def compare(contenders: Mapping[str, Callable[[], Figures]], ratios: Sequence[Ratio], rounds: int = ROUNDS) -> None:
    """Run two contenders, ours first, in turns, and print the medians' ratios."""
    tell_machine()
    results: dict[str, list[Figures]] = {name: [] for name in contenders}
    for number in range(rounds):
        for name, contender in contenders.items():
            results[name].append(contender())
            shown = ", ".join(f"{figure} {seconds:.2f} s" for figure, seconds in results[name][-1].items())
            print(f"round {number + 1}: {name}: {shown}", flush=True)
    ours, theirs = (medians(runs) for runs in results.values())
    print(f"\nMedians of {rounds} rounds")
    print(table(["", *contenders, "ratio", "target", ""], [_row(ratio, ours, theirs) for ratio in ratios]), flush=True)


def medians(runs: Sequence[Figures]) -> Figures:
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def verdict(value: float, target: float | None) -> str:
    if target is None:
        return ""
    return "met" if value <= target else "MISSED"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Cells in columns, the first one to the left and the others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = []
    for row in (head, *rows):
        first, *others = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        lines.append("  ".join((first.strip().ljust(widths[0]), *others)).rstrip())
    return "\n".join(lines)


def _row(ratio: Ratio, ours: Figures, theirs: Figures) -> list[str]:
    value = ours[ratio.ours] / theirs[ratio.theirs]
    target = "" if ratio.target is None else f"≤ {ratio.target:.2f}"
    shown = (f"{ours[ratio.ours]:.2f} s", f"{theirs[ratio.theirs]:.2f} s", f"{value:.2f}")
    return [ratio.what, *shown, target, verdict(value, ratio.target)]


def tell_machine() -> None:
    """Say how many cores there are and how busy they are."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    print(f"{cores} cores, load {load:.1f}", flush=True)
    if load > cores / 2:
        print("The machine is busy with other things: trust the ratios little, and CPU time more.", flush=True)
