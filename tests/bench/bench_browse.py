"""Views of a million assets: any filter to its first page, its total and all facets; orders, edits, and the start."""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Select, func, select

from keeproom.catalog.tables import AssetRow, AssetTagRow, BlobRow, SourceRow
from keeproom.library.arranger import Arranger
from keeproom.library.arranging import Arrangement
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.layout import Layout
from keeproom.library.opening import Library, open_library
from keeproom.library.search import clause, parse
from keeproom.library.views import SidebarCounts, View, cells
from keeproom.model import Grouping, SortKey
from tests.bench.bench_grid import LARGE, SMALL, start_figures
from tests.bench.product import trial_folder
from tests.bench.rounds import BenchFailedError, table, tell_machine, verdict
from tests.bench.synthetic import synthetic_library

PAGE = 200
ROUNDS = 3
EDITED = 10_000
FILTER_S, SORT_S, EDIT_S, TIMES_FASTER, START_RATIO = 0.050, 0.200, 2.0, 50, 2.0

FILTERS = (
    *("kind:video", "kind:image", "rating:>=4", "rating:0", "label:red", "flag:pick", "-flag:reject"),
    *("camera:Canon", 'camera:"NIKON D750"', "lens:FE", "iso:>=3200", "date:2023", "date:2015-05..2020-07"),
    *("imported:2020", "size:>20MB", "width:>=6000", "height:<3000", "duration:<30s", "ext:jpg", "mime:image/*"),
    *("tag:places", "tag:Rome", "is:untagged", "is:problem", "has:gps", "folder:2023", "collection:Rome", "rome"),
    *("near:48.86,2.35,20km", "kind:image rating:>=3", "kind:video duration:<30s", "tag:people date:2018.."),
    *("camera:Apple has:gps", "rating:0 -flag:reject", "label:red OR label:green", "sea kind:image"),
    *("kind:image camera:Canon date:2010..2020", "rating:>=1 tag:places size:>2MB", "ext:heic has:gps rating:0"),
    *("-tag:people -has:gps kind:image", "rome date:2015.. kind:image", "lens:50 iso:<400 width:>=4000"),
)
"""Of one to three fields, from those that find nearly all to those that find a few."""

GROUPED = ("kind:image", "rating:>=4", "camera:Canon", "date:2015-05..2020-07", "tag:places", "kind:image rating:>=3")
"""For these SQLite counts the same facets by GROUP BY; it takes seconds for each."""

STARTING: Mapping[str, Mapping[str, str]] = {
    "newest photos": {"grid.sort": "-captured"},
    "with days": {"grid.sort": "-captured", "grid.group": "day"},
    "with imports": {"grid.sort": "-imported", "grid.group": "import"},
    "with collections": {"grid.sort": "imported", "grid.group": "collection"},
}


@dataclass(frozen=True)
class Taken:
    """Seconds: as they passed, and of the processor, which other programs do not lengthen as much."""

    wall: float
    cpu: float


def bench(large: int, small: int, rounds: int, starts: int, within: Path | None = None) -> None:
    """Measure a large library, and how it starts against a small one; both are made if they are not there."""
    folder = synthetic_library(large, within)
    tell_machine()
    with open_library(folder) as library:
        arranger = Arranger(library)
        _tell_memory(library, arranger, large)
        _tell_filters(library, arranger, rounds)
        _tell_orders(arranger, rounds)
    _tell_edits(folder)
    _tell_starts(folder, synthetic_library(small, within), starts)


def taken(act: Callable[[], object]) -> Taken:
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return Taken(time.perf_counter() - wall, time.process_time() - cpu)


def median(each: Sequence[Taken]) -> Taken:
    return Taken(statistics.median(one.wall for one in each), statistics.median(one.cpu for one in each))


def _row(name: str, each: Sequence[Taken], target: float | None, *more: str) -> list[str]:
    middle = median(each)
    shown = "" if target is None else f"≤ {_ms(target)}"
    return [name, *more, _ms(middle.wall), _ms(middle.cpu), shown, verdict(middle.wall, target)]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _tell_memory(library: Library, arranger: Arranger, count: int) -> None:
    """What a library takes on disk and in memory, and how long it takes to be there."""
    read = taken(arranger.snapshots.latest)
    core = arranger.snapshots.latest().size_bytes
    counted = taken(arranger.counts)
    whole = arranger.snapshots.latest().size_bytes
    catalog = Layout(library.folder).catalog.stat().st_size
    print(f"\nThe catalog takes {catalog / count:.0f} bytes an asset", flush=True)
    print(
        f"The snapshot's columns take {core / count:.0f} bytes an asset, {core / 1e6:.0f} MB; read in {_ms(read.wall)}"
    )
    print(
        f"With pairs {whole / count:.0f} bytes, {whole / 1e6:.0f} MB; first counts in {_ms(counted.wall)}", flush=True
    )


def answer(library: Library, arranger: Arranger, query: str) -> tuple[Arrangement, SidebarCounts]:
    """All that the window shows after a filter was chosen: the first page, how many there are, every count."""
    view = View("", query)
    arranged = arranger.arrange(view, "-captured")
    counts = arranger.counts(view)
    cells(library, arranged.ids[:PAGE].tolist())
    return arranged, counts


def _tell_filters(library: Library, arranger: Arranger, rounds: int) -> None:
    first = {query: answer(library, arranger, query)[1].found for query in FILTERS}
    times: dict[str, list[Taken]] = {query: [] for query in FILTERS}
    for _ in range(rounds):  # in turns, so that no answer is remembered from the last time
        for query in FILTERS:
            times[query].append(taken(lambda query=query: answer(library, arranger, query)))  # type: ignore[misc]
    rows = [_row(query, times[query], FILTER_S, f"{first[query]:,}") for query in FILTERS]
    print("\n" + table(["first page, total and facets", "found", "wall", "CPU", "target", ""], rows))
    middle = sorted(median(each).wall for each in times.values())
    print(f"median {_ms(statistics.median(middle))}, slowest {_ms(middle[-1])}", flush=True)
    _tell_grouped(library, arranger, rounds)


def _tell_grouped(library: Library, arranger: Arranger, rounds: int) -> None:
    rows = []
    for query in GROUPED:
        theirs = taken(lambda query=query: grouped(library, query))  # type: ignore[misc]
        ours = median([taken(lambda query=query: arranger.counts(View("", query))) for _ in range(rounds)])  # type: ignore[misc]
        times = theirs.cpu / ours.cpu
        rows.append([query, _ms(ours.cpu), _ms(theirs.cpu), f"{times:.0f} ×", verdict(-times, -TIMES_FASTER)])
    print("\n" + table(["all facets, CPU", "Keeproom", "GROUP BY", f"≥ {TIMES_FASTER} ×", ""], rows), flush=True)


def grouped(library: Library, query: str) -> dict[str, dict[Any, int]]:
    """The same facets by GROUP BY, but tags and folders without what is below them, which is the lesser question."""
    found = parse(query)
    month = func.substr(AssetRow.captured, 1, 7)
    facets: Mapping[str, Select[Any]] = {
        "kind": select(BlobRow.kind, func.count()).group_by(BlobRow.kind),
        "camera": select(BlobRow.camera, func.count()).group_by(BlobRow.camera),
        "rating": select(AssetRow.rating, func.count()).group_by(AssetRow.rating),
        "date": select(month, func.count()).group_by(month),
        "label": select(AssetRow.label, func.count()).group_by(AssetRow.label),
        "flag": select(AssetRow.flag, func.count()).group_by(AssetRow.flag),
        "tag": select(AssetTagRow.tag_id, func.count()).group_by(AssetTagRow.tag_id),
        "folder": select(SourceRow.folder_id, func.count(AssetRow.id.distinct())).group_by(SourceRow.folder_id),
    }
    joined = {"tag": AssetTagRow, "folder": SourceRow}
    counts = {}
    with library.catalog.read() as session:
        for name, facet in facets.items():
            source = facet.select_from(AssetRow).join(BlobRow, BlobRow.id == AssetRow.blob_id)
            if name in joined:
                source = source.join(joined[name], joined[name].asset_id == AssetRow.id)
            asked = source.where(AssetRow.trashed_at.is_(None), clause(found))
            counts[name] = {row[0]: row[1] for row in session.execute(asked)}
    return counts


def _tell_orders(arranger: Arranger, rounds: int) -> None:
    rows = []
    for key in SortKey:
        first = taken(lambda key=key: arranger.arrange(View(), f"-{key}"))  # type: ignore[misc]
        again = [taken(lambda key=key: arranger.arrange(View(), str(key))) for _ in range(rounds)]  # type: ignore[misc]
        rows += [_row(f"by {key}, first", [first], SORT_S), _row(f"by {key}, again", again, SORT_S)]
    for grouping in Grouping:
        arranger.arrange(View(), "-captured", grouping)
        each = [taken(lambda g=grouping: arranger.arrange(View(), "-captured", g)) for _ in range(rounds)]  # type: ignore[misc]
        rows.append(_row(f"grouped by {grouping}", each, SORT_S))
    print("\n" + table(["order of all", "wall", "CPU", "target", ""], rows), flush=True)


EDITS: Mapping[str, Edit] = {
    "rating": Edit(facts={"rating": 4}),
    "title": Edit(facts={"title": "A day by the sea"}),
    "two tags": Edit(add_tags=("bench/one", "places/Italy/Rome")),
    "a quarter turn": Edit(turn=1),
}


def _tell_edits(folder: Path) -> None:
    """Edits of assets all over the library, on a copy, and how the snapshot follows them.

    Nobody writes in the library of the benchmarks, so that its catalog file is all there is.
    """
    rows = []
    with trial_folder() as trial:
        copy = trial / "library"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("thumbnails", "*-wal", "*-shm"))
        with open_library(copy) as library:
            arranger = Arranger(library)
            ids = arranger.arrange(View(), "name").ids
            arranger.counts()
            chosen = np.sort(ids[:: max(1, len(ids) // EDITED)][:EDITED]).tolist()
            for name, edit in EDITS.items():
                rows.append(_row(name, [taken(lambda edit=edit: edit_assets(library, chosen, edit))], EDIT_S))  # type: ignore[misc]
                rows.append(_row("    to be seen after it", [taken(lambda: answer(library, arranger, ""))], None))
    print("\n" + table([f"edit of {len(chosen):,}", "wall", "CPU", "target", ""], rows), flush=True)


def _tell_starts(large: Path, small: Path, times: int) -> None:
    ours, theirs = (start_figures(folder, times, STARTING) for folder in (large, small))
    ratios = {name: ours[name] / theirs[name] for name in STARTING}
    rows = [
        [name, _ms(ours[name]), _ms(theirs[name]), f"{ratio:.2f} ×", verdict(ratio, START_RATIO)]
        for name, ratio in ratios.items()
    ]
    head = ["start to first painted page", "large", "small", f"≤ {START_RATIO:.0f} ×", ""]
    print("\n" + table(head, rows), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=LARGE)
    parser.add_argument("--small", type=int, default=SMALL)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--starts", type=int, default=5)
    asked = parser.parse_args()
    try:
        bench(asked.large, asked.small, asked.rounds, asked.starts)
    except BenchFailedError as error:
        print(f"The benchmark failed: {error}", file=sys.stderr)
        sys.exit(1)
