"""The flight recorder: the last 50,000 log records in memory, written to a file on a crash or on request."""

from __future__ import annotations

import logging
import os
import platform
import sys
import threading
import traceback
from collections import deque
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from keeproom import __version__

RECORDS = 50_000

_log = logging.getLogger(__name__)


class FlightRecorder(logging.Handler):
    """Keeps the newest records as they came; they are put into words only when they are written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._records: deque[logging.LogRecord] = deque(maxlen=RECORDS)
        self.folder: Path | None = None
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)-7s %(threadName)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)

    def write(self, reason: str) -> Path:
        """Write what is remembered into a new file, in the library's `logs/` once one is open; its path."""
        folder = self.folder or Path(platformdirs.user_log_dir("keeproom", appauthor=False))
        folder.mkdir(parents=True, exist_ok=True)
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S.%fZ")
        file = folder / f"{at}-{os.getpid()}.log"
        with open(
            os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8", errors="backslashreplace"
        ) as out:
            out.write(
                f"Keeproom {__version__}, Python {platform.python_version()}, {platform.platform()}\n{reason}\n\n"
            )
            for record in tuple(self._records):
                out.write(self.format(record) + "\n")
        return file


RECORDER = FlightRecorder()


def start_recording() -> None:
    """Remember what the package logs from now on; may be called twice."""
    logger = logging.getLogger("keeproom")
    if RECORDER not in logger.handlers:
        logger.addHandler(RECORDER)
        logger.setLevel(logging.DEBUG)


def dump(reason: str) -> Path:
    """Write the recorder's file now; `reason` stands at its head."""
    return RECORDER.write(reason)


def dump_error(error: BaseException) -> Path:
    """Write the recorder's file for an error that nobody expected."""
    return dump("".join(traceback.format_exception(error)))


def record_crashes() -> None:
    """From now on what ends a thread or the interpreter's own clean-up is written down, and told in one line."""

    def on_thread(hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            _tell(hook.exc_value)

    threading.excepthook = on_thread


def _tell(error: BaseException) -> None:
    _log.error("Unexpected error", exc_info=error)
    sys.stderr.write(f"keeproom: something went wrong inside ({error!r}). A report is in {dump_error(error)}\n")
