"""Ctrl-C and SIGTERM during long work: the first asks it to end, the second ends it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from keeproom.exitcodes import INTERRUPTED
from keeproom.library.control import Control


@contextmanager
def interrupts_cancel(control: Control) -> Iterator[None]:
    """Within the block an interrupt cancels `control`, and raises nothing: an exception out of nowhere, in the middle
    of a lock or of a library's clean-up, once made the process hang. A second one ends the process at once.
    """

    def cancel(_: int, __: FrameType | None) -> None:
        if control.cancelled:
            os._exit(INTERRUPTED)
        control.cancel()

    before = {number: signal.signal(number, cancel) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
