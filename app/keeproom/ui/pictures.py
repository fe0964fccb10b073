"""A picture on the clipboard: decoded and packed in a thread, in the size of the original where that is sensible."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter

from keeproom.errors import BlobError, UnreadableMediaError
from keeproom.model import THUMBNAIL_SIZES, Cell
from keeproom.ui.images import image_of, seen_sides, turned, turned_sides
from keeproom.ui.texts import number, tr

if TYPE_CHECKING:
    from keeproom.library.opening import Library
    from keeproom.ui.transfers import Transfer
    from keeproom.ui.window.main import MainWindow

LONGEST_PX = 6_000
"""A clipboard is kept in memory, and each program that asks gets all of it."""

PNG = "image/png"
PNG_QUALITY = 80
"""Qt's scale; a low compression, for it is read once (24 megapixels: 1.3 s, the default takes 3.5)."""

_EARLY = (QImage.Format, QIODevice.OpenModeFlag)
"""Enums that the threads use are made in the main thread (see the grid's thumbnails)."""


@dataclass(frozen=True, slots=True)
class ClipPicture:
    """A picture ready for the clipboard, turned as it is seen; `full` are the sides of the original, `why` tells why it
    is a thumbnail."""

    image: QImage
    png: QByteArray
    full: tuple[int, int]
    why: str = ""


def put_picture_on_clipboard(window: MainWindow, cell: Cell) -> None:
    """Copy an item's picture, so that it can be pasted into a text or a drawing."""
    from keeproom.ui.transfers import Transfers

    room = window.room
    if room is not None:
        text = tr("Copying the picture")
        Transfers.of(window).start(text, partial(_clip, room.library, cell), partial(_on_clipped, window))


def _clip(library: Library, cell: Cell, transfer: Transfer) -> ClipPicture:
    """The picture, or if it can't be decoded its stored thumbnail.

    Raises:
        UnreadableMediaError, BlobError: there is neither.
    """
    from keeproom.library.wholepicture import whole_picture

    try:
        preview = whole_picture(library, cell.id, LONGEST_PX, transfer.control)
    except (UnreadableMediaError, BlobError) as error:
        image = turned(QImage(str(library.layout.thumbnail(cell.sha256, THUMBNAIL_SIZES[0]))), cell.rotation)
        if image.isNull():
            raise
        return ClipPicture(image, packed(image), seen_sides(cell) or (image.width(), image.height()), str(error))
    image = image_of(preview, cell.rotation)
    return ClipPicture(image, packed(image), turned_sides((preview.full_width, preview.full_height), cell.rotation))


def packed(image: QImage) -> QByteArray:
    """The image as a PNG file, packed fast rather than small; takes its time."""
    result = QByteArray()
    buffer = QBuffer(result)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setQuality(PNG_QUALITY)
    writer.write(image)
    buffer.close()
    return result


def _on_clipped(window: MainWindow, picture: ClipPicture) -> None:
    mime = QMimeData()
    if sys.platform in ("win32", "darwin"):
        mime.setImageData(picture.image)
    else:  # as it will be asked for: Qt would pack an image anew in the main thread, each time somebody asks
        mime.setData(PNG, picture.png)
    QGuiApplication.clipboard().setMimeData(mime)
    window.notices.tell(_words(picture))


def _words(picture: ClipPicture) -> str:
    size, full = _sides(picture.image.width(), picture.image.height()), _sides(*picture.full)
    if picture.why:
        text = tr("Only the small preview was copied, {size}: {why}")
        return text.format(size=size, why=picture.why)
    if size == full:
        return tr("Picture copied, {size}. Paste it in another program.").format(size=size)
    text = tr("Picture copied at {size}, smaller than the original with {full}. Use Copy for the file itself.")
    return text.format(size=size, full=full)


def _sides(width: int, height: int) -> str:
    return f"{number(width)} × {number(height)}"
