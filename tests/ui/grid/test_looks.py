"""What is painted when: tiles, pixel ratios, badges, progress, and thumbnails that are gone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from keeproom.model import ItemState, Kind, Status
from keeproom.ui.grid import canvas, tiles
from keeproom.ui.grid.view import GridView
from keeproom.ui.grid.words import kind_pill
from keeproom.ui.status import STATUSES
from tests.ui.helpers import Source, ids_of, make_cell


def shown(qtbot: QtBot, grid: GridView, count: int) -> None:
    grid.set_ids(ids_of(range(1, count + 1)))
    qtbot.waitUntil(grid.is_complete)


def pixels(image: QImage) -> bytes:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    return bytes(plain.constBits())


def middle(grid: GridView, index: int) -> str:
    picture = grid.viewport().grab().toImage()
    place = grid.viewport_rect(index).center() - QPoint(50, 20)
    ratio = picture.devicePixelRatio()
    return picture.pixelColor(round(place.x() * ratio), round(place.y() * ratio)).name().upper()


@pytest.mark.parametrize("ratio", [1.25, 1.5, 2.0, 3.0])
def test_a_screen_with_other_pixels(
    qtbot: QtBot, grid: GridView, source: Source, monkeypatch: pytest.MonkeyPatch, ratio: float
) -> None:
    for asset in range(1, 13):
        source.store(asset, "#FF0000")
        image = QImage(512, 384, QImage.Format.Format_RGB32)
        image.fill(QColor("#0000FF"))
        assert image.save(str(source.thumbnail(f"{asset:064x}", 512)))
    shown(qtbot, grid, 12)
    before = grid.reading.key(grid.cell(0))  # type: ignore[arg-type]
    monkeypatch.setattr(canvas.Canvas, "ratio", lambda _self: ratio)
    QCoreApplication.sendEvent(grid, QEvent(QEvent.Type.DevicePixelRatioChange))
    qtbot.waitUntil(grid.is_complete)
    after = grid.reading.key(grid.cell(0))  # type: ignore[arg-type]
    assert before is not None
    assert after is not None
    assert after.side == round(156 * ratio)
    assert after.side > before.side
    target = QImage(grid.viewport().size() * ratio, QImage.Format.Format_RGB32)
    target.setDevicePixelRatio(ratio)
    grid.viewport().render(target)
    place = grid.viewport_rect(5).center() - QPoint(0, 20)
    seen = target.pixelColor(round(place.x() * ratio), round(place.y() * ratio))
    wanted = (0, 0, 254) if after.side > 256 else (254, 0, 0)
    assert all(abs(value - want) < 3 for value, want in zip(seen.toTuple()[:3], wanted, strict=True))


def test_a_cell_is_built_once_and_then_copied(
    qtbot: QtBot, grid: GridView, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.facts = {asset: {"thumbnailed": False} for asset in range(1, 101)}
    shown(qtbot, grid, 100)
    grid.verticalScrollBar().setValue(80)
    qtbot.waitUntil(lambda: len(grid._canvas._tiles) == len(grid.near()))
    painter = grid._canvas.painter()
    built: list[int] = []
    real = painter.build
    monkeypatch.setattr(painter, "build", lambda facts: (built.append(facts.cell.id), real(facts))[1])
    grid.select_all()
    grid.make_current(3)
    grid.verticalScrollBar().setValue(0)
    grid.viewport().repaint()
    grid.grab()
    assert built == []
    source.facts[1] = {"thumbnailed": False, "rating": 5}
    with qtbot.waitSignal(grid.cells.arrived):
        grid.refresh([1])
    qtbot.waitUntil(grid.is_complete)
    assert built == [1]


def test_without_time_colours_stand_in_and_the_rest_follows(
    qtbot: QtBot, grid: GridView, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.can_remake = False
    monkeypatch.setattr(canvas, "FRAME_S", -1.0)
    shown(qtbot, grid, 12)
    grid._canvas.forget()
    assert not grid.is_complete()
    assert middle(grid, 0) == "#336699"
    qtbot.waitUntil(grid.is_complete)
    assert middle(grid, 0) == "#336699"


def test_the_oldest_tiles_go(qtbot: QtBot, grid: GridView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiles, "KEPT_BYTES", 40 * 168 * 194 * 4)
    shown(qtbot, grid, 400)
    for place in (2_000, 6_000, 9_000, 0):
        grid.verticalScrollBar().setValue(place)
        qtbot.waitUntil(grid.is_complete)
    near = grid.near()
    qtbot.waitUntil(lambda: len(grid._canvas._tiles) <= max(41, len(near)))


def test_a_thumbnail_that_is_gone_is_made_again_once(qtbot: QtBot, grid: GridView, source: Source) -> None:
    source.store(2, "#FF0000")
    broken = source.thumbnail(f"{3:064x}", 256)
    broken.write_bytes(b"\xff\xd8\xff no picture")
    with qtbot.waitSignal(grid.complete):
        grid.set_ids(ids_of([1, 2, 3]))
    qtbot.waitUntil(grid.is_complete)
    assert sorted(source.remade) == [f"{1:064x}", f"{3:064x}"]
    assert middle(grid, 0) == middle(grid, 2) == "#00FF01"
    assert middle(grid, 1) == "#FE0000"


def test_one_that_cannot_be_made_shows_its_kind_and_is_not_asked_for_again(
    qtbot: QtBot, grid: GridView, source: Source
) -> None:
    source.can_remake = False
    source.facts[1] = {"height": 400}
    shown(qtbot, grid, 1)
    hopeless = grid.viewport().grab().toImage()
    grid.refresh([1])
    grid.verticalScrollBar().setValue(0)
    qtbot.waitUntil(grid.is_complete)
    assert source.remade == [f"{1:064x}"]
    source.facts[1] = {"thumbnailed": False}
    with qtbot.waitSignal(grid.cells.arrived):
        grid.refresh([1])
    qtbot.waitUntil(grid.is_complete)
    assert grid.viewport().grab().toImage() == hopeless, "the icon of its kind"


def test_a_ring_fills_with_bytes(qtbot: QtBot, grid: GridView, source: Source) -> None:
    source.facts[1] = {"status": ItemState.WAITING, "thumbnailed": False}
    shown(qtbot, grid, 2)
    looks = []
    for fraction in (None, 0.0, 0.3, 0.302, 0.9):
        grid.show_progress({} if fraction is None else {1: fraction})
        qtbot.waitUntil(grid.is_complete)
        looks.append(pixels(grid.viewport().grab().toImage().copy(grid.viewport_rect(0))))
    assert len(set(looks)) == 4, "a step that nobody sees is none"
    assert grid.cell_words(0)[-1] == "Copying, 90 %"


def test_every_state_has_a_badge_of_its_own(qtbot: QtBot, grid: GridView, source: Source) -> None:
    states = [status for status, row in STATUSES.items() if row.shape is not None]
    for number, status in enumerate(states, start=1):
        source.facts[number] = {"status": status, "thumbnailed": False, "name": "same", "colour": 0x336699}
    grid.resize(1200, 900)
    shown(qtbot, grid, len(states))
    whole = grid.viewport().grab().toImage()
    corners = {}
    for index, status in enumerate(states):
        rect = grid.geometry_now().picture(index)
        corners[status] = pixels(whole.copy(rect.right() - 27, rect.top() + 5, 24, 24))
    assert corners[Status.IMPORTING] == corners[ItemState.COPYING]
    del corners[ItemState.COPYING]
    assert len(set(corners.values())) == len(corners)


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"kind": Kind.VIDEO, "duration_s": 31.0}, "▶ 0:31"),
        ({"kind": Kind.AUDIO, "duration_s": None}, "♪"),
        ({"kind": Kind.DOCUMENT, "name": "a.pdf"}, "PDF"),
        ({"format": "cr2"}, "RAW"),
        ({"format": "gif"}, "GIF"),
        ({"format": "jpeg"}, ""),
        ({}, ""),
    ],
)
def test_pills_tell_what_is_peculiar(facts: dict[str, object], text: str) -> None:
    assert kind_pill(make_cell(1, **facts)) == text


def test_names_can_be_left_out(qtbot: QtBot, grid: GridView) -> None:
    shown(qtbot, grid, 100)
    grid.make_current(50)
    rows = len(grid.visible())
    grid.set_names(False)
    assert len(grid.visible()) >= rows
    assert grid.geometry_now().shape.height == 160
    assert 50 in grid.visible()
    grid.set_cell_size(96)
    assert grid.geometry_now().shape.height == 96


def test_a_cell_that_changes_keeps_its_picture_until_it_is_loaded_again(
    qtbot: QtBot, grid: GridView, source: Source
) -> None:
    source.store(1, "#FF0000")
    shown(qtbot, grid, 1)
    grid.thumbnails._images.clear()
    source.facts[1] = {"status": Status.DAMAGED}
    with qtbot.waitSignal(grid.cells.arrived):
        grid.refresh([1])
    assert middle(grid, 0) == "#FE0000"
    assert not grid.is_complete()
    qtbot.waitUntil(grid.is_complete)
    assert middle(grid, 0) == "#FE0000"
    assert grid.cell_words(0)[-1] == "Bytes changed on disk"
