"""What a file of 4 GB costs in memory more than one of 1 MB, and how large the window grows during an import."""

from __future__ import annotations

import shutil
import signal
import struct
import subprocess
import time
from pathlib import Path

from tests.bench.command import measure
from tests.bench.product import KEEPROOM, MemoryWatch, stages_done, start_import, summary_of, trial_folder, variables_of
from tests.bench.rounds import BenchFailedError, table, verdict
from tests.bench.workload import Workload, bench_folder, make_video

MEGABYTE = 1 << 20
SMALL, LARGE = MEGABYTE, 4 << 30
MORE_FOR_LARGE, WINDOW = 64 * MEGABYTE, 300 * MEGABYTE
DISK_NEEDED = 10 << 30
PATIENCE_S = 900


def bench(work: Workload, rounds: int) -> None:
    free = shutil.disk_usage(bench_folder()).free
    if free < DISK_NEEDED:
        raise BenchFailedError(f"{bench_folder()} has {free >> 30} GB free and needs {DISK_NEEDED >> 30}")
    small = min(peak_of_import(SMALL) for _ in range(rounds))
    large = peak_of_import(LARGE)
    window = peak_of_window(work)
    rows = [
        ["import of a 1 MB file", _megabytes(small), "", ""],
        ["import of a 4 GB file", _megabytes(large), "", ""],
        ["more for the large one", _megabytes(large - small), f"< {_megabytes(MORE_FOR_LARGE)}",
         verdict(large - small, MORE_FOR_LARGE)],
        ["the window while it imports", _megabytes(window), f"< {_megabytes(WINDOW)}", verdict(window, WINDOW)],
    ]  # fmt: skip
    print("\nPeak memory of the process itself, without its readers")
    print(table(["", "peak", "target", ""], rows), flush=True)


def peak_of_import(size_bytes: int) -> int:
    """The peak memory of a command that imports one video of this size into a fresh library."""
    with trial_folder() as folder:
        video = make_video_of(size_bytes, folder)
        output = folder / "import.json"
        process = start_import(folder / "library", video, output)
        watch = MemoryWatch(process.pid)
        watch.start()
        summary = summary_of(process, output)
        if summary["imported"] != 1:
            raise BenchFailedError(f"the video was not imported: {summary}")
        return watch.result()


def peak_of_window(work: Workload) -> int:
    """The peak memory of a window that imports a workload, until every stage has ended."""
    with trial_folder() as folder:
        library = folder / "library"
        command = [KEEPROOM, "--library", str(library), "open", str(work.folder)]
        window = subprocess.Popen(command, env=variables_of(library))
        watch = MemoryWatch(window.pid)
        watch.start()
        try:
            _wait_for_stages(window, library, 2 * (work.photos + work.videos))
        finally:
            peak = watch.result()
            window.send_signal(signal.SIGTERM)
            window.wait(60)
        return peak


def make_video_of(size_bytes: int, folder: Path) -> Path:
    """A video that plays, brought to its size by a box of filler that is neither sparse nor all the same."""
    video = make_video(folder, 0, size=(320, 240), frames=24)
    length = size_bytes - video.stat().st_size
    filler = bytes(range(256)) * (MEGABYTE // 256)
    with video.open("ab") as stream:
        stream.write(struct.pack(">I4sQ", 1, b"free", length))
        left = length - 16
        while left > 0:
            left -= stream.write(filler[: min(left, MEGABYTE)])
    return video


def _wait_for_stages(window: subprocess.Popen[bytes], library: Path, count: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while stages_done(library) < count:
        if window.poll() is not None:
            raise BenchFailedError(f"the window ended with {window.returncode} before its import")
        if time.monotonic() > deadline:
            raise BenchFailedError(f"the window had done {stages_done(library)} of {count} stages in {PATIENCE_S} s")
        time.sleep(0.2)


def _megabytes(size_bytes: float) -> str:
    return f"{size_bytes / MEGABYTE:.0f} MB"


if __name__ == "__main__":
    measure(bench)
