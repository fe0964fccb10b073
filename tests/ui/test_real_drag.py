"""Files dragged with a mouse from another program's window into the real one and back, on an X server of its own."""

from __future__ import annotations

import hashlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

import keeproom
from keeproom.library.first_page import first_page
from keeproom.library.opening import Library
from tests.importing import Importer, work_through

SOURCE = Path(__file__).with_name("drag_source.py")
GOAL = Path(__file__).with_name("drag_target.py")
APP = Path(keeproom.__file__).parents[1]
STEPS = 8
START, TARGET = (1400, 960), (640, 420)
FIRST_CELL, OTHER_PLACE = (320, 250), (640, 600)
LONG_S = 40
TRIES = 6

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


def drag(environment: dict[str, str], start: tuple[int, int] = START, target: tuple[int, int] = TARGET) -> None:
    """Press, move in steps as a hand does, let go."""
    xdotool(environment, "mousemove", *start, "sleep", 0.2, "mousedown", 1)
    for step in range(1, STEPS + 1):
        place = [begin + (end - begin) * step // STEPS for begin, end in zip(start, target, strict=True)]
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


def drag_all_until_dropped(environment: dict[str, str], target: subprocess.Popen[str]) -> list[dict[str, Any]]:
    """What the target tells of the first drag that reaches it: a window that has just opened may not show its items
    yet, and copies may take longer than the hand."""
    assert target.stdout is not None
    for _ in range(TRIES):
        xdotool(environment, "mousemove", *FIRST_CELL, "click", 1, "sleep", 0.3, "key", "ctrl+a", "sleep", 0.3)
        drag(environment, FIRST_CELL, START)
        if select.select([target.stdout], [], [], 2)[0]:
            return [json.loads(target.stdout.readline()) for _ in range(2)]
    raise AssertionError("nothing was ever dropped")


def test_items_go_to_another_program_as_copies(
    screen: dict[str, str], library: Library, importer: Importer, make_picture: Callable[..., Path]
) -> None:
    photos = [make_picture("Rome – night.jpg", 1), make_picture("Tiber.jpg", 2)]
    importer(*photos)
    work_through(library)
    before = sorted(path.name for path in library.layout.blobs.rglob("*"))
    with (
        running(screen, "-m", "keeproom", "--library", str(library.folder), "open") as window,
        running(screen, str(GOAL), "1300", "900") as target,
    ):
        xdotool(screen, "search", "--sync", "--onlyvisible", "--name", "Library.*Keeproom")
        xdotool(screen, "search", "--sync", "--onlyvisible", "--name", "drag target")
        lines = drag_all_until_dropped(screen, target)
        drag(screen, FIRST_CELL, OTHER_PLACE)  # on the window itself: nothing comes in
        window.send_signal(signal.SIGTERM)
        assert window.wait(LONG_S) == 0
    wanted = {photo.name: hashlib.sha256(photo.read_bytes()).hexdigest() for photo in photos}
    assert [line["event"] for line in lines] == ["entered", "dropped"]
    page = first_page(library.folder, "name", 10)
    assert page is not None
    assert page.total == len(photos)
    for line in lines:
        assert {Path(path).name: found for path, found in line["files"].items()} == wanted
    assert all(library.layout.blobs not in Path(path).parents for path in lines[1]["files"])
    assert sorted(path.name for path in library.layout.blobs.rglob("*")) == before
