"""The pictures of the cells in sight, decoded off the main thread and scaled to the size they are shown at.

Two threads: more of them make the window stutter (measured). What has been scrolled away before its turn is never
decoded. A runnable is a thin shell over a plain function, and one long-lived object brings the results home.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from PySide6.QtCore import QObject, QRectF, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QColor, QGradient, QImage, QImageReader, QPainter

from keeproom.ui.images import turned

THREADS = 2
KEPT_IMAGES = 400
KEPT_BYTES = 96_000_000
CORNER_PX = 4

_EARLY = (
    *(QGradient.Preset, QImage.Format, QPainter.CompositionMode, QPainter.RenderHint),
    *(Qt.AspectRatioMode, Qt.BrushStyle, Qt.GlobalColor, Qt.ImageConversionFlag, Qt.PenStyle),
    *(Qt.SizeMode, Qt.TransformationMode),
)
"""PySide makes an enum's type when it is first named, and not safely so from two threads at once: a loader and a paint
event crashed 2 of 40 starts. Named here, all that the loaders use is made in the main thread."""


class Key(NamedTuple):
    """One picture at one size: the longest side in pixels of the screen, the rounding of its corners, the colour
    (0xRRGGBB) that fills them, by which it is opaque (None where they stay clear), and by how many quarters it is
    turned clockwise."""

    sha256: str
    side: int
    corner: int
    file: Path
    canvas: int | None = None
    turn: int = 0


def load(key: Key) -> QImage:
    """The stored thumbnail scaled into a square of `key.side`, turned, its corners cut; a null image if it can't be
    read."""
    reader = QImageReader(str(key.file))
    stored = reader.size()
    if stored.isValid():
        reader.setScaledSize(_fitting(stored, key.side))
    picture = reader.read()
    if picture.isNull():
        return picture
    if max(picture.width(), picture.height()) > key.side:
        picture = picture.scaled(
            _fitting(picture.size(), key.side),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    return _rounded(turned(picture, key.turn), key)


def _fitting(size: QSize, side: int) -> QSize:
    if max(size.width(), size.height()) <= side:
        return size
    return size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _rounded(picture: QImage, key: Key) -> QImage:
    """The picture with its corners cut; on a canvas it has no alpha, so that drawing it is a plain copy."""
    clear = key.canvas is None
    result = QImage(picture.size(), QImage.Format.Format_ARGB32_Premultiplied if clear else QImage.Format.Format_RGB32)
    result.fill(QColor(0, 0, 0, 0) if key.canvas is None else QColor(key.canvas))
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(picture)
    painter.drawRoundedRect(QRectF(result.rect()), key.corner, key.corner)
    painter.end()
    return result


class _Home(QObject):
    """Lives as long as the program, in the main thread; what a thread emits here arrives there."""

    loaded = Signal(object, QImage)


class _Run(QRunnable):
    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._thumbnails = thumbnails

    def run(self) -> None:
        self._thumbnails.load_wanted()


class Thumbnails(QObject):
    """A cache of pictures that loads what is wanted, in that order. `loaded` carries the checksum of each."""

    loaded = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images: OrderedDict[Key, QImage] = OrderedDict()
        self._used = 0
        self._broken: set[Key] = set()
        self._wanted: list[Key] = []
        self._running: set[Key] = set()
        self._threads = 0
        self._lock = Lock()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(THREADS)
        self._home = _Home(self)
        self._home.loaded.connect(self._on_loaded)

    def get(self, key: Key) -> QImage | None:
        """The picture if it is here; None while it is not, or if it can't be read."""
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def is_broken(self, key: Key) -> bool:
        return key in self._broken

    def want(self, keys: Sequence[Key]) -> None:
        """Load these, first things first; what was wanted before and is not now is dropped."""
        with self._lock:
            self._wanted = [
                key
                for key in reversed(keys)
                if key not in self._images and key not in self._broken and key not in self._running
            ]
            missing = min(THREADS, len(self._wanted)) - self._threads
            self._threads += max(0, missing)
        self._drop_old(keys)
        for _ in range(missing):
            self._pool.start(_Run(self))

    def settled(self, keys: Iterable[Key]) -> bool:
        """Whether each of these is loaded or known to be unreadable."""
        return all(key in self._images or key in self._broken for key in keys)

    def retry(self, shas: Iterable[str]) -> None:
        """The files of these may have changed: what could not be read before is tried again."""
        again = set(shas)
        self._broken = {key for key in self._broken if key.sha256 not in again}

    def close(self) -> None:
        """Load no more, and wait for the picture in hand."""
        with self._lock:
            self._wanted = []
        self._pool.waitForDone()

    def load_wanted(self) -> None:
        """Load one wanted picture after the other until none is left; in a thread of the pool."""
        while (key := self._next()) is not None:
            self._home.loaded.emit(key, load(key))

    def _next(self) -> Key | None:
        with self._lock:
            if not self._wanted:
                self._threads -= 1
                return None
            key = self._wanted.pop()
            self._running.add(key)
            return key

    def _on_loaded(self, key: Key, image: QImage) -> None:
        with self._lock:
            self._running.discard(key)
        if image.isNull():
            self._broken.add(key)
        else:
            self._images[key] = image
            self._used += image.sizeInBytes()
        self.loaded.emit(key.sha256)

    def _drop_old(self, keys: Sequence[Key]) -> None:
        """Let the oldest go where there are too many, but none of these."""
        if not self._is_full():
            return
        wanted = set(keys)
        for key in [key for key in self._images if key not in wanted]:
            self._used -= self._images.pop(key).sizeInBytes()
            if not self._is_full():
                return

    def _is_full(self) -> bool:
        return len(self._images) > KEPT_IMAGES or self._used > KEPT_BYTES
