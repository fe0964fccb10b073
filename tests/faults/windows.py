"""Disturbing windows instead of commands: the next window goes on with what one left."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.faults.command import Place, Ran, Running
from tests.faults.sweep import Sweep

ROOT = Path(__file__).parents[2]


class WindowPlace(Place):
    """A place whose files a window imports; the next one goes on with what it finds."""

    @contextmanager
    def window(self, extra: Mapping[str, str] | None = None) -> Iterator[Running]:
        """A window that runs; it is killed if it still runs when the block ends."""
        environment = self.environment({"PYTHONPATH": str(ROOT), **(extra or {})})
        command = [sys.executable, "-m", "tests.faults.window", str(self.library), str(self.files)]
        running = Running(command, environment)
        try:
            yield running
        finally:
            running.end()

    def import_files(self, *_: str, extra: Mapping[str, str] | None = None) -> Ran:
        with self.window(extra) as running:
            return running.finish()


class WindowSweep(Sweep):
    """The import of a window, disturbed, and the next window's start."""

    def _place(self, name: str) -> Place:
        return WindowPlace(self._root / name).fill(self._files)
