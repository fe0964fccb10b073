"""Opening and making libraries: what is made, what is refused, and that a refusal writes nothing."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from keeproom.errors import (
    LibraryDamagedError,
    LibraryTooNewError,
    LibraryUnavailableError,
    NotALibraryError,
)
from keeproom.library.layout import Layout, is_library, library_around
from keeproom.library.opening import open_library


def picture_of(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path.relative_to(folder)): (path.lstat().st_mtime_ns, path.lstat().st_size) for path in folder.rglob("*")
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Library"
    open_library(folder).close()
    return folder


def test_a_new_library_has_its_rooms_and_they_are_private(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert names >= {"library.json", "catalog.sqlite3", "catalog.lock", "blobs", "quarantine", "thumbnails", "incoming"}
    for path in (folder, *folder.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert [path.name for path in folder.parent.iterdir()] == ["Library"]


def test_opened_again_it_is_the_same_library(folder: Path) -> None:
    with open_library(folder) as one, open_library(folder) as two:
        assert one.identity == two.identity
        assert one.process.name != two.process.name
    assert not list((folder / "processes").iterdir())
    assert not list((folder / "incoming").iterdir())


def test_an_empty_folder_becomes_a_library(tmp_path: Path) -> None:
    (tmp_path / "Empty").mkdir()
    open_library(tmp_path / "Empty").close()
    assert is_library(tmp_path / "Empty")


def test_a_folder_with_other_things_is_refused_and_not_touched(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    before = picture_of(tmp_path)
    with pytest.raises(NotALibraryError, match="not empty"):
        open_library(tmp_path)
    assert picture_of(tmp_path) == before


def test_a_file_is_no_place_for_a_library(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(NotALibraryError, match="is a file"):
        open_library(tmp_path / "file")


def test_a_name_that_is_not_utf8_is_no_name_for_a_library(tmp_path: Path) -> None:
    with pytest.raises(NotALibraryError, match="not UTF-8"):
        open_library(tmp_path / os.fsdecode(b"caf\xe9"))


def test_without_create_a_missing_library_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NotALibraryError, match="no library"):
        open_library(tmp_path / "none", create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("newer", ["description", "catalog"])
def test_a_newer_library_is_refused_with_nothing_written(folder: Path, newer: str) -> None:
    if newer == "description":
        described = json.loads((folder / "library.json").read_text("utf-8"))
        (folder / "library.json").write_text(json.dumps(described | {"format": 99}), "utf-8")
    else:
        with closing(sqlite3.connect(folder / "catalog.sqlite3", isolation_level=None)) as connection:
            connection.execute("PRAGMA user_version = 99")
    before = picture_of(folder)
    with pytest.raises(LibraryTooNewError, match="newer"):
        open_library(folder)
    assert picture_of(folder) == before


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": "x", "id": 1}'])
def test_a_damaged_description_says_what_to_do(folder: Path, text: str) -> None:
    (folder / "library.json").write_text(text, "utf-8")
    before = picture_of(folder)
    with pytest.raises(LibraryDamagedError, match=r"library\.json"):
        open_library(folder)
    assert picture_of(folder) == before


def test_a_lost_description_is_not_replaced(folder: Path) -> None:
    (folder / "library.json").unlink()
    with pytest.raises(LibraryDamagedError, match="lost the file"):
        open_library(folder)


@pytest.mark.parametrize("damage", ["missing", "overwritten", "truncated"])
def test_a_damaged_catalog_is_refused(folder: Path, damage: str) -> None:
    file = folder / "catalog.sqlite3"
    if damage == "missing":
        file.unlink()
    elif damage == "overwritten":
        file.write_bytes(b"z" * 8192)
    else:
        file.write_bytes(file.read_bytes()[:5000])
    with pytest.raises(LibraryDamagedError, match="backups folder"):
        open_library(folder)


def test_who_comes_second_opens_the_first_ones(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from keeproom.library.opening import open_library
        with open_library(Path(sys.argv[1])) as library:
            print(library.identity)
    """)
    started = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "Shared")], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    said = {process.communicate(timeout=60)[0] for process in started}
    assert [process.returncode for process in started] == [0] * 4
    assert len(said) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["Shared"]


@pytest.mark.skipif(os.getuid() != 0, reason="root alone may become somebody else")
def test_a_folder_without_permission_says_so(folder: Path) -> None:
    script = textwrap.dedent("""
        import os, sys
        from pathlib import Path
        from keeproom.errors import LibraryUnavailableError
        from keeproom.library.opening import open_library
        os.setuid(65534)
        try:
            open_library(Path(sys.argv[1]))
        except LibraryUnavailableError as error:
            print(error)
    """)
    outer = folder.parent
    for path in (outer, *outer.parents):
        if path.stat().st_uid == 0 and path != Path("/") and "pytest" in path.name:
            path.chmod(0o711)
    said = subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, timeout=60, check=False
    )
    assert "Permission denied" in said.stdout, said.stderr


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "mount"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(place)]
    if os.getuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_mount_point_itself_can_be_a_library(mount: Path) -> None:
    open_library(mount).close()
    assert is_library(mount)
    assert not [path for path in mount.iterdir() if path.name.startswith(".")]
    open_library(mount).close()


def test_a_creation_that_was_killed_inside_a_mount_point_is_begun_anew(mount: Path) -> None:
    (mount / ".keeproom-creating-dead" / "blobs").mkdir(parents=True)
    open_library(mount).close()
    assert not [path for path in mount.iterdir() if path.name.startswith(".")]


def test_no_space_for_a_new_library_leaves_nothing(mount: Path) -> None:
    (mount / "filler").write_bytes(b"")
    with (mount / "filler").open("wb") as stream, pytest.raises(OSError, match="No space"):
        while True:
            stream.write(b"x" * 65536)
            stream.flush()
    with pytest.raises(LibraryUnavailableError, match="No space"):
        open_library(mount / "Library")
    assert [path.name for path in mount.iterdir()] == ["filler"]


def test_leftovers_of_a_dead_process_go_at_the_next_start(folder: Path) -> None:
    layout = Layout(folder)
    (layout.processes / "123-dead").touch()
    (layout.incoming / "123-dead").mkdir()
    (layout.incoming / "123-dead" / "part").write_bytes(b"half")
    (layout.incoming / "no-process").mkdir()
    open_library(folder).close()
    assert not list(layout.processes.iterdir())
    assert not list(layout.incoming.iterdir())


def test_a_living_process_keeps_its_own(folder: Path) -> None:
    with open_library(folder) as first:
        (first.process.incoming / "part").write_bytes(b"in work")
        open_library(folder).close()
        assert (first.process.incoming / "part").exists()


def test_a_path_in_a_library_is_known_as_such(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder / "blobs")
    assert library_around(tmp_path / "link") == folder.resolve()
    assert library_around(tmp_path) is None
    shutil.rmtree(folder)
    assert library_around(folder) is None
