"""Columns read in bulk: every value as it is kept, and no query that walks through the library."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from keeproom.catalog.columns import BLOB, COLUMNS, FURTHER, PREDECESSORS, all_columns, columns_of
from keeproom.catalog.packing import NO_DATE
from keeproom.library.opening import open_library
from tests.bench.synthetic import make_library

NAMES = [column.name for column in (*COLUMNS, *FURTHER, BLOB)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("synthetic") / "library"
    make_library(made, 100, thumbnailed=0)
    return made


def test_columns_hold_what_the_rows_hold(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "catalog.sqlite3")) as catalog:
        rows = catalog.execute(
            "SELECT asset.id, asset.captured, size_bytes, entry_id, rating, asset.trashed_at IS NOT NULL"
            " FROM asset JOIN blob ON blob.id = blob_id ORDER BY asset.id"
        ).fetchall()
    with open_library(folder) as library, library.catalog.read() as session:
        columns = all_columns(session, NAMES)
    read = zip(
        *(columns[name].tolist() for name in ("id", "captured", "size", "entry", "rating", "trashed")), strict=True
    )
    assert [(*row[:1], _wall(row[1]), *row[2:]) for row in read] == rows
    assert {len(column) for column in columns.values()} == {100}


def _wall(seconds: int) -> str | None:
    return None if seconds == NO_DATE else (datetime(1970, 1, 1) + timedelta(seconds=seconds)).isoformat()  # noqa: DTZ001


def test_some_rows_are_those_of_all(folder: Path) -> None:
    with open_library(folder) as library, library.catalog.read() as session:
        whole, some = all_columns(session, NAMES), columns_of(session, [3, 50, 999], NAMES)
        none = columns_of(session, [], NAMES)
    assert set(some) == set(NAMES)
    for column in (*COLUMNS, *FURTHER, BLOB):
        assert str(some[column.name].tolist()) == str(whole[column.name][[2, 49]].tolist())
        assert (len(none[column.name]), none[column.name].dtype) == (0, whole[column.name].dtype)


def test_neighbours_by_name_are_found_by_the_index(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "catalog.sqlite3")) as catalog:
        plan = [row[3] for row in catalog.execute(f"EXPLAIN QUERY PLAN {PREDECESSORS}", {"ids": "[1]"})]
    steps = [step for step in plan if " other " in step]
    assert len(steps) == 2
    assert all(step.startswith("SEARCH other USING") and "ix_asset_name" in step for step in steps), plan


def test_an_empty_column_has_no_rows() -> None:
    for column in (*COLUMNS, *FURTHER):
        assert len(column.parse("")) == 0
        assert np.issubdtype(column.parse("").dtype, np.number)
