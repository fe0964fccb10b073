"""Decoded pixels as images of the window, and which side of a picture is up."""

from __future__ import annotations

from PySide6.QtGui import QImage, QTransform

from keeproom.model import Cell, Preview


def image_of(preview: Preview, turn: int = 0) -> QImage:
    """The preview's pixels as an image, turned by so many quarters clockwise; without a turn they are not copied, the
    image keeps them alive."""
    kind = QImage.Format.Format_ARGB32_Premultiplied if preview.has_alpha else QImage.Format.Format_RGB32
    return turned(QImage(preview.pixels, preview.width, preview.height, 4 * preview.width, kind), turn)


def turned(image: QImage, turn: int) -> QImage:
    """The image turned by so many quarters clockwise; no pixel is lost or made up."""
    return image.transformed(QTransform().rotate(90 * (turn % 4))) if turn % 4 else image


def turned_sides(sides: tuple[int, int], turn: int) -> tuple[int, int]:
    """Width and height after so many quarter turns."""
    return (sides[1], sides[0]) if turn % 2 else sides


def seen_sides(cell: Cell) -> tuple[int, int] | None:
    """Width and height of an item as one sees it; None where they are not known."""
    return turned_sides((cell.width, cell.height), cell.rotation) if cell.width and cell.height else None
