"""Search over a million assets: each keystroke of a hundred words, completion, near spellings, and whole answers."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sqlalchemy.orm import Session

from keeproom.library.keeping import SnapshotKeeper
from keeproom.library.opening import Library, open_library
from keeproom.library.search import (
    complete,
    corrected,
    first_ids,
    needs,
    parse,
    rows_matching,
)
from keeproom.library.search.indexed import known_at
from keeproom.library.snapshot import Snapshot
from keeproom.model import SortKey
from tests.bench.lexicon import PLAIN, WORDS
from tests.bench.rounds import table, tell_machine, verdict
from tests.bench.synthetic import synthetic_library

LARGE = 1_000_000
ROUNDS = 3
FIRST = 50

NAMES = ("IMG_1234", "PXL_2023", "DSC0", "screenshot", "rechnung", "scan", "VID_2019", "track", "jpg", "heic")
CAMERAS = ("canon", "iphone", "pixel 7", "nikon d750", "sony", "powershot", "eos r6")
PLACES = ("pictures", "someone", "import 12", "2019", "may", "december 2020", "2023-05", "italy", "paris")
PAIRS = ("rome sunset", "canon 2019", "sea birthday", "img jpg", "nikon wedding", "paris -canon", "family christmas")
TYPED = (*NAMES, *CAMERAS, *PLACES, *PAIRS, *PLAIN, *WORDS[::50])[:100]
"""What is typed, letter by letter: names, cameras, folders, dates, tags, titles; some with two words."""

MISSPELT = ("bithday", "weding", "chrismas", "mountians", "cannon", "tag:sunste", "camera:nikn", "zzzzzzzz", "gardne")
QUERIES = (
    *("kind:video", "rating:>=4", "tag:places", "camera:canon", "date:2019", "folder:pictures", "size:>10MB"),
    *("canon", "i", "rome sunset", '"img jpg"', "-tag:any", "is:duplicate", "name:IMG_12*"),
    "kind:image rating:>=3 canon",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One thing that is measured: seconds of each time that it was done, and what these may be at most."""

    name: str
    seconds: Sequence[float]
    targets: tuple[float, float, float] | None = None

    def cells(self) -> list[str]:
        figures = [float(np.percentile(self.seconds, percent)) for percent in (50, 99, 100)]
        shown = [f"{figure * 1000:.2f} ms" for figure in figures]
        if self.targets is None:
            return [self.name, str(len(self.seconds)), *shown, "", ""]
        missed = [verdict(*each) for each in zip(figures, self.targets, strict=True)]
        most = " / ".join(f"{target * 1000:.0f}" for target in self.targets)
        return [self.name, str(len(self.seconds)), *shown, f"≤ {most} ms", "MISSED" if "MISSED" in missed else "met"]


def keystrokes(typed: Iterable[str]) -> Iterator[str]:
    """What stands in the field after each letter."""
    for text in typed:
        for length in range(1, len(text) + 1):
            if text[:length].strip() and not text[:length].endswith((" ", "-")):
                yield text[:length]


def timed(do: Callable[[str], object], each: Iterable[str]) -> list[float]:
    seconds = []
    for text in each:
        began = time.perf_counter()
        do(text)
        seconds.append(time.perf_counter() - began)
    return seconds


def bench(count: int, rounds: int, within: Path | None = None, most: int | None = None) -> None:
    """Measure a library of so many assets, made in `within` (the bench folder) if it is not there; of what is typed,
    no more than `most` words."""
    folder = synthetic_library(count, within)
    tell_machine()
    with open_library(folder) as library:
        keeper = SnapshotKeeper(library)
        began = time.perf_counter()
        keeper.latest(SortKey.CAPTURED)
        print(f"snapshot and order: {time.perf_counter() - began:.2f} s", flush=True)
        typed = TYPED[:most] * rounds
        rows = [*_typing(keeper, typed), *_helping(library, typed, rounds), *_answers(keeper, rounds)]
    print(table(["", "times", "p50", "p99", "max", "target", ""], [row.cells() for row in rows]), flush=True)


def _typing(keeper: SnapshotKeeper, typed: Sequence[str]) -> list[Row]:
    """Every keystroke, to the first ids."""
    texts = list(keystrokes(typed))
    with keeper.reading(SortKey.CAPTURED) as (session, snapshot):
        after_edit, again = _by_date_taken(session, snapshot, typed)
        return [
            Row("keystroke, newest import first", timed(_first(session, snapshot, "-imported"), texts), TYPE_AHEAD),
            Row("keystroke, by date taken, after an edit", after_edit),
            Row("keystroke, by date taken, typed again", again),
        ]


def _by_date_taken(session: Session, snapshot: Snapshot, typed: Sequence[str]) -> tuple[list[float], list[float]]:
    """Each word typed when nothing is known of any, as if something had been edited since the last one; and again."""
    after_edit, again = [], []
    find = _first(session, snapshot, "-captured")
    for word in typed:
        known_at(session, snapshot.revision - 1)
        after_edit += timed(find, keystrokes([word]))
        again += timed(find, keystrokes([word]))
    return after_edit, again


TYPE_AHEAD = (0.001, 0.030, 0.100)


def _first(session: Session, snapshot: Snapshot, sort: str) -> Callable[[str], object]:
    def find(text: str) -> object:
        parse.cache_clear()
        return first_ids(session, snapshot, parse(text), sort, FIRST)

    return find


def _helping(library: Library, typed: Sequence[str], rounds: int) -> list[Row]:
    fields = ("tag:", "tag:pla", "camera:", "folder:im", "date:", "date:2019", "lens:", "ext:", "collection:", "tag:x")
    completed = [*keystrokes(typed), *fields * rounds]
    first = timed(lambda text: corrected(library, parse(text)), MISSPELT[:1])
    others = [text for _ in range(rounds) for text in MISSPELT[1:]]
    return [
        Row("completion", timed(lambda text: complete(library, text, len(text)), completed), (0.030, 0.100, 0.200)),
        Row("near spelling, the first after a change", first),
        Row("near spelling", timed(lambda text: corrected(library, parse(text)), others), (0.030, 0.100, 0.200)),
    ]


def _answers(keeper: SnapshotKeeper, rounds: int) -> list[Row]:
    """All rows of a query, once everything is in memory that it needs."""
    rows = []
    for text in QUERIES:
        query = parse(text)
        with keeper.reading(None, needs(query)) as (session, snapshot):
            seconds = timed(lambda _, s=session, m=snapshot, q=query: rows_matching(s, m, q), [text] * rounds)  # type: ignore[misc]
            rows.append(Row(f"all of {text}", seconds))
    return rows


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=LARGE)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--within", type=Path)
    asked = parser.parse_args()
    bench(asked.count, asked.rounds, asked.within)
