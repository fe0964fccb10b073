"""What a walk finds, what it leaves out, and that it always comes back."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from keeproom.errors import CancelledError, UsageError
from keeproom.library.control import Control
from keeproom.library.opening import Library
from keeproom.library.planning import PlannedFile, plan_import
from keeproom.model import FileReport


def plan(*paths: Path) -> dict[str, str]:
    """Each name with `planned`, or the code of why it is left out."""
    return dict(walk(*paths))


def walk(*paths: Path) -> Iterator[tuple[str, str]]:
    for found in plan_import(paths, Control()):
        if isinstance(found, FileReport):
            assert found.reason is not None
            yield found.path.name, found.reason.code
        else:
            assert isinstance(found, PlannedFile)
            yield os.path.basename(found.path), "planned"


def test_folders_are_walked_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.jpg", "b/1.jpg", "a.jpg", "b/deeper/0.jpg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert [name for name, _ in walk(tmp_path)] == ["a.jpg", "1.jpg", "2.jpg", "0.jpg"]


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    (tmp_path / ".hidden.jpg").write_bytes(b"x")
    (tmp_path / ".folder").mkdir()
    (tmp_path / ".folder" / "inside.jpg").write_bytes(b"x")
    (tmp_path / "empty.jpg").touch()
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "link.jpg").symlink_to(tmp_path / "real.jpg")
    (tmp_path / "dangling.jpg").symlink_to(tmp_path / "nowhere")
    (tmp_path / "real.jpg").write_bytes(b"x")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket.jpg"))
        assert plan(tmp_path) == {
            ".hidden.jpg": "hidden",
            ".folder": "hidden",
            "empty.jpg": "empty",
            "pipe.jpg": "special",
            "socket.jpg": "special",
            "link.jpg": "link",
            "dangling.jpg": "link",
            "real.jpg": "planned",
        }


def test_a_hidden_file_that_is_named_itself_is_meant(tmp_path: Path) -> None:
    (tmp_path / ".hidden.jpg").write_bytes(b"x")
    assert plan(tmp_path / ".hidden.jpg") == {".hidden.jpg": "planned"}


def test_links_that_go_in_circles_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    assert plan(tmp_path) == {"up": "link", "self": "link"}


def test_each_folder_and_each_file_comes_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.jpg").write_bytes(b"x")
    paths = (
        tmp_path / "a" / "one.jpg",
        tmp_path,
        tmp_path / "a",
        tmp_path / "a" / "one.jpg",
        tmp_path / "a" / ".." / "a",
    )
    assert list(walk(*paths)) == [("one.jpg", "planned")]


def test_a_path_that_is_not_there_is_a_failure_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "there.jpg").write_bytes(b"x")
    assert plan(tmp_path / "gone.jpg", tmp_path / "there.jpg") == {"gone.jpg": "not-found", "there.jpg": "planned"}


@pytest.fixture
def deep_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with more folders inside each other than Python's stack has frames."""
    path = tmp_path / "d"
    path.mkdir()
    while len(os.fsencode(path)) < 3900:
        path = path / "d"
        path.mkdir()
    assert len(path.parts) > sys.getrecursionlimit()
    (path / "deep.jpg").write_bytes(b"x")
    yield tmp_path
    subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)  # shutil.rmtree would run out of stack


def test_folders_nested_deeper_than_pythons_stack(deep_folder: Path) -> None:
    assert plan(deep_folder) == {"deep.jpg": "planned"}


def test_a_path_inside_a_library_is_refused_whole(library: Library, tmp_path: Path) -> None:
    (tmp_path / "fine.jpg").write_bytes(b"x")
    for inside in (library.folder, library.folder / "blobs"):
        with pytest.raises(UsageError, match="inside the library"):
            plan_import([tmp_path / "fine.jpg", inside], Control())


def test_a_library_below_a_folder_is_left_out_by_name(library: Library, tmp_path: Path) -> None:
    (tmp_path / "fine.jpg").write_bytes(b"x")
    assert plan(tmp_path) == {"Library": "library", "fine.jpg": "planned"}


def test_a_cancelled_walk_ends(tmp_path: Path) -> None:
    control = Control()
    control.cancel()
    with pytest.raises(CancelledError):
        list(plan_import([tmp_path], control))


@pytest.mark.skipif(os.getuid() != 0, reason="root alone may become somebody else")
def test_a_folder_that_may_not_be_read_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o700)
    (tmp_path / "fine.jpg").write_bytes(b"x")
    for path in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        path.chmod(0o755)
    script = textwrap.dedent("""
        import os, sys
        from pathlib import Path
        from keeproom.library.control import Control
        from keeproom.library.planning import plan_import
        os.setuid(65534)
        for found in plan_import([Path(sys.argv[1])], Control()):
            print(found)
    """)
    said = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    assert "fine.jpg" in said.stdout
    assert "code='unreadable'" in said.stdout
