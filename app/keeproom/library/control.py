"""The reins of long work: pause, resume and cancel, from any thread."""

from __future__ import annotations

import threading

from keeproom.errors import CancelledError


class Control:
    """Long work calls `check` wherever it can stop cleanly."""

    def __init__(self) -> None:
        self._go = threading.Event()
        self._go.set()
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    @property
    def paused(self) -> bool:
        return not self._go.is_set()

    def pause(self) -> None:
        if not self._cancelled:
            self._go.clear()

    def resume(self) -> None:
        self._go.set()

    def cancel(self) -> None:
        """End the work at its next check; also wakes paused work, to end it."""
        self._cancelled = True
        self._go.set()

    def check(self) -> None:
        """Wait while paused.

        Raises:
            CancelledError: the work is to end.
        """
        self._go.wait()
        if self._cancelled:
            raise CancelledError("Stopped. What was imported stays.")
