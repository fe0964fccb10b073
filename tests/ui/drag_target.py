"""A program of its own on which files can be dropped: a window at X Y that tells, a JSON line each, what it got.

It looks at the files twice: as soon as a drag enters it, and when they are dropped.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel


def tell(event: str, mime: QMimeData) -> None:
    paths = [Path(url.toLocalFile()) for url in mime.urls()]
    files = {str(path): hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None for path in paths}
    sys.stdout.write(json.dumps({"event": event, "files": files, "formats": mime.formats()}) + "\n")
    sys.stdout.flush()


class Target(QLabel):
    def __init__(self) -> None:
        super().__init__("drop here")
        self.setAcceptDrops(True)
        self.setWindowTitle("drag target")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        tell("entered", event.mimeData())
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        only_copies = event.possibleActions() == Qt.DropAction.CopyAction
        tell("dropped" if only_copies else "dropped with a choice of actions", event.mimeData())
        event.acceptProposedAction()


def main() -> None:
    application = QApplication([])
    target = Target()
    target.setGeometry(int(sys.argv[1]), int(sys.argv[2]), 200, 120)
    target.show()
    application.exec()


if __name__ == "__main__":
    main()
