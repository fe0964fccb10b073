"""Pictures for the viewer, decoded ahead: what is looked at first, its neighbours after.

Two threads, each with a reader process of its own. Either takes what is wanted most and nobody is at: so the picture
that is looked at is decoded at once, and the ones beside it while a person looks at it. More than two would take the
cores away from each other, and memory for nothing.

A decode that is not wanted any more is ended only when it has taken `PATIENCE_SECONDS` and something waits: a reader
that is killed costs 0.1 s to start again, as much as most pictures. Who holds down an arrow key sees every picture
that could be decoded, not none.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from keeproom.errors import CancelledError, ExpectedError
from keeproom.library.opening import Library
from keeproom.library.previewing import Previewer
from keeproom.media.previews import PreviewReader
from keeproom.model import Preview
from keeproom.workers.pool import make_pool, start

READERS = 2
KEPT_BYTES = 384 << 20
PATIENCE_SECONDS = 0.4
IDLE_SECONDS = 300.0
"""After which a reader that had nothing to do is ended; the next picture starts a new one."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture as it fits into a box of device pixels; 0 × 0 is all of it."""

    asset: int
    sha256: str
    width: int
    height: int

    @property
    def box(self) -> tuple[int, int]:
        return self.width, self.height


@dataclass(frozen=True, slots=True)
class _Task:
    """One thing to decode: the picture, or all pictures of an animation."""

    wanted: Wanted
    moving: bool = False


class _Key(NamedTuple):
    sha256: str
    width: int
    height: int


class PreviewCache:
    """Pictures by content and box, the ones used last; what is wanted now stays, however much it is."""

    def __init__(self, room_bytes: int = KEPT_BYTES) -> None:
        self._room_bytes = room_bytes
        self._previews: OrderedDict[_Key, Preview] = OrderedDict()
        self.used_bytes = 0

    def get(self, wanted: Wanted) -> Preview | None:
        """The picture for this box. One that came whole, for whichever box, is the picture for all larger ones."""
        for key in (_key(wanted), _Key(wanted.sha256, 0, 0)):
            found = self._previews.get(key)
            if found is not None and (key == _key(wanted) or _holds(wanted, found)):
                self._previews.move_to_end(key)
                return found
        return None

    def put(self, wanted: Wanted, preview: Preview, needed: Iterable[Wanted]) -> None:
        """Keep a picture, and drop what was not used for longest and is not needed."""
        is_whole = (preview.width, preview.height) == (preview.full_width, preview.full_height)
        key = _Key(wanted.sha256, 0, 0) if is_whole else _key(wanted)
        self._drop(key)
        self._previews[key] = preview
        self.used_bytes += len(preview.pixels)
        spared = {key, *map(_key, needed), *(_Key(other.sha256, 0, 0) for other in needed)}
        for old in list(self._previews):
            if self.used_bytes <= self._room_bytes:
                return
            if old not in spared:
                self._drop(old)

    def _drop(self, key: _Key) -> None:
        preview = self._previews.pop(key, None)
        if preview is not None:
            self.used_bytes -= len(preview.pixels)


def _key(wanted: Wanted) -> _Key:
    return _Key(wanted.sha256, wanted.width, wanted.height)


def _holds(wanted: Wanted, preview: Preview) -> bool:
    return wanted.box == (0, 0) or (wanted.width >= preview.width and wanted.height >= preview.height)


class Previews(QObject):
    """Lives in the main thread; nothing here waits but `close`, and that for a twentieth of a second.

    A picture that is here already is not told again: ask `get`, and `error` for what is known not to be shown.
    """

    arrived = Signal(object, object)
    """Wanted, Preview"""
    refused = Signal(object, object)
    """Wanted, an exception; an ExpectedError or OSError is fit to be shown"""
    animated = Signal(object, object)
    """Wanted, tuple[PreviewFrame, ...]: empty where the picture stands still"""

    _ended = Signal(object, object)

    def __init__(
        self,
        library: Library,
        parent: QObject | None = None,
        cache: PreviewCache | None = None,
        make_reader: Callable[[], PreviewReader] = PreviewReader,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._make_reader = make_reader
        self._cache = cache or PreviewCache()
        self._errors: dict[Wanted, Exception] = {}
        self._wanted: tuple[Wanted, ...] = ()
        self._moving: Wanted | None = None
        self._started = False
        self._changed = threading.Condition()  # guards what the threads share, which is all below
        self._waiting: list[_Task] = []
        self._ranks: dict[_Task, int] = {}
        self._in_hand: dict[_Task, float] = {}
        self._closing = False
        self._pool = make_pool(READERS)
        self._ended.connect(self._on_ended)

    def want(self, wanted: Sequence[Wanted]) -> None:
        """Decode these, the first one first. What was wanted before and is not now is dropped.

        What was refused stays so while it is wanted; wanted anew, after a call without it, it is tried again.
        """
        self._wanted = tuple(dict.fromkeys(wanted))
        if self._moving not in self._wanted:
            self._moving = None
        self._errors = {key: error for key, error in self._errors.items() if key in self._wanted}
        self._plan()

    def try_again(self, assets: Collection[int]) -> None:
        """There is news of these: what was refused of them, and is still wanted, is decoded once more."""
        kept = {key: error for key, error in self._errors.items() if key.asset not in assets}
        if len(kept) < len(self._errors):
            self._errors = kept
            self._plan()

    def animate(self, wanted: Wanted) -> None:
        """Decode all pictures of what is wanted already, next after the picture that is wanted most."""
        if wanted in self._wanted:
            self._moving = wanted
            self._plan()

    def get(self, wanted: Wanted) -> Preview | None:
        """The picture, if it is here."""
        return self._cache.get(wanted)

    def error(self, wanted: Wanted) -> Exception | None:
        """Why something that is wanted cannot be shown; None while that is not known."""
        return self._errors.get(wanted)

    @property
    def used_bytes(self) -> int:
        """What the pictures that are kept take in memory."""
        return self._cache.used_bytes

    def warm(self) -> None:
        """Start the readers, so that the first picture need not wait for them; they are started anyway when needed."""
        if not self._started and not self._closing:
            self._started = True
            for _ in range(READERS):
                start(self._pool, self._serve)

    def close(self) -> None:
        """Decode no more, and end the readers. Nothing is told after this."""
        with self._changed:
            self._closing = True
            self._waiting.clear()
            self._changed.notify_all()
        self._pool.waitForDone()

    # In the main thread: what is to be done, and what came of it

    def _plan(self) -> None:
        """Put the tasks in order, and wake the threads."""
        tasks = [_Task(wanted) for wanted in self._wanted]
        if self._moving is not None:
            tasks.insert(1, _Task(self._moving, moving=True))
        missing = [task for task in tasks if not self._is_known(task)]
        with self._changed:
            self._ranks = {task: rank for rank, task in enumerate(tasks)}
            self._waiting = [task for task in missing if task not in self._in_hand and not self._closing]
            self._changed.notify_all()
        if missing:
            self.warm()

    def _is_known(self, task: _Task) -> bool:
        return not task.moving and (task.wanted in self._errors or self._cache.get(task.wanted) is not None)

    def _on_ended(self, task: _Task, outcome: object) -> None:
        """Keep what came of a task, and tell it if it is still wanted."""
        with self._changed:
            del self._in_hand[task]
        if self._closing:
            return
        if isinstance(outcome, CancelledError):
            self._plan()
        elif task.moving:
            self._end_animation(task.wanted, outcome)
        elif isinstance(outcome, Exception):
            self._refuse(task.wanted, outcome)
        elif isinstance(outcome, Preview):
            self._cache.put(task.wanted, outcome, self._wanted)
            if task.wanted in self._wanted:
                self.arrived.emit(task.wanted, outcome)

    def _refuse(self, wanted: Wanted, error: Exception) -> None:
        if wanted in self._wanted:
            self._errors[wanted] = error
            self.refused.emit(wanted, error)

    def _end_animation(self, wanted: Wanted, outcome: object) -> None:
        if self._moving == wanted:
            self._moving = None
            self.animated.emit(wanted, outcome if isinstance(outcome, tuple) else ())

    # In the threads

    def _serve(self) -> None:
        with Previewer(self._library, self._make_reader()) as previewer:
            if not self._waiting:
                self._warm(previewer)
            rest: float | None = IDLE_SECONDS
            while not self._closing:
                task = self._take(rest)
                if task is None:
                    previewer.close()
                    rest = None
                else:
                    self._ended.emit(task, self._outcome(previewer, task))
                    rest = IDLE_SECONDS

    def _warm(self, previewer: Previewer) -> None:
        with suppress(ExpectedError, OSError):  # what cannot be started is told by the first picture
            previewer.warm(lambda: self._closing)

    def _take(self, rest: float | None) -> _Task | None:
        """The task that is wanted most; None when there was none for so long, or it is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closing, rest)
            if self._closing or not self._waiting:
                return None
            task = self._waiting.pop(0)
            self._in_hand[task] = time.monotonic()
            return task

    def _outcome(self, previewer: Previewer, task: _Task) -> object:
        """What came of a task: a picture, pictures, or the error."""
        work = previewer.animation if task.moving else previewer.preview
        try:
            return work(task.wanted.sha256, task.wanted.box, lambda: self._gives_way(task))
        except (ExpectedError, OSError) as error:
            return error
        except Exception as error:  # noqa: BLE001 (the end of a job: told, and the next one is tried)
            _log.error("A picture could not be shown", exc_info=error)
            return error

    def _gives_way(self, task: _Task) -> bool:
        """Whether a decode is to be given up: it takes long, and something waits that is wanted more."""
        with self._changed:
            if self._closing:
                return True
            if not self._waiting or time.monotonic() - self._in_hand[task] < PATIENCE_SECONDS:
                return False
            last = len(self._ranks)
            rank = self._ranks.get(task, last)
            least = rank == max(self._ranks.get(other, last) for other in self._in_hand)
            return rank == last or (least and self._ranks[self._waiting[0]] == 0)
