"""What is at work now, and what has failed, as rows of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keeproom.model import ImportProgress, Stage
from keeproom.ui.flattable import RIGHT, Column
from keeproom.ui.texts import locale, number, plural, time_left, tr

if TYPE_CHECKING:
    from keeproom.library.queue import FailedJob, WorkerNow

STEPS: Mapping[Stage, str] = {Stage.PICTURE: "Preview", Stage.METADATA: "Details"}
"""The stages in words of the window."""

SHORTEST_S = 2.0


@dataclass(frozen=True, slots=True)
class Task:
    """Something at work: which file, which step, and for how long."""

    file: str
    step: str
    since: str


class Watch:
    """Remembers when each worker was first seen at its file: the queue knows only when it took a batch of them."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, int | None], float] = {}

    def tasks(self, workers: Sequence[WorkerNow], at_s: float) -> list[Task]:
        """The workers as tasks, at a moment of a clock that only rises."""
        keys = {(worker.name, worker.asset) for worker in workers}
        self._seen = {key: self._seen.get(key, at_s) for key in keys}
        return [_task(worker, at_s - self._seen[worker.name, worker.asset]) for worker in workers]


def _task(worker: WorkerNow, seconds: float) -> Task:
    name = worker.asset_name or tr("A file")
    if worker.jobs > 1:
        more = plural(worker.jobs - 1, "%n more", "%n more")
        name = tr("{name} and {more}").format(name=name, more=more)
    step = tr(STEPS[worker.stage])
    if not worker.is_ours:
        step = tr("{step}, by another process").format(step=step)
    return Task(name, step, time_left(seconds) if seconds >= SHORTEST_S else "")


def copying_task(progress: ImportProgress | None) -> list[Task]:
    """The file that an import has in hand, as a task."""
    if progress is None or progress.current is None or not progress.in_hand:
        return []
    percent = locale().toString(round(max(fraction for _, fraction in progress.in_hand) * 100))
    return [Task(progress.current.name, tr("Copying, {percent} %").format(percent=percent), "")]


TASK_COLUMNS: tuple[Column[Task], ...] = (
    Column("File", lambda task: task.file, 200, 3, 3),
    Column("Step", lambda task: task.step, 140, 2, 2, quiet=True),
    Column("For", lambda task: task.since, 70, 0, 1, RIGHT, quiet=True),
)

FAILURE_COLUMNS: tuple[Column[FailedJob], ...] = (
    Column("File", lambda failed: failed.name or tr("A file that is not in the library any more"), 150, 3, 3),
    Column("Step", lambda failed: tr(STEPS[failed.stage]), 90, 0, 1),
    Column("Why", lambda failed: failed.error, 200, 6, 2, quiet=True),
    Column("Tried", lambda failed: times(failed.attempts), 84, 0, 0, RIGHT, quiet=True),
)


def times(attempts: int) -> str:
    """`3 times`"""
    return tr("once") if attempts == 1 else plural(attempts, "%n time", "%n times")


def failure_words(failed: FailedJob) -> str:
    """A failure in full, as for the clipboard."""
    tool = f" ({failed.tool})" if failed.tool else ""
    step = tr(STEPS[failed.stage])
    return f"{failed.name or number(failed.job)}: {step}{tool}. {failed.error} " + tr("Tried {times}.").format(
        times=times(failed.attempts)
    )
