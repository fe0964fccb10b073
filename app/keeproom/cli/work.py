"""`work`: a headless worker, until the queue is empty or until it is stopped."""

from __future__ import annotations

import argparse
import time

from keeproom.cli.interrupts import interrupts_cancel
from keeproom.cli.output import Output, plural
from keeproom.cli.waiting import wait_for_stages
from keeproom.library.control import Control
from keeproom.library.opening import open_library
from keeproom.library.queue import queue_counts
from keeproom.library.wording import bring_up_to_date
from keeproom.workers.crew import Crew

_TICK_SECONDS = 0.1


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--forever", action="store_true", help="wait for more when the queue is empty")


def run(arguments: argparse.Namespace) -> int:
    output, control = Output(arguments), Control()
    with interrupts_cancel(control), open_library(arguments.library) as library:
        crew = Crew(library, on_error=lambda error: output.message(f"A worker had to stop a task: {error}"))
        try:
            while arguments.forever:
                crew.start()
                control.check()
                time.sleep(_TICK_SECONDS)
            wait_for_stages(library, crew, control, output)
            bring_up_to_date(library, lambda: control.cancelled)
        finally:
            crew.stop()
        counts = queue_counts(library)
    shape = {
        "event": "summary",
        "waiting": counts.waiting,
        "running": counts.running,
        "failed": counts.failed,
        "paused": counts.paused,
    }
    output.record(shape, f"{plural(counts.waiting + counts.running, 'task')} left, {counts.failed:,} failed.")
    return 1 if counts.failed else 0
