"""What is dropped on the window: files and folders of this machine, and things that are none."""

from __future__ import annotations

import os
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

URI_LIST = "text/uri-list"
MOST_LOOKED_AT = 200
FRAME_PX = 2
ICON_PX = 48


@dataclass(frozen=True, slots=True)
class Drop:
    """Local paths in the order they came; `others` is how many things were no local files."""

    paths: tuple[Path, ...]
    others: int = 0


NOTHING = Drop(())


def read_drop(mime: QMimeData) -> Drop:
    """What a drag brings, also from other programs, with names that are not UTF-8 kept as they are."""
    raw = bytes(mime.data(URI_LIST).data()) if mime.hasFormat(URI_LIST) else b""
    lines = [line.strip() for line in raw.replace(b"\r", b"\n").split(b"\n")]
    places = [_path(line) for line in lines if line and not line.startswith(b"#")]
    paths = tuple(dict.fromkeys(place for place in places if place is not None))
    return Drop(paths, sum(place is None for place in places))


def _path(line: bytes) -> Path | None:
    """The local path of a URL of RFC 2483's list; None for anything else, such as a picture on the web."""
    url = QUrl.fromEncoded(line)
    if url.host() == "localhost":
        url.setHost("")
    if not url.isLocalFile():
        return None
    name = unquote_to_bytes(line.partition(b"://")[2])
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return Path(os.fsdecode(name[name.index(b"/") :]))
    return Path(url.toLocalFile())


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
