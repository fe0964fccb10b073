"""Starting other programs, and asking the system to show folders."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeDatabase, QObject, QProcess, QProcessEnvironment, QUrl
from PySide6.QtGui import QDesktopServices

from keeproom.ui.programs.entries import Program
from keeproom.ui.texts import locale

SERVICE = "org.freedesktop.FileManager1"
PLACE = "/org/freedesktop/FileManager1"

_OWN_VARIABLES = ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QML2_IMPORT_PATH", "PYTHONHOME", "PYTHONPATH")
"""What is set for this program alone, and would mislead others."""

_log = logging.getLogger(__name__)


def start_program(program: Program, path: Path) -> bool:
    """Start a program on a file, as a process that outlives this one; whether it could be started."""
    command = program.command(path)
    process = QProcess()
    process.setProgram(command[0])
    process.setArguments(command[1:])
    process.setWorkingDirectory(str(Path.home()))
    environment = QProcessEnvironment.systemEnvironment()
    for name in _OWN_VARIABLES:
        environment.remove(name)
    process.setProcessEnvironment(environment)
    process.setStandardInputFile(QProcess.nullDevice())
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())
    started = process.startDetached()
    _log.info("Opened a copy with %s: %s", program.id, started)
    return bool(started[0] if isinstance(started, tuple) else started)


def open_file(path: Path) -> bool:
    """Let the system open a file with what it takes for the right program; whether it says that it does."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_in_folder(path: Path, parent: QObject, on_done: Callable[[bool], None]) -> None:
    """Open the folder of a file, with the file chosen where the file manager can; `on_done` hears whether it worked."""

    def open_folder() -> None:
        on_done(open_file(path if path.is_dir() else path.parent))

    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher  # seldom needed

    bus = QDBusConnection.sessionBus()
    if sys.platform in ("win32", "darwin") or not bus.isConnected() or not path.exists():
        open_folder()
        return
    message = QDBusMessage.createMethodCall(SERVICE, PLACE, SERVICE, "ShowItems")
    message.setArguments([[path.as_uri()], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message), parent)

    def on_answer() -> None:
        failed = watcher.isError()
        watcher.deleteLater()
        if failed:  # no file manager that can
            open_folder()
        else:
            on_done(True)

    watcher.finished.connect(on_answer)


def mime_names(mime: str) -> list[str]:
    """A kind's names, then those of the kinds that it is a case of, nearest first."""
    found = QMimeDatabase().mimeTypeForName(mime)
    if not found.isValid():
        return [mime]
    names = [mime, found.name(), *found.aliases(), *found.allAncestors()]
    return [name for name in dict.fromkeys(names) if name != "application/octet-stream"]


def languages() -> list[str]:
    """The person's languages as desktop entries write them."""
    name = locale().name()
    return [name, name.partition("_")[0]]
