"""A real window that notes every tick of a timer: idle first, then while it imports a folder, to the last stage.

`python -m tests.bench.window_ticks LIBRARY SOURCE STAGES IDLE_SECONDS` prints one JSON object: the gaps between
ticks in seconds, `idle` and `busy`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from keeproom.settings import Settings
from keeproom.ui.application import make_application, spare_collector
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.window.main import MainWindow
from tests.bench.product import stages_done

TICK_MS = 5
PATIENCE_MS = 900_000


class Ticks:
    """The gaps between the ticks of a timer in the window's thread, from `start` to `stop`."""

    def __init__(self, window: MainWindow) -> None:
        self.gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer(window, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        self.gaps = []
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> list[float]:
        self._timer.stop()
        return self.gaps

    def _on_tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now


def wait(application: QApplication, until: Callable[[], bool], longest_ms: int = PATIENCE_MS) -> None:
    """Let the window live until something holds.

    Raises:
        TimeoutError: it did not hold in time.
    """
    deadline = QDeadlineTimer(longest_ms)
    waking = QTimer(interval=50)
    waking.start()
    while not until():
        if deadline.hasExpired():
            raise TimeoutError("the window did not get there in time")
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


class _Done:
    """Whether the window has imported something, and nothing goes on in it any more; known without asking a disk."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._ended = 0
        session = window.session()
        assert session is not None
        session.import_finished.connect(self._on_finished)

    def __call__(self) -> bool:
        return self._ended > 0 and not self._window.activity.working

    def _on_finished(self) -> None:
        self._ended += 1


def main() -> None:
    library, source, stages, idle_s = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    application = make_application()
    window = MainWindow(Settings(), Appearance(application, "light"))
    window.resize(1280, 800)
    window.open_folder(library)
    window.show()
    wait(application, lambda: window.room is not None and window.is_complete())
    spare_collector()  # as `keeproom open` does
    ticks = Ticks(window)
    ticks.start()
    over = time.monotonic() + idle_s
    wait(application, lambda: time.monotonic() > over)
    idle = ticks.stop()
    ticks.start()
    done = _Done(window)
    window.import_paths([source])
    wait(application, done)
    busy = ticks.stop()
    window.close()
    if stages_done(library) < stages:
        sys.exit(f"only {stages_done(library)} of {stages} stages were done")
    json.dump({"idle": idle, "busy": busy}, sys.stdout)


if __name__ == "__main__":
    main()
