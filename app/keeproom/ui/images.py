"""Decoded pixels as images of the window."""

from __future__ import annotations

from PySide6.QtGui import QImage

from keeproom.model import Preview


def image_of(preview: Preview) -> QImage:
    """The preview's pixels as an image; they are not copied, the image keeps them alive."""
    kind = QImage.Format.Format_ARGB32_Premultiplied if preview.has_alpha else QImage.Format.Format_RGB32
    return QImage(preview.pixels, preview.width, preview.height, 4 * preview.width, kind)
