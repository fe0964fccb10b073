"""The crew that works on the queue: as many workers for each stage as the machine has readers for it. One more makes
the words by which an older library is searched."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from keeproom.library.deriving import WORKERS, StageWorker
from keeproom.library.jobs import LEASE, renew_leases
from keeproom.library.opening import Library
from keeproom.library.wording import bring_up_to_date
from keeproom.model import Stage
from keeproom.workers.pool import make_pool, start

TROUBLE = 5
"""So many steps in a row that failed are no accident."""

IDLE_SECONDS = 0.5
"""How often an idle worker looks for jobs of other processes, and for those whose rest is over."""

WORDING_PAUSE_SECONDS = 0.02
"""How long the texts of an older library rest after each page: about as long as a page takes."""


class Crew:
    """Workers of this process on one library's queue. Threads of its own; every call may come from any thread.

    `on_error` hears of a step that could not be done, not of files that can't be read: those are results. After some
    in a row with no success between, `trouble` is the last one, until something works again.
    """

    def __init__(self, library: Library, on_error: Callable[[BaseException], None] = lambda _: None) -> None:
        self._library = library
        self._on_error = on_error
        self._stopping = threading.Event()
        self._work = threading.Condition()
        self._calls = 0
        self._futures: list[Future[None]] = []
        self._errors_in_a_row = 0
        self.trouble: BaseException | None = None
        self._pool = make_pool(sum(WORKERS.values()) + 2)

    def start(self) -> None:
        """Begin to work; twice is as good as once."""
        if self._futures:
            return
        for stage, workers in WORKERS.items():
            for number in range(workers):
                self._futures.append(start(self._pool, partial(self._serve, stage, number, workers)))
        self._futures.append(start(self._pool, self._beat))
        self._futures.append(start(self._pool, self._word))

    def wake(self) -> None:
        """There are new jobs: idle workers look at once."""
        with self._work:
            self._calls += 1
            self._work.notify_all()

    def ask_to_stop(self) -> None:
        """Have the workers end; `stop` waits for them."""
        self._stopping.set()
        self.wake()

    def stop(self) -> None:
        """End: jobs in hand are finished, others given back; returns when no reader lives any more. Twice is fine."""
        self.ask_to_stop()
        for future in self._futures:
            future.result()
        self._pool.waitForDone()

    def _serve(self, stage: Stage, number: int, share: int) -> None:
        try:
            made = StageWorker(self._library, stage, number, share=share)
        except Exception as error:  # noqa: BLE001 (the end of a job: without its worker a stage would wait for ever)
            self.trouble = error
            self._on_error(error)
            return
        with made as worker:
            while not self._stopping.is_set():
                calls = self._calls
                try:
                    worked = worker.step(self._stopping.is_set)
                except Exception as error:  # noqa: BLE001 (the end of a job: told, and the next one is tried)
                    self._stumble(error)
                    continue
                if worked:
                    self._errors_in_a_row, self.trouble = 0, None
                else:
                    self._rest(calls)

    def _stumble(self, error: BaseException) -> None:
        """A worker could not do its work at all: the disk is full, the catalog is gone."""
        self._errors_in_a_row += 1
        if self._errors_in_a_row == TROUBLE:
            self.trouble = error
        if self._errors_in_a_row <= TROUBLE:
            self._on_error(error)
        self._stopping.wait(IDLE_SECONDS)

    def _rest(self, calls: int) -> None:
        with self._work:
            if calls == self._calls and not self._stopping.is_set():
                self._work.wait(IDLE_SECONDS)

    def _word(self) -> None:
        """Make the texts that a library of an older program lacks; what is not done is done by the next crew."""
        try:
            bring_up_to_date(self._library, lambda: self._stopping.wait(WORDING_PAUSE_SECONDS))
        except Exception as error:  # noqa: BLE001 (the end of a job: told, and tried again by the next crew)
            self._on_error(error)

    def _beat(self) -> None:
        """Renew the leases of this process's jobs while it lives."""
        pause = LEASE.total_seconds() / 4
        beaten = time.monotonic()
        while not self._stopping.wait(min(pause, 1.0)):
            if time.monotonic() - beaten >= pause:
                try:
                    renew_leases(self._library)
                except Exception as error:  # noqa: BLE001 (the end of a job: told, and the next beat comes)
                    self._on_error(error)
                beaten = time.monotonic()
