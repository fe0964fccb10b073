"""The library as a list with columns."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from keeproom.model import ItemState, Kind, SortKey, Status
from keeproom.ui.grid.columns import COLUMNS, Chosen, read_columns, write_columns
from keeproom.ui.grid.geometry import LIST_ROW_PX
from keeproom.ui.grid.view import GridView
from keeproom.ui.grid.words import status
from keeproom.ui.theme.palette import LIGHT
from tests.ui.helpers import Source, make_cell

Key = Qt.Key
MILLION = 1_000_000


@pytest.fixture
def rows(qtbot: QtBot, grid: GridView) -> GridView:
    grid.set_list(True)
    grid.set_ids(np.arange(1, 101))
    qtbot.waitUntil(grid.is_complete)
    return grid


def test_a_cell_in_columns() -> None:
    cell = make_cell(
        1,
        name="two\nlines.mp4",
        kind=Kind.VIDEO,
        size_bytes=3_400_000,
        captured=datetime(2023, 5, 14, 18, 5),  # noqa: DTZ001 (wall time)
        imported_at=datetime(2024, 1, 2, 3, 4, tzinfo=UTC),
        duration_s=31.0,
        rating=3,
        camera="Canon",
        status=Status.FAILED,
        label="red",
        version=4,
        format="mp4",
    )
    said = {name: column.text(cell) for name, column in COLUMNS.items()}
    assert said["name"] == "two␤lines.mp4"
    assert said["kind"] == "Video"
    assert said["taken"].startswith("5/14/23")
    assert said["size"] == "3.4 MB"
    assert (said["dimensions"], said["duration"], said["rating"]) == ("400 × 300", "0:31", "★★★")
    assert (said["camera"], said["status"], said["label"]) == ("Canon", "Kept, but no preview", "Red")
    assert (said["version"], said["format"], said["title"]) == ("v4", "MP4", "")
    assert all(column.text(make_cell(2)) is not None for column in COLUMNS.values())


def test_what_was_not_kept_says_why() -> None:
    cell = make_cell(-3, status=ItemState.NOT_IMPORTED, reason="the file is empty")
    assert status(cell) == "Not kept: the file is empty"
    assert status(make_cell(-4, status=ItemState.WAITING), 0.405) == "Copying, 40 %"


@given(
    st.text() | st.sampled_from(['[["name", 1, false]]', '[["size", 90, true], ["no", 1, true]]', "[[]]", "{}", "3"])
)
def test_whatever_the_setting_says_all_columns_are_there(text: str) -> None:
    columns = read_columns(text)
    assert {column.name for column in columns} == COLUMNS.keys()
    assert next(column for column in columns if column.name == "name").shown
    assert read_columns(write_columns(columns)) == columns


def test_columns_are_kept_as_they_were_left(qtbot: QtBot, rows: GridView) -> None:
    header = rows.columns
    with qtbot.waitSignal(header.kept) as caught:
        header.show_column("camera", shown=False)
        header.show_column("title", shown=True)
        header.resizeSection(0, 333)
    kept = caught.args[0]
    assert Chosen("name", 333, True) in read_columns(kept)
    names = [slot.column.name for slot in header.slots()]
    assert "camera" not in names
    assert "title" in names
    header.set_text("")
    assert "camera" in [slot.column.name for slot in header.slots()]
    header.set_text(kept)
    assert [slot.column.name for slot in header.slots()] == names


def test_the_name_takes_what_is_left_until_somebody_chooses(qtbot: QtBot, grid: GridView) -> None:
    grid.resize(2400, 600)
    grid.set_list(True)
    assert grid.columns.length() == grid.viewport().width()
    grid.columns.resizeSection(0, 300)
    grid.resize(2500, 600)
    assert grid.columns.sectionSize(0) == 300


def test_columns_have_a_menu_of_all_of_them(rows: GridView) -> None:
    menu = rows.columns.menu()
    entries = {action.text(): action for action in menu.actions()}
    assert len(entries) == len(COLUMNS)
    assert not entries["Name"].isEnabled()
    entries["Camera"].toggle()
    assert "camera" not in [slot.column.name for slot in rows.columns.slots()]
    menu.close()


def test_a_click_on_a_title_sorts(qtbot: QtBot, rows: GridView) -> None:
    header = rows.columns
    slots = {slot.column.name: slot for slot in header.slots()}
    header.setOffset(0)
    with qtbot.waitSignal(header.sort_chosen) as caught:
        place = QPoint(slots["taken"].left + 30, 10)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert caught.args == [SortKey.CAPTURED]
    header.show_sort(SortKey.CAPTURED, descending=True)
    with qtbot.assertNotEmitted(header.sort_chosen):
        place = QPoint(slots["kind"].left + 30, 10)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def test_mouse_and_keys_choose_rows(rows: GridView) -> None:
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(300, 70))
    assert rows.selected_ids() == [3]
    QTest.keyClick(rows, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert rows.selected_ids() == [3, 4]
    QTest.keyClick(rows, Key.Key_PageDown)
    assert rows.current_index() == 3 + rows.viewport().height() // LIST_ROW_PX
    assert rows.viewport().rect().contains(rows.viewport_rect(rows.current_index()).center())


def test_a_selected_row_is_tinted(qtbot: QtBot, rows: GridView) -> None:
    rows.make_current(2)
    qtbot.waitUntil(rows.is_complete)
    picture = rows.viewport().grab().toImage()
    assert picture.pixelColor(700, 2 * LIST_ROW_PX + 4) == LIGHT.tint
    assert picture.pixelColor(700, 5 * LIST_ROW_PX + 4) == LIGHT.canvas


def test_changing_between_grid_and_list_keeps_place_and_selection(qtbot: QtBot, grid: GridView) -> None:
    grid.set_ids(np.arange(1, MILLION + 1))
    grid.make_current(500_000)
    grid.set_list(True)
    assert 500_000 in grid.visible()
    assert grid.selected_ids() == [500_001]
    assert grid.cell_size() == 160
    grid.set_list(False)
    assert 500_000 in grid.visible()
    assert grid.geometry_now().columns == 4


def test_wide_columns_can_be_scrolled_to(qtbot: QtBot, rows: GridView) -> None:
    across = rows.horizontalScrollBar()
    assert across.maximum() == rows.columns.length() - rows.viewport().width()
    before = rows.viewport().grab().toImage()
    across.setValue(across.maximum())
    assert rows.columns.offset() == across.maximum()
    assert rows.viewport().grab().toImage() != before
    assert rows.index_at(QPoint(700, 70)) == 2


def test_a_small_picture_stands_before_the_name(qtbot: QtBot, grid: GridView, source: Source) -> None:
    source.store(1, "#FF0000")
    grid.set_list(True)
    grid.set_ids(np.arange(1, 3))
    qtbot.waitUntil(grid.is_complete)
    assert grid.viewport().grab().toImage().pixelColor(20, 13).red() > 240
