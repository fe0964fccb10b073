"""What a person would type for the same work: the plain tools, side by side on all cores."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.bench.rounds import BenchFailedError, Figures, timed
from tests.bench.workload import Workload

THUMBNAILERS = 2


def copy_hash_describe_and_shrink(work: Workload, into: Path) -> Figures:
    """A synced copy, SHA-256, all metadata, and 512 px thumbnails of the photos, until the last tool has ended."""
    files = [str(file) for file in work.files()]
    photos = [file for file in files if file.endswith(".JPG")]
    (into / "thumbnails").mkdir(parents=True)
    shares = [photos[share::THUMBNAILERS] for share in range(THUMBNAILERS)]
    commands = [
        ["sh", "-c", 'cp -r "$0" "$1" && sync', str(work.folder), str(into / "copy")],
        ["openssl", "dgst", "-sha256", *files],
        ["exiftool", "-r", "-fast", "-j", "-n", "-G", str(work.folder)],
        *(["vipsthumbnail", "-s", "512", "-o", f"{into}/thumbnails/%s.jpg", *share] for share in shares),
    ]
    with timed() as clock:
        side_by_side(commands, into)
    made = len(list((into / "thumbnails").iterdir()))
    if made != len(photos):
        raise BenchFailedError(f"vipsthumbnail made {made} thumbnails of {len(photos)} photos")
    return clock.figures


def hash_on_all_cores(work: Workload, cores: int, into: Path) -> Figures:
    """SHA-256 of all files, split by size over as many processes as cores."""
    commands = [["openssl", "dgst", "-sha256", *map(str, share)] for share in shares_of(work.files(), cores) if share]
    into.mkdir(parents=True)
    with timed() as clock:
        side_by_side(commands, into)
    return clock.figures


def shares_of(files: Sequence[Path], count: int) -> list[list[Path]]:
    """The files in this many shares of about the same size: the largest first, each to the lightest share."""
    shares: list[list[Path]] = [[] for _ in range(count)]
    weights = [0] * count
    for file in sorted(files, key=lambda file: file.stat().st_size, reverse=True):
        lightest = weights.index(min(weights))
        shares[lightest].append(file)
        weights[lightest] += file.stat().st_size
    return shares


def side_by_side(commands: Sequence[Sequence[str]], into: Path) -> None:
    """Start all commands at once, their output in files, and wait for the last.

    Raises:
        BenchFailedError: one of them failed.
    """
    running = []
    for number, command in enumerate(commands):
        with (into / f"output {number}").open("wb") as output:
            running.append(subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT))
    codes = [process.wait() for process in running]
    failed = [command[0] for command, code in zip(commands, codes, strict=True) if code]
    if failed:
        raise BenchFailedError(f"failed: {', '.join(failed)}; see {into}")
