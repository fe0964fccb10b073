"""One import: a plan, its files one by one, its place in the log, its balance."""

from __future__ import annotations

import errno
import logging
import os
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from keeproom.catalog.catalog import Write
from keeproom.errors import CancelledError, UsageError
from keeproom.library import plans
from keeproom.library.control import Control
from keeproom.library.filesystems import free_bytes
from keeproom.library.imports import RunState, find_import
from keeproom.library.ingesting import Ingested, KnownBlobs, failed, ingest_file, rehearse_file
from keeproom.library.moving import remove_original
from keeproom.library.opening import Library
from keeproom.library.originals import removable_originals, remove_originals
from keeproom.library.planning import NO_SPACE, PlannedFile, check_sources, plan_import, reason_of
from keeproom.library.progress import Meter
from keeproom.library.queue import failed_stages
from keeproom.library.recording import record_group
from keeproom.library.sidecars import Companions
from keeproom.model import FileReport, ImportProgress, ImportSummary, Outcome, Reason

GROUP_FILES = 32
GROUP_SECONDS = 0.25
"""A group is committed when it has this many files, or is this old: photos appear while they come in."""

_SPARE_BYTES = 64 * 1024 * 1024
_SPARE_SHARE = 50
"""A file waits that would leave less room than the one, or than this share of the disk: the catalog needs some too."""

_FULL = 8
"""After so many files that the disk had no room for, although it had said so, the rest is not tried."""

_log = logging.getLogger(__name__)

Group = list[Ingested | FileReport]


class Import:
    """One import under way. Any number of threads `work` on it; then `end` it.

    A command makes a `plan`, which may be only rehearsed, and `begin`s. A window has it recorded first (`open`), so
    that a drop is not forgotten, and lets it plan then; or it goes on with one that was interrupted (`go_on`). What it
    `resumes` waits for room where the disk is full, and is never given up by itself.

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
        resumes: bool = False,
        on_reports: Callable[[Sequence[FileReport]], None] = lambda _: None,
        on_progress: Callable[[ImportProgress], None] = lambda _: None,
    ) -> None:
        self.entry: int | None = None
        self._library = library
        self._control = control
        self._move = move
        self._separate = separate
        self._resumes = resumes
        self._on_reports = on_reports
        self._meter = Meter(library.folder, on_progress)
        self._lock = threading.Lock()
        self._roots: Sequence[Path] = ()
        self._found: list[PlannedFile | FileReport] = []
        self._planned: list[PlannedFile] = []
        self._taken = 0
        self._aside: list[PlannedFile] = []
        self._refused = 0
        self._unrecorded: list[FileReport] = []
        self._counts: Counter[Outcome] = Counter()
        self._found_count = 0
        self._bytes_imported = 0
        self._went_on = self._moves_are_open = False
        self._free_at_end = 0

    @property
    def planned(self) -> int:
        """How many files there are to look into."""
        return len(self._planned) + sum(isinstance(found, PlannedFile) for found in self._found)

    @property
    def waits_for_space(self) -> bool:
        """Whether files were left for want of room."""
        return bool(self._aside)

    def has_room(self) -> bool:
        """Whether some of the files that wait for room would find it now, and there is more than there was."""
        if free_bytes(self._library.folder) <= self._free_at_end:
            return False
        return self._fits(min(self._aside, key=lambda planned: planned.size_bytes))

    def open(self, paths: Sequence[Path]) -> None:
        """Record what is to be imported; from now on it is continued, whatever happens.

        Raises:
            UsageError: a path lies inside a library; nothing was done.
        """
        check_sources(paths)
        with self._library.catalog.write() as write:
            self._open(write, paths)

    def plan(self, paths: Sequence[Path]) -> None:
        """Walk the paths and count; where the import is open, its list grows meanwhile.

        Raises:
            UsageError: a path lies inside a library; nothing was done.
            CancelledError: it was stopped.
        """
        self._roots = paths
        for found in plan_import(paths, self._control):
            self._found_count += 1
            self._found.append(found)
            if isinstance(found, PlannedFile):
                self._meter.find(found.size_bytes)
            if self.entry is not None and len(self._found) >= plans.CHUNK_FILES:
                self._store()
        if self.entry is not None:
            self._store(last=True)
            self._prepare()
        else:
            self._meter.say("copying" if self.planned else "counting")

    def rehearse(self) -> ImportSummary:
        """Report what the import would do, by reading only; nothing is written."""
        seen: set[str] = set()
        companions = Companions()
        self._tell([found for found in self._found if isinstance(found, FileReport)])
        for found in self._found:
            if isinstance(found, PlannedFile):
                self._tell([rehearse_file(self._library, found, seen, companions, self._control)])
        return self.balance()

    def begin(self) -> None:
        """Record the import and its plan."""
        found, self._found = self._found, []
        for start in range(0, max(1, len(found)), plans.CHUNK_FILES):
            self._found = found[start : start + plans.CHUNK_FILES]
            self._store(last=start + plans.CHUNK_FILES >= len(found))
        assert self.entry is not None
        plans.supersede(self._library, self.entry)
        self._prepare()

    def adopt(self, run: plans.Run) -> None:
        """Be this import from now on, which another go has begun; it goes on when its turn has come."""
        self.entry = self._meter.entry = run.entry
        self._move, self._separate = run.move, run.separate
        self._moves_are_open = run.move and not run.had_ended
        self._went_on = True

    def go_on(self, run: plans.Run) -> None:
        """Take up an import where it was left; one that was still counting counts anew.

        Raises:
            CancelledError: it was stopped.
        """
        self.adopt(run)
        self._control.check()
        if run.state is RunState.COUNTING and plans.forget_lines(self._library, run.entry):
            self._went_on = False
            self.plan([Path(root) for root in run.roots])
            return
        for planned in plans.waiting_files(self._library, run.entry):
            if planned.size_bytes == 0 and os.path.isdir(planned.path):
                self._unfold(planned)
            else:
                self._planned.append(planned)
        for planned in self._planned:
            self._meter.find(planned.size_bytes)
        self._prepare()

    def work(self) -> None:
        """Take files of the plan until none is left; several threads may do so at once.

        Raises:
            CancelledError: it was stopped; the file in hand was undone, what was finished before is recorded.
        """
        group: Group = []
        born = time.monotonic()
        try:
            while (planned := self._take()) is not None:
                if (came := self._try(planned)) is None:
                    continue
                group.append(came)
                self._meter.finish(planned)
                if len(group) >= GROUP_FILES or time.monotonic() - born > GROUP_SECONDS:
                    full, group = group, []
                    self._commit(full)
                    born = time.monotonic()
        finally:
            self._commit(group)

    def end(self) -> ImportSummary:
        """Close the import, or leave what is left of it for another time; the balance, as it stands now."""
        assert self.entry is not None
        if not self._aside and self._moves_are_open:
            self._finish_moves(self.entry)
        if self._control.cancelled:
            plans.cancel(self._library, self.entry)
        elif self._control.stopped:
            plans.let_go(self._library, self.entry)
        elif self._aside:
            self._free_at_end = free_bytes(self._library.folder)
            with suppress(OSError):  # the catalog's disk is full: its row says that it goes on, and so it does
                plans.hold_for_space(self._library, self.entry)
        else:
            plans.end(self._library, self.entry, self._unrecorded)
        self._meter.say(self._phase())
        return self.balance()

    def balance(self) -> ImportSummary:
        """What became of all files so far, those of earlier goes included."""
        counts, found, size_bytes = self._counts, self._found_count, self._bytes_imported
        if self._went_on and self.entry is not None and (record := find_import(self._library, self.entry)):
            counts, size_bytes = Counter(record.counts), record.bytes
            found = counts.total() + record.waiting
        return ImportSummary(
            entry=self.entry,
            found=found,
            imported=counts[Outcome.IMPORTED],
            duplicates=counts[Outcome.DUPLICATE],
            failed=counts[Outcome.FAILED],
            skipped=counts[Outcome.SKIPPED],
            stages_failed=0 if self.entry is None else failed_stages(self._library, self.entry),
            bytes=size_bytes,
            seconds=self._meter.seconds,
        )

    # The plan

    def _open(self, write: Write, paths: Sequence[Path]) -> int:
        self.entry = self._meter.entry = plans.begin(
            write, self._library, paths, move=self._move, separate=self._separate, resumes=self._resumes
        )
        return self.entry

    def _store(self, *, last: bool = False) -> None:
        """Put what was found into the import's list; with the last of it the plan is complete."""
        found, self._found = self._found, []
        with self._library.catalog.write() as write:
            entry = self.entry or self._open(write, self._roots)
            ids = plans.add(write, entry, found)
            if last:
                plans.set_state(write, entry, RunState.COPYING)
        self._list(found, ids)

    def _list(self, found: Sequence[PlannedFile | FileReport], ids: Sequence[int]) -> None:
        """What was found is in the import's list under these numbers."""
        each = [replace(line, item=id_) for line, id_ in zip(found, ids, strict=True)]
        self._planned += [line for line in each if isinstance(line, PlannedFile)]
        self._tell([line for line in each if isinstance(line, FileReport)])

    def _unfold(self, folder: PlannedFile) -> None:
        """A folder that could not be read is tried again: its files take its place."""
        assert self.entry is not None
        try:
            found = list(plan_import([Path(folder.path)], self._control))
        except UsageError as error:
            self._commit([failed(folder, Reason("library", str(error)))])
            return
        with self._library.catalog.write() as write:
            ids = plans.unfold(write, self.entry, folder.item, found)
        self._list(found, ids)

    def _finish_moves(self, entry: int) -> None:
        """Remove the originals of files that were kept, but not removed, when the import was interrupted.

        The import has not ended before that; where this is stopped, it is done another time.
        """
        with suppress(CancelledError):
            self._control.check()
            left = [each for each in removable_originals(self._library, entry, self._control) if each.why_not is None]
            remove_originals(self._library, left, self._control)

    def _prepare(self) -> None:
        """The plan is complete: what of it may be in the store already, and how much room the rest needs."""
        _log.info("Import %s: %d files to look into", self.entry, len(self._planned))
        self._known = KnownBlobs(self._library, (planned.size_bytes for planned in self._planned))
        self._meter.expect(self._planned, self._known.sizes_before)

    def _take(self) -> PlannedFile | None:
        self._control.check()
        with self._lock:
            if self._taken >= len(self._planned) or self._refused >= _FULL:
                self._aside += self._planned[self._taken :]
                self._taken = len(self._planned)
                return None
            self._taken += 1
            return self._planned[self._taken - 1]

    # The files

    def _try(self, planned: PlannedFile) -> Ingested | FileReport | None:
        """What came of a file; None where it is put aside until there is room for it."""
        if self._resumes and not self._fits(planned):
            self._put_aside([planned])
            return None
        came = self._ingest(planned)
        if self._resumes and isinstance(came, FileReport) and came.reason == NO_SPACE:
            self._refused += 1
            self._put_aside([planned])
            return None
        return came

    def _fits(self, planned: PlannedFile) -> bool:
        disk = shutil.disk_usage(self._library.folder)
        return disk.free - planned.size_bytes >= min(_SPARE_BYTES, disk.total // _SPARE_SHARE)

    def _put_aside(self, files: Sequence[PlannedFile]) -> None:
        with self._lock:
            self._aside += files
        self._meter.put_aside()

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
                self._refuse(group, error)
                return
            reports = list(recorded.reports)
            if self._move:
                sources = {item.path: item for item in group if isinstance(item, Ingested)}
                reports = [self._move_away(sources, report) for report in reports]
            self._tell(reports)
            group = [self._ingest(_planned(gone)) for gone in recorded.gone]

    def _refuse(self, group: Group, error: OSError) -> None:
        """The catalog's disk would not take a group: nothing of it counts as kept."""
        files = [_planned(item) for item in group]
        if self._resumes and error.errno in (errno.ENOSPC, errno.EDQUOT):
            self._refused = _FULL
            self._put_aside(files)
            return
        reason = reason_of(error)
        reports = [
            item if isinstance(item, FileReport) else failed(planned, reason)
            for item, planned in zip(group, files, strict=True)
        ]
        self._unrecorded += reports
        self._tell(reports)

    def _move_away(self, sources: dict[str, Ingested], report: FileReport) -> FileReport:
        source = sources.get(os.fspath(report.path))
        return report if source is None else remove_original(self._library, source, report)

    def _tell(self, reports: Sequence[FileReport]) -> None:
        with self._lock:
            self._counts.update(report.outcome for report in reports)
            self._bytes_imported += sum(r.size_bytes for r in reports if r.outcome is Outcome.IMPORTED)
            if reports:
                self._on_reports(reports)

    def _phase(self) -> str:
        if self._control.cancelled:
            return "cancelled"
        if self._control.stopped:
            return "interrupted"
        return "no-space" if self._aside else "done"


def _planned(item: Ingested | FileReport) -> PlannedFile:
    """The file that something came of."""
    if isinstance(item, FileReport):
        return PlannedFile(os.fspath(item.path), item.size_bytes, item.item or 0)
    return PlannedFile(item.path, item.ref.size_bytes, item.item)
