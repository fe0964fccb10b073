"""Which catalogs are opened, and how they come up to date."""

from __future__ import annotations

import hashlib
import sqlite3
import textwrap
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.schema import CreateIndex

from keeproom.catalog import sqlite
from keeproom.catalog.backup import copy_catalog
from keeproom.catalog.creating import SCHEMA, create_catalog
from keeproom.catalog.migrating import MIGRATIONS, migrate, schema_of_migrations
from keeproom.catalog.schema import HEAD, check_file
from keeproom.catalog.tables import Base
from keeproom.errors import LibraryDamagedError, LibraryTooNewError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "catalog.sqlite3"
    file.touch()
    migrate(file)
    return file


def folder_state(folder: Path) -> dict[str, tuple[int, str]]:
    return {
        path.name: (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in folder.iterdir()
        if path.is_file()
    }


def test_the_migrations_make_exactly_the_tables(file: Path) -> None:
    engine = sqlite.make_engine(file)
    with engine.connect() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "include_object": without_search_index}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def without_search_index(_: object, name: str | None, kind: str, __: bool, ___: object) -> bool:
    """SQLite keeps the search index in tables of its own making."""
    return kind != "table" or not (name or "").startswith("asset_words")


def test_the_migrations_make_exactly_the_indexes(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        made = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql > ''")}
    wanted = {
        str(CreateIndex(index).compile(dialect=SQLiteDialect()))
        for table in Base.metadata.tables.values()
        for index in table.indexes
    }
    assert made == wanted


def test_a_new_catalog_is_what_the_migrations_make(file: Path, tmp_path: Path) -> None:
    assert SCHEMA.read_text("utf-8") == schema_of_migrations(), "write it anew: python -m keeproom.catalog.migrating"
    new = tmp_path / "new.sqlite3"
    create_catalog(new, uuid4())
    assert schema_of(new) == schema_of(file)
    assert check_file(new) == HEAD


def test_head_is_the_newest_migration(file: Path) -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == str(HEAD)
    assert check_file(file) == HEAD


@pytest.mark.parametrize(
    "change",
    [
        "PRAGMA user_version = 99",
        "UPDATE alembic_version SET version_num = '99'",
        "UPDATE alembic_version SET version_num = 'x7'",
    ],
)
def test_a_newer_catalog_is_refused_and_not_touched(file: Path, change: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(change)
    before = folder_state(file.parent)
    with pytest.raises(LibraryTooNewError, match="newer Keeproom"):
        check_file(file)
    assert folder_state(file.parent) == before


@pytest.mark.parametrize("content", [b"", b"not a database", b"\0" * 5000])
def test_what_is_no_database_is_damaged(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "catalog.sqlite3"
    file.write_bytes(content)
    with pytest.raises(LibraryDamagedError, match="damaged"):
        check_file(file)
    assert file.read_bytes() == content


def test_a_missing_catalog_says_so(tmp_path: Path) -> None:
    with pytest.raises(LibraryDamagedError, match="missing"):
        check_file(tmp_path / "catalog.sqlite3")


def next_migration(folder: Path, body: str) -> Path:
    """A copy of the migrations with one more."""
    migrations = folder / "migrations"
    (migrations / "versions").mkdir(parents=True)
    for path in MIGRATIONS.rglob("*.py"):
        target = migrations / path.relative_to(MIGRATIONS)
        target.write_text(path.read_text("utf-8"), "utf-8")
    head = f'import sqlalchemy as sa\nfrom alembic import op\nrevision = "{HEAD + 1}"\ndown_revision = "{HEAD}"\n'
    code = head + "def upgrade():\n" + textwrap.indent(textwrap.dedent(body), "    ")
    (migrations / "versions" / "next.py").write_text(code, "utf-8")
    return migrations


def schema_of(file: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_an_upgrade_that_fails_half_way_leaves_the_catalog_as_it_was(file: Path, tmp_path: Path) -> None:
    migrations = next_migration(
        tmp_path, 'op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True))\nraise RuntimeError("power")'
    )
    before = schema_of(file)
    with pytest.raises(RuntimeError, match="power"):
        migrate(file, migrations=migrations)
    assert schema_of(file) == before
    assert check_file(file) == HEAD


def test_an_upgrade_by_copying_a_parent_table_keeps_the_children(file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("INSERT INTO tag VALUES (1, 'u', 'rome', 'rome', 1)")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("INSERT INTO entry VALUES (1, 'e', 0, 0, 'd', 1, 'import', NULL)")
        connection.execute(
            "INSERT INTO blob (id, sha256, size_bytes, kind, mime, revision) VALUES (1, 'a', 1, 'i', 'm', 1)"
        )
        connection.execute(
            "INSERT INTO asset (id, uuid, blob_id, entry_id, name, imported_at, revision)"
            " VALUES (1, 'a', 1, 1, 'n', 0, 1)"
        )
        connection.execute("INSERT INTO asset_tag VALUES (1, 1)")
    body = """
        with op.batch_alter_table("tag", recreate="always") as batch:
            batch.add_column(sa.Column("colour", sa.Integer))
    """
    migrate(file, migrations=next_migration(tmp_path, body))
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM asset_tag").fetchone() == (1,)
        assert connection.execute("SELECT colour FROM tag").fetchall() == [(None,)]


def test_a_copy_is_complete_although_the_catalog_is_in_use(file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("INSERT INTO tag VALUES (1, 'u', 'rome', 'rome', 1)")
        copy_catalog(file, tmp_path / "copy.sqlite3")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as connection:
        assert connection.execute("SELECT name FROM tag").fetchall() == [("rome",)]
