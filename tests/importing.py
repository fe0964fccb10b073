"""Importing from a test, and working on the queue in its own thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from keeproom.library.control import Control
from keeproom.library.deriving import StageWorker
from keeproom.library.importing import Import
from keeproom.library.opening import Library
from keeproom.model import FileReport, ImportSummary, Stage


class Importer:
    """Imports into one library, and remembers the reports of the last import by file name."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.reports: list[FileReport] = []

    def __call__(
        self, *paths: Path, move: bool = False, separate: bool = False, control: Control | None = None
    ) -> ImportSummary:
        self.reports = []
        run = Import(self.library, control or Control(), move=move, separate=separate, on_reports=self.reports.extend)
        run.plan(paths)
        run.begin()
        run.work()
        return run.end()

    @property
    def outcomes(self) -> dict[str, tuple[str, str | None]]:
        return {r.path.name: (r.outcome.value, r.reason.code if r.reason else None) for r in self.reports}

    def assets(self) -> Sequence[int]:
        return [report.asset for report in self.reports if report.asset is not None]


def work_through(library: Library) -> None:
    """Work on the queue until nothing is due."""
    for stage in Stage:
        with StageWorker(library, stage, 0) as worker:
            while worker.step(lambda: False):
                pass
