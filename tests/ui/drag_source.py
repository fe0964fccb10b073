"""A program of its own from which files can be dragged: a window at X Y that holds the files named after them."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

DROPPED = "dropped"


class Source(QLabel):
    def __init__(self, files: list[str]) -> None:
        super().__init__("drag me")
        self._files = files
        self.setWindowTitle("drag source")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(file) for file in self._files])
        drag = QDrag(self)
        drag.setMimeData(mime)
        if drag.exec(Qt.DropAction.CopyAction) == Qt.DropAction.CopyAction:
            sys.stdout.write(DROPPED + "\n")
            sys.stdout.flush()  # and stays: what was dropped is fetched after exec() has returned


def main() -> None:
    x, y, *files = sys.argv[1:]
    application = QApplication([])
    source = Source(files)
    source.setGeometry(int(x), int(y), 200, 120)
    source.show()
    application.exec()


if __name__ == "__main__":
    main()
