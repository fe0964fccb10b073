"""Columns read in bulk: every value as it is kept, and no query that walks through the library."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select, update

from keeproom.catalog import columns
from keeproom.catalog.columns import (
    BLOB,
    COLUMNS,
    FURTHER,
    PREDECESSORS,
    all_columns,
    all_texts,
    columns_of,
    ids_by_name,
    texts_by_blob,
    texts_of,
)
from keeproom.catalog.packing import NO_DATE
from keeproom.catalog.tables import AssetRow
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
        found = all_columns(session, NAMES)
    read = zip(
        *(found[name].tolist() for name in ("id", "captured", "size", "entry", "rating", "trashed")), strict=True
    )
    assert [(*row[:1], _wall(row[1]), *row[2:]) for row in read] == rows
    assert {len(column) for column in found.values()} == {100}


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


def texts(found: object) -> dict[int, str]:
    return {id_: value for value, ids in found for id_ in ids.tolist()}  # type: ignore[attr-defined]


NAMED = {
    1: ("a.JPG", "jpg"),
    2: ("a.b.tar", "tar"),
    3: ("noextension", None),
    4: ("ends.", None),
    5: (".hidden", "hidden"),
    6: ("x.photoshop", "photoshop"),
    7: ("x.y.Z", "z"),
    8: ("übung.äöü", "äöü"),
    9: ("", None),
    10: ("a.b.", None),
    11: ("..a", "a"),
}


def test_an_extension_is_what_follows_the_last_dot(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "library")
    with open_library(tmp_path / "library") as library:
        with library.catalog.write() as write:
            for id_, (name, _) in NAMED.items():
                write.session.execute(update(AssetRow).where(AssetRow.id == id_).values(name=name))
        with library.catalog.read() as session:
            whole, some = texts(all_texts(session, "ext")), texts(texts_of(session, "ext", list(NAMED)))
    expected = {id_: ext for id_, (_, ext) in NAMED.items() if ext}
    assert some == expected
    assert {id_: ext for id_, ext in whole.items() if id_ in NAMED} == expected


@pytest.mark.parametrize("name", ["camera", "lens"])
def test_texts_of_blobs_are_those_of_their_assets(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(columns, "ROWS_AT_ONCE", 7)
    with open_library(folder) as library, library.catalog.read() as session:
        by_blob = texts_by_blob(session, name)
        assert by_blob is not None
        # Of this library each asset has the blob of its own number.
        assert texts(by_blob) == texts(all_texts(session, name)) == texts(texts_of(session, name, list(range(1, 101))))
        monkeypatch.setattr(columns, "MANY_TEXTS", 2)
        assert texts_by_blob(session, name) is None
        assert texts_by_blob(session, "ext") is None


def test_names_are_in_order_whatever_page_they_come_with(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(folder, tmp_path / "library")
    monkeypatch.setattr(columns, "ROWS_AT_ONCE", 4)
    with open_library(tmp_path / "library") as library:
        with library.catalog.write() as write:
            for id_ in range(1, 61):
                write.session.execute(update(AssetRow).where(AssetRow.id == id_).values(name_key="ab"[id_ % 2]))
            write.session.execute(update(AssetRow).where(AssetRow.id.in_((5, 6, 90))).values(name_key=""))
        with library.catalog.read() as session:
            living = select(AssetRow.id).where(AssetRow.trashed_at.is_(None)).order_by(AssetRow.name_key, AssetRow.id)
            assert ids_by_name(session).tolist() == list(session.scalars(living))
