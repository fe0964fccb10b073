"""One import: a plan, its files one by one, its place in the log, its balance."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from keeproom.library import log
from keeproom.library.control import Control
from keeproom.library.ingesting import Ingested, KnownBlobs, ingest_file, rehearse_file
from keeproom.library.moving import remove_original
from keeproom.library.opening import Library
from keeproom.library.planning import PlannedFile, plan_import, reason_of
from keeproom.library.progress import Meter
from keeproom.library.queue import failed_stages
from keeproom.library.recording import record_group
from keeproom.model import FileReport, ImportProgress, ImportSummary, Outcome, Reason

GROUP_FILES = 32
GROUP_SECONDS = 0.25
"""A group is committed when it has this many files, or is this old: photos appear while they come in."""

_log = logging.getLogger(__name__)

Group = list[Ingested | FileReport]


class Import:
    """One import under way: `plan` it, `begin`, let any number of threads `work`, then `end` it.

    `on_reports` gets reports in the thread that committed them, when what they say is safe on disk; `on_progress`
    how far it is, at most ten times a second.
    """

    def __init__(
        self,
        library: Library,
        control: Control,
        *,
        move: bool = False,
        separate: bool = False,
        on_reports: Callable[[Sequence[FileReport]], None] = lambda _: None,
        on_progress: Callable[[ImportProgress], None] = lambda _: None,
    ) -> None:
        self.entry: int | None = None
        self._library = library
        self._control = control
        self._move = move
        self._separate = separate
        self._on_reports = on_reports
        self._meter = Meter(library.folder, on_progress)
        self._lock = threading.Lock()
        self._planned: list[PlannedFile] = []
        self._left_out: list[FileReport] = []
        self._taken = 0
        self._counts: Counter[Outcome] = Counter()
        self._bytes_imported = 0

    @property
    def planned(self) -> int:
        """How many files there are to look into."""
        return len(self._planned)

    def plan(self, paths: Sequence[Path]) -> None:
        """Walk the paths and count.

        Raises:
            UsageError: a path lies inside a library; nothing was done.
            CancelledError: it was stopped; nothing was done.
        """
        for found in plan_import(paths, self._control):
            if isinstance(found, PlannedFile):
                self._planned.append(found)
                self._meter.find(found.size_bytes)
            else:
                self._left_out.append(found)
        self._meter.say("copying" if self._planned else "counting")
        self._known = KnownBlobs(self._library, (planned.size_bytes for planned in self._planned))

    def rehearse(self) -> ImportSummary:
        """Report what the import would do, by reading only; nothing is written."""
        self._tell(self._left_out)
        seen: set[str] = set()
        for planned in self._planned:
            self._tell([rehearse_file(self._library, planned, seen, self._control)])
        return self.balance()

    def begin(self) -> None:
        """Open the import's entry in the log, and record what the plan left out."""
        with self._library.catalog.write() as write:
            self.entry = log.begin_entry(write, "import")
        _log.info("Import %d: %d files to look into, %d left out", self.entry, self.planned, len(self._left_out))
        for start in range(0, len(self._left_out), 1000):
            self._commit(list(self._left_out[start : start + 1000]))

    def work(self) -> None:
        """Take files of the plan until none is left; several threads may do so at once.

        Raises:
            CancelledError: it was stopped; the file in hand was undone, what was finished before is recorded.
        """
        group: Group = []
        born = time.monotonic()
        try:
            while (planned := self._take()) is not None:
                group.append(self._ingest(planned))
                self._meter.finish(planned)
                if len(group) >= GROUP_FILES or time.monotonic() - born > GROUP_SECONDS:
                    full, group = group, []
                    self._commit(full)
                    born = time.monotonic()
        finally:
            self._commit(group)

    def end(self) -> ImportSummary:
        """Close the entry; the balance, with the failed stages as they stand now."""
        assert self.entry is not None
        with self._library.catalog.write() as write:
            log.end_entry(write, self.entry)
        self._meter.say("cancelled" if self._control.cancelled else "done")
        return self.balance()

    def balance(self) -> ImportSummary:
        return ImportSummary(
            entry=self.entry,
            found=len(self._planned) + len(self._left_out),
            imported=self._counts[Outcome.IMPORTED],
            duplicates=self._counts[Outcome.DUPLICATE],
            failed=self._counts[Outcome.FAILED],
            skipped=self._counts[Outcome.SKIPPED],
            stages_failed=0 if self.entry is None else failed_stages(self._library, self.entry),
            bytes=self._bytes_imported,
            seconds=self._meter.seconds,
        )

    def _take(self) -> PlannedFile | None:
        self._control.check()
        with self._lock:
            if self._taken >= len(self._planned):
                return None
            self._taken += 1
            return self._planned[self._taken - 1]

    def _ingest(self, planned: PlannedFile) -> Ingested | FileReport:
        def advance(done_bytes: int) -> None:
            self._meter.advance(planned, done_bytes)

        return ingest_file(self._library, planned, self._known, self._control, advance)

    def _commit(self, group: Group) -> None:
        """Record a group; what the collector took meanwhile is ingested and recorded once more."""
        assert self.entry is not None
        while group:
            try:
                recorded = record_group(self._library, self.entry, group, separate=self._separate)
            except OSError as error:
                self._tell([_unrecorded(item, reason_of(error)) for item in group])
                return
            reports = list(recorded.reports)
            if self._move:
                sources = {item.path: item for item in group if isinstance(item, Ingested)}
                reports = [self._move_away(sources, report) for report in reports]
            self._tell(reports)
            group = [self._ingest(PlannedFile(gone.path, gone.ref.size_bytes)) for gone in recorded.gone]

    def _move_away(self, sources: dict[str, Ingested], report: FileReport) -> FileReport:
        source = sources.get(os.fspath(report.path))
        return report if source is None else remove_original(self._library, source, report)

    def _tell(self, reports: Sequence[FileReport]) -> None:
        with self._lock:
            self._counts.update(report.outcome for report in reports)
            self._bytes_imported += sum(r.size_bytes for r in reports if r.outcome is Outcome.IMPORTED)
            if reports:
                self._on_reports(reports)


def _unrecorded(item: Ingested | FileReport, reason: Reason) -> FileReport:
    """The report for a file whose group the catalog's disk would not take: nothing of it counts as kept."""
    if isinstance(item, FileReport):
        return item
    return FileReport(Path(item.path), Outcome.FAILED, size_bytes=item.ref.size_bytes, reason=reason)
