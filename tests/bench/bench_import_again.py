"""The same folder a second time, all of it duplicates, against hashing alone on as many cores."""

from __future__ import annotations

import os

from tests.bench.command import measure
from tests.bench.plain_tools import hash_on_all_cores
from tests.bench.product import import_files, start_time, trial_folder
from tests.bench.rounds import CPU, WHOLE, Figures, Ratio, compare
from tests.bench.workload import Workload

AFTER_START = "after start"
RATIOS = (
    Ratio("import again", WHOLE, WHOLE, target=1.3),
    Ratio("without starting a command", AFTER_START, WHOLE),
    Ratio("CPU time", CPU, CPU),
)


def bench(work: Workload, rounds: int) -> None:
    with trial_folder() as folder:
        library = folder / "library"
        import_files(work, library)
        names = iter(range(rounds))

        def keeproom() -> Figures:
            start = start_time(library)[WHOLE]
            figures = import_files(work, library, "duplicates", watched=False)
            return {**figures, AFTER_START: figures[WHOLE] - start}

        def openssl() -> Figures:
            return hash_on_all_cores(work, os.cpu_count() or 1, folder / f"output {next(names)}")

        work.warm()
        compare({"keeproom": keeproom, "openssl": openssl}, RATIOS, rounds)


if __name__ == "__main__":
    measure(bench)
