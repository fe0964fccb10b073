"""`keeproom shot PANEL FILE`: a panel of the real window as a picture, drawn without a screen."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from keeproom.errors import ExpectedError, LibraryError, UsageError
from keeproom.settings import Settings
from keeproom.ui.application import has_display, make_application
from keeproom.ui.panels import PANELS, panel_row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from keeproom.ui.window.main import MainWindow

DEFAULT_SIZE = "1280x800"
SMALLEST_PX, LARGEST_PX = 200, 8_192
LONGEST_WAIT_MS = 30_000
LOOK_EVERY_MS = 20


def configure(parser: argparse.ArgumentParser) -> None:
    known = ", ".join(row.name for row in PANELS)
    parser.add_argument("panel", metavar="PANEL", help=f"one of: {known}")
    parser.add_argument("file", type=Path, metavar="FILE", help="the PNG to write")
    parser.add_argument("--size", default=DEFAULT_SIZE, metavar="WxH", help=f"of the window (default {DEFAULT_SIZE})")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")


def run(arguments: argparse.Namespace) -> int:
    """Write the picture. The library is opened, and not changed by that.

    Raises:
        UsageError: no such panel, or no such size.
        LibraryError: the library cannot be opened.
        ExpectedError: the library did not answer in time, or the picture cannot be written.
    """
    panel_row(arguments.panel)
    width, height = read_size(arguments.size)
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = make_application()

    from keeproom.ui.theme.appearance import Appearance
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.pages import FIRST

    window = MainWindow(Settings(), Appearance(application, arguments.theme), works=False)
    window.resize(width, height)
    window.open_folder(arguments.library)
    window.show()
    try:
        _wait(application, window)
        _check(window)
        if arguments.panel != FIRST:
            window.show_panel(arguments.panel).stage()
            _wait(application, window)
            _check(window)
        _write(window, arguments.file)
    finally:
        window.close()
    return 0


def read_size(text: str) -> tuple[int, int]:
    """Width and height of `1280x800`.

    Raises:
        UsageError: the text is no size, or one that no screen has.
    """
    width, _, height = text.partition("x")
    if width.isascii() and width.isdigit() and height.isascii() and height.isdigit():
        size = int(width), int(height)
        if all(SMALLEST_PX <= side <= LARGEST_PX for side in size):
            return size
    raise UsageError(f"{text!r} is no size: write WIDTHxHEIGHT, each from {SMALLEST_PX} to {LARGEST_PX}.")


def _wait(application: QApplication, window: MainWindow) -> None:
    from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer

    ticking = QTimer(window, interval=LOOK_EVERY_MS)
    ticking.start()
    deadline = QDeadlineTimer(LONGEST_WAIT_MS)
    while not window.is_complete():
        if deadline.hasExpired():
            raise ExpectedError("The library did not show all of its pictures in time.")
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    ticking.stop()
    application.processEvents()


def _check(window: MainWindow) -> None:
    """A picture of an error is not what was asked for."""
    if window.refusal():
        raise LibraryError(window.refusal())
    if not window.error_bar.isHidden():
        raise ExpectedError(window.error_bar.text())


def _write(window: MainWindow, file: Path) -> None:
    if not window.grab().save(str(file), "PNG"):
        raise ExpectedError(f"The picture cannot be written to {file}.")
