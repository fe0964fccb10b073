"""The figures of one step of the work, and how fast it goes; plain objects, without a widget."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from keeproom.model import ImportProgress
from keeproom.ui.texts import number, plural, size, time_left, tr
from keeproom.ui.window.activity import EARLIEST_ESTIMATE_S, seconds_left

WINDOW_S = 60.0
LEAST_S = 2.0
"""A rate is that of the last minute; of less than two seconds it would be a guess."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One step of the work. `per_minute` and `seconds` are None as long as they would be guesses."""

    waiting: int = 0
    running: int = 0
    done: int = 0
    failed: int = 0
    per_minute: float | None = None
    seconds: float | None = None

    @property
    def left(self) -> int:
        return self.waiting + self.running

    @property
    def fraction(self) -> float:
        """How much of all is done with, well or badly."""
        ended = self.done + self.failed
        return ended / (ended + self.left) if ended + self.left else 0.0


class Rate:
    """How many things were done in a minute, from counts at moments in seconds of a clock that only rises."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, int]] = deque()

    def count(self, at_s: float, done: int) -> None:
        if self._samples and done < self._samples[-1][1]:
            self._samples.clear()  # something was begun again: what came before says nothing
        self._samples.append((at_s, done))
        while self._samples[-1][0] - self._samples[0][0] > WINDOW_S:
            self._samples.popleft()

    def rest(self) -> None:
        """Nothing is left to do: the next work begins with a new count."""
        self._samples.clear()

    @property
    def per_minute(self) -> float | None:
        if len(self._samples) < 2:
            return None
        (began, first), (ended, last) = self._samples[0], self._samples[-1]
        return (last - first) * 60 / (ended - began) if ended - began >= LEAST_S else None


def with_rate(figures: Figures, per_minute: float | None) -> Figures:
    """The figures with how fast it goes and how long it takes; neither, when nothing is left."""
    if not figures.left or not per_minute:
        return Figures(figures.waiting, figures.running, figures.done, figures.failed)
    seconds = figures.left * 60 / per_minute
    return Figures(figures.waiting, figures.running, figures.done, figures.failed, per_minute, seconds)


def copying(progress: ImportProgress | None) -> Figures:
    """The copying of an import as a step of its own."""
    if progress is None:
        return Figures()
    fast = progress.seconds >= EARLIEST_ESTIMATE_S and progress.finished
    return Figures(
        waiting=progress.found - progress.finished - len(progress.in_hand),
        running=len(progress.in_hand),
        done=progress.finished,
        per_minute=progress.finished * 60 / progress.seconds if fast else None,
        seconds=seconds_left(progress),
    )


def left_words(figures: Figures) -> str:
    """`1,204 left`, or that there is nothing to do."""
    return plural(figures.left, "%n left", "%n left") if figures.left else tr("Nothing to do")


def speed_words(figures: Figures) -> str:
    """`312 a minute · 4 min`"""
    if figures.per_minute is None:
        return ""
    rate = tr("{count} a minute").format(count=number(max(1, round(figures.per_minute))))
    return rate if figures.seconds is None else f"{rate} · {time_left(figures.seconds)}"


def state_words(figures: Figures) -> str:
    """`4 at work, 1,200 wait`"""
    parts = (
        plural(figures.running, "%n at work", "%n at work") if figures.running else "",
        plural(figures.waiting, "%n waits", "%n wait") if figures.waiting else "",
    )
    return ", ".join(part for part in parts if part)


def done_words(figures: Figures) -> str:
    return plural(figures.done, "%n done", "%n done") if figures.done else ""


def failed_words(figures: Figures) -> str:
    return plural(figures.failed, "%n failed", "%n failed") if figures.failed else ""


def disk_words(free: int, total: int) -> str:
    return tr("{free} free of {total}").format(free=size(free), total=size(total))
