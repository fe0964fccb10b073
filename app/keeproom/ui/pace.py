"""Asking the same question again whenever there is news, at a pace that nothing suffers from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Pace(QObject):
    """`nudge` says that there is news. Then `ask` is called, with what it has to call when it has its answer.

    One question is under way at a time, and `interval_ms` lie between an answer and the next question; news that come
    meanwhile are asked for together. While it is off, news wait.
    """

    def __init__(self, ask: Callable[[Callable[[], None]], None], interval_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._ask = ask
        self._is_on = False
        self._is_asking = False
        self._has_news = False
        self._generation = 0
        self._rest = QTimer(self, singleShot=True, interval=interval_ms)
        self._rest.timeout.connect(self._next)

    @property
    def is_settled(self) -> bool:
        """Whether everything that it was nudged for has been answered."""
        return not self._is_asking and not self._has_news

    def nudge(self) -> None:
        self._has_news = True
        if not self._rest.isActive():
            self._next()

    def hurry(self) -> None:
        """Ask now, without a rest: somebody is waiting for this."""
        self._rest.stop()
        self.nudge()

    def turn(self, *, on: bool) -> None:
        """Ask while somebody looks, and not else."""
        self._is_on = on
        if on and self._has_news:
            self.nudge()

    def forget(self) -> None:
        """Whom it asked is gone: no answer will come, and none is wanted."""
        self._generation += 1
        self._rest.stop()
        self._is_asking = self._has_news = False

    def _next(self) -> None:
        if self._has_news and self._is_on and not self._is_asking:
            self._has_news, self._is_asking = False, True
            generation = self._generation
            self._ask(lambda: self._on_answered(generation))

    def _on_answered(self, generation: int) -> None:
        if generation == self._generation:
            self._is_asking = False
            self._rest.start()
