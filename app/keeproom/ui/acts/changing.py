"""Changes to the library: made off the main thread, one after the other, each told when it is done.

What a person did first happens first: a key that is held down does not overtake itself. Closing a library waits for
what was asked of it before.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from keeproom.ui.texts import number

if TYPE_CHECKING:
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.notices import Offer, ProgressNotice
    from keeproom.ui.window.room import Room

T = TypeVar("T")
Progress = Callable[[int, int], None]

QUIET_MS = 400
"""What is done sooner is not announced."""
STEP_MS = 100
TOLD = "change"
"""The name of the notice that tells what became of a change."""

_log = logging.getLogger(__name__)


def change(
    window: MainWindow,
    job: Callable[[Progress], T],
    *,
    doing: str,
    on_done: Callable[[T], None] = lambda _: None,
    on_error: Callable[[], None] = lambda: None,
    replaces: Hashable | None = None,
    room: Room | None = None,
) -> None:
    """Have `job` change the library in a thread, after all that was asked for before; then `on_done` with its result.

    The job is given a function that takes how many are done and of how many; after a moment a notice tells `doing` and
    that count. An error is told by the window, and then `on_error` is called. A change that still waits right before
    this one, and has the same `replaces`, is left out, and so is what would have been told of it. `room` names the
    library where it may not be the window's any more; without one nothing is done.
    """
    here = room or window.room
    if here is not None:
        Changing.of(window).add(_Change(here, job, doing, on_done, on_error, replaces))


def tell_change(window: MainWindow, words: str, *offers: Offer) -> None:
    """Say what became of items, in place of what was said of the change before."""
    for notice in window.notices.shown():
        if notice.objectName() == TOLD:
            notice.dismiss()
    window.notices.tell(words, *offers).setObjectName(TOLD)


@dataclass(slots=True, eq=False)
class _Change:
    """One change; the thread that makes it sets `done` and `total`."""

    room: Room
    job: Callable[[Progress], Any]
    doing: str
    on_done: Callable[[Any], None]
    on_error: Callable[[], None]
    replaces: Hashable | None
    done: int = 0
    total: int = 0

    def make(self) -> Any:
        return self.job(self._advance)

    def _advance(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    def words(self) -> str:
        if self.total < 2:
            return self.doing
        return f"{self.doing}\n{number(min(self.done, self.total))} / {number(self.total)}"

    def fraction(self) -> float | None:
        return min(1.0, self.done / self.total) if self.total else None


class Changing(QObject):
    """The window's changes: a queue that one thread of the open library's session empties."""

    _came_home = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._lock = Lock()
        self._waiting: deque[_Change] = deque()
        self._in_hand: _Change | None = None
        self._is_at_work = False
        self._open = 0
        self._began = 0.0
        self._notice: ProgressNotice | None = None
        self._came_home.connect(lambda finish: finish(), Qt.ConnectionType.QueuedConnection)
        self._step = QTimer(self, interval=STEP_MS)
        self._step.timeout.connect(self._show_progress)

    @classmethod
    def of(cls, window: MainWindow) -> Changing:
        """The changes of a window, made when they are first needed."""
        return window.findChild(cls) or cls(window)

    @property
    def is_settled(self) -> bool:
        """Whether all that was asked for is done and told."""
        return not self._open

    def add(self, fresh: _Change) -> None:
        """Make this change after all others."""
        with self._lock:
            last = self._waiting[-1] if self._waiting else None
            if last is not None and fresh.replaces is not None and _is_same(last, fresh):
                self._waiting.pop()
                self._open -= 1
            self._waiting.append(fresh)
            begins, self._is_at_work = not self._is_at_work, True
        self._open += 1
        if self._open == 1:
            self._began = monotonic()
            self._step.start()
        if begins:
            fresh.room.session.run(self._work)

    def _work(self) -> None:
        """Make what waits, until nothing does; in a thread."""
        while (head := self._next()) is not None:
            self._came_home.emit(partial(self._end, head, *_outcome(head)))

    def _next(self) -> _Change | None:
        with self._lock:
            self._in_hand = self._waiting.popleft() if self._waiting else None
            self._is_at_work = self._in_hand is not None
            return self._in_hand

    def _end(self, made: _Change, result: Any, error: BaseException | None) -> None:
        """One is made: the library is looked at for news, and who asked for it hears of it."""
        self._open -= 1
        if not self._open:
            self._step.stop()
            self._dismiss()
        if made.room is not self._window.room:  # its library is closed, and so is what would have shown this
            if error is not None:
                _log.warning("A change was not made while its library was closed: %s", error)
            return
        made.room.session.look_again()
        if error is None:
            made.on_done(result)
        else:
            self._window.tell_error(error)
            made.on_error()

    def _show_progress(self) -> None:
        head = self._in_hand
        if head is None or head.room is not self._window.room:
            self._dismiss()
        elif self._notice is not None:
            self._notice.show_progress(head.words(), head.fraction())
        elif monotonic() - self._began >= QUIET_MS / 1_000:
            self._announce(head)

    def _announce(self, head: _Change) -> None:
        self._began = float("inf")  # put away by hand, it does not come again for this stretch of work
        self._notice = self._window.notices.tell_progress(head.words())
        self._notice.destroyed.connect(self._forget_notice)
        self._notice.show_progress(head.words(), head.fraction())

    def _dismiss(self) -> None:
        notice, self._notice = self._notice, None
        if notice is not None:
            notice.destroyed.disconnect(self._forget_notice)
            notice.dismiss()

    def _forget_notice(self) -> None:
        self._notice = None


def _is_same(one: _Change, other: _Change) -> bool:
    return one.room is other.room and one.replaces == other.replaces


def _outcome(head: _Change) -> tuple[Any, BaseException | None]:
    """Make a change; its result, or its error as a value."""
    try:
        return head.make(), None
    except Exception as error:  # noqa: BLE001 (a job ends here: its error goes home as a value)
        _log.debug("A change ended with %r", error, exc_info=error)
        return None, error
