"""Asking in a thread about what a person types: one question at a time, and the newest next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")
Run = Callable[[Callable[[], object], Callable[[object], None], Callable[[], None]], None]
"""Calls the first in a thread, then in the main thread one of the others: with its result, or because it failed."""


class Newest(Generic[Q, A]):
    """Questions that come while one is under way replace each other; only the answer to the newest is told."""

    def __init__(self, answer: Callable[[Q], A], tell: Callable[[Q, A], None]) -> None:
        self._answer = answer
        self._tell = tell
        self._run: Run | None = None
        self._wanted: Q | None = None
        self._is_asking = False
        self._is_unwanted = False
        self._generation = 0

    @property
    def is_settled(self) -> bool:
        return not self._is_asking and self._wanted is None

    def use(self, run: Run | None) -> None:
        """Ask by this from now on; what was asked before is not answered any more."""
        self._run = run
        self._generation += 1
        self._is_asking, self._wanted = False, None

    def ask(self, question: Q) -> None:
        if self._run is not None:
            self._wanted, self._is_unwanted = question, False
            self._next()

    def forget(self) -> None:
        """No answer is wanted any more."""
        self._wanted, self._is_unwanted = None, True

    def _next(self) -> None:
        run, question, generation = self._run, self._wanted, self._generation
        if run is None or question is None or self._is_asking:
            return
        self._wanted, self._is_asking = None, True
        run(
            lambda: self._answer(question),
            lambda answer: self._on_done(generation, question, answer),
            lambda: self._on_done(generation, question, None),
        )

    def _on_done(self, generation: int, question: Q, answer: object) -> None:
        if generation != self._generation:
            return
        self._is_asking = False
        if answer is not None and self._wanted is None and not self._is_unwanted:
            self._tell(question, answer)  # type: ignore[arg-type]
        self._next()
