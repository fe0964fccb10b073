from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import keeproom
from keeproom.ui.programs.entries import Program
from keeproom.ui.programs.starting import mime_names, start_program

MANAGER = Path(__file__).with_name("file_manager.py")
APP = Path(keeproom.__file__).parents[1]
LONG_S = 40


@pytest.fixture
def bus() -> Iterator[dict[str, str]]:
    """The environment of a session bus of its own."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed")
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    path = os.pathsep.join([str(APP), os.environ.get("PYTHONPATH", "")])
    yield {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}
    daemon.terminate()
    daemon.communicate(timeout=LONG_S)


def run(bus: dict[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, str(MANAGER), *words], env=bus, stdout=subprocess.PIPE, text=True)


def test_the_file_manager_shows_the_file_itself(bus: dict[str, str], tmp_path: Path) -> None:
    photo = tmp_path / "Rome – night.jpg"
    photo.touch()
    with run(bus) as manager:
        assert manager.stdout is not None
        assert manager.stdout.readline() == "ready\n"
        with run(bus, "--ask", str(photo)) as asking:
            assert asking.communicate(timeout=LONG_S)[0] == "shown: True\n"
        assert manager.communicate(timeout=LONG_S)[0] == f"shows ['{photo.as_uri()}']\n"


def test_a_program_that_is_gone_was_not_started(qapp: object, tmp_path: Path) -> None:
    program = Program("gone.desktop", "Gone", (str(tmp_path / "gone"), "%f"), frozenset())
    assert not start_program(program, tmp_path / "a.jpg")


def test_a_kind_has_the_names_of_what_it_is_a_case_of() -> None:
    assert mime_names("image/x-canon-cr2")[0] == "image/x-canon-cr2"
    assert "image/tiff" in mime_names("image/x-canon-cr2")
    assert mime_names("image/x-nobody-knows") == ["image/x-nobody-knows"]
