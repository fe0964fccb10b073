"""A library of an older version, with data in it, is brought up to date when it is opened; a copy is made before."""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from keeproom.__main__ import main
from keeproom.catalog.migrating import migrate
from keeproom.catalog.schema import HEAD, check_file
from keeproom.catalog.tables import AssetRow, AssetTextRow, BlobRow, FolderRow
from keeproom.catalog.words import ids_matching, one_word
from keeproom.library import plans
from keeproom.library.imports import ImportState, import_items, list_imports
from keeproom.library.layout import Layout
from keeproom.library.listing import list_assets
from keeproom.library.opening import open_library
from keeproom.library.wording import bring_up_to_date
from keeproom.media.exposure import iso_of, lens_of, position_of
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


CAMERA = {
    "EXIF:ISO": 800,
    "EXIF:LensModel": " 50mm F1.4 ",
    "Composite:GPSLatitude": 48.85,
    "Composite:GPSLongitude": -2,
    "XMP:Headline": "Fontana di Trevi",
}
METADATA: list[dict[str, object]] = [
    CAMERA,
    CAMERA | {"Composite:LensID": 61182, "XMP:Lens": "other"},
    CAMERA | {"Composite:LensID": "Sigma", "EXIF:ISO": 0},
    CAMERA | {"EXIF:ISO": "800", "EXIF:LensModel": 7, "XMP:LensModel": "third"},
    CAMERA | {"EXIF:ISO": 2**31, "Composite:GPSLatitude": 91},
    CAMERA | {"Composite:GPSLongitude": "2 W", "EXIF:LensModel": "  "},
    {},
]
"""What exiftool said of files that an older program read."""

READ = """
    UPDATE asset SET captured = '2023-05-01T22:00:00' WHERE id = 1;
    INSERT INTO source (asset_id, entry_id, path_bytes, path, size_bytes, modified_ns) VALUES
        (1, 1, X'2F70686F746F732F526F6D652F61', '/photos/Rome/a', 100, 1),
        (1, 1, X'2F70686F746F732F526F6D652F62', '/photos/Rome/b', 100, 1),
        (2, 3, X'2F70FF2F61', '/p�/a', 20, 1);
    INSERT INTO tag (id, uuid, name, folded, revision) VALUES
        (1, '000000000000000000000000000000c1', 'places/Rome', 'places/rome', 1);
    INSERT INTO asset_tag VALUES (1, 1);
"""


@pytest.fixture
def second(folder: Path) -> Path:
    """The same library as version 2 left it, with sources, a tag and metadata."""
    file = Layout(folder).catalog
    migrate(file, to="2")
    packed = [(number, zlib.compress(json.dumps(tags).encode())) for number, tags in enumerate(METADATA, 1)]
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(READ)
        blobs = [(number, f"{number}" * 4) for number, _ in packed[2:]]
        connection.executemany(
            "INSERT INTO blob (id, sha256, size_bytes, kind, mime, revision) VALUES (?, ?, 1, 'image', 'image/png', 1)",
            blobs,
        )
        connection.executemany("INSERT INTO blob_metadata (blob_id, tags) VALUES (?, ?)", packed)
        connection.commit()
    assert check_file(file) == 2
    return folder


def test_facts_of_the_exposure_are_read_from_old_metadata_as_from_new(second: Path) -> None:
    with open_library(second) as library, library.catalog.read() as session:
        rows = session.scalars(select(BlobRow).order_by(BlobRow.id)).all()
        upgraded = [(row.lens, row.iso, row.latitude, row.longitude) for row in rows]
    assert upgraded == [(lens_of(tags), iso_of(tags), *(position_of(tags) or (None, None))) for tags in METADATA]
    assert upgraded[0] == ("50mm F1.4", 800, 48.85, -2.0)


def test_old_assets_are_found_by_their_words_folders_and_names(second: Path) -> None:
    with open_library(second) as library:
        assert bring_up_to_date(library, lambda: False)
        with library.catalog.read() as session:
            text = session.get_one(AssetTextRow, 1)
            assert (text.name, text.tags, text.dates) == ("b.jpg", "places Rome", "2023 may 05 2023-05")
            assert (text.folders, text.details) == ("photos Rome", "50mm F1.4\nFontana di Trevi")
            assert ids_matching(session, one_word("trevi", is_prefix=False)).tolist() == [1, 2]
            folders = session.execute(select(FolderRow.path_bytes, FolderRow.path).order_by(FolderRow.id)).all()
            assert [tuple(folder) for folder in folders] == [(b"/photos/Rome", "/photos/Rome"), (b"/p\xff", "/p�")]
            assert session.scalars(select(AssetRow.name_key).order_by(AssetRow.id)).all() == ["b.jpg", "a.jpg"]
        assert [asset.tags for asset in list_assets(library, "id:1")] == [("places/Rome",)]


def test_a_search_by_command_finds_what_an_older_program_kept(
    second: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["--library", str(second), "--json", "list", "trevi"]) == 0
    found = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert [each["id"] for each in found] == [2, 1]


def test_names_are_ordered_by_an_index(folder: Path) -> None:
    with open_library(folder) as library, library.catalog.read() as session:
        query = "SELECT id FROM asset WHERE trashed_at IS NULL ORDER BY name_key, id LIMIT 10"
        steps = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").fetchall()
    assert [step[3] for step in steps] == ["SCAN asset USING INDEX ix_asset_name"]
