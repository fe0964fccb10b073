"""The grid over a million assets and over ten thousand: from the start of the process to each frame."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from keeproom.model import SortKey
from tests.bench.product import trial_folder, variables_of
from tests.bench.rounds import BenchFailedError, table, tell_machine, verdict
from tests.bench.synthetic import synthetic_library

Figures = Mapping[str, float]

SMALL, LARGE = 10_000, 1_000_000
STARTS, PAGES = 5, 120
PATIENCE_S = 600
STARTING = {
    **{f"start by {key}": {"grid.sort": f"-{key}"} for key in SortKey},
    "start by captured, upwards": {"grid.sort": "captured"},
    "start with days": {"grid.sort": "-captured", "grid.group": "day"},
}
"""What is painted first, by the settings that a person left."""


@dataclass(frozen=True)
class Row:
    """One line of the table: a figure of the large library and of the small one, and what it may be at most."""

    name: str
    target: float | None = None
    ratio: float | None = None


ROWS = (
    *(Row(name, 1.0, 2.0) for name in STARTING),
    Row("start, whole library there"),
    *(
        row
        for size in ("1280×800", "3840×2160")
        for row in (
            Row(f"{size} first paint", 0.030, 2.0),
            Row(f"{size} resize", 0.030, 2.0),
            Row(f"{size} page p50"),
            Row(f"{size} page p99", 0.016),
            Row(f"{size} page, CPU p50"),
            Row(f"{size} page, CPU p99"),
            Row(f"{size} page with headings p99", 0.016),
            Row(f"{size} far page p99", 0.016),
        )
    ),
    Row("thumbnails p50"),
    Row("thumbnails p99", 0.060),
    Row("select all", 0.050),
    Row("invert", 0.050),
    *(Row(f"sort by {key}") for key in SortKey),
    Row("headings by day"),
    Row("snapshot read"),
    *(Row(f"first order by {key}", None if key is SortKey.NAME else 0.200) for key in SortKey),
    Row("view", 0.050),
    Row("view by day", 0.200),
    Row("counts", 0.050),
)


def bench(large: int, small: int, starts: int = STARTS, pages: int = PAGES, within: Path | None = None) -> None:
    """Measure two libraries, made in `within` (the bench folder) if they are not there, and print the table."""
    libraries = {count: synthetic_library(count, within) for count in (large, small)}
    tell_machine()
    figures = {
        count: {**start_figures(folder, starts, STARTING), **_inside(folder, pages)}
        for count, folder in libraries.items()
    }
    print(f"{figures[large]['in sight']:.0f} thumbnails in sight where they are counted", flush=True)
    print(table(["", f"{large:,}", f"{small:,}", "target", ""], _lines(figures[large], figures[small])), flush=True)
    for name in ("columns bytes", "snapshot bytes", "process bytes"):
        print(f"{name.split()[0]}: {figures[large][name] / 1e6:.0f} MB at {large:,}", flush=True)


def _lines(large: Figures, small: Figures) -> list[list[str]]:
    return [_line(row, large.get(row.name), small.get(row.name)) for row in ROWS if row.name in large]


def _line(row: Row, large: float | None, small: float | None) -> list[str]:
    assert large is not None
    limits = []
    said = []
    if row.target is not None:
        limits.append(row.target)
        said.append(f"≤ {row.target * 1000:.0f} ms")
    if row.ratio is not None and small is not None:
        said.append(f"≤ {row.ratio:.0f} ×")
        limits.append(row.ratio * max(small, 0.005))  # below 5 ms a ratio says nothing
    shown = "" if small is None else _ms(small)
    return [row.name, _ms(large), shown, ", ".join(said), verdict(large, min(limits, default=None))]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def start_figures(library: Path, times: int, starting: Mapping[str, Mapping[str, str]] = STARTING) -> dict[str, float]:
    """From the start of a process to its first painted page: medians, after one start to warm up."""
    figures: dict[str, float] = {}
    with trial_folder() as folder:
        variables = variables_of(folder / "library")
        settings = folder / "xdg_config_home" / "keeproom" / "settings.json"
        settings.parent.mkdir(parents=True)
        for name, values in starting.items():
            settings.write_text(json.dumps(values), "utf-8")
            if not figures:
                _start(library, variables)
            figures[name] = statistics.median(_start(library, variables)[0] for _ in range(times))
        settings.write_text("{}", "utf-8")
        _, figures["start, whole library there"] = _start(library, variables, "all")
    return figures


def _start(library: Path, variables: Mapping[str, str], *how: str) -> list[float]:
    """Seconds until the first page was painted, and until the whole library was there if that is asked for.

    Raises:
        BenchFailedError: the window ended without.
    """
    began = time.monotonic()
    words = _output([sys.executable, "-m", "tests.bench.first_paint", str(library), *how], variables).split()
    return [float(word) - began for word in words]


def _inside(library: Path, pages: int) -> dict[str, float]:
    with trial_folder() as folder:
        command = [sys.executable, "-m", "tests.bench.window_of_many", str(library), str(pages)]
        figures: dict[str, float] = json.loads(_output(command, variables_of(folder / "library")))
        return figures


def _output(command: Sequence[str], variables: Mapping[str, str]) -> str:
    done = subprocess.run(command, env=dict(variables), stdout=subprocess.PIPE, timeout=PATIENCE_S, check=False)
    if done.returncode != 0:
        raise BenchFailedError(f"{command[2]} ended with {done.returncode}")
    return done.stdout.decode()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=LARGE)
    parser.add_argument("--small", type=int, default=SMALL)
    parser.add_argument("--starts", type=int, default=STARTS)
    parser.add_argument("--pages", type=int, default=PAGES)
    asked = parser.parse_args()
    try:
        bench(asked.large, asked.small, asked.starts, asked.pages)
    except BenchFailedError as error:
        print(f"The benchmark failed: {error}", file=sys.stderr)
        sys.exit(1)
