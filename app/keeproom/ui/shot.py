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
    parser.add_argument("--place", metavar="PLACE", help="of the sidebar: tag:NAME, collection:NAME, date:2023, …")
    parser.add_argument("--query", metavar="QUERY", default="", help="what the search field says")
    parser.add_argument("--select", metavar="N", type=_natural, default=0, help="choose the first N items")


def run(arguments: argparse.Namespace) -> int:
    """Write the picture. The library is opened, and not changed by that.

    Raises:
        UsageError: no such panel, place or size, or a search that cannot be understood.
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
        _turn_to(window, arguments.place, arguments.query)
        _wait(application, window)
        _check(window)
        _choose_first(window, arguments.select)
        _wait(application, window)
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


def _turn_to(window: MainWindow, place: str | None, query: str) -> None:
    """Go where a person would have gone before the picture is taken."""
    from keeproom.ui.browse.places import place_called

    if place is not None:
        found = place_called(place, window.shelf.counts)
        if found is None:
            raise UsageError(f"There is no place {place!r}. Places are written like tag:NAME or collection:NAME.")
        window.shelf.go(found)
    if query:
        window.shelf.set_query(query)


def _choose_first(window: MainWindow, count: int) -> None:
    from PySide6.QtCore import Qt

    shift = Qt.KeyboardModifier.ShiftModifier
    if count and window.grid.count():
        window.grid.make_current(0)
        window.grid.make_current(min(count, window.grid.count()) - 1, shift)


def _natural(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of items")
    return int(text)


def _wait(application: QApplication, window: MainWindow) -> None:
    from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer

    ticking = QTimer(window, interval=LOOK_EVERY_MS)
    ticking.start()
    deadline = QDeadlineTimer(LONGEST_WAIT_MS)
    while not (window.shelf.is_settled and window.is_complete()):
        if deadline.hasExpired():
            raise ExpectedError("The library did not show all of its pictures in time.")
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    ticking.stop()
    application.processEvents()


def _check(window: MainWindow) -> None:
    """A picture of an error is not what was asked for."""
    if window.refusal():
        raise LibraryError(window.refusal())
    if window.shelf.refused is not None:
        raise window.shelf.refused
    if not window.error_bar.isHidden():
        raise ExpectedError(window.error_bar.text())


def _write(window: MainWindow, file: Path) -> None:
    if not window.grab().save(str(file), "PNG"):
        raise ExpectedError(f"The picture cannot be written to {file}.")
