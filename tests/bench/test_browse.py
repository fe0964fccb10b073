"""The benchmark of views in short, and that what it compares is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from keeproom.library.arranger import Arranger
from keeproom.library.opening import open_library
from keeproom.library.views import View
from tests.bench import bench_browse
from tests.bench.bench_browse import EDITS, FILTERS, GROUPED, STARTING, bench, grouped
from tests.bench.synthetic import synthetic_library

COUNT = 700


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench")


def test_every_filter_order_edit_and_start_is_measured(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    once = {name: STARTING[name] for name in ("with collections",)}
    monkeypatch.setattr(bench_browse, "STARTING", once)
    bench(COUNT, COUNT, rounds=1, starts=1, within=place)
    printed = capsys.readouterr().out
    assert [line for line in (*FILTERS, *GROUPED, *EDITS, *once) if line not in printed] == []
    assert "bytes an asset" in printed


@pytest.mark.parametrize("query", GROUPED)
def test_sqlite_counts_the_same_facets(place: Path, query: str) -> None:
    with open_library(synthetic_library(COUNT, place)) as library:
        counts, theirs = Arranger(library).counts(View("", query)), grouped(library, query)
    assert counts.kinds == theirs["kind"]
    assert counts.ratings == theirs["rating"]
    assert counts.labels == {name or "": count for name, count in theirs["label"].items()}
    assert counts.flags == {name or "": count for name, count in theirs["flag"].items()}
    assert dict(counts.cameras) == {name: count for name, count in theirs["camera"].items() if name}
    months = {None if month is None else (int(month[:4]), int(month[5:])): n for month, n in theirs["date"].items()}
    assert counts.months == months
