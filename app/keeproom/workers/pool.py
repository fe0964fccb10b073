"""Running a plain function in a QThreadPool, its result or its error in a future."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

from PySide6.QtCore import QRunnable, QThreadPool

T = TypeVar("T")

_log = logging.getLogger(__name__)


class _Runnable(QRunnable, Generic[T]):
    def __init__(self, function: Callable[[], T], future: Future[T]) -> None:
        super().__init__()
        self._function = function
        self._future = future

    def run(self) -> None:
        run_into(self._future, self._function)


def run_into(future: Future[T], function: Callable[[], T]) -> None:
    """Call a function and end a future with what it returns or raises: here a job's errors become values."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = function()
    except BaseException as error:  # noqa: BLE001 (the job runner: the future carries it home)
        _log.debug("A job ended with %r", error, exc_info=error)
        future.set_exception(error)
    else:
        future.set_result(result)


def start(pool: QThreadPool, function: Callable[[], T]) -> Future[T]:
    """Call a function in the pool as soon as one of its threads is free."""
    future: Future[T] = Future()
    pool.start(_Runnable(function, future))
    return future


def make_pool(threads: int) -> QThreadPool:
    """A pool of its own, whose threads stay while it lives: reader processes die with the thread that started them."""
    pool = QThreadPool()
    pool.setMaxThreadCount(threads)
    pool.setExpiryTimeout(-1)
    return pool
