"""One open library for one window: its crew, its imports, and the news of every process, as signals."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from keeproom.errors import CancelledError
from keeproom.library.control import Control
from keeproom.library.importing import Import
from keeproom.library.opening import Library
from keeproom.library.queue import has_open_jobs, pause_queue, queue_counts, resume_queue, retry_assets
from keeproom.library.views import changes_since, revision_now
from keeproom.model import Changes, FileReport, ImportProgress, ImportSummary, QueueCounts
from keeproom.workers.crew import Crew
from keeproom.workers.importing import bring_in
from keeproom.workers.pool import make_pool, start

T = TypeVar("T")

POLL_MS = 200
"""How often the catalog is asked whether anything was committed; one pragma, a few microseconds."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _News:
    """What a look at the catalog found; `balances` are those of imports whose stages have all ended.

    `answered` is how often somebody had asked for a look by then, and the catalog's version.
    """

    answered: tuple[int, int]
    changes: Changes
    counts: QueueCounts
    balances: Sequence[tuple[Import, ImportSummary]]


class Session(QObject):
    """Lives in the main thread; everything it starts runs elsewhere, everything it tells arrives here.

    Results of `run` and all signals arrive in the order in which they happened, through this one long-lived object:
    an object owned by a runnable would be gone before its signal is delivered.
    """

    changed = Signal(object)
    import_progressed = Signal(object)
    import_finished = Signal(object)
    file_reported = Signal(object)
    queue_progressed = Signal(object)
    failed = Signal(object)

    _came_home = Signal(object)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self._crew = Crew(library, on_error=lambda error: self._send(lambda: self.failed.emit(error)))
        self._pool = make_pool(4)
        self._imports = make_pool(1)  # one import at a time; further ones wait for their turn
        self._controls: list[Control] = []
        self._paused = False
        self._closed = False
        self._revision = -1
        self._asked = 0
        self._answered = (-1, -1)
        self._is_looking = False
        self._counts: QueueCounts | None = None
        self._settling: list[Import] = []
        self._came_home.connect(self._on_came_home, Qt.ConnectionType.QueuedConnection)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._look)

    @property
    def paused(self) -> bool:
        return self._paused

    @property
    def is_importing(self) -> bool:
        return bool(self._controls)

    def start(self) -> None:
        """Begin to work on the queue and to watch for news."""
        self._crew.start()
        self._poll.start()
        self._look()

    def close(self) -> None:
        """Stop everything; files in hand are finished or undone, jobs not begun are given back. Twice is fine."""
        if self._closed:
            return
        self._closed = True
        self._poll.stop()
        self.cancel_import()
        self._imports.waitForDone()
        self._crew.stop()
        self._pool.waitForDone()

    def run(
        self,
        function: Callable[[], T],
        on_done: Callable[[T], None] = lambda _: None,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Call a function off this thread; its result or its error is given to one of the two here."""
        self._bring_home(start(self._pool, function), on_done, on_error)

    def import_paths(self, paths: Sequence[Path], *, move: bool = False) -> None:
        """Import files and folders; progress, reports and the balance come as signals."""
        control = Control()
        if self._paused:
            control.pause()
        self._controls.append(control)

        def on_error(error: BaseException) -> None:
            if not isinstance(error, CancelledError):
                self.failed.emit(error)

        future = start(self._imports, lambda: self._import(list(paths), control, move=move))
        future.add_done_callback(lambda _: self._send(lambda: self._controls.remove(control)))
        self._bring_home(future, self._on_copied, on_error)

    def pause(self) -> None:
        """Stop copying after the chunk in hand, and every worker of this library after its job."""
        self._set_paused(paused=True)

    def resume(self) -> None:
        self._set_paused(paused=False)

    def cancel_import(self) -> None:
        """End every import under way; what was finished stays."""
        for control in self._controls:
            control.cancel()

    def retry(self, asset_ids: Sequence[int]) -> None:
        """Queue the failed stages of assets again."""
        self.run(lambda: retry_assets(self.library, asset_ids), lambda _: self._crew.wake())

    def _import(self, paths: Sequence[Path], control: Control, *, move: bool) -> Import:
        """One import, in a thread of its own, until its files are safe; their stages go on after that."""
        run = Import(
            self.library,
            control,
            move=move,
            on_reports=self._tell_reports,
            on_progress=lambda progress: self._send(partial(self.import_progressed.emit, progress)),
        )
        try:
            run.plan(paths)
            run.begin()
        except BaseException:
            self._send(partial(self.import_progressed.emit, ImportProgress("cancelled")))
            raise
        try:
            bring_in(run, control)
        except CancelledError:
            _log.info("Import %s was stopped", run.entry)
        finally:
            run.end()
        return run

    def _on_copied(self, run: Import) -> None:
        """An import's files are safe; its balance is told when their stages have ended too."""
        self._settling.append(run)
        self._look_again()

    def _tell_reports(self, reports: Sequence[FileReport]) -> None:
        self._crew.wake()
        for report in reports:
            self._send(partial(self.file_reported.emit, report))

    def _set_paused(self, *, paused: bool) -> None:
        self._paused = paused
        for control in self._controls:
            control.pause() if paused else control.resume()
        steer = pause_queue if paused else resume_queue
        self.run(lambda: steer(self.library), lambda _: self._look_again())

    def _look_again(self) -> None:
        self._asked += 1
        self._look()
        self._crew.wake()

    def _look(self) -> None:
        """Ask for news off this thread, unless that is under way."""
        if self._is_looking or self._closed:
            return
        self._is_looking = True
        self.run(self._read_news, self._on_news, self._on_no_news)

    def _read_news(self) -> _News | None:
        asked, version = self._asked, self.library.catalog.data_version()
        if (asked, version) == self._answered:
            return None
        knows = self._revision >= 0
        changes = changes_since(self.library, self._revision) if knows else Changes(revision_now(self.library))
        settled = [run for run in tuple(self._settling) if not has_open_jobs(self.library, run.entry)]
        balances = [(run, run.balance()) for run in settled]
        return _News((asked, version), changes, queue_counts(self.library), balances)

    def _on_news(self, news: _News | None) -> None:
        self._is_looking = False
        if news is None:
            return
        changes, counts = news.changes, news.counts
        self._answered, self._revision = news.answered, changes.revision
        if changes.added or changes.changed or changes.removed:
            self.changed.emit(changes)
        if counts != self._counts:
            self._counts = counts
            self._paused = counts.paused
            self.queue_progressed.emit(counts)
        for run, balance in news.balances:
            self._settling.remove(run)
            self.import_finished.emit(balance)

    def _on_no_news(self, error: BaseException) -> None:
        self._is_looking = False
        self._poll.stop()  # told once, not five times a second
        self.failed.emit(error)

    def _bring_home(
        self, future: Future[T], on_done: Callable[[T], None], on_error: Callable[[BaseException], None] | None
    ) -> None:
        def deliver(done: Future[T]) -> None:
            error = done.exception()
            if error is None:
                self._send(lambda: on_done(done.result()))
            else:
                self._send(lambda: (on_error or self.failed.emit)(error))

        future.add_done_callback(deliver)

    def _send(self, call: Callable[[], Any]) -> None:
        """Have something called in the main thread; from any thread."""
        self._came_home.emit(call)

    def _on_came_home(self, call: Callable[[], Any]) -> None:
        call()
