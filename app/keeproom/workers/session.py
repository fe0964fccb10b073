"""One open library for one window: its crew, its imports, and the news of every process, as signals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from keeproom.library.control import Control
from keeproom.library.importing import Import
from keeproom.library.opening import Library
from keeproom.library.originals import Original, Removed, remove_originals
from keeproom.library.plans import let_go
from keeproom.library.queue import has_open_jobs, pause_queue, queue_counts, resume_queue, retry_assets
from keeproom.library.views import changes_since, revision_now
from keeproom.model import Changes, FileReport, ImportProgress, ImportSummary, QueueCounts
from keeproom.workers.crew import Crew
from keeproom.workers.imports import WindowImports
from keeproom.workers.pool import make_pool, start

T = TypeVar("T")

POLL_MS = 200
"""How often the catalog is asked whether anything was committed; one pragma, a few microseconds."""


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
    continued = Signal(object)

    _came_home = Signal(object)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self._crew = Crew(library, on_error=lambda error: self._send(lambda: self.failed.emit(error)))
        self._pool = make_pool(4)
        self._imports = WindowImports(self, self._on_copied)
        self._controls: list[Control] = []
        self._paused = False
        self._closed = self._ended = False
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
        return self._imports.is_importing

    @property
    def waits_for_space(self) -> bool:
        """Whether the rest of an import waits for room on the library's disk; `resume` tries it now."""
        return self._imports.waits_for_space

    def start(self) -> None:
        """Begin to work on the queue and to watch for news, and go on with interrupted imports of windows.

        `continued` tells of those, if there were any.
        """
        self._crew.start()
        self._poll.start()
        self._imports.continue_unfinished(self.continued.emit)
        self._look()

    def stop(self) -> None:
        """Ask everything to end, and return at once: files in hand are undone, imports wait for the next start.

        Nothing is told any more. Twice is fine.
        """
        if self._closed:
            return
        self._closed = True
        self._poll.stop()
        self._imports.stop()
        for control in self._controls:
            control.cancel()
        self._crew.ask_to_stop()

    def close(self) -> None:
        """Stop, and wait until nothing is at work any more. Twice is fine.

        Raises:
            OSError, LibraryError: the catalog could not be told that the imports are left; the next start finds out.
        """
        if self._ended:
            return
        self.stop()
        self._ended = True
        self._imports.wait()
        self._crew.stop()
        self._pool.waitForDone()
        let_go(self.library)

    def run(
        self,
        function: Callable[[], T],
        on_done: Callable[[T], None] = lambda _: None,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Call a function off this thread; its result or its error is given to one of the two here."""
        self.bring_home(start(self._pool, function), on_done, on_error)

    def import_paths(self, paths: Sequence[Path], *, move: bool = False, separate: bool = False) -> None:
        """Import files and folders; progress, reports and the balance come as signals.

        From the moment it is recorded, an import that is interrupted goes on at the next start.
        """
        self._imports.add(list(paths), move=move, separate=separate)

    def continue_import(self, entry: int) -> None:
        """Go on with an import that was interrupted; one that is at work in another process is refused by `failed`."""
        self._imports.continue_import(entry)

    def retry_items(self, entry: int, items: Sequence[int]) -> None:
        """Import files of an import once more that were not kept, under the same import."""
        self._imports.retry(entry, items)

    def remove_originals(
        self,
        originals: Sequence[Original],
        on_report: Callable[[Original], None] = lambda _: None,
        on_done: Callable[[Removed], None] = lambda _: None,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> Control:
        """Remove originals off this thread; cancelling the control that is returned ends it after the one in hand."""
        control = Control()
        self._controls.append(control)
        future = start(
            self._pool,
            lambda: remove_originals(
                self.library, originals, control, lambda original: self._send(lambda: on_report(original))
            ),
        )
        future.add_done_callback(lambda _: self._send(lambda: self._controls.remove(control)))
        self.bring_home(future, on_done, on_error)
        return control

    def pause(self) -> None:
        """Stop copying after the chunk in hand, and every worker of this library after its job."""
        self._set_paused(paused=True)

    def resume(self) -> None:
        self._set_paused(paused=False)

    def cancel_import(self, entry: int | None = None) -> None:
        """End one import, or all; what was finished stays, what waits is skipped with that reason."""
        self._imports.cancel(entry)

    def retry(self, asset_ids: Sequence[int]) -> None:
        """Queue the failed stages of assets again."""
        self.run(lambda: retry_assets(self.library, asset_ids), lambda _: self._crew.wake())

    def _on_copied(self, run: Import) -> None:
        """An import's files are safe; its balance is told when their stages have ended too."""
        self._settling.append(run)
        self.look_again()

    def tell_reports(self, reports: Sequence[FileReport]) -> None:
        """From any thread: what became of files."""
        self._crew.wake()
        for report in reports:
            self._send(partial(self.file_reported.emit, report))

    def tell_progress(self, progress: ImportProgress) -> None:
        """From any thread: how far an import is."""
        self._send(partial(self.import_progressed.emit, progress))

    def _set_paused(self, *, paused: bool) -> None:
        self._paused = paused
        (self._imports.pause if paused else self._imports.resume)()
        steer = pause_queue if paused else resume_queue
        self.run(lambda: steer(self.library), lambda _: self.look_again())

    def look_again(self) -> None:
        """Look for news now, for something was changed."""
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
        if changes.added or changes.changed or changes.removed or changes.organised:
            self.changed.emit(changes)
        if counts != self._counts:
            self._follow_pause(counts.paused, self._counts is not None and self._counts.paused)
            self._counts = counts
            self.queue_progressed.emit(counts)
        for run, balance in news.balances:
            self._settling.remove(run)
            self.import_finished.emit(balance)

    def _follow_pause(self, paused: bool, was_paused: bool) -> None:
        """Whoever paused or resumed the queue, be it another process: the imports follow."""
        self._paused = paused
        if paused != was_paused:
            (self._imports.pause if paused else self._imports.resume)()

    def _on_no_news(self, error: BaseException) -> None:
        self._is_looking = False
        self._poll.stop()  # told once, not five times a second
        self.failed.emit(error)

    def bring_home(
        self, future: Future[T], on_done: Callable[[T], None], on_error: Callable[[BaseException], None] | None
    ) -> None:
        """Have a future's result or its error given to one of the two in the main thread; cancelled, it brings none."""

        def deliver(done: Future[T]) -> None:
            if done.cancelled():
                return
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
