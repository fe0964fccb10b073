"""The list of files as a model: any length, read by page, and still while lines come and go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from keeproom.library.imports import ImportItem
from keeproom.model import Outcome
from keeproom.ui.imports.lines import KEPT_LINES, PAGE, LinesModel
from keeproom.ui.imports.table import LinesTable
from tests.ui.imports.helpers import make_item

Answer = Callable[[Sequence[ImportItem]], None]


class Asked:
    """What the model asked for; answers at once, or when told to."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.waits: list[tuple[Sequence[int], Answer]] = []
        self.at_once = True
        self.outcome: Outcome | None = Outcome.IMPORTED

    def __call__(self, ids: Sequence[int], answer: Answer) -> None:
        self.asked.append(list(ids))
        if self.at_once:
            answer([make_item(line, self.outcome) for line in ids])
        else:
            self.waits.append((ids, answer))

    def answer(self) -> None:
        ids, answer = self.waits.pop(0)
        answer([make_item(line, self.outcome) for line in ids])


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def model(asked: Asked, qapp: QApplication) -> LinesModel:
    return LinesModel(asked)


def watch(model: LinesModel) -> None:
    """It looks at every cell at every news: for short lists."""
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)


def ids(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(values, dtype=np.int64)


def test_only_what_is_in_sight_is_read(model: LinesModel, asked: Asked) -> None:
    model.show_ids(np.arange(1, 200_001, dtype=np.int64))
    assert model.rowCount() == 200_000
    assert asked.asked == []
    assert model.index(0, 0).data() == "…"
    model.bring(100_000, 100_030)
    assert asked.asked == [list(range(100_001, 100_001 + PAGE))]
    assert model.index(100_000, 0).data() == "IMG_100001.jpg"
    assert model.is_settled


def test_what_was_scrolled_past_is_not_read(model: LinesModel, asked: Asked) -> None:
    asked.at_once = False
    model.show_ids(np.arange(1, 10_001, dtype=np.int64))
    for first in range(0, 9_000, 500):
        model.bring(first, first + 20)
    asked.answer()
    assert [page[0] for page in asked.asked] == [1, 8_501]
    assert not model.is_settled
    asked.answer()
    assert model.is_settled


def test_an_answer_for_the_import_before_is_dropped(model: LinesModel, asked: Asked) -> None:
    asked.at_once = False
    model.show_ids(ids(1, 2))
    model.bring(0, 1)
    model.begin()
    model.show_ids(ids(7))
    asked.answer()
    assert model.line(0) is None
    model.bring(0, 0)
    asked.answer()
    assert model.index(0, 0).data() == "IMG_000007.jpg"


def test_a_library_that_fails_is_not_asked_for_ever(model: LinesModel, asked: Asked) -> None:
    asked.at_once = False
    model.show_ids(ids(1, 2))
    model.bring(0, 1)
    asked.waits.pop(0)[1](())
    assert len(asked.asked) == 1


def test_news_are_read_for_what_is_in_sight(model: LinesModel, asked: Asked) -> None:
    asked.outcome = None
    model.show_ids(np.arange(1, 1_001, dtype=np.int64))
    model.bring(0, 10)
    model.bring(500, 510)
    assert model.index(500, 1).data() == "Waiting"
    asked.outcome = Outcome.IMPORTED
    asked.asked.clear()
    model.renew()
    assert [page[0] for page in asked.asked] == [501]
    assert model.index(500, 1).data() == "Added"
    assert model.index(0, 1).data() == "Waiting"  # nobody sees it; read when it comes into sight
    model.bring(0, 10)
    assert model.index(0, 1).data() == "Added"


def test_no_more_is_kept_than_is_likely_to_be_wanted(model: LinesModel) -> None:
    model.show_ids(np.arange(1, 9_001, dtype=np.int64))
    for first in range(0, 9_000, PAGE):
        model.bring(first, first + 10)
    assert len(model.known_rows(0, 9_000)) == KEPT_LINES
    assert model.line(0) is None
    assert model.line(8_999) is not None


def test_a_file_in_hand_shows_how_far_it_is(model: LinesModel, asked: Asked) -> None:
    watch(model)
    asked.outcome = None
    model.show_ids(ids(3, 4))
    model.bring(0, 1)
    model.show_in_hand({4: 0.5, 99: 0.1})
    assert [model.index(row, 1).data() for row in (0, 1)] == ["Waiting", "Copying, 50 %"]
    model.show_in_hand({})
    assert model.index(1, 1).data() == "Waiting"


@pytest.fixture
def table(qtbot: QtBot, model: LinesModel) -> LinesTable:
    shown = LinesTable(model)
    qtbot.addWidget(shown)
    shown.resize(800, 330)
    shown.show()
    return shown


def test_lines_that_come_and_go_leave_the_selection_alone(model: LinesModel, table: LinesTable) -> None:
    watch(model)
    model.show_ids(ids(*range(10, 30)))
    table.select_row(5)
    model.show_ids(ids(*range(1, 10), 12, *range(14, 40)))
    rows = table.chosen_rows()
    assert [int(model.ids[row]) for row in rows] == [15]
    line = model.line(rows[0])
    assert line is not None
    assert line.id == 15


def test_very_different_lines_are_a_new_list(model: LinesModel, table: LinesTable) -> None:
    watch(model)
    model.show_ids(np.arange(0, 300, 2, dtype=np.int64))
    model.show_ids(np.arange(0, 300, 3, dtype=np.int64))
    assert list(model.ids[:3]) == [0, 3, 6]


def test_200_000_lines_are_as_light_as_few(qtbot: QtBot, model: LinesModel, table: LinesTable) -> None:
    model.show_ids(np.arange(1, 200_001, dtype=np.int64))
    bar = table.verticalScrollBar()
    started = perf_counter()
    for step in range(20):
        bar.setValue(bar.maximum() * step // 20)
        table.viewport().repaint()
    assert (perf_counter() - started) / 20 < 0.1
    started = perf_counter()
    table.selectAll()
    assert table.chosen_ranges() == [(0, 199_999)]
    assert perf_counter() - started < 0.5


def test_keys_open_and_copy(qtbot: QtBot, model: LinesModel, table: LinesTable) -> None:
    model.show_ids(ids(1, 2, 3))
    table.select_row(1)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [1]
    with qtbot.waitSignal(table.copied):
        qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
