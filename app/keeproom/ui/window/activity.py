"""What goes on in the background, in words and as a fraction: imports first, then what prepares previews."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from keeproom.model import ImportProgress, ImportSummary, QueueCounts
from keeproom.ui.texts import join_nonzero, number, plural, size, time_left, tr

EARLIEST_ESTIMATE_S = 3.0
IMPORTS_PAGE, ACTIVITY_PAGE = "imports", "activity"
_RUNNING = ("counting", "copying", "no-space")


@dataclass(frozen=True, slots=True)
class Doing:
    """One line for the status bar. `fraction` is None where the end is not known yet; `page` tells more of it."""

    text: str
    fraction: float | None
    page: str = ACTIVITY_PAGE


def import_words(progress: ImportProgress) -> str:
    """`Importing 8,214 of 20,000 · 9 min`; while it counts, how much space it needs and how much there is."""
    return _WORDS.get(progress.phase, _copying_words)(progress)


def _counting_words(progress: ImportProgress) -> str:
    words = plural(progress.found, "Counting: %n file", "Counting: %n files")
    return f"{words} · {_space_words(progress)}" if progress.free_bytes else words


def _no_space_words(progress: ImportProgress) -> str:
    safe = tr("{finished} of {found} are safe").format(finished=number(progress.finished), found=number(progress.found))
    return f"{_space_words(progress)} · {safe}"


def _copying_words(progress: ImportProgress) -> str:
    words = tr("Importing {finished} of {found}").format(
        finished=number(progress.finished), found=number(progress.found)
    )
    left = seconds_left(progress)
    said = [words] if left is None else [words, time_left(left)]
    return " · ".join([*said, _space_words(progress)] if progress.lacks_space else said)


def _space_words(progress: ImportProgress) -> str:
    """`9.1 GB needed, 61 GB free`, and what that means where it is not enough."""
    needed = tr("{needed} needed, {free} free").format(
        needed=size(progress.needed_bytes or progress.bytes_found), free=size(progress.free_bytes)
    )
    return tr("Not enough space: {needed}").format(needed=needed) if progress.lacks_space else needed


_WORDS: Mapping[str, Callable[[ImportProgress], str]] = {
    "counting": _counting_words,
    "no-space": _no_space_words,
}


def seconds_left(progress: ImportProgress) -> float | None:
    """How long the copying goes on at the rate it had so far; None as long as that would be a guess."""
    if progress.seconds < EARLIEST_ESTIMATE_S or not progress.bytes_finished:
        return None
    return progress.seconds * (progress.bytes_found - progress.bytes_finished) / progress.bytes_finished


def import_fraction(progress: ImportProgress) -> float | None:
    if progress.phase == "counting" or not progress.found:
        return None
    if progress.bytes_found:
        return min(1.0, progress.bytes_finished / progress.bytes_found)
    return progress.finished / progress.found


def summary_words(summary: ImportSummary) -> str:
    """`18,072 added, 1,902 already here, 3 problems, 23 skipped.`"""
    words = join_nonzero(
        (summary.imported, lambda count: tr("{count} added").format(count=number(count))),
        (summary.duplicates, lambda count: tr("{count} already here").format(count=number(count))),
        (summary.failed + summary.stages_failed, lambda count: plural(count, "%n problem", "%n problems")),
        (summary.skipped, lambda count: tr("{count} skipped").format(count=number(count))),
    )
    return f"{words}." if words else tr("There was nothing to import.")


class Activity(QObject):
    """Remembers the last that was heard of imports and of the queue; `changed` says that it differs."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.reset()

    def reset(self) -> None:
        """Another library: nothing is going on that we know of."""
        self._import: ImportProgress | None = None
        self._queue = QueueCounts(0, 0, 0, paused=False)
        self._most = 0
        self._removal: Doing | None = None
        self._cancel_removal: Callable[[], None] | None = None
        self.changed.emit()

    @property
    def importing(self) -> bool:
        return self._import is not None and self._import.phase in _RUNNING

    @property
    def preparing(self) -> bool:
        return self._queue.waiting + self._queue.running > 0

    @property
    def removing(self) -> bool:
        """Whether originals are being removed."""
        return self._removal is not None

    @property
    def can_cancel(self) -> bool:
        """Whether something is under way that a person can end."""
        return self.importing or self.removing

    @property
    def working(self) -> bool:
        return self.importing or self.preparing or self.removing

    @property
    def paused(self) -> bool:
        return self._queue.paused

    def doing(self) -> Doing | None:
        """The line to show; None while nothing is going on."""
        if self._import is not None and self.importing:
            return self._told(import_words(self._import), import_fraction(self._import), IMPORTS_PAGE)
        if self._removal is not None:
            return self._removal
        left = self._queue.waiting + self._queue.running
        if not left:
            return None
        done = 1 - left / self._most if self._most else None
        words = plural(left, "Preparing previews and details: %n left", "Preparing previews and details: %n left")
        return self._told(words, done, ACTIVITY_PAGE)

    def import_line(self, entry: int) -> str:
        """What there is to say of this import while it is under way; empty for any other."""
        if self._import is None or not self.importing or self._import.entry != entry:
            return ""
        return self._told(import_words(self._import), None, IMPORTS_PAGE).text

    @property
    def progress(self) -> ImportProgress | None:
        """How far the import under way is; None while there is none."""
        return self._import if self.importing else None

    def _told(self, text: str, fraction: float | None, page: str) -> Doing:
        return Doing(tr("Paused") + " · " + text if self.paused else text, fraction, page)

    def show_removal(self, doing: Doing | None, cancel: Callable[[], None] | None = None) -> None:
        """How far the removal of originals is, and what ends it; None when it has ended."""
        self._removal, self._cancel_removal = doing, cancel
        self.changed.emit()

    def cancel_removal(self) -> None:
        """End the removal of originals after the one in hand."""
        if self._cancel_removal is not None:
            self._cancel_removal()

    def on_import_progressed(self, progress: ImportProgress) -> None:
        self._import = progress
        self.changed.emit()

    def on_import_finished(self, _summary: ImportSummary) -> None:
        if not self.importing:  # the next one may be under way
            self._import = None
        self.changed.emit()

    def on_queue_progressed(self, counts: QueueCounts) -> None:
        left = counts.waiting + counts.running
        self._most = max(self._most, left) if left else 0
        self._queue = counts
        self.changed.emit()
