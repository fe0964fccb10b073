from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from keeproom.ui.pace import Pace


class Questions:
    def __init__(self) -> None:
        self.open: list[Callable[[], None]] = []
        self.asked = 0

    def __call__(self, done: Callable[[], None]) -> None:
        self.asked += 1
        self.open.append(done)


@pytest.fixture
def questions() -> Questions:
    return Questions()


@pytest.fixture
def parent(qtbot: QtBot) -> QObject:
    return QObject()


def test_news_while_it_is_off_wait(questions: Questions, parent: QObject) -> None:
    pace = Pace(questions, 1, parent)
    pace.nudge()
    assert questions.asked == 0
    assert not pace.is_settled
    pace.turn(on=True)
    assert questions.asked == 1


def test_one_question_at_a_time_and_one_for_all_news_meanwhile(
    qtbot: QtBot, questions: Questions, parent: QObject
) -> None:
    pace = Pace(questions, 1, parent)
    pace.turn(on=True)
    for _ in range(5):
        pace.nudge()
    assert questions.asked == 1
    questions.open.pop()()
    qtbot.waitUntil(lambda: questions.asked == 2)
    questions.open.pop()()
    assert pace.is_settled


def test_it_rests_between_questions_unless_somebody_waits(questions: Questions, parent: QObject) -> None:
    pace = Pace(questions, 60_000, parent)
    pace.turn(on=True)
    pace.nudge()
    questions.open.pop()()
    pace.nudge()
    assert questions.asked == 1
    pace.hurry()
    assert questions.asked == 2


def test_an_answer_of_a_library_that_was_left_counts_for_nothing(questions: Questions, parent: QObject) -> None:
    pace = Pace(questions, 1, parent)
    pace.turn(on=True)
    pace.nudge()
    pace.forget()
    pace.nudge()
    assert questions.asked == 2
    questions.open[0]()
    assert not pace.is_settled
    questions.open[1]()
    assert pace.is_settled
