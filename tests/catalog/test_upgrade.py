"""A library of an older version, with data in it, is brought up to date when it is opened; a copy is made before."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from keeproom.catalog.migrating import migrate
from keeproom.catalog.schema import HEAD, check_file
from keeproom.library import plans
from keeproom.library.imports import ImportState, import_items, list_imports
from keeproom.library.layout import Layout
from keeproom.library.listing import list_assets
from keeproom.library.opening import open_library
from keeproom.model import Outcome

ROWS = """
    INSERT INTO state (id, revision, device, sequence) VALUES (1, 7, '000000000000000000000000000000d0', 3);
    INSERT INTO entry (id, uuid, at, ended_at, device, sequence, action) VALUES
        (1, '00000000000000000000000000000001', 1000000, 2000000, '000000000000000000000000000000d0', 1, 'import'),
        (2, '00000000000000000000000000000002', 3000000, 4000000, '000000000000000000000000000000d0', 2, 'edit'),
        (3, '00000000000000000000000000000003', 5000000, NULL, '000000000000000000000000000000d0', 3, 'import');
    INSERT INTO blob (id, sha256, size_bytes, kind, mime, revision) VALUES
        (1, '1111', 100, 'image', 'image/jpeg', 1), (2, '2222', 20, 'image', 'image/jpeg', 1);
    INSERT INTO asset (id, uuid, blob_id, entry_id, name, imported_at, revision) VALUES
        (1, '000000000000000000000000000000b1', 1, 1, 'b.jpg', 1000000, 1),
        (2, '000000000000000000000000000000b2', 2, 3, 'A.jpg', 1000000, 1);
    INSERT INTO version VALUES (1, 1, 1, 1), (2, 1, 3, 2);
    INSERT INTO import_item VALUES
        (1, 1, X'2F61', '/a', 'imported', 1, '1111', 100, NULL, NULL),
        (2, 1, X'2F62', '/b', 'failed', NULL, NULL, 40, 'io-error', 'Broken.'),
        (3, 3, X'2F63', '/c', 'imported', 2, '2222', 20, NULL, NULL),
        (4, 3, X'2F64', '/d', 'duplicate', 1, '1111', 100, NULL, NULL);
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library whose catalog is of version 1: an import that ended, an edit, and an import that was killed."""
    folder = tmp_path / "Library"
    with open_library(folder):
        pass
    file = Layout(folder).catalog
    for path in folder.glob("catalog.sqlite3*"):
        path.unlink()
    file.touch(0o600)
    migrate(file, to="1")
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(ROWS)
    assert check_file(file) == 1
    return folder


def test_an_old_library_is_upgraded_with_all_that_is_in_it(folder: Path) -> None:
    with open_library(folder) as library:
        assert check_file(Layout(folder).catalog) == HEAD
        assert [asset.name for asset in list_assets(library, sort="name")] == ["A.jpg", "b.jpg"]
        killed, ended = list_imports(library)
        assert (ended.entry, ended.state, ended.bytes, ended.waiting) == (1, ImportState.ENDED, 100, 0)
        assert (ended.counts[Outcome.IMPORTED], ended.counts[Outcome.FAILED]) == (1, 1)
        assert (killed.entry, killed.state, killed.bytes, killed.waiting) == (3, ImportState.INTERRUPTED, 20, 0)
        assert killed.folders == ()
        assert [str(item.path) for item in import_items(library, 3)] == ["/c", "/d"]
        assert plans.take_unfinished(library) == []


def test_what_failed_before_the_upgrade_can_be_tried_again(folder: Path) -> None:
    with open_library(folder) as library:
        run = plans.wait_again(library, 1, [1, 2])
        assert run.waiting == 1
        assert [planned.path for planned in plans.waiting_files(library, 1)] == ["/b"]


def test_the_copy_made_before_an_upgrade_is_the_old_catalog(folder: Path) -> None:
    open_library(folder).close()
    (copy,) = Layout(folder).backups.iterdir()
    assert "before-upgrade" in copy.name
    assert check_file(copy) == 1
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM import_item").fetchone() == (4,)
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'import'").fetchall() == []


def test_names_are_ordered_by_an_index(folder: Path) -> None:
    with open_library(folder) as library, library.catalog.read() as session:
        query = "SELECT id FROM asset WHERE trashed_at IS NULL ORDER BY name_key, id LIMIT 10"
        steps = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").fetchall()
    assert [step[3] for step in steps] == ["SCAN asset USING INDEX ix_asset_name"]
