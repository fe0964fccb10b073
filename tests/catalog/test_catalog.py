"""Reading and writing one catalog: transactions, revisions, what survives, what an error becomes."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from keeproom.catalog.catalog import Catalog, CatalogLock
from keeproom.catalog.creating import create_catalog
from keeproom.catalog.tables import BlobRow, StateRow, TagRow
from keeproom.catalog.uuid7 import uuid7
from keeproom.errors import LibraryDamagedError


def open_catalog(folder: Path) -> Catalog:
    return Catalog(folder / "catalog.sqlite3", CatalogLock(folder / "catalog.lock"))


def new_catalog(folder: Path) -> Catalog:
    create_catalog(folder / "catalog.sqlite3", uuid4())
    return open_catalog(folder)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = new_catalog(tmp_path)
    yield opened
    opened.close()


def add_tag(catalog: Catalog, name: str) -> int:
    with catalog.write() as write:
        write.session.execute(insert(TagRow).values(uuid=uuid4(), name=name, folded=name, revision=write.revision))
        return write.revision


def tags(catalog: Catalog) -> list[str]:
    with catalog.read() as session:
        return list(session.scalars(select(TagRow.name).order_by(TagRow.name)))


def test_each_write_takes_the_next_revision(catalog: Catalog) -> None:
    assert [add_tag(catalog, "a"), add_tag(catalog, "b")] == [1, 2]
    with catalog.read() as session:
        assert session.scalars(select(TagRow.revision)).all() == [1, 2]


def test_a_write_that_raises_leaves_nothing(catalog: Catalog) -> None:
    with pytest.raises(KeyError), catalog.write() as write:
        write.session.execute(insert(TagRow).values(uuid=uuid4(), name="x", folded="x", revision=write.revision))
        raise KeyError
    assert tags(catalog) == []
    assert add_tag(catalog, "y") == 1


def test_the_pragmas_of_the_house_hold_on_every_connection(catalog: Catalog) -> None:
    with catalog.read() as one, catalog.read() as two:
        for session in (one, two):
            bare = session.connection().exec_driver_sql
            assert bare("PRAGMA journal_mode").scalar_one() == "wal"
            assert bare("PRAGMA synchronous").scalar_one() == 2
            assert bare("PRAGMA foreign_keys").scalar_one() == 1


def test_references_are_checked(catalog: Catalog) -> None:
    from keeproom.catalog.tables import ClaimRow

    with pytest.raises(IntegrityError), catalog.write() as write:
        write.session.execute(insert(ClaimRow).values(sha256="0" * 64, asset_id=5))


def test_a_reader_sees_one_moment_while_others_write(catalog: Catalog) -> None:
    with catalog.read() as session:
        assert session.scalar(select(StateRow.revision)) == 0
        add_tag(catalog, "a")
        session.expire_all()
        assert session.scalar(select(StateRow.revision)) == 0
    assert tags(catalog) == ["a"]


def test_two_processes_and_many_threads_write_without_a_busy_error(catalog: Catalog, tmp_path: Path) -> None:
    other = open_catalog(tmp_path)
    errors: list[BaseException] = []

    def work(which: Catalog, name: str) -> None:
        try:
            for number in range(20):
                add_tag(which, f"{name}{number}")
        except BaseException as error:  # noqa: BLE001 (any error at all fails the test below)
            errors.append(error)

    threads = [
        threading.Thread(target=work, args=(which, f"{i}-{j}-"))
        for i, which in enumerate((catalog, other))
        for j in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert not errors
    assert len(tags(catalog)) == 120
    with catalog.read() as session:
        assert session.scalar(select(StateRow.revision)) == 120


def test_data_version_tells_of_other_connections_only_when_they_committed(catalog: Catalog, tmp_path: Path) -> None:
    before = catalog.data_version()
    assert catalog.data_version() == before
    add_tag(catalog, "mine")
    middle = catalog.data_version()
    assert middle != before
    other = open_catalog(tmp_path)
    add_tag(other, "theirs")
    other.close()
    assert catalog.data_version() != middle


def test_a_page_of_rubbish_is_a_damaged_library(tmp_path: Path) -> None:
    catalog = new_catalog(tmp_path)
    for number in range(200):
        add_tag(catalog, f"{number:0>40}")
    catalog.close()
    file = tmp_path / "catalog.sqlite3"
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    file.write_bytes(content)
    with pytest.raises(LibraryDamagedError, match=r"catalog\.sqlite3"):
        open_catalog(tmp_path)


def test_a_full_disk_is_an_oserror_that_names_the_catalog(catalog: Catalog) -> None:
    with catalog.read() as session:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()

    def fill() -> None:
        with catalog.write() as write:
            # A limit on pages is the one full disk that SQLite makes by itself.
            write.session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")
            for number in range(2000):
                row = {"sha256": f"{number:064x}", "size_bytes": 1, "kind": "image", "mime": "x" * 50}
                write.session.execute(insert(BlobRow).values(**row, revision=write.revision))

    with pytest.raises(OSError, match="No space left") as raised:
        fill()
    assert raised.value.filename == str(catalog.file)


def test_uuid7_sorts_by_time_and_says_its_version() -> None:
    early = uuid7(datetime(2026, 1, 1, tzinfo=UTC))
    late = uuid7(datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC))
    assert early < late
    assert (early.version, early.variant) == (7, "specified in RFC 4122")
    assert early.int >> 80 == 1767225600000


def test_every_write_reaches_the_file_before_it_returns(catalog: Catalog) -> None:
    add_tag(catalog, "kept")
    with closing(sqlite3.connect(catalog.file)) as other:
        assert other.execute("SELECT name FROM tag").fetchall() == [("kept",)]
