"""Pictures that a person has turned."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from keeproom.ui.grid.thumbnails import Key, load
from keeproom.ui.grid.view import GridView
from keeproom.ui.grid.words import facts
from keeproom.ui.images import turned
from tests.ui.helpers import Source, ids_of, make_cell

CORNERS = {0: (0, 0), 1: (1, 0), 2: (1, 1), 3: (0, 1)}
"""Where the upper left corner comes to lie after so many quarter turns clockwise: right, and down."""


def marked(source: Source, asset: int) -> None:
    """A thumbnail twice as wide as high, its upper left corner red."""
    image = QImage(256, 128, QImage.Format.Format_RGB32)
    image.fill(QColor("#204080"))
    for x in range(64):
        for y in range(64):
            image.setPixelColor(x, y, QColor("#FF0000"))
    assert image.save(str(source.thumbnail(f"{asset:064x}", 256)), quality=100)


def red_corner(image: QImage) -> tuple[int, int]:
    return next(
        (right, down)
        for right in (0, 1)
        for down in (0, 1)
        if image.pixelColor(right * (image.width() - 20) + 10, down * (image.height() - 20) + 10).red() > 200
    )


@pytest.mark.parametrize("turn", CORNERS)
def test_a_picture_is_turned_where_it_is_loaded(source: Source, turn: int) -> None:
    marked(source, 1)
    image = load(Key("1", 128, 0, source.thumbnail(f"{1:064x}", 256), None, turn))
    assert (image.width() > image.height()) == (turn % 2 == 0)
    assert red_corner(image) == CORNERS[turn]


def test_no_pixel_is_lost_by_turning() -> None:
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    for number in range(6):
        image.setPixel(number % 3, number // 3, 0xFF000000 + number)
    assert turned(turned(image, 1), 3) == image
    assert turned(turned(image, 2), -2) == image
    assert turned(image, 4) == image


def test_the_cell_is_turned_with_its_picture_and_its_frame(qtbot: QtBot, grid: GridView, source: Source) -> None:
    for asset in (1, 2):
        marked(source, asset)
        source.facts[asset] = {"width": 4_000, "height": 2_000}
    source.facts[2]["rotation"] = 1
    grid.set_ids(ids_of([1, 2]))
    qtbot.waitUntil(grid.is_complete)
    wide, tall = grid._canvas.frame(0), grid._canvas.frame(1)
    assert (wide.width(), wide.height()) == (tall.height(), tall.width())
    image = grid.viewport().grab().toImage()
    assert image.pixelColor(tall.topRight() + QPoint(-10, 10)).red() > 200
    source.facts[1]["rotation"] = 3
    grid.refresh([1])
    qtbot.waitUntil(lambda: grid.is_complete() and grid._canvas.frame(0).height() > grid._canvas.frame(0).width())
    image = grid.viewport().grab().toImage()
    assert image.pixelColor(grid._canvas.frame(0).bottomLeft() + QPoint(10, -10)).red() > 200


def test_two_items_with_the_same_bytes_are_turned_each_its_own_way(
    qtbot: QtBot, grid: GridView, source: Source
) -> None:
    marked(source, 1)
    for turn in CORNERS:
        source.facts[turn + 1] = {"sha256": f"{1:064x}", "rotation": turn, "width": 4_000, "height": 2_000}
    grid.set_ids(ids_of(range(1, 5)))
    qtbot.waitUntil(grid.is_complete)
    image = grid.viewport().grab().toImage()
    for turn, corner in CORNERS.items():
        assert red_corner(image.copy(grid._canvas.frame(turn))) == corner


def test_sides_are_told_as_one_sees_them() -> None:
    assert "2,000 × 4,000" in facts(make_cell(1, width=4_000, height=2_000, rotation=3))
    assert "4,000 × 2,000" in facts(make_cell(1, width=4_000, height=2_000, rotation=2))
