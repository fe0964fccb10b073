"""What the Activity page asks of the library; called in threads, which touch nothing of the page."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from keeproom.library.queue import (
    FailedJob,
    StageCounts,
    WorkerNow,
    list_failures,
    queue_counts,
    stage_counts,
    workers_now,
)
from keeproom.model import Stage

if TYPE_CHECKING:
    from keeproom.library.opening import Library

MOST_FAILURES = 500


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The queue and the disk at one moment; `at_s` is that of a clock that only rises, for rates."""

    at_s: float
    stages: Mapping[Stage, StageCounts]
    workers: Sequence[WorkerNow]
    failures: Sequence[FailedJob]
    paused: bool
    disk_total: int
    disk_free: int

    @property
    def failed(self) -> int:
        return sum(counts.failed for counts in self.stages.values())

    @property
    def left(self) -> int:
        return sum(counts.waiting + counts.running for counts in self.stages.values())


def snapshot(library: Library) -> Snapshot:
    """Raises OSError: the library's disk does not answer."""
    stages = stage_counts(library)
    failed = any(counts.failed for counts in stages.values())
    disk = shutil.disk_usage(library.folder)
    return Snapshot(
        time.monotonic(),
        stages,
        workers_now(library),
        list_failures(library, MOST_FAILURES) if failed else (),
        queue_counts(library).paused,
        disk.total,
        disk.free,
    )


def log_folder(library: Library) -> Path:
    """Where reports of what the program did are written."""
    return library.layout.logs
