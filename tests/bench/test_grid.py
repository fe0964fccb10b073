"""The benchmark of the grid in short: a library of some hundred, and every figure measured once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from keeproom.catalog.tables import (
    AssetRow,
    AssetTagRow,
    AssetTextRow,
    CollectionAssetRow,
    CollectionRow,
    FolderRow,
    StackRow,
)
from keeproom.catalog.words import ids_matching
from keeproom.library.layout import Layout
from keeproom.library.opening import Library, open_library
from keeproom.library.statistics import library_statistics
from keeproom.library.views import cells
from keeproom.library.wording import write_texts
from keeproom.model import THUMBNAIL_SIZES
from tests.bench import bench_grid
from tests.bench.bench_grid import ROWS, STARTING, bench
from tests.bench.synthetic import make_library, synthetic_library

COUNT = 700


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench")


def test_a_synthetic_library_is_a_sound_one(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = synthetic_library(COUNT, place)
    assert "once" in capsys.readouterr().err
    assert synthetic_library(COUNT, place) == folder
    assert capsys.readouterr().err == ""
    with closing(sqlite3.connect(Layout(folder).catalog)) as catalog:
        assert catalog.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert catalog.execute("PRAGMA foreign_key_check").fetchall() == []
    with open_library(folder) as library:
        told = library_statistics(library)
        assert told.assets + told.trashed == told.blobs == COUNT
        assert set(told.by_kind) == {"image", "video", "audio", "document"}
        seen = [cell for cell in cells(library, range(1, COUNT + 1)) if cell.thumbnailed]
        assert len(seen) > 0.9 * COUNT
        assert all(library.layout.thumbnail(cell.sha256, px).exists() for cell in seen for px in THUMBNAIL_SIZES)


def test_a_synthetic_library_is_found_by_the_words_that_a_real_one_has(tmp_path: Path) -> None:
    make_library(tmp_path / "library", 300, thumbnailed=0)
    with open_library(tmp_path / "library") as library:
        made = texts(library)
        with library.catalog.write() as write:
            write_texts(write, range(1, 301))
        assert texts(library) == made
        with library.catalog.read() as session:
            assert ids_matching(session, '"jpg" *').tolist() == [
                id_ for id_, name, *_ in made if ".jpg" in name.lower()
            ]


def texts(library: Library) -> list[tuple[object, ...]]:
    with library.catalog.read() as session:
        return [tuple(row) for row in session.execute(select(AssetTextRow.__table__)).all()]


def test_a_synthetic_library_is_organised(tmp_path: Path) -> None:
    make_library(tmp_path / "library", 2_000, thumbnailed=0)
    with open_library(tmp_path / "library") as library, library.catalog.read() as session:
        for table in (AssetTagRow, CollectionAssetRow, FolderRow, StackRow):
            assert session.scalar(select(func.count()).select_from(table)) > 10
        assert session.scalar(select(func.count()).where(CollectionRow.query.is_not(None))) >= 5
        tagged = session.scalar(select(func.count(AssetTagRow.asset_id.distinct())))
        assert 0.25 < tagged / 2_000 < 0.45
        lone = select(AssetRow.stack_id).group_by(AssetRow.stack_id).having(func.count() == 1)
        assert session.scalars(lone.where(AssetRow.stack_id.is_not(None))).all() == []


def test_the_same_seed_makes_the_same_library(tmp_path: Path) -> None:
    def names(folder: str, seed: int) -> list[str]:
        make_library(tmp_path / folder, 50, seed, thumbnailed=0)
        with open_library(tmp_path / folder) as library:
            return [cell.name + cell.sha256 for cell in cells(library, range(1, 51))]

    assert names("one", 3) == names("two", 3) != names("three", 4)


def test_every_figure_is_measured(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    once = {name: STARTING[name] for name in ("start by imported", "start with days")}
    monkeypatch.setattr(bench_grid, "STARTING", once)
    bench(COUNT, COUNT, starts=1, pages=4, within=place)
    printed = capsys.readouterr().out
    expected = [row.name for row in ROWS if row.name in once or row.name not in STARTING]
    assert [line for line in expected if line not in printed] == []
