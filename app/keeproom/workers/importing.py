"""Running an import with several threads, from whichever thread waits for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Future, wait

from keeproom.library.control import Control
from keeproom.library.importing import Import
from keeproom.workers.pool import make_pool, start

_TICK_SECONDS = 0.1


def ingest_threads() -> int:
    """Two keep a disk and a processor busy by turns; more only fight for the catalog's lock."""
    return min(2, os.cpu_count() or 1)


def bring_in(run: Import, control: Control, on_tick: Callable[[], None] = lambda: None) -> None:
    """Do a planned and begun import to its end, hashing in runnables of a pool; `on_tick` is called ten times a second.

    Raises:
        CancelledError: the import was stopped; what was finished before is recorded.
        Exception: whatever broke it off; what was not begun waits.
    """
    threads = min(ingest_threads(), max(1, run.planned))
    pool = make_pool(threads)
    futures = [start(pool, run.work) for _ in range(threads)]
    try:
        _wait(futures, on_tick)
    except BaseException:
        control.stop()
        raise
    finally:
        pool.waitForDone()
    for future in futures:
        if (error := future.exception()) is not None:
            raise error


def _wait(futures: list[Future[None]], on_tick: Callable[[], None]) -> None:
    left = set(futures)
    while left:
        done, left = wait(left, timeout=_TICK_SECONDS, return_when=FIRST_EXCEPTION)
        for future in done:
            future.result()
        on_tick()
