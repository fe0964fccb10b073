from __future__ import annotations

from time import perf_counter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from keeproom.model import Kind, Status
from keeproom.ui.grid import accessible
from keeproom.ui.grid.painter import INSET_PX
from keeproom.ui.grid.view import GridView
from keeproom.ui.theme.palette import LIGHT
from tests.ui.helpers import Source, ids_of

Key = Qt.Key
MILLION = 1_000_000


def shown(qtbot: QtBot, grid: GridView, count: int) -> None:
    """Show so many ids, from 1 on, and wait for all that is in sight."""
    grid.set_ids(ids_of(range(1, count + 1)))
    qtbot.waitUntil(grid.is_complete)


def pixel(image: QImage, place: QPoint) -> str:
    return image.pixelColor(place).name().upper()


def has_colour(image: QImage, colour: QColor) -> bool:
    wanted = colour.rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize(
    ("key", "index"),
    [
        (Key.Key_Right, 501),
        (Key.Key_Left, 499),
        (Key.Key_Down, 504),
        (Key.Key_Up, 496),
        (Key.Key_Home, 0),
        (Key.Key_End, MILLION - 1),
        (Key.Key_PageDown, 512),
        (Key.Key_PageUp, 488),
    ],
)
def test_keys_move_among_a_million(qtbot: QtBot, grid: GridView, key: Key, index: int) -> None:
    grid.set_ids(ids_of(range(MILLION)))
    grid.make_current(500)
    QTest.keyClick(grid, key)
    assert grid.current_index() == index
    assert grid.selected_ids() == [index]
    assert grid.viewport().rect().contains(grid.viewport_rect(index))


def test_shift_draws_a_range_and_ctrl_keeps_what_is_selected(grid: GridView) -> None:
    grid.set_ids(ids_of(range(100)))
    grid.make_current(5)
    QTest.keyClick(grid, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected_ids() == [5, 6, 7, 8, 9]
    QTest.keyClick(grid, Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert len(grid.selected_ids()) == 5
    QTest.keyClick(grid, Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert grid.selected_ids() == [5, 6, 7, 8, 9, 10]
    QTest.keyClick(grid, Key.Key_Escape)
    assert grid.selected_ids() == []


def test_mouse_chooses_toggles_and_ranges(qtbot: QtBot, grid: GridView) -> None:
    shown(qtbot, grid, 12)
    for index, modifier, selected in (
        (1, Qt.KeyboardModifier.NoModifier, [2]),
        (5, Qt.KeyboardModifier.ControlModifier, [2, 6]),
        (7, Qt.KeyboardModifier.ShiftModifier, [6, 7, 8]),
        (6, Qt.KeyboardModifier.NoModifier, [7]),
    ):
        place = grid.viewport_rect(index).center()
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, place)
        assert grid.selected_ids() == selected


def test_the_circle_adds_to_the_selection(qtbot: QtBot, grid: GridView) -> None:
    shown(qtbot, grid, 12)
    grid.grab()
    for index in (0, 3):
        place = grid.circle(index).center()
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert grid.selected_ids() == [1, 4]


def test_a_rubber_band_selects_what_it_touches(qtbot: QtBot, grid: GridView) -> None:
    shown(qtbot, grid, 12)
    viewport = grid.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(2, 2))
    for place in (QPoint(60, 60), grid.viewport_rect(5).center()):
        QTest.mouseMove(viewport, place)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(60, 60))
    assert grid.selected_ids() == [1, 2, 5, 6]


def test_all_of_a_million_at_once(grid: GridView) -> None:
    grid.set_ids(ids_of(range(MILLION)))
    started = perf_counter()
    grid.select_all()
    grid.invert_selection()
    grid.select_all()
    assert perf_counter() - started < 0.5
    assert grid.selected_count() == MILLION


def test_a_million_asks_only_for_what_is_near(qtbot: QtBot, grid: GridView, source: Source) -> None:
    shown(qtbot, grid, MILLION)
    assert sum(map(len, source.asked)) < 100
    assert grid.verticalScrollBar().maximum() > 40_000_000


def test_what_is_on_the_screen_stays_when_others_come_in(qtbot: QtBot, grid: GridView) -> None:
    grid.set_ids(ids_of(range(1000, 2000)))
    grid.make_current(200)
    before = {grid.ids()[index]: grid.viewport_rect(index) for index in grid.visible()}
    grid.set_ids(ids_of(range(993, 2000)))
    after = {grid.ids()[index]: grid.viewport_rect(index) for index in grid.visible()}
    assert {asset: after[asset] for asset in before} == before
    assert grid.selected_ids() == [1200]
    assert grid.ids()[grid.current_index()] == 1200


def test_the_first_row_is_full_again_at_the_top(grid: GridView) -> None:
    grid.set_ids(ids_of(range(1000, 2000)))
    grid.set_ids(ids_of(range(999, 2000)))
    assert grid.geometry_now().lead.places == 3
    grid.verticalScrollBar().setValue(0)
    assert grid.geometry_now().lead.places == 0
    assert grid.visible().start == 0


def test_another_size_keeps_the_place(grid: GridView) -> None:
    grid.set_ids(ids_of(range(10_000)))
    grid.make_current(5_000)
    grid.set_cell_size(256)
    assert 5_000 in grid.visible()
    grid.resize(1600, 900)
    assert 5_000 in grid.visible()


def test_thumbnails_come_in_at_the_size_shown(qtbot: QtBot, grid: GridView, source: Source) -> None:
    source.store(1, "#FF0000")
    source.can_remake = False
    shown(qtbot, grid, 2)
    picture = grid.grab().toImage()
    assert pixel(picture, grid.viewport_rect(0).center() - QPoint(0, 20)) == "#FE0000"
    assert pixel(picture, grid.viewport_rect(1).center() - QPoint(50, 20)) == "#336699"


def test_a_changed_cell_is_read_and_painted_again(qtbot: QtBot, grid: GridView, source: Source) -> None:
    source.facts[1] = {"status": Status.PROCESSING, "thumbnailed": False, "colour": None}
    shown(qtbot, grid, 1)
    del source.facts[1]
    source.store(1, "#00FF00")
    with qtbot.waitSignal(grid.cells.arrived):
        grid.refresh([1])
    qtbot.waitUntil(grid.is_complete)
    cell = grid.cell(0)
    assert cell is not None
    assert cell.status == Status.READY
    centre = grid.viewport_rect(0).center() - QPoint(0, 20)
    assert QColor(pixel(grid.grab().toImage(), centre)).green() > 240


@pytest.mark.parametrize("dark", [False, True])
def test_every_trouble_is_seen_on_the_picture(qtbot: QtBot, grid: GridView, source: Source, dark: bool) -> None:
    states = list(Status)
    for number, status in enumerate(states, start=1):
        source.facts[number] = {"status": status, "colour": 0xFFFFFF if dark else 0x000000}
    shown(qtbot, grid, len(states))
    whole = grid.grab().toImage()
    seen = {}
    for index, status in enumerate(states):
        rect = grid.geometry_now().picture(index)
        corner = whole.copy(rect.right() - INSET_PX - 27, rect.top() + 18, 26, 30)
        seen[status] = bytes(corner.convertToFormat(QImage.Format.Format_RGB32).constBits())
    plain = seen.pop(Status.READY)
    assert plain not in seen.values()
    assert len(set(seen.values())) == len(seen)


def test_selected_and_current_have_rings(qtbot: QtBot, grid: GridView) -> None:
    shown(qtbot, grid, 8)
    grid.make_current(1)
    whole = grid.grab().toImage()
    selected = whole.copy(grid.viewport_rect(1).adjusted(-6, 0, 6, 0))
    other = whole.copy(grid.viewport_rect(6).adjusted(-6, 0, 6, 0))
    assert has_colour(selected, LIGHT.accent)
    assert not has_colour(other, LIGHT.accent)


def test_cells_speak(qtbot: QtBot, grid: GridView, source: Source) -> None:
    source.facts[2] = {
        "name": "<b>sea</b>.mp4",
        "kind": Kind.VIDEO,
        "duration_s": 31.0,
        "status": Status.FAILED,
        "rating": 3,
    }
    shown(qtbot, grid, 3)
    grid.make_current(1)
    accessible.install()
    interface = QAccessible.queryAccessibleInterface(grid)
    assert interface.childCount() == 3
    child = interface.child(1)
    assert child.text(QAccessible.Text.Name) == "<b>sea</b>.mp4"
    said = child.text(QAccessible.Text.Description)
    assert said == "Video · 400 × 300 · 0:31, 3 stars, Kept, but no preview"
    assert child.state().selected
    assert interface.indexOfChild(child) == 1


def test_names_are_never_rich_text(qtbot: QtBot, grid: GridView, source: Source) -> None:
    from keeproom.ui.texts import tooltip

    source.facts[1] = {"name": "<img src=x>.jpg"}
    shown(qtbot, grid, 1)
    assert "<img" not in tooltip("\n".join(grid.cell_words(0)))


def test_the_wheel_with_ctrl_asks_for_another_size(qtbot: QtBot, grid: GridView) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    middle = QPointF(100, 100)
    event = QWheelEvent(
        middle,
        grid.viewport().mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.waitSignal(grid.zoom_requested) as caught:
        QApplication.sendEvent(grid.viewport(), event)
    assert caught.args == [120]


def test_after_a_click_beside_the_cells_a_range_begins_at_the_current_one(qtbot: QtBot, grid: GridView) -> None:
    grid.set_ids(ids_of(range(1, 40)))
    grid.make_current(6)
    gap = grid.viewport_rect(6).bottomRight() + QPoint(4, 4)
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=gap)
    assert grid.selected_count() == 0
    qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected_ids() == [7, 8]


def test_enter_and_double_click_open_and_space_previews(qtbot: QtBot, grid: GridView) -> None:
    shown(qtbot, grid, 12)
    grid.make_current(3)
    opened: list[int] = []
    previewed: list[int] = []
    grid.activated.connect(opened.append)
    grid.preview_requested.connect(previewed.append)
    QTest.keyClick(grid, Key.Key_Return)
    QTest.keyClick(grid, Key.Key_Enter)
    QTest.keyClick(grid, Key.Key_Space)
    place = grid.viewport_rect(6).center()
    QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert opened == [3, 3, 6]
    assert previewed == [3]
    QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)
    assert len(opened) == 3


def test_nothing_is_opened_in_an_empty_grid(qtbot: QtBot, grid: GridView) -> None:
    with qtbot.assertNotEmitted(grid.activated), qtbot.assertNotEmitted(grid.preview_requested):
        for key in (Key.Key_Return, Key.Key_Space, Key.Key_Down):
            QTest.keyClick(grid, key)


def test_what_is_selected_is_dragged_away(qtbot: QtBot, grid: GridView) -> None:
    shown(qtbot, grid, 12)
    grid.make_current(1)
    grid.toggle(2)
    viewport, button, none = grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    begun: list[list[int]] = []
    grid.drag_requested.connect(lambda: begun.append(grid.selected_ids()))
    for index, dragged in ((2, [2, 3]), (5, [6])):
        start = grid.viewport_rect(index).center()
        QTest.mousePress(viewport, button, none, start)
        QTest.mouseMove(viewport, start + QPoint(2, 2))
        assert not begun
        QTest.mouseMove(viewport, start + QPoint(30, 20))
        QTest.mouseMove(viewport, start + QPoint(60, 40))
        QTest.mouseRelease(viewport, button, none, start + QPoint(60, 40))
        assert begun == [dragged]
        begun.clear()
        assert grid.selected_ids() == dragged, "letting go selects nothing else"


def test_the_cell_under_the_pointer_stays_there_when_sizes_change(grid: GridView) -> None:
    grid.set_ids(ids_of(range(10_000)))
    grid.verticalScrollBar().setValue(50_000)
    point = QPoint(400, 350)
    for cell_px in (176, 240, 512, 300, 96, 160):
        row = grid.geometry_now().span(point.y() + grid.offset(), 1)
        index = grid.index_at(point) or row[0]
        inside = (point.y() - grid.viewport_rect(index).top()) / grid.geometry_now().row_height
        grid.set_cell_size(cell_px, point)
        after = (point.y() - grid.viewport_rect(index).top()) / grid.geometry_now().row_height
        assert abs(after - inside) < 0.02


def test_one_comes_back_to_where_one_was(qtbot: QtBot, grid: GridView, source: Source) -> None:
    import json

    from keeproom.ui.grid.bookmark import read_bookmark

    grid.set_ids(ids_of(range(1000)))
    grid.make_current(700)
    grid.toggle(702)
    grid.verticalScrollBar().setValue(grid.offset() + 33)
    told = json.loads(json.dumps(grid.bookmark().as_json()))
    before = {grid.ids()[index]: grid.viewport_rect(index) for index in grid.visible()}
    again = GridView(cell_px=160)
    qtbot.addWidget(again)
    again.resize(772, 600)
    again.show()
    again.set_ids(ids_of(range(-8, 1000)), keep_place=False)  # eight came in at the top
    again.go_to(read_bookmark(told))
    after = {again.ids()[index]: again.viewport_rect(index) for index in again.visible()}
    assert {asset: rect.top() for asset, rect in after.items()} == {asset: rect.top() for asset, rect in before.items()}
    assert again.selected_ids() == [700, 702]
    assert again.ids()[again.current_index()] == 702
    again.close_down()


def test_a_place_that_is_gone_is_the_top(grid: GridView) -> None:
    from keeproom.ui.grid.bookmark import Bookmark, read_bookmark

    grid.set_ids(ids_of(range(10)))
    grid.go_to(Bookmark(anchor=777, above=9, current=888, selected=(5, 999)))
    assert (grid.offset(), grid.current_index(), grid.selected_ids()) == (0, 0, [5])
    assert read_bookmark({"anchor": "x", "above": None, "selected": [1, "2"]}) == Bookmark(None, 0, None, (1,))
    grid.set_ids(ids_of([]))
    assert grid.bookmark() == Bookmark()


def test_another_order_at_the_same_place_is_read(qtbot: QtBot, grid: GridView, source: Source) -> None:
    grid.set_ids(ids_of(range(1, 200)))
    qtbot.waitUntil(grid.is_complete)
    grid.set_ids(ids_of(reversed(range(1, 200))), keep_place=False)
    qtbot.waitUntil(grid.is_complete)
    assert grid.cell(0) is not None
