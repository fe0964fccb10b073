"""An animated picture, from frames that are all decoded."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QObject, Qt, QTimer

from keeproom.model import PreviewFrame
from keeproom.ui.images import image_of
from keeproom.ui.players.playback import Playback


class Animation(Playback):
    """Plays frames, each for its time."""

    def __init__(self, frames: Sequence[PreviewFrame], parent: QObject) -> None:
        super().__init__(parent)
        self._frames = frames
        self._starts = [0, *accumulate(frame.duration_ms for frame in frames)]
        self._index = 0
        self._rate = 1.0
        self._loops = True
        self._timer = QTimer(self, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._next)

    @property
    def is_playing(self) -> bool:
        return self._timer.isActive()

    @property
    def duration_ms(self) -> int:
        return self._starts[-1]

    @property
    def position_ms(self) -> int:
        return self._starts[self._index]

    @property
    def repeats(self) -> bool:
        return True

    @property
    def count(self) -> int:
        return len(self._frames)

    def play(self) -> None:
        if not self.is_playing:
            at_end = self._index == len(self._frames) - 1
            self._show(0 if at_end else self._index)
            self._wait()
            self.changed.emit()

    def pause(self) -> None:
        self._timer.stop()
        self.changed.emit()

    def seek(self, position_ms: int) -> None:
        found = bisect_right(self._starts, position_ms) - 1
        self._show(min(max(found, 0), len(self._frames) - 1))
        if self.is_playing:
            self._wait()

    def step(self, frames: int) -> None:
        self.pause()
        self._show((self._index + frames) % len(self._frames))

    def set_rate(self, rate: float) -> None:
        self._rate = rate

    def set_loop(self, *, on: bool) -> None:
        self._loops = on

    def close(self) -> None:
        self._timer.stop()
        self._frames = ()

    def _wait(self) -> None:
        self._timer.start(max(1, round(self._frames[self._index].duration_ms / self._rate)))

    def _next(self) -> None:
        if self._index + 1 == len(self._frames) and not self._loops:
            self.changed.emit()
            return
        self._show((self._index + 1) % len(self._frames))
        self._wait()

    def _show(self, index: int) -> None:
        self._index = index
        self.framed.emit(image_of(self._frames[index].preview))
        self.moved.emit()
