"""The canvas, by its pixels and by hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from keeproom.ui.theme.appearance import Appearance
from keeproom.ui.theme.palette import DARK
from keeproom.ui.viewer.canvas import Canvas
from keeproom.ui.viewer.sight import Mode

MIDDLE = QPoint(200, 150)


def picture(width: int, height: int, alpha: bool = False) -> QImage:
    """Black and white columns, one pixel each."""
    kind = QImage.Format.Format_ARGB32_Premultiplied if alpha else QImage.Format.Format_RGB32
    image = QImage(width, height, kind)
    image.fill(QColor("white"))
    for x in range(0, width, 2):
        for y in range(height):
            image.setPixelColor(x, y, QColor("black"))
    return image


@pytest.fixture
def canvas(qtbot: QtBot, appearance: Appearance) -> Canvas:
    """400 × 300, and a picture of 800 × 600 with all its pixels."""
    shown = Canvas()
    qtbot.addWidget(shown)
    shown.resize(400, 300)
    shown.show()
    shown.begin((800, 600), None, picture(800, 600))
    return shown


def wheel(canvas: Canvas, delta: int, at: QPoint = MIDDLE) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(canvas.mapToGlobal(at)),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def colours(canvas: Canvas, *points: tuple[int, int]) -> list[str]:
    image = canvas.grab().toImage()
    return [image.pixelColor(*point).name() for point in points]


def test_what_fits_lies_in_the_middle_and_the_canvas_around(canvas: Canvas) -> None:
    canvas.begin((300, 300), QColor("#336699"))
    assert colours(canvas, (10, 10), (200, 150), (390, 290)) == [DARK.canvas.name(), "#336699", DARK.canvas.name()]


def test_the_canvas_is_dark_in_both_themes(canvas: Canvas, appearance: Appearance) -> None:
    canvas.clear()
    for theme in ("light", "dark"):
        appearance.choose(theme)
        assert colours(canvas, (5, 5)) == ["#17181b"]


def test_true_pixels_are_painted_as_they_are(canvas: Canvas) -> None:
    canvas.set_mode(Mode.ACTUAL)
    assert colours(canvas, (0, 0), (1, 0), (2, 0), (399, 299)) == ["#000000", "#ffffff", "#000000", "#ffffff"]


def test_pixels_are_squares_from_200_percent_and_blended_below(canvas: Canvas) -> None:
    canvas.set_mode(Mode.ACTUAL)
    canvas.zoom(4)
    assert set(colours(canvas, *((x, 150) for x in range(100, 140)))) == {"#000000", "#ffffff"}
    canvas.set_mode(Mode.ACTUAL)
    canvas.zoom(1.5)
    assert len(set(colours(canvas, *((x, 150) for x in range(100, 140))))) > 2


def test_coarse_pixels_are_never_squares(canvas: Canvas) -> None:
    canvas.begin((800, 600), None, picture(80, 60))
    canvas.set_mode(Mode.ACTUAL)
    canvas.zoom(4)
    assert len(set(colours(canvas, *((x, 150) for x in range(100, 200))))) > 10


def test_sharper_pixels_come_without_a_jump(canvas: Canvas) -> None:
    canvas.begin((800, 600), QColor("red"), picture(80, 60))
    canvas.zoom(3, QPointF(100, 100))
    before = canvas.sight
    canvas.sharpen(picture(800, 600), (800, 600))
    assert canvas.sight == before


def test_something_transparent_lies_on_a_checkerboard(canvas: Canvas) -> None:
    image = QImage(400, 300, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    canvas.begin((400, 300), None, image)
    assert len(set(colours(canvas, (4, 4), (12, 4)))) == 2


def test_thirty_thousand_pixels_zoomed_in_far(canvas: Canvas) -> None:
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    canvas.begin((30_000, 30_000), None, image)
    canvas.zoom(1e9)
    canvas.pan(-1e9, -1e9)
    assert colours(canvas, (0, 0), (200, 150), (399, 299)) == ["#336699"] * 3


def test_the_wheel_zooms_at_the_cursor(canvas: Canvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.sight_changed):
        wheel(canvas, 120, QPoint(0, 0))
    frame = canvas.frame()
    assert frame is not None
    assert frame.scale(canvas.sight) == pytest.approx(0.625)
    assert frame.rect(canvas.sight)[:2] == pytest.approx((0, 0))
    wheel(canvas, -120)
    assert canvas.sight.mode == Mode.FIT


def test_a_double_click_shows_true_pixels_and_all_again(canvas: Canvas) -> None:
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 75))
    assert canvas.scale() == pytest.approx(1)
    frame = canvas.frame()
    assert frame is not None
    assert frame.rect(canvas.sight)[:2] == pytest.approx((-100, -75))
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=MIDDLE)
    assert canvas.sight.mode == Mode.FIT


def test_dragging_and_arrows_move_what_does_not_fit(canvas: Canvas) -> None:
    canvas.set_mode(Mode.ACTUAL)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=MIDDLE)
    QTest.mouseMove(canvas, MIDDLE + QPoint(50, 30))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=MIDDLE + QPoint(50, 30))
    frame = canvas.frame()
    assert frame is not None
    assert frame.rect(canvas.sight)[:2] == pytest.approx((-150, -120))
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert frame.rect(canvas.sight)[:2] == pytest.approx((-190, -120))


def test_a_click_is_no_drag(canvas: Canvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.clicked):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=MIDDLE)
    with qtbot.assertNotEmitted(canvas.clicked):
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=MIDDLE)
        QTest.mouseMove(canvas, MIDDLE + QPoint(60, 0))
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=MIDDLE + QPoint(60, 0))


def test_what_cannot_be_moved_about_is_dragged_out(canvas: Canvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.dragged):
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=MIDDLE)
        QTest.mouseMove(canvas, MIDDLE + QPoint(60, 0))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=MIDDLE)
    canvas.set_mode(Mode.ACTUAL)
    with qtbot.assertNotEmitted(canvas.dragged):
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=MIDDLE)
        QTest.mouseMove(canvas, MIDDLE + QPoint(60, 0))
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=MIDDLE)


def test_side_buttons_step(canvas: Canvas) -> None:
    steps: list[int] = []
    canvas.stepped.connect(steps.append)
    QTest.mouseClick(canvas, Qt.MouseButton.BackButton, pos=MIDDLE)
    QTest.mouseClick(canvas, Qt.MouseButton.ForwardButton, pos=MIDDLE)
    assert steps == [-1, 1]


def test_another_size_keeps_a_free_zoom_and_fits_what_fitted(canvas: Canvas) -> None:
    canvas.resize(200, 150)
    assert canvas.scale() == pytest.approx(0.25)
    canvas.zoom(3)
    canvas.resize(400, 300)
    assert canvas.scale() == pytest.approx(0.75)
