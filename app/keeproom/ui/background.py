"""Work that must not stop the window, before there is a session that could do it: opening, looking at disks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, SignalInstance

T = TypeVar("T")
THREADS = 3
LONGEST_WAIT_MS = 5_000


class _Task(QRunnable):
    """A thin shell: calls a function and sends home what is to be done with its result."""

    def __init__(self, function: Callable[[], Callable[[], None]], home: SignalInstance) -> None:
        super().__init__()
        self._function = function
        self._home = home

    def run(self) -> None:
        self._home.emit(self._function())


class Background(QObject):
    """Runs functions in threads and brings their results, or their errors, to the main thread."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(THREADS)
        self._finished.connect(lambda finish: finish())

    def run(
        self, function: Callable[[], T], on_done: Callable[[T], None], on_error: Callable[[BaseException], None]
    ) -> None:
        """Call `function` in a thread, then one of the others in the main thread."""
        self._pool.start(_Task(lambda: _ended(function, on_done, on_error), self._finished))

    def close(self) -> None:
        """Wait for what runs; results that come later are not delivered."""
        self._pool.clear()
        self._pool.waitForDone(LONGEST_WAIT_MS)


def _ended(
    function: Callable[[], T], on_done: Callable[[T], None], on_error: Callable[[BaseException], None]
) -> Callable[[], None]:
    """Call the function; what is left to do with its outcome."""
    try:
        result = function()
    except Exception as error:  # noqa: BLE001 (a job ends here: its error goes home as a value)
        failure = error
        return lambda: on_error(failure)
    return lambda: on_done(result)
