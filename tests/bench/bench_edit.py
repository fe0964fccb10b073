"""Describing 10,000 of a million assets in the window: how long each edit takes, and how late the window ticks."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys

from tests.bench.bench_stall import quantile_ms
from tests.bench.product import trial_folder, variables_of
from tests.bench.rounds import BenchFailedError, table, tell_machine, verdict
from tests.bench.synthetic import synthetic_library

LONGEST_S, LONGEST_MS = 2.0, 50.0
IDLE_SECONDS = 5.0
SYNTHETIC = shutil.ignore_patterns("thumbnails")


def bench(assets: int, chosen: int) -> None:
    """Print a line an edit.

    Raises:
        BenchFailedError: the window did not get through it.
    """
    with trial_folder() as folder:
        library = folder / "library"
        shutil.copytree(synthetic_library(assets), library, ignore=SYNTHETIC)
        (library / "thumbnails").mkdir()
        command = [sys.executable, "-m", "tests.bench.window_edits", str(library), str(chosen), str(IDLE_SECONDS)]
        done = subprocess.run(command, env=variables_of(library), stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise BenchFailedError(f"the window ended with {done.returncode}")
    told = json.loads(done.stdout)
    idle = told["idle"]
    print(f"idle: p99 {quantile_ms(idle, 0.99):.1f} ms, longest {max(idle) * 1000:.1f} ms")
    rows = []
    for name, edit in told["edits"].items():
        seconds, longest = edit["seconds"], max(edit["gaps"]) * 1000
        over = sum(gap * 1000 > LONGEST_MS for gap in edit["gaps"])
        rows.append([f"{name}: made", f"{seconds:.2f} s", f"≤ {LONGEST_S:.0f} s", verdict(seconds, LONGEST_S)])
        target = f"≤ {LONGEST_MS:.0f} ms ({over} over)"
        p99 = quantile_ms(edit["gaps"], 0.99)
        rows.append(["  longest tick (p99)", f"{longest:.1f} ms ({p99:.1f})", target, verdict(longest, LONGEST_MS)])
    print(f"\n{told['chosen']:,} of {assets:,} assets described in the window")
    print(table(["", "measured", "target", ""], rows), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assets", type=int, default=1_000_000)
    parser.add_argument("--chosen", type=int, default=10_000)
    asked = parser.parse_args()
    tell_machine()
    try:
        bench(asked.assets, asked.chosen)
    except BenchFailedError as error:
        sys.exit(f"The benchmark failed: {error}")
