"""`keeproom open [PATH…]`: the window."""

from __future__ import annotations

import argparse
import os
import signal
from pathlib import Path

from keeproom.exitcodes import INTERRUPTED
from keeproom.settings import Settings
from keeproom.ui.application import make_application, require_display, spare_collector

SETTLED_MS = 5_000
"""After so long all that a window needs has been imported."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files and folders to import")


def run(arguments: argparse.Namespace) -> int:
    """Show the window until it is closed.

    Raises:
        ExpectedError: there is no display, or the settings cannot be read.
    """
    require_display()
    settings = Settings()
    application = make_application()

    from PySide6.QtCore import QTimer

    from keeproom.ui.failures import Failures
    from keeproom.ui.theme.appearance import Appearance
    from keeproom.ui.window.closing import SignalClosing
    from keeproom.ui.window.main import MainWindow

    failures = Failures(application)
    failures.install()
    window = MainWindow(settings, Appearance(application, settings.text("window.theme")), failures)
    closing = SignalClosing(window.close, window)
    imports = [Path(os.path.abspath(path)) for path in arguments.paths]
    window.open_folder(arguments.library, imports)
    window.show()
    QTimer.singleShot(SETTLED_MS, application, spare_collector)
    application.exec()
    closing.uninstall()
    return INTERRUPTED if closing.received == signal.SIGINT else 0
