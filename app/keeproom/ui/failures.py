"""Errors that nobody expected: shown in the window, logged, written to a file; never lost."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from keeproom.errors import ExpectedError

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """A bug of ours as it happened: its last line, the whole of it, and the report that was written, if it could be."""

    summary: str
    details: str
    report: Path | None


class Failures(QObject):
    """The end of every error that nothing else caught. `report` may be called from any thread."""

    failed = Signal(object)
    expected = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: set[str] = set()

    def install(self) -> None:
        """Hear of the errors of slots, threads and destructors of this process."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable

    def report(self, error: BaseException) -> None:
        """Log an error, write the flight recorder out, and tell the window; the same error is told once.

        What is no bug, but reached nobody, is handed on as `expected`.
        """
        if isinstance(error, (ExpectedError, OSError)):
            self.expected.emit(error)
            return
        details = "".join(traceback.format_exception(error))
        _log.error("unexpected: %s", details)
        if details not in self._known:
            self._known.add(details)
            self.failed.emit(Failure(f"{type(error).__name__}: {error}", details, _dump(error)))

    def _on_exception(self, kind: type[BaseException], error: BaseException, _traceback: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            raise SystemExit(130)
        self.report(error)

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_value)

    def _on_unraisable(self, arguments: UnraisableHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_value)


def _dump(error: BaseException) -> Path | None:
    """Where the flight recorder wrote what happened before; None where it cannot write."""
    from keeproom.library import recorder

    try:
        return recorder.dump_error(error)
    except OSError as problem:
        _log.warning("no report could be written: %s", problem)
        return None
