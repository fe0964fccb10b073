"""The Qt application, made in one place for every command."""

from __future__ import annotations

import gc
import os
import sys

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

import keeproom
from keeproom.errors import ExpectedError
from keeproom.ui.grid import accessible
from keeproom.ui.icons import resources

SWITCH_SECONDS = 0.001
"""For how long a thread may keep the interpreter while the window waits for it; 5 ms is Python's own. With five workers
at their busiest the window waited for several turns, up to 100 ms."""

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def has_display() -> bool:
    """Whether a window can be shown; Qt would end the process without a word to be caught if it can't."""
    return sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in _DISPLAYS)


def require_display() -> None:
    """Raises ExpectedError: there is no screen to show a window on, and what can be done instead."""
    if not has_display():
        raise ExpectedError(
            "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set). Everything the "
            "window does can be done by command: see `keeproom --help`; `keeproom shot library FILE` draws the window "
            "into a picture. QT_QPA_PLATFORM=offscreen opens a window that nobody sees."
        )


def make_application() -> QApplication:
    """The application with its name and its translations."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("keeproom")
    application.setApplicationDisplayName("Keeproom")
    application.setApplicationVersion(keeproom.__version__)
    application.setDesktopFileName("keeproom")
    _translate(application)
    accessible.install()
    sys.setswitchinterval(SWITCH_SECONDS)
    return application


def spare_collector() -> None:
    """Take all objects there are out of the garbage collector's rounds: modules and classes, nearly all of them.

    A full round over 150,000 objects stops every thread for 50 to 200 ms, whichever of them sets it off; a bulk edit
    sets off several. For a process that has one window: what is garbage at this moment is kept for good.
    """
    gc.collect()
    gc.freeze()


def _translate(application: QApplication) -> None:
    own = str(resources() / "translations")
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (("qtbase", qt), ("keeproom", own)):
        translator = QTranslator(application)
        if translator.load(QLocale(), name, "_", folder):
            application.installTranslator(translator)
