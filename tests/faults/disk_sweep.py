"""Import onto small disks of many sizes, in bytes and in inodes, and check every promise; then make them larger.

    python -m tests.faults.disk_sweep [--step-kb N] [--step-inodes N] [--jobs N]

Exit code: 0 every promise was kept, 1 some was broken, 3 no disk can be mounted.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.faults.command import Place, Ran
from tests.faults.disks import NoMountError, SmallDisk, small_disk
from tests.faults.promises import Finished, beside, broken_at_once, broken_in_the_end, dishonest_reports, listed
from tests.faults.sources import make_photos
from tests.faults.sweep import SIDE_BY_SIDE

COUNT = 16


@dataclass(frozen=True)
class Case:
    """A disk, and whether the library is the mounted folder itself or one in it."""

    options: str
    is_mount: bool = False

    def __str__(self) -> str:
        return f"{self.options}{', the mount itself' if self.is_mount else ''}"


class DiskSweep:
    """Photos of about 100 kB each, and what their import looks like with room enough."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._photos = make_photos(root / "photos", COUNT, side_px=450)
        place = Place(root / "undisturbed").fill(self._photos)
        place.import_files()
        self.expected = Finished.of(place)

    def try_case(self, case: Case) -> tuple[Ran, list[str]]:
        """Fill one disk; how the import ended, and which promises were broken.

        Raises:
            NoMountError: it cannot be mounted.
        """
        root = Path(tempfile.mkdtemp(dir=self._root))
        with small_disk(root / "disk", case.options) as disk:
            library = disk.folder if case.is_mount else disk.folder / "Library"
            place = Place(root / "place", disk=disk.folder, library=library).fill(self._photos)
            ran = place.import_files()
            problems = [*_problems(ran, place, root / "side"), *self._problems_later(disk, place)]
        if not problems:
            shutil.rmtree(root)
        return ran, problems

    def _problems_later(self, disk: SmallDisk, place: Place) -> Iterator[str]:
        disk.enlarge()
        again = place.import_files()
        if again.code != 0:
            yield f"with room enough it ended with {again.code}: {again.errors}"
        if (place.library / "library.json").exists():
            yield from broken_in_the_end(place, self.expected)


def _problems(ran: Ran, place: Place, side: Path) -> Iterator[str]:
    if ran.code is None:
        yield f"it hung: {ran.errors}"
        return
    if ran.has_traceback:
        yield f"it shows a traceback: {ran.errors}"
    if ran.code and "space" not in ran.errors + ran.out:
        yield f"it does not speak of space: {ran.errors}"
    yield from dishonest_reports(ran, place)
    yield from broken_at_once(place, ran, side)
    if (place.library / "library.json").exists():
        yield from _problems_of_reports(ran, place)
    elif ran.code != 3:
        yield f"without a library it ended with {ran.code}"
    yield from (f"left beside the library: {name}" for name in beside(place))


def _problems_of_reports(ran: Ran, place: Place) -> Iterator[str]:
    """Where there is a library, each file is accounted for."""
    codes = {file["reason"]["code"] for file in ran.files if file["outcome"] == "failed"}
    if codes - {"no-space"}:
        yield f"files failed for {codes}"
    if ran.code not in (0, 1):
        yield f"with a library it ended with {ran.code}: {ran.errors}"
    if len(ran.files) != COUNT or ran.summary is None:
        yield f"it reported {len(ran.files)} files of {COUNT}, and {ran.summary} in the end"
    imported = sum(file["outcome"] == "imported" for file in ran.files)
    if imported != len(listed(place.library)):
        yield f"it reported {imported} as imported; {len(listed(place.library))} are listed"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--step-kb", type=int, default=200)
    parser.add_argument("--step-inodes", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=SIDE_BY_SIDE)
    options = parser.parse_args(arguments)
    sizes = [f"size={size}k" for size in range(100, 5000, options.step_kb)]
    inodes = [f"nr_inodes={number}" for number in range(3, 220, options.step_inodes)]
    cases = [Case(disk, is_mount) for disk in (*sizes, *inodes) for is_mount in (False, True)]
    root = Path(tempfile.mkdtemp(prefix="keeproom-disks-"))
    try:
        return _run(DiskSweep(root), cases, options.jobs)
    except NoMountError as error:
        sys.stdout.write(f"{error}\n")
        return 3
    finally:
        shutil.rmtree(root)


def _run(sweep: DiskSweep, cases: list[Case], side_by_side: int) -> int:
    codes: Counter[int | None] = Counter()
    bad = 0
    with ThreadPoolExecutor(side_by_side) as pool:
        for case, (ran, problems) in zip(cases, pool.map(sweep.try_case, cases), strict=True):
            codes[ran.code] += 1
            bad += bool(problems)
            if problems:
                sys.stdout.write("\n    ".join([f"{case}:", *problems]) + "\n")
                sys.stdout.flush()
    sys.stdout.write(f"{bad} of {len(cases)} disks broke a promise; exit codes {dict(codes)}\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
