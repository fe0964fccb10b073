"""Files on their way out of the library, off the main thread, with a notice that tells how far they are."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from keeproom.errors import CancelledError
from keeproom.library.control import Control
from keeproom.ui.texts import size, tr
from keeproom.ui.window.notices import Offer
from keeproom.workers.pool import make_pool, start

if TYPE_CHECKING:
    from concurrent.futures import Future

    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.notices import ProgressNotice
    from keeproom.ui.window.room import Room

T = TypeVar("T")

QUIET_MS = 400
"""What is done sooner is not announced."""

STEP_MS = 100
THREADS = 2

_log = logging.getLogger(__name__)


def after_opening(window: MainWindow, room: Room) -> None:
    """Remove, in a thread, what earlier processes handed to other programs and nobody reads any more."""
    from keeproom.library.outgoing import sweep_outgoing

    window.background.run(lambda: sweep_outgoing(room.library), lambda _: None, window.tell_error)


def before_closing(window: MainWindow, room: Room) -> None:
    """End what is on its way out of a library that is about to be closed; fresh copies stay for who reads them."""
    from keeproom.library.outgoing import sweep_outgoing

    Transfers.of(window).stop()
    try:
        sweep_outgoing(room.library)
    except OSError as error:
        _log.warning("old copies could not be removed: %s", error)


@dataclass(slots=True)
class Transfer:
    """One piece of work: its reins, and how far it is. The numbers are set by the thread that works."""

    text: str
    control: Control = field(default_factory=Control)
    total_bytes: int = 0
    done_bytes: int = 0
    is_unwanted: bool = False

    def give_up(self) -> None:
        """End it without a word: what it was for has come about otherwise."""
        self.is_unwanted = True
        self.control.cancel()

    def advance(self, done_bytes: int) -> None:
        self.done_bytes = done_bytes

    def fraction(self) -> float | None:
        return min(1.0, self.done_bytes / self.total_bytes) if self.total_bytes else None

    def words(self) -> str:
        if not self.total_bytes:
            return self.text
        return f"{self.text}\n{size(min(self.done_bytes, self.total_bytes))} / {size(self.total_bytes)}"


class Transfers(QObject):
    """The window's transfers. What one comes to is heard in the main thread, unless it was stopped."""

    _came_home = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._pool = make_pool(THREADS)
        self._running: dict[int, tuple[Transfer, ProgressNotice | None]] = {}
        self._next = 0
        self._came_home.connect(lambda finish: finish(), Qt.ConnectionType.QueuedConnection)
        self._step = QTimer(self, interval=STEP_MS)
        self._step.timeout.connect(self._show_progress)

    @classmethod
    def of(cls, window: MainWindow) -> Transfers:
        """The transfers of a window, made when they are first needed."""
        return window.findChild(cls) or cls(window)

    @property
    def count(self) -> int:
        """How many are under way."""
        return len(self._running)

    def start(
        self,
        text: str,
        job: Callable[[Transfer], T],
        on_done: Callable[[T], None],
        on_end: Callable[[], None] = lambda: None,
    ) -> Transfer:
        """Do a job in a thread; `text` says what goes on, if it takes a while. Then `on_end`, and with its result
        `on_done`; an error is told by the window."""
        transfer = Transfer(text)
        number, self._next = self._next, self._next + 1
        self._running[number] = transfer, None
        future: Future[T] = start(self._pool, partial(job, transfer))

        def deliver(done: Future[T]) -> None:
            self._came_home.emit(partial(self._end, number, done, on_done, on_end))

        future.add_done_callback(deliver)
        QTimer.singleShot(QUIET_MS, self, partial(self._announce, number))
        return transfer

    def stop(self) -> None:
        """End all of it now, before the library is closed; nothing more is heard of it."""
        for transfer, notice in self._running.values():
            transfer.control.cancel()
            if notice is not None:
                notice.dismiss()
        self._running.clear()
        self._step.stop()
        self._pool.waitForDone()

    def _announce(self, number: int) -> None:
        if number not in self._running:
            return
        transfer, _ = self._running[number]
        notice = self._window.notices.tell_progress(transfer.words(), Offer("Cancel", transfer.control.cancel))
        notice.destroyed.connect(partial(self._forget_notice, number))  # put away, but the work goes on
        self._running[number] = transfer, notice
        self._show_progress()
        self._step.start()

    def _forget_notice(self, number: int) -> None:
        if number in self._running:
            self._running[number] = self._running[number][0], None

    def _show_progress(self) -> None:
        for transfer, notice in self._running.values():
            if notice is not None:
                notice.show_progress(transfer.words(), transfer.fraction())

    def _end(self, number: int, done: Future[T], on_done: Callable[[T], None], on_end: Callable[[], None]) -> None:
        on_end()
        if number not in self._running:
            return
        transfer, notice = self._running.pop(number)
        if notice is not None:
            notice.dismiss()
        if not self._running:
            self._step.stop()
        error = done.exception()
        if error is None:
            on_done(done.result())
        elif isinstance(error, CancelledError):
            if transfer.is_unwanted:
                return
            self._window.notices.tell(tr("Stopped."))
        else:
            self._window.tell_error(error)
