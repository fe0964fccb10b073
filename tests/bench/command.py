"""The command line that all benchmarks have."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from tests.bench.rounds import ROUNDS, BenchFailedError
from tests.bench.workload import Workload, photos_and_videos


def measure(bench: Callable[[Workload, int], None]) -> None:
    """Run a benchmark on its files and exit: 0 also where a target was missed, 1 where nothing could be measured."""
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--photos", type=int, default=500)
    parser.add_argument("--videos", type=int, default=20)
    asked = parser.parse_args()
    try:
        work = photos_and_videos(asked.photos, asked.videos)
        print(f"{asked.photos} photos and {asked.videos} videos, {work.size_bytes() / 1e6:.0f} MB", flush=True)
        bench(work, asked.rounds)
    except BenchFailedError as error:
        print(f"The benchmark failed: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        os._exit(130)
