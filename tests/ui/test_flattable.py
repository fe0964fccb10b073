from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from keeproom.ui.flattable import Column, FlatDelegate, FlatTable, RowsModel, column_widths

COLUMNS: tuple[Column[str], ...] = (
    Column("Name", lambda row: row, 100, 1, 2),
    Column("Twice", lambda row: row * 2, 80, 3, 0),
    Column("Long", lambda row: str(len(row)), 50, 0, 1),
)


@pytest.mark.parametrize(
    ("room", "widths"),
    [(230, [100, 80, 50]), (270, [110, 110, 50]), (200, [150, 0, 50]), (120, [120, 0, 0]), (40, [40, 0, 0])],
)
def test_columns_fill_the_room_and_the_least_important_goes_first(room: int, widths: list[int]) -> None:
    assert column_widths(COLUMNS, room) == widths


@pytest.fixture
def model(qtbot: QtBot) -> RowsModel[str]:
    made: RowsModel[str] = RowsModel(COLUMNS)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


@pytest.fixture
def table(qtbot: QtBot, model: RowsModel[str]) -> FlatTable:
    shown = FlatTable(model, FlatDelegate())
    qtbot.addWidget(shown)
    shown.resize(300, 200)
    shown.show()
    return shown


@pytest.mark.parametrize("after", [["a", "b", "c", "d"], ["b", "c"], ["a", "z", "b", "c"], ["a", "b", "y"]])
def test_rows_that_stay_stay_chosen(model: RowsModel[str], table: FlatTable, after: list[str]) -> None:
    model.show(["a", "b", "c"])
    table.select_row(1)
    model.show(after)
    assert list(model.rows) == after
    assert [model.rows[row] for row in table.chosen_rows()] == ["b"]


def test_a_row_says_its_column_to_a_screen_reader(model: RowsModel[str]) -> None:
    model.show(["ab"])
    assert model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Twice: abab"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Twice"


def test_other_columns_for_other_rows(model: RowsModel[str], table: FlatTable) -> None:
    model.show(["a"])
    model.show_columns(COLUMNS[:1], ["b", "c"])
    assert (model.rowCount(), model.columnCount()) == (2, 1)


def test_all_rows_are_chosen_by_key(qtbot: QtBot, model: RowsModel[str], table: FlatTable) -> None:
    model.show(["a", "b", "c"])
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.chosen_rows() == [0, 1, 2]
