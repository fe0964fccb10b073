"""Waiting for the queue, as `import` and `work` do."""

from __future__ import annotations

import time

from keeproom.cli.output import Output, plural
from keeproom.library.control import Control
from keeproom.library.opening import Library
from keeproom.library.queue import has_open_jobs, queue_counts
from keeproom.workers.crew import Crew

_TICK_SECONDS = 0.05


def wait_for_stages(library: Library, crew: Crew, control: Control, output: Output, entry: int | None = None) -> None:
    """Have a crew work until no stage of an import's assets is open, or of any asset.

    A paused queue is said and not waited for.

    Raises:
        CancelledError: it was interrupted.
        Exception: whatever keeps the crew from working at all, for one a full disk.
    """
    seen = -1
    most = 0
    while True:
        control.check()
        if crew.trouble is not None:
            raise crew.trouble
        version = library.catalog.data_version()
        if version != seen:
            seen = version
            if not has_open_jobs(library, entry):
                return
            crew.start()
            counts = queue_counts(library)
            if counts.paused:
                output.message(
                    f"The queue is paused; {plural(counts.waiting, 'task')} wait for `keeproom jobs resume`."
                )
                return
            left = counts.waiting + counts.running
            most = max(most, left)
            output.progress(most - left, most, f"{plural(left, 'task')} left")
        time.sleep(_TICK_SECONDS)
