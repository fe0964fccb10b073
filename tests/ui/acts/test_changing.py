"""Changes off the main thread: in order, told when they take long, and never lost at the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event, get_ident

import pytest
from pytestqt.qtbot import QtBot

from keeproom.errors import UsageError
from keeproom.ui.acts.changing import Changing, change
from keeproom.ui.window.main import MainWindow
from keeproom.ui.window.notices import ProgressNotice

Progress = Callable[[int, int], None]


@pytest.fixture
def changing(filled: MainWindow) -> Changing:
    return Changing.of(filled)


def settle(qtbot: QtBot, changing: Changing) -> None:
    qtbot.waitUntil(lambda: changing.is_settled, timeout=10_000)


def test_changes_are_made_in_order_and_elsewhere(qtbot: QtBot, filled: MainWindow, changing: Changing) -> None:
    made: list[int] = []
    told: list[int] = []
    threads: set[int] = set()

    def job(number: int) -> Callable[[Progress], int]:
        def make(_progress: Progress) -> int:
            threads.add(get_ident())
            made.append(number)
            return number

        return make

    for number in range(200):
        change(filled, job(number), doing="Counting", on_done=told.append)
    settle(qtbot, changing)
    assert made == told == list(range(200))
    assert get_ident() not in threads
    assert not filled.notices.shown(), "what is quick is not announced"


def test_of_changes_that_replace_each_other_only_the_last_that_waits_is_made(
    qtbot: QtBot, filled: MainWindow, changing: Changing
) -> None:
    may_go = Event()
    made: list[str] = []
    change(filled, lambda _: may_go.wait(10), doing="Waiting", replaces="a")
    for name, replaces in (("a1", "a"), ("a2", "a"), ("b1", "b"), ("a3", "a"), ("a4", None), ("a5", None)):
        change(filled, lambda _, name=name: made.append(name), doing="", replaces=replaces)  # type: ignore[misc]
    may_go.set()
    settle(qtbot, changing)
    assert made == ["a2", "b1", "a3", "a4", "a5"], "a change in between keeps its place"


def test_what_takes_long_is_announced_with_its_count(qtbot: QtBot, filled: MainWindow, changing: Changing) -> None:
    may_end = Event()

    def job(progress: Progress) -> None:
        progress(2_500, 10_000)
        may_end.wait(10)

    change(filled, job, doing="Rating 10,000 items")
    qtbot.waitUntil(lambda: bool(filled.notices.shown()), timeout=10_000)
    (notice,) = filled.notices.shown()
    assert isinstance(notice, ProgressNotice)
    assert notice.label.text() == "Rating 10,000 items\n2,500 / 10,000"
    assert notice.fraction() == 0.25
    may_end.set()
    settle(qtbot, changing)
    assert not filled.notices.shown()


def test_an_error_is_told_and_the_next_change_is_made(qtbot: QtBot, filled: MainWindow, changing: Changing) -> None:
    ends: list[str] = []

    def refuse(_progress: Progress) -> None:
        raise UsageError("A rating is a number from 0 to 5.")

    change(filled, refuse, doing="", on_done=lambda _: ends.append("done"), on_error=lambda: ends.append("error"))
    change(filled, lambda _: None, doing="", on_done=lambda _: ends.append("next"))
    settle(qtbot, changing)
    assert ends == ["error", "next"]
    assert filled.error_bar.text() == "A rating is a number from 0 to 5."


def test_closing_the_library_waits_for_what_was_asked(filled: MainWindow, changing: Changing, tmp_path: Path) -> None:
    made: list[int] = []
    for number in range(50):
        change(filled, lambda _, number=number: made.append(number), doing="")  # type: ignore[misc]
    filled.close()
    assert made == list(range(50))
