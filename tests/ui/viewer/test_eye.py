"""From coarse to sharp: what is on the canvas while pixels come, and what is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from keeproom.errors import UnreadableMediaError
from keeproom.model import Cell, Preview
from keeproom.ui.grid.thumbnails import Key
from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.viewer import eye as eyes
from keeproom.ui.viewer.canvas import Canvas
from keeproom.ui.viewer.eye import Eye
from keeproom.ui.viewer.files import Files
from keeproom.ui.viewer.levels import WHOLE
from keeproom.ui.viewer.sight import Mode
from keeproom.workers.previews import Previews, Wanted
from tests.ui.helpers import make_cell

FIT = (400, 300)
CELL = make_cell(1, width=4_000, height=3_000)
OTHER = make_cell(2, width=4_000, height=3_000)


class Known:
    """What has been decoded before."""

    def __init__(self) -> None:
        self.previews: dict[Wanted, Preview] = {}
        self.errors: dict[Wanted, Exception] = {}

    def get(self, wanted: Wanted) -> Preview | None:
        return self.previews.get(wanted)

    def error(self, wanted: Wanted) -> Exception | None:
        return self.errors.get(wanted)


class Folder(Files):
    """Thumbnails of a made-up library, in a folder."""

    def __init__(self, folder: Path, parent: Canvas) -> None:
        super().__init__(parent)
        self._folder = folder

    def key(self, cell: Cell, side: int = 512) -> Key | None:
        return Key(cell.sha256, side, 0, self._folder / cell.sha256, 0) if cell.thumbnailed else None

    def store(self, cell: Cell) -> None:
        image = QImage(512, 384, QImage.Format.Format_RGB32)
        image.fill(QColor("green"))
        assert image.save(str(self._folder / cell.sha256), "JPG")


def wanted(cell: Cell, box: tuple[int, int]) -> Wanted:
    return Wanted(cell.id, cell.sha256, *box)


def preview(box: tuple[int, int]) -> Preview:
    return Preview(*box, False, bytes(4 * box[0] * box[1]), 4_000, 3_000)


@pytest.fixture
def canvas(qtbot: QtBot, appearance: Appearance) -> Canvas:
    shown = Canvas()
    qtbot.addWidget(shown)
    shown.resize(*FIT)
    return shown


@pytest.fixture
def files(canvas: Canvas, tmp_path: Path) -> Folder:
    return Folder(tmp_path, canvas)


@pytest.fixture
def eye(canvas: Canvas, files: Folder, monkeypatch: pytest.MonkeyPatch) -> Eye:
    monkeypatch.setattr(eyes, "SETTLE_MS", 1)
    return Eye(canvas, files)


@pytest.fixture
def known() -> Known:
    return Known()


def look(eye: Eye, cell: Cell | None, known: Known) -> None:
    eye.look_at(cell, cast(Previews, known))


def width_shown(canvas: Canvas) -> int | None:
    return None if canvas.shown is None or canvas.shown.image is None else canvas.shown.image.width()


def test_colour_then_thumbnail_then_sharp(eye: Eye, canvas: Canvas, files: Folder, known: Known, qtbot: QtBot) -> None:
    files.store(CELL)
    look(eye, CELL, known)
    assert canvas.shown is not None
    assert canvas.shown.colour == QColor("#336699")
    assert canvas.shown.size == (4_000, 3_000)
    assert eye.wanted() == wanted(CELL, FIT)
    files.want([files.key(CELL)])
    qtbot.waitUntil(lambda: width_shown(canvas) == 512)
    assert not eye.is_settled()
    with qtbot.waitSignal(eye.sharpened):
        eye.take(wanted(CELL, FIT), preview(FIT))
    assert width_shown(canvas) == 400
    assert eye.is_settled()


def test_what_was_decoded_ahead_is_there_at_once(eye: Eye, canvas: Canvas, known: Known, qtbot: QtBot) -> None:
    known.previews[wanted(CELL, FIT)] = preview(FIT)
    with qtbot.waitSignal(eye.sharpened):
        look(eye, CELL, known)
    assert width_shown(canvas) == 400
    assert eye.is_settled()


def test_the_picture_before_stays_rather_than_nothing(eye: Eye, canvas: Canvas, known: Known, qtbot: QtBot) -> None:
    known.previews[wanted(CELL, FIT)] = preview(FIT)
    look(eye, CELL, known)
    look(eye, OTHER, known)
    assert width_shown(canvas) == 400
    qtbot.waitUntil(lambda: width_shown(canvas) is None)
    assert canvas.shown is not None
    assert canvas.shown.colour is not None


def test_zooming_asks_for_more_and_back_again_for_nothing(eye: Eye, canvas: Canvas, known: Known, qtbot: QtBot) -> None:
    known.previews[wanted(CELL, FIT)] = preview(FIT)
    look(eye, CELL, known)
    with qtbot.waitSignal(eye.wants_changed):
        canvas.zoom(1.5)
    assert eye.wanted() == wanted(CELL, (800, 600))
    eye.take(wanted(CELL, (800, 600)), preview((800, 600)))
    assert width_shown(canvas) == 800
    with qtbot.waitSignal(eye.wants_changed):
        canvas.set_mode(Mode.ACTUAL)
    assert eye.wanted() == wanted(CELL, WHOLE)
    assert width_shown(canvas) == 800, "until the whole is there"
    with qtbot.waitSignal(eye.wants_changed):
        canvas.set_mode(Mode.FIT)
    assert width_shown(canvas) == 400
    assert eye.is_settled()


def test_what_comes_for_something_else_is_left_alone(eye: Eye, canvas: Canvas, known: Known) -> None:
    look(eye, CELL, known)
    eye.take(wanted(OTHER, FIT), preview(FIT))
    assert width_shown(canvas) is None
    look(eye, None, known)
    eye.take(wanted(CELL, FIT), preview(FIT))
    assert canvas.shown is None


def test_a_refusal_is_told_once_known(eye: Eye, known: Known, qtbot: QtBot) -> None:
    error = UnreadableMediaError("The file ends too early.")
    look(eye, CELL, known)
    with qtbot.waitSignal(eye.refused) as told:
        eye.refuse(wanted(CELL, FIT), error)
    assert told.args == [error]
    assert eye.is_settled()
    known.errors[wanted(OTHER, FIT)] = error
    with qtbot.waitSignal(eye.refused):
        look(eye, OTHER, known)


def test_a_picture_too_large_to_be_whole_says_so(eye: Eye, canvas: Canvas, known: Known, qtbot: QtBot) -> None:
    huge = make_cell(3, width=30_000, height=30_000)
    look(eye, huge, known)
    eye.take(wanted(huge, FIT), Preview(300, 300, False, bytes(360_000), 30_000, 30_000))
    with qtbot.waitSignal(eye.wants_changed):
        canvas.set_mode(Mode.ACTUAL)
    with qtbot.waitSignal(eye.limited) as told:
        eye.take(wanted(huge, WHOLE), Preview(400, 400, False, bytes(640_000), 30_000, 30_000))
    assert str(told.args[0]).startswith("100 % is not possible: of 900 megapixels")
    assert eye.is_settled()


def test_more_that_is_refused_leaves_what_there_is(eye: Eye, canvas: Canvas, known: Known, qtbot: QtBot) -> None:
    known.previews[wanted(CELL, FIT)] = preview(FIT)
    look(eye, CELL, known)
    with qtbot.waitSignal(eye.wants_changed):
        canvas.set_mode(Mode.ACTUAL)
    with qtbot.waitSignal(eye.limited) as told, qtbot.assertNotEmitted(eye.refused):
        eye.refuse(wanted(CELL, WHOLE), UnreadableMediaError("It would exceed 2 GB."))
    assert told.args == ["It would exceed 2 GB."]
    assert width_shown(canvas) == 400


def test_small_pictures_are_asked_for_whole(eye: Eye, canvas: Canvas, known: Known) -> None:
    small = make_cell(4, width=40, height=30)
    look(eye, small, known)
    assert eye.wanted() == wanted(small, WHOLE)


def test_a_cell_that_does_not_know_its_sides(eye: Eye, canvas: Canvas, known: Known) -> None:
    bare = make_cell(5, width=None, height=None, thumbnailed=False, colour=None)
    look(eye, bare, known)
    assert eye.wanted() == wanted(bare, FIT)
    eye.take(wanted(bare, FIT), preview(FIT))
    assert canvas.shown is not None
    assert canvas.shown.size == (4_000, 3_000)


def test_another_canvas_asks_anew(eye: Eye, canvas: Canvas, known: Known, qtbot: QtBot) -> None:
    known.previews[wanted(CELL, FIT)] = preview(FIT)
    canvas.show()
    look(eye, CELL, known)
    with qtbot.waitSignal(eye.wants_changed):
        canvas.resize(800, 600)
    assert eye.wanted() == wanted(CELL, (800, 600))


def corner(colour: int, box: tuple[int, int]) -> Preview:
    """A preview whose upper left quarter has a colour of its own."""
    image = QImage(*box, QImage.Format.Format_RGB32)
    image.fill(0)
    for x in range(box[0] // 2):
        for y in range(box[1] // 2):
            image.setPixel(x, y, colour)
    return Preview(*box, False, bytes(image.constBits()), 4_000, 3_000)


def test_a_turned_item_is_asked_for_in_the_box_it_will_fill(eye: Eye, canvas: Canvas, known: Known) -> None:
    turned = replace(CELL, rotation=1)
    look(eye, turned, known)
    asked = eye.wanted()
    assert asked == wanted(turned, (300, 400)), "before it is turned it is to fit the canvas laid on its side"
    eye.take(asked, corner(0xFFFF0000, (300, 225)))
    shown = canvas.shown
    assert shown is not None
    assert shown.size == (3_000, 4_000)
    assert shown.image is not None
    assert (shown.image.width(), shown.image.height()) == (225, 300)
    assert shown.image.pixelColor(220, 5).red() == 255, "what was at the upper left is at the upper right"
    assert eye.is_settled()


def test_what_is_turned_while_it_is_looked_at_turns_at_once(eye: Eye, canvas: Canvas, known: Known) -> None:
    look(eye, CELL, known)
    eye.take(wanted(CELL, FIT), corner(0xFFFF0000, FIT))
    canvas.set_mode(Mode.ACTUAL)
    look(eye, replace(CELL, rotation=3), known)
    shown = canvas.shown
    assert shown is not None
    assert shown.size == (3_000, 4_000)
    assert shown.image is not None
    assert (shown.image.width(), shown.image.height()) == (300, 400)
    assert shown.image.pixelColor(5, 395).red() == 255, "the upper left has come to the lower left"
    assert canvas.sight.mode == Mode.ACTUAL
    assert eye.wanted() == wanted(CELL, WHOLE)
    look(eye, CELL, known)
    again = canvas.shown
    assert again is not None
    assert again.size == (4_000, 3_000)
