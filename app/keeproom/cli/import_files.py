"""`import`: files and folders into the library, then wait until all of them are ready or have failed visibly."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from keeproom.cli.interrupts import interrupts_cancel
from keeproom.cli.output import Output, human_size, plural
from keeproom.cli.shapes import report_shape, summary_shape
from keeproom.cli.waiting import wait_for_stages
from keeproom.errors import CancelledError
from keeproom.exitcodes import INTERRUPTED
from keeproom.library.control import Control
from keeproom.library.importing import Import
from keeproom.library.opening import Library, open_library
from keeproom.library.queue import list_failed_stages
from keeproom.model import FileReport, ImportProgress, ImportSummary, Outcome
from keeproom.workers.crew import Crew
from keeproom.workers.importing import bring_in


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", metavar="PATH", type=Path, nargs="+", help="a file, or a folder with all that is in it"
    )
    parser.add_argument(
        "--move", action="store_true", help="remove each original after its stored bytes were read back"
    )
    parser.add_argument("--separate", action="store_true", help="the same bytes become an asset of their own")
    parser.add_argument("--dry-run", action="store_true", help="only tell what would happen")


def run(arguments: argparse.Namespace) -> int:
    control = Control()
    with interrupts_cancel(control), open_library(arguments.library) as library:
        command = _ImportCommand(library, control, arguments)
        return command.rehearse() if arguments.dry_run else command.run()


class _ImportCommand:
    """One import with its output. Reports come in worker threads, one at a time; all else in the main thread."""

    def __init__(self, library: Library, control: Control, arguments: argparse.Namespace) -> None:
        self._library = library
        self._output = Output(arguments)
        self._control = control
        self._move: bool = arguments.move
        self._crew = Crew(library)
        self._progress = ImportProgress("counting")
        self._import = Import(
            library,
            self._control,
            move=arguments.move,
            separate=arguments.separate,
            on_reports=self._on_reports,
            on_progress=self._on_progress,
        )
        self._import.plan(arguments.paths)

    def rehearse(self) -> int:
        return self._end(self._import.rehearse())

    def run(self) -> int:
        self._warn_of_space()
        self._import.begin()
        code = 0
        try:
            try:
                bring_in(self._import, self._control, on_tick=self._show_progress)
            finally:
                self._import.end()
            # What an import with --move was killed over is not named by the next one: wait for all that is open.
            entry = None if self._move else self._import.entry
            wait_for_stages(self._library, self._crew, self._control, self._output, entry)
        except CancelledError:
            code = INTERRUPTED
        except OSError as error:
            self._output.message(f"Not all that was kept could be looked into: {error}. Run the same command again.")
            code = 1
        finally:
            self._crew.stop()
        return max(code, self._end(self._import.balance()))

    def _warn_of_space(self) -> None:
        progress = self._progress
        if progress.bytes_found > progress.free_bytes:
            needed, free = human_size(progress.bytes_found), human_size(progress.free_bytes)
            self._output.message(f"There may not be enough space: the files have {needed}, and {free} are free.")

    def _on_reports(self, reports: Sequence[FileReport]) -> None:
        for report in reports:
            if self._output.as_json or report.reason is not None:
                self._output.record(report_shape(report), _sentence(report))
        is_rehearsal = self._import.entry is None
        if not is_rehearsal and any(report.outcome is Outcome.IMPORTED for report in reports):
            self._crew.start()  # not before there is work: an import of nothing but duplicates needs no readers
            self._crew.wake()

    def _on_progress(self, progress: ImportProgress) -> None:
        self._progress = progress

    def _show_progress(self) -> None:
        now = self._progress
        done, found = human_size(now.bytes_finished), human_size(now.bytes_found)
        text = f"{now.finished:,} of {plural(now.found, 'file')}, {done} of {found}"
        self._output.progress(now.bytes_finished, now.bytes_found, text)

    def _end(self, summary: ImportSummary) -> int:
        if summary.stages_failed and summary.entry is not None:
            for failed in list_failed_stages(self._library, summary.entry):
                what = f"{failed.name} is kept as asset {failed.asset}, but its {failed.stage} failed"
                self._output.message(f"{what}: {failed.error}")
        text = (
            f"{summary.imported:,} added, {summary.duplicates:,} already here, "
            f"{plural(summary.failed + summary.stages_failed, 'problem')}, {summary.skipped:,} skipped."
        )
        self._output.record(summary_shape(summary), text)
        return 1 if summary.failed or summary.stages_failed else 0


_VERBS = {
    Outcome.IMPORTED: "imported",
    Outcome.DUPLICATE: "already in the library",
    Outcome.FAILED: "not kept",
    Outcome.SKIPPED: "skipped",
}


def _sentence(report: FileReport) -> str:
    why = f": {report.reason.message}" if report.reason else ""
    return f"{report.path} {_VERBS[report.outcome]}{why}"
