"""What is dropped on the window: files and folders of this machine, and things that are none."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData, QRectF, Qt, QUrl
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from keeproom.ui import icons
from keeproom.ui.fonts import title_font
from keeproom.ui.texts import plural, tr
from keeproom.ui.theme.palette import colours
from keeproom.ui.window.webpictures import has_picture

URI_LIST = "text/uri-list"
GNOME_FILES = "x-special/gnome-copied-files"
"""What older file managers put on the clipboard: `copy` or `cut`, then a URL a line."""

HERE = frozenset({b"", b"localhost", socket.gethostname().lower().encode()})
"""Hosts of a file URL that are this machine (RFC 8089)."""

MOST_LOOKED_AT = 200
FRAME_PX = 2
ICON_PX = 48


@dataclass(frozen=True, slots=True)
class Drop:
    """Local paths in the order they came; `others` is how many things were no local files. `picture` says that there is
    a picture as data, which counts where there are no paths."""

    paths: tuple[Path, ...]
    others: int = 0
    picture: bool = False


NOTHING = Drop(())


def read_drop(mime: QMimeData) -> Drop:
    """What a drag or the clipboard brings, with names that are not UTF-8 kept as they are.

    5,000 files take some 20 ms: `QUrl` would take ten times as long.
    """
    raw = bytes(mime.data(URI_LIST).data()) if mime.hasFormat(URI_LIST) else b""
    if not raw and mime.hasFormat(GNOME_FILES):
        raw = bytes(mime.data(GNOME_FILES).data()).partition(b"\n")[2]
    lines = [line.strip() for line in raw.replace(b"\r", b"\n").split(b"\n")]
    places = [_path(line) for line in lines if line and not line.startswith(b"#")]
    paths = tuple(Path(place) for place in dict.fromkeys(places) if place is not None)
    return Drop(paths, sum(place is None for place in places), not paths and has_picture(mime))


def _path(line: bytes) -> str | None:
    """The local path of a URL of RFC 2483's list; None for anything else, such as a picture on the web."""
    if line[:5].lower() != b"file:":
        return None
    rest = line[5:]
    if rest.startswith(b"//"):
        host, slash, below = rest[2:].partition(b"/")
        if host.lower() not in HERE:
            return None
        rest = slash + below
    name = unquote_to_bytes(rest)
    if sys.platform == "win32":
        return QUrl.fromEncoded(line).toLocalFile() or None
    return os.fsdecode(name) if name.startswith(b"/") and b"\0" not in name else None


def overlay_words(drop: Drop) -> str:
    """What would be imported if it were let go now."""
    if drop.paths:
        return drop_words(drop.paths, None)
    if drop.picture:
        return tr("Copy this picture into the library")
    return tr("This is on the web, not a file") if drop.others else tr("There is no file and no picture in this")


def drop_words(paths: Sequence[Path], folders: int | None) -> str:
    """`Copy 3 folders into the library`; `folders` is None as long as nobody has looked."""
    if folders is None or (folders and folders < len(paths)):
        return plural(len(paths), "Copy %n item into the library", "Copy %n items into the library")
    if folders:
        return plural(folders, "Copy %n folder into the library", "Copy %n folders into the library")
    return plural(len(paths), "Copy %n file into the library", "Copy %n files into the library")


def count_folders(paths: Sequence[Path]) -> int | None:
    """How many are folders; None if they are too many to look at. Asks the disk: not for the main thread."""
    return sum(path.is_dir() for path in paths) if len(paths) <= MOST_LOOKED_AT else None


class DropOverlay(QWidget):
    """Lies over the window while something is dragged over it; lets the drag itself through to the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = ""
        self.hide()

    def text(self) -> str:
        return self._text

    def tell(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()
        self.update()

    def correct(self, text: str) -> None:
        """A better text for the drag that goes on; nothing if it is over."""
        if self.isVisible():
            self.tell(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.88)
        painter.fillRect(self.rect(), those.tint)
        painter.setOpacity(1.0)
        painter.setPen(QPen(those.accent, FRAME_PX))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        centre = self.rect().center()
        icon = icons.pixmap("import", those.accent.name(), ICON_PX, self.devicePixelRatioF())
        painter.drawPixmap(centre.x() - ICON_PX // 2, centre.y() - ICON_PX, icon)
        font = QFont(title_font(self.font()))
        painter.setFont(font)
        painter.setPen(those.text)
        below = self.rect().adjusted(0, self.height() // 2 + 12, 0, 0)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._text)


def nothing_dropped(others: int) -> str:
    return (
        plural(
            others,
            "%n thing is no file on this computer and was left out.",
            "%n things are no files on this computer and were left out.",
        )
        if others
        else tr("There was no file in what was dropped.")
    )
