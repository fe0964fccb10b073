"""A file manager of its own process: says on the session bus that it shows items, shows one, and ends.

With `--ask PATH` it is the one who asks instead, through Keeproom's own function.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QGuiApplication

from keeproom.ui.programs.starting import PLACE, SERVICE, show_in_folder


@ClassInfo({"D-Bus Interface": SERVICE})
class FileManager(QObject):
    @Slot("QStringList", str)
    def ShowItems(self, addresses: list[str], _startup: str) -> None:
        say(f"shows {addresses}")
        QCoreApplication.quit()


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def ask(path: Path) -> None:
    application = QGuiApplication([])

    def on_done(shown: bool) -> None:
        say(f"shown: {shown}")
        application.quit()

    show_in_folder(path, application, on_done)
    application.exec()


def serve() -> None:
    application = QCoreApplication([])
    manager = FileManager()
    bus = QDBusConnection.sessionBus()
    bus.registerObject(PLACE, manager, QDBusConnection.RegisterOption.ExportAllSlots)
    bus.registerService(SERVICE)
    say("ready")
    application.exec()


if __name__ == "__main__":
    ask(Path(sys.argv[2])) if sys.argv[1:2] == ["--ask"] else serve()
