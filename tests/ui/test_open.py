"""The window as a process of its own: it begins, does what it is asked, and ends when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import keeproom
from keeproom.library.first_page import first_page

APP = Path(keeproom.__file__).parents[1]
LONG_S = 60


def started(library: Path, *words: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(APP)}
    command = [sys.executable, "-m", "keeproom", "--library", str(library), "open", *words]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_closes_the_window(
    qtbot: QtBot, tmp_path: Path, make_picture: Callable[..., Path], number: signal.Signals, code: int
) -> None:
    library = tmp_path / "Library"
    with started(library, str(make_picture("a.jpg", 1))) as process:

        def imported() -> bool:
            page = first_page(library, "name", 5)
            return page is not None and page.total == 1

        qtbot.waitUntil(imported, timeout=LONG_S * 1000)
        process.send_signal(number)
        _, said = process.communicate(timeout=LONG_S)
    assert process.returncode == code
    assert "Traceback" not in said


def test_nothing_heavy_is_imported_before_the_first_page() -> None:
    """SQLAlchemy alone costs more than the page (measured); it is imported in a thread after it."""
    script = (
        "import sys, keeproom.ui.open, keeproom.ui.window.main, keeproom.library.first_page\n"
        "heavy = {'sqlalchemy', 'alembic', 'numpy', 'PIL', 'av', 'keeproom.workers.session'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(APP)}
    subprocess.run([sys.executable, "-c", script], env=environment, check=True, timeout=LONG_S)
