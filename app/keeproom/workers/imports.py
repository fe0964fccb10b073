"""The imports of one window: in line or at work, waiting for room, continued from an earlier start.

All methods belong to the main thread, but those that say so. One import is at work at a time, in a thread of its own
with runnables that hash and copy; the others wait for their turn, and are in the catalog already, so that closing the
window, or losing power, forgets none of them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer

from keeproom.errors import CancelledError, ExpectedError
from keeproom.library import plans
from keeproom.library.control import Control
from keeproom.library.importing import Import
from keeproom.library.opening import Library
from keeproom.library.queue import queue_counts
from keeproom.model import ImportProgress
from keeproom.workers.importing import bring_in
from keeproom.workers.pool import make_pool, start

if TYPE_CHECKING:
    from keeproom.workers.session import Session

ROOM_MS = 5_000
"""How often it is looked whether a full disk has room again, while an import waits for that."""

T = TypeVar("T")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Continued:
    """Imports that had been interrupted go on; they wait where work is paused.

    `files` is how many of theirs are left. `unexpectedly` says that the process which had one of them was killed.
    """

    entries: tuple[int, ...]
    files: int
    unexpectedly: bool
    paused: bool


@dataclass(eq=False, slots=True)
class _Task:
    """One import in line or at work; it has its future when it is in line."""

    control: Control
    run: Import
    future: Future[None] | None = None

    def leave_line(self) -> bool:
        """Take it out of the line, if it has not begun; whether it is out, and never begins."""
        return self.future is not None and self.future.cancel()


class WindowImports(QObject):
    """Owned by a session, whose signals tell what happens here."""

    def __init__(self, session: Session, on_copied: Callable[[Import], None]) -> None:
        super().__init__(session)
        self._session = session
        self._on_copied = on_copied
        self._pool = make_pool(1)
        self._desk = make_pool(1)  # what is asked is recorded in the order in which it was asked
        self._tasks: list[_Task] = []
        self._held: dict[int, Import] = {}
        self._closed = False
        self._room = QTimer(self, interval=ROOM_MS)
        self._room.timeout.connect(self._look_for_room)

    @property
    def _library(self) -> Library:
        return self._session.library

    @property
    def is_importing(self) -> bool:
        return bool(self._tasks)

    @property
    def waits_for_space(self) -> bool:
        """Whether the rest of an import waits for room on the library's disk."""
        return bool(self._held)

    def add(self, paths: Sequence[Path], *, move: bool, separate: bool) -> None:
        """Import paths; they are recorded at once, and looked into when it is their turn."""
        task = self._new(move=move, separate=separate)
        self._record(
            lambda: task.run.open(paths),
            lambda _: self._queue(task, lambda: task.run.plan(paths)),
            partial(self._on_refused, task),
        )

    def continue_unfinished(self, on_continued: Callable[[Continued], None]) -> None:
        """Take the imports that windows of dead processes, or closed ones, left; told only where there were any."""

        def on_taken(taken: tuple[list[plans.Run], bool]) -> None:
            runs, paused = taken
            for run in runs:
                self._go_on(run, paused=paused)
            if runs:
                files = sum(run.waiting for run in runs)
                killed = any(run.was_killed for run in runs)
                on_continued(Continued(tuple(run.entry for run in runs), files, killed, paused))

        self._record(partial(_take_unfinished, self._library), on_taken)

    def continue_import(self, entry: int) -> None:
        """Go on with one import that has files waiting, unless it goes on already."""
        held = self._held.pop(entry, None)

        def on_taken(run: plans.Run) -> None:
            if not self._tasks_of(entry):
                self._go_on(run)

        def on_error(error: BaseException) -> None:
            if held is not None:
                self._held[entry] = held
            self._session.failed.emit(error)

        self._record(partial(plans.take, self._library, entry), on_taken, on_error)

    def retry(self, entry: int, items: Sequence[int]) -> None:
        """Import files of an import once more that were not kept; one that is at work takes another turn for them."""

        def on_taken(run: plans.Run) -> None:
            self._held.pop(entry, None)
            self._go_on(run)

        self._record(partial(plans.wait_again, self._library, entry, items), on_taken)

    def _tasks_of(self, entry: int) -> list[_Task]:
        """The tasks of an import that are to go on."""
        return [task for task in self._tasks if task.run.entry == entry and not task.control.cancelled]

    def pause(self) -> None:
        for task in self._tasks:
            task.control.pause()

    def resume(self) -> None:
        """Go on, also with what waits for room."""
        for task in self._tasks:
            task.control.resume()
        for entry in tuple(self._held):
            self.continue_import(entry)

    def cancel(self, entry: int | None = None) -> None:
        """End one import, or all; what was finished stays, what waits is skipped. An interrupted one is ended too.

        One that is in line is ended at once, not when its turn comes: a kill before that must not bring it back.
        """
        tasks = [task for task in self._tasks if entry in (None, task.run.entry)]
        for task in tasks:
            task.control.cancel()
            if task.leave_line():
                self._end(task)
        held = [run.entry for run in self._held.values() if entry in (None, run.entry)]
        for waiting in held:
            self._held.pop(waiting or 0, None)
            self._record(partial(plans.cancel, self._library, waiting or 0), lambda _: self._tell_phase("cancelled"))
        if entry is not None and not tasks and not held:
            self._record(partial(plans.cancel, self._library, entry))

    def stop(self) -> None:
        """Ask everything to end at its next step; what is not begun is for the next start."""
        self._closed = True
        self._room.stop()
        for task in self._tasks:
            task.control.stop()
            task.leave_line()

    def wait(self) -> None:
        """Return when nothing is at work any more."""
        self._pool.waitForDone()
        self._desk.waitForDone()

    def _record(
        self,
        function: Callable[[], T],
        on_done: Callable[[T], None] = lambda _: None,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> None:
        self._session.bring_home(start(self._desk, function), on_done, on_error)

    def _new(self, *, move: bool = False, separate: bool = False, paused: bool = False) -> _Task:
        control = Control()
        if paused or self._session.paused:
            control.pause()
        run = Import(
            self._library,
            control,
            move=move,
            separate=separate,
            resumes=True,
            on_reports=self._session.tell_reports,
            on_progress=self._session.tell_progress,
        )
        task = _Task(control, run)
        self._tasks.append(task)
        return task

    def _go_on(self, run: plans.Run, *, paused: bool = False) -> None:
        task = self._new(paused=paused)
        task.run.adopt(run)
        self._queue(task, partial(task.run.go_on, run))

    def _queue(self, task: _Task, prepare: Callable[[], None]) -> None:
        if self._closed:
            return  # the next start goes on with it
        if task.control.cancelled:
            self._end(task)
            return
        task.future = start(self._pool, partial(_work, task, prepare))
        self._session.bring_home(task.future, lambda _: self._on_worked(task), partial(self._on_broken, task))

    def _end(self, task: _Task) -> None:
        """Record the end of a task that was cancelled before it began."""
        self._record(task.run.end, lambda _: self._on_worked(task), partial(self._on_broken, task))

    def _on_worked(self, task: _Task) -> None:
        self._tasks.remove(task)
        run = task.run
        if run.waits_for_space and not task.control.cancelled and run.entry is not None:
            self._held[run.entry] = run
            self._room.start()
        elif not task.control.stopped:
            self._on_copied(run)

    def _on_broken(self, task: _Task, error: BaseException) -> None:
        self._tasks.remove(task)
        self._session.failed.emit(error)

    def _on_refused(self, task: _Task, error: BaseException) -> None:
        self._tell_phase("cancelled")
        self._on_broken(task, error)

    def _tell_phase(self, phase: str) -> None:
        self._session.import_progressed.emit(ImportProgress(phase))

    def _look_for_room(self) -> None:
        if not self._held:
            self._room.stop()
            return

        def on_known(entries: list[int]) -> None:
            for entry in entries:
                if entry in self._held:
                    self.continue_import(entry)

        self._session.run(partial(_with_room, dict(self._held)), on_known)


def _work(task: _Task, prepare: Callable[[], None]) -> None:
    """One import in a thread of its own, until its files are safe; their stages go on after that.

    What is stopped or breaks off is left for another time; the error comes out.
    """
    run, control = task.run, task.control
    try:
        prepare()
        bring_in(run, control)
    except CancelledError:
        _log.info("Import %s was stopped", run.entry)
    except BaseException:
        control.stop()
        with suppress(OSError, ExpectedError):  # what broke it is told; its row tells the rest when this process ends
            run.end()
        raise
    run.end()


def _take_unfinished(library: Library) -> tuple[list[plans.Run], bool]:
    return plans.take_unfinished(library), queue_counts(library).paused


def _with_room(held: dict[int, Import]) -> list[int]:
    return [entry for entry, run in held.items() if run.has_room()]
