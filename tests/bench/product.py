"""Keeproom as the benchmarks start it: the command of this environment, and eyes on its catalog and its memory."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.bench.rounds import BenchFailedError, Clock, Figures, timed
from tests.bench.workload import Workload, bench_folder

VISIBLE = "visible"
KEEPROOM = str(Path(sys.executable).with_name("keeproom"))
_LOOK_EVERY_S = 0.1


@contextmanager
def trial_folder() -> Iterator[Path]:
    """An empty folder on the file system of the files; it is gone afterwards, and what was written is on the disk."""
    folder = Path(tempfile.mkdtemp(prefix="trial-", dir=bench_folder()))
    try:
        subprocess.run(["sync"], check=True)
        yield folder
    finally:
        shutil.rmtree(folder)


def variables_of(library: Path) -> dict[str, str]:
    """This process's variables, with settings, reports and reader slots of the benchmark's own beside the library."""
    places = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
    own = {name: str(library.with_name(name.lower())) for name in places}
    for folder in own.values():
        Path(folder).mkdir(mode=0o700, exist_ok=True)
    return {**os.environ, **own, "QT_QPA_PLATFORM": "offscreen"}


def start_import(library: Path, source: Path, output: Path) -> subprocess.Popen[bytes]:
    command = [KEEPROOM, "--library", str(library), "--json", "import", str(source)]
    with output.open("wb") as out, output.with_suffix(".errors").open("wb") as errors:
        return subprocess.Popen(command, stdout=out, stderr=errors, env=variables_of(library))


def summary_of(process: subprocess.Popen[bytes], output: Path) -> dict[str, object]:
    """The last line of an import that has ended.

    Raises:
        BenchFailedError: it did not end well.
    """
    if process.wait() != 0:
        errors = output.with_suffix(".errors").read_text("utf-8", "replace")
        raise BenchFailedError(f"keeproom import ended with {process.returncode}:\n{errors[-2000:]}")
    summary: dict[str, object] = json.loads(output.read_text("ascii").splitlines()[-1])
    return summary


def import_files(work: Workload, library: Path, outcome: str = "imported", *, watched: bool = True) -> Figures:
    """Import a workload until every stage has ended; `VISIBLE` is when the last photo had its thumbnail.

    Raises:
        BenchFailedError: not every file had this outcome.
    """
    output = library.with_name(f"{library.name}.json")
    with timed() as clock:
        process = start_import(library, work.folder, output)
        if watched:
            _watch(clock, process, library, work.photos)
        summary = summary_of(process, output)
    if summary[outcome] != work.photos + work.videos or (watched and VISIBLE not in clock.figures):
        raise BenchFailedError(f"not every file was {outcome}, or seen: {summary}")
    return clock.figures


def start_time(library: Path) -> Figures:
    """What every command on this library takes, whatever it does."""
    with timed() as clock:
        command = [KEEPROOM, "--library", str(library), "count"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=variables_of(library))
    return clock.figures


def _watch(clock: Clock, process: subprocess.Popen[bytes], library: Path, photos: int) -> None:
    """Look at the catalog until all photos are visible or the process has ended; no longer, not to be in the way."""
    while process.poll() is None:
        if photos_done(library) >= photos:
            clock.mark(VISIBLE)
            return
        time.sleep(_LOOK_EVERY_S)
    if photos_done(library) >= photos:
        clock.mark(VISIBLE)


def photos_done(library: Path) -> int:
    return _count(
        library, "SELECT count(*) FROM job JOIN blob ON blob.id = blob_id WHERE stage = 'picture' AND kind = 'image'"
        " AND job.state = 'done'"
    )  # fmt: skip


def stages_done(library: Path) -> int:
    """How many stages of all files have ended, well or not."""
    return _count(library, "SELECT count(*) FROM job WHERE state IN ('done', 'failed')")


def _count(library: Path, question: str) -> int:
    """A number from the catalog; 0 while there is none to ask."""
    try:
        with closing(sqlite3.connect(f"file:{library / 'catalog.sqlite3'}?mode=ro", uri=True)) as catalog:
            return int(catalog.execute(question).fetchone()[0])
    except sqlite3.OperationalError:
        return 0


class MemoryWatch(threading.Thread):
    """The largest memory of one process, in bytes, looked at until it has ended."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._status = Path(f"/proc/{pid}/status")
        self._over = threading.Event()
        self.peak_bytes = 0

    def run(self) -> None:
        while not self._over.wait(0.02):
            self.peak_bytes = max(self.peak_bytes, peak_bytes(self._status))

    def result(self) -> int:
        self._over.set()
        self.join()
        return self.peak_bytes


def peak_bytes(status: Path) -> int:
    """The high-water mark of resident memory that the kernel keeps; 0 when the process is gone."""
    try:
        lines = status.read_text("ascii", "replace").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)
