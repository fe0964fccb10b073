"""Counting how far an import is, from several threads, and telling it at a pace that people can follow."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from keeproom.library.filesystems import free_bytes
from keeproom.library.planning import PlannedFile
from keeproom.model import ImportProgress

_PACE_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class _InHand:
    """A file that a thread has at work."""

    planned: PlannedFile
    done_bytes: int

    @property
    def fraction(self) -> float:
        return min(1.0, self.done_bytes / max(1, self.planned.size_bytes))


class Meter:
    """What was found and what is done. `tell` is called at most ten times a second, in the thread that advanced."""

    def __init__(self, folder: Path, tell: Callable[[ImportProgress], None]) -> None:
        self.entry: int | None = None
        self._folder = folder
        self._tell = tell
        self._lock = threading.Lock()
        self._started = time.monotonic()
        self._told = 0.0
        self._found = self._finished = 0
        self._bytes_found = self._bytes_finished = 0
        self._needed = 0
        self._here: Collection[int] = ()
        self._in_hand: dict[int, _InHand] = {}

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    def find(self, size_bytes: int) -> None:
        self._found += 1
        self._bytes_found += size_bytes
        self._needed += size_bytes
        self._pace("counting", None)

    def expect(self, planned: Collection[PlannedFile], here: Collection[int]) -> None:
        """The plan is complete; files of a size that is among `here` may be in the store, and are not counted on."""
        self._here = here
        self._needed = sum(each.size_bytes for each in planned if each.size_bytes not in here)
        self.say("copying" if planned else "counting")

    def advance(self, planned: PlannedFile, done_bytes: int) -> None:
        """So many bytes of the file that this thread has in hand are done."""
        self._in_hand[threading.get_ident()] = _InHand(planned, done_bytes)
        self._pace("copying", Path(planned.path))

    def finish(self, planned: PlannedFile) -> None:
        with self._lock:
            self._in_hand.pop(threading.get_ident(), None)
            self._finished += 1
            self._bytes_finished += planned.size_bytes
            if planned.size_bytes not in self._here:
                self._needed -= planned.size_bytes
        self._pace("copying", Path(planned.path))

    def put_aside(self) -> None:
        """What this thread has in hand is not finished, and will not be now."""
        self._in_hand.pop(threading.get_ident(), None)

    def say(self, phase: str, current: Path | None = None) -> None:
        """Tell how it stands now, whatever the pace."""
        in_hand = tuple(self._in_hand.values())
        copied = sum(each.done_bytes for each in in_hand if each.planned.size_bytes not in self._here)
        self._tell(
            ImportProgress(
                phase,
                self._found,
                self._bytes_found,
                self._finished,
                self._bytes_finished + sum(each.done_bytes for each in in_hand),
                free_bytes(self._folder),
                current,
                self.seconds,
                self.entry,
                max(0, self._needed - copied),
                tuple((each.planned.item, each.fraction) for each in in_hand),
            )
        )

    def _pace(self, phase: str, current: Path | None) -> None:
        with self._lock:
            if self.seconds - self._told < _PACE_SECONDS:
                return
            self._told = self.seconds
        self.say(phase, current)
