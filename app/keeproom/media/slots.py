"""Reader slots: how many readers of a kind may work at one time, over all processes of the user.

A slot is a file with an flock on it. The system lets go of a lock when its process dies, so there is nothing to clean
up; and as a slot is held for one request only, several processes take turns.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from keeproom.errors import CancelledError, UsageError

PICTURE_SLOTS = max(
    1, min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
)
METADATA_SLOTS = min(2, PICTURE_SLOTS)
SLOTS: Mapping[str, int] = {"picture": PICTURE_SLOTS, "metadata": METADATA_SLOTS}
"""As many picture readers as cores, four at most: more only worsen the window's tick. Two owners of an exiftool each:
metadata is read when the pictures are made, and one of them would leave the other cores idle."""

_LONGEST_PAUSE_S = 0.02
"""Between two looks for a free slot; a look takes some microseconds, a photo about 30 ms."""

Cancelled = Callable[[], bool]


class ReaderSlots:
    """The slots in `folder`, which is made, private to the user, where it is missing. Any thread may use it.

    Raises:
        UsageError: the folder belongs to someone else, who could keep us waiting for ever.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid != os.geteuid():
            raise UsageError(f"{folder} belongs to another user: choose a folder of your own.")
        self._folder = folder

    @contextmanager
    def hold(self, role: str, cancelled: Cancelled | None = None) -> Iterator[None]:
        """Wait for a free slot of this role and keep it for the block.

        Raises:
            CancelledError: `cancelled` said so before a slot was free.
            KeyError: no such role.
        """
        with ExitStack() as stack:
            files = [self._open(f"{role}-{number}.lock", stack) for number in range(SLOTS[role])]
            pause = 0.001
            while not any(map(_locked, files)):
                if cancelled is not None and cancelled():
                    raise CancelledError("Stopped while waiting for a reader.")
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE_S)
            yield

    def _open(self, name: str, stack: ExitStack) -> int:
        """A description of its own for each hold: two threads that shared one would share its lock."""
        file = os.open(self._folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        stack.callback(os.close, file)
        return file


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
