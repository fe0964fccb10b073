"""The picture at the top: whole, sharp, and seen also while it has the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from keeproom.ui.inspector.picture import Picture
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.theme.palette import LIGHT


def image(width: int, height: int, colour: str = "#cc2200") -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor(colour))
    return made


@pytest.fixture
def picture(qtbot: QtBot, appearance: Appearance) -> Picture:
    shown = Picture()
    qtbot.addWidget(shown)
    shown.resize(280, 190)
    shown.show()
    return shown


def colour_at(picture: Picture, x: int, y: int) -> str:
    return picture.grab().toImage().pixelColor(QPoint(x, y)).name()


def test_it_is_whole_in_the_middle(picture: Picture) -> None:
    picture.expect("image", "")
    picture.show_image(image(200, 400), "")
    assert colour_at(picture, 140, 95) == "#cc2200"
    assert colour_at(picture, 20, 95) == LIGHT.canvas.name()


def test_small_ones_are_not_blown_up(picture: Picture) -> None:
    picture.show_image(image(16, 16), "")
    assert colour_at(picture, 140, 95) == "#cc2200"
    assert colour_at(picture, 160, 95) == LIGHT.canvas.name()


def test_the_focus_ring_does_not_cover_it(qtbot: QtBot, picture: Picture) -> None:
    picture.expect("film", "▶ 0:31")
    picture.show_image(image(300, 200), "")
    picture.setFocus()
    qtbot.waitUntil(picture.hasFocus)
    assert colour_at(picture, 140, 60) == "#cc2200"
    assert colour_at(picture, 140, 0) == LIGHT.accent.name()


def test_why_there_is_none_is_written(picture: Picture) -> None:
    picture.show_image(QImage(), "")
    bare = picture.grab().toImage()
    picture.show_image(QImage(), "The preview is being prepared")
    assert picture.grab().toImage() != bare
    assert picture.why() == "The preview is being prepared"


def test_it_keeps_its_shape(picture: Picture) -> None:
    assert picture.heightForWidth(280) == 190
    assert picture.heightForWidth(236) < 190
