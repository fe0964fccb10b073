"""Two processes import the same folder at once, again and again; in some rounds one of them is killed.

    python -m tests.faults.race_sweep [--rounds N]

Exit code: 0 every promise was kept, 1 some was broken.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.faults.command import Place, Ran
from tests.faults.promises import Finished, broken_in_the_end, dishonest_reports, rows
from tests.faults.sources import make_photos, make_sources

COUNT = 16


class Race:
    """Photos and small files with duplicates, and what one process makes of them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._undisturbed = Place(root / "undisturbed").fill(make_photos(root / "photos", COUNT))
        make_sources(self._undisturbed.files / "others", broken=False)
        self._undisturbed.import_files()
        self.expected = Finished.of(self._undisturbed)

    def run(self, *, with_library: bool = False, kill_after: int | None = None) -> list[str]:
        """One round; which promises were broken. One is killed when it has said so many lines."""
        place = Place(Path(tempfile.mkdtemp(dir=self._root)) / "place").fill(self._undisturbed.files)
        if with_library:
            place.run("list")
        with place.started("import", place.files) as one, place.started("import", place.files) as two:
            if kill_after is not None:
                one.wait_for_lines(kill_after)
                one.kill()
            first, second = one.finish(), two.finish()
        is_whole = kill_after is None
        problems = [*self._problems(place, first, second), *(self._problems_of_both(place, first) if is_whole else [])]
        if not problems:
            shutil.rmtree(place.root)
        return problems

    def _problems(self, place: Place, first: Ran, second: Ran) -> Iterator[str]:
        """What must never be, whether the first one was killed or not."""
        if second.code != 0 or first.code not in (0, -9):
            yield f"they ended with {first.code} and {second.code}: {first.errors} {second.errors}"
        for ran in (first, second):
            yield from dishonest_reports(ran, place)
        if len(second.files) != sum(path.is_file() for path in place.files.rglob("*")):
            yield f"only {len(second.files)} files were reported"
        counts = Counter(f["sha256"] for ran in (first, second) for f in ran.files if f["outcome"] == "imported")
        yield from (f"imported {count} times: {sha256}" for sha256, count in counts.items() if count > 1)
        if first.code == 0 and set(counts) != set(self.expected.facts):
            yield f"imported by nobody: {set(self.expected.facts) - set(counts)}"
        yield from broken_in_the_end(place, self.expected)

    def _problems_of_both(self, place: Place, first: Ran) -> Iterator[str]:
        if first.summary is None or len(first.files) != first.summary["found"]:
            yield "the first one did not report all files"
        if (tries := rows(place.library, "SELECT DISTINCT attempts FROM job")) != [(1,)]:
            yield f"stages were tried {tries} times"
        if (entries := rows(place.library, "SELECT count(*) FROM entry WHERE action = 'import'")) != [(2,)]:
            yield f"{entries} imports are in the log"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args(arguments).rounds
    root = Path(tempfile.mkdtemp(prefix="keeproom-races-"))
    race = Race(root)
    bad = 0
    for number in range(rounds):
        kill_after = None if number % 2 else number % (COUNT + 8)
        problems = race.run(with_library=number % 4 > 1, kill_after=kill_after)
        bad += bool(problems)
        if problems:
            sys.stdout.write("\n    ".join([f"round {number}, killed after {kill_after}:", *problems]) + "\n")
            sys.stdout.flush()
    sys.stdout.write(f"{bad} of {rounds} rounds broke a promise\n")
    if not bad:
        shutil.rmtree(root)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
