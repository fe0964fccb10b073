"""500 photos and 20 videos into a fresh library until every stage has ended, against the plain tools."""

from __future__ import annotations

from tests.bench.command import measure
from tests.bench.plain_tools import copy_hash_describe_and_shrink
from tests.bench.product import VISIBLE, import_files, trial_folder
from tests.bench.rounds import CPU, WHOLE, Figures, Ratio, compare
from tests.bench.workload import Workload

RATIOS = (
    Ratio("whole import", WHOLE, WHOLE, target=1.0),
    Ratio("all photos visible", VISIBLE, WHOLE, target=0.8),
    Ratio("CPU time", CPU, CPU),
)


def bench(work: Workload, rounds: int) -> None:
    def keeproom() -> Figures:
        with trial_folder() as folder:
            return import_files(work, folder / "library")

    def plain_tools() -> Figures:
        with trial_folder() as folder:
            return copy_hash_describe_and_shrink(work, folder / "output")

    work.warm()
    compare({"keeproom": keeproom, "plain tools": plain_tools}, RATIOS, rounds)


if __name__ == "__main__":
    measure(bench)
