"""Files dragged with a mouse from another program's window into the real one, on an X server of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import keeproom
from keeproom.library.first_page import first_page

SOURCE = Path(__file__).with_name("drag_source.py")
APP = Path(keeproom.__file__).parents[1]
STEPS = 8
START, TARGET = (1400, 960), (640, 420)
LONG_S = 40

pytestmark = pytest.mark.skipif(
    shutil.which("Xvfb") is None or shutil.which("xdotool") is None, reason="Xvfb or xdotool is not installed"
)


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """The environment of an X server of its own, on which everything else runs."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1100x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    environment = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    environment["PYTHONPATH"] = os.pathsep.join([str(APP), os.environ.get("PYTHONPATH", "")])
    yield environment
    server.terminate()
    server.wait(LONG_S)


@contextmanager
def running(environment: dict[str, str], *command: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([sys.executable, *command], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def xdotool(environment: dict[str, str], *words: object) -> None:
    subprocess.run(
        ["xdotool", *map(str, words)], env=environment, check=True, timeout=LONG_S, stdout=subprocess.DEVNULL
    )


def drag(environment: dict[str, str]) -> None:
    """Press, move in steps as a hand does, let go."""
    xdotool(environment, "mousemove", *START, "sleep", 0.2, "mousedown", 1)
    for step in range(1, STEPS + 1):
        place = [begin + (end - begin) * step // STEPS for begin, end in zip(START, TARGET, strict=True)]
        xdotool(environment, "mousemove", *place, "sleep", 0.1)
    xdotool(environment, "sleep", 0.3, "mouseup", 1)


def test_files_of_another_program_come_in(
    qtbot: QtBot, screen: dict[str, str], tmp_path: Path, make_picture: Callable[..., Path]
) -> None:
    library = tmp_path / "Library"
    files = [make_picture("one.jpg", 1), make_picture("two with space.jpg", 2)]
    with (
        running(screen, "-m", "keeproom", "--library", str(library), "open") as window,
        running(screen, str(SOURCE), "1300", "900", *map(str, files)) as source,
    ):
        xdotool(screen, "search", "--sync", "--onlyvisible", "--name", "Library.*Keeproom")
        xdotool(screen, "search", "--sync", "--onlyvisible", "--name", "drag source")
        drag(screen)
        assert source.stdout is not None
        assert source.stdout.readline() == "dropped\n"

        def all_in() -> bool:
            page = first_page(library, "name", 10)
            return page is not None and [cell.name for cell in page.cells] == [file.name for file in files]

        qtbot.waitUntil(all_in, timeout=LONG_S * 1000)
        window.send_signal(signal.SIGTERM)
        assert window.wait(LONG_S) == 0
    assert all(file.exists() for file in files)
