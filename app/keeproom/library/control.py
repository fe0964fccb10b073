"""The reins of long work: pause, resume, cancel, and stop to be continued later; from any thread."""

from __future__ import annotations

import threading

from keeproom.errors import CancelledError


class Control:
    """Long work calls `check` wherever it can stop cleanly."""

    def __init__(self) -> None:
        self._go = threading.Event()
        self._go.set()
        self._cancelled = False
        self._stopped = False

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    @property
    def stopped(self) -> bool:
        """Whether the work is to end now and to be continued another time."""
        return self._stopped and not self._cancelled

    @property
    def paused(self) -> bool:
        return not self._go.is_set()

    def pause(self) -> None:
        if not (self._cancelled or self._stopped):
            self._go.clear()

    def resume(self) -> None:
        self._go.set()

    def cancel(self) -> None:
        """End the work at its next check; also wakes paused work, to end it."""
        self._cancelled = True
        self._go.set()

    def stop(self) -> None:
        """End the work at its next check as `cancel` does, but leave what is not begun for another time."""
        self._stopped = True
        self._go.set()

    def check(self) -> None:
        """Wait while paused.

        Raises:
            CancelledError: the work is to end.
        """
        self._go.wait()
        if self._cancelled or self._stopped:
            raise CancelledError("Stopped. What was imported stays.")
