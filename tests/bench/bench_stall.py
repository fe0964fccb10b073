"""How late the window's timer ticks while it imports, beside the same window idle."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

from tests.bench.command import measure
from tests.bench.product import trial_folder, variables_of
from tests.bench.rounds import BenchFailedError, table, verdict
from tests.bench.workload import Workload

IDLE_SECONDS = 5.0
MORE_MS, LONGEST_MS = 10.0, 50.0


def bench(work: Workload, rounds: int) -> None:
    rows = []
    for number in range(1, rounds + 1):
        idle, busy = ticks_of_window(work)
        p99_idle, p99_busy = quantile_ms(idle, 0.99), quantile_ms(busy, 0.99)
        limit, longest = p99_idle + MORE_MS, max(busy) * 1000
        over = sum(gap * 1000 > LONGEST_MS for gap in busy)
        rows += [
            [f"round {number}: p99 between ticks", f"{p99_busy:.1f} ms", f"≤ {limit:.1f} ms (idle {p99_idle:.1f})",
             verdict(p99_busy, limit)],
            [f"round {number}: longest of {len(busy):,}", f"{longest:.1f} ms", f"≤ {LONGEST_MS:.0f} ms ({over} over)",
             verdict(longest, LONGEST_MS)],
        ]  # fmt: skip
        print(f"round {number}: p99 {p99_busy:.1f} ms, longest {longest:.1f} ms", flush=True)
    print("\nA tick every 5 ms in the window's thread, while it imports")
    print(table(["", "measured", "target", ""], rows), flush=True)


def ticks_of_window(work: Workload) -> tuple[Sequence[float], Sequence[float]]:
    """The gaps between ticks, in seconds: of the idle window, and of the same one while it imports.

    Raises:
        BenchFailedError: the window did not get through the import.
    """
    with trial_folder() as folder:
        library = folder / "library"
        stages = 2 * (work.photos + work.videos)
        command = [sys.executable, "-m", "tests.bench.window_ticks"]
        command += [str(library), str(work.folder), str(stages), str(IDLE_SECONDS)]
        done = subprocess.run(command, env=variables_of(library), stdout=subprocess.PIPE, check=False)
        if done.returncode != 0:
            raise BenchFailedError(f"the window ended with {done.returncode}")
        answer = json.loads(done.stdout)
        return answer["idle"], answer["busy"]


def quantile_ms(gaps: Sequence[float], share: float) -> float:
    """The gap in milliseconds that this share of all gaps does not exceed."""
    ordered = sorted(gaps)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


if __name__ == "__main__":
    measure(bench)
