from __future__ import annotations

import pytest

from keeproom.library.imports import ImportRecord, ImportState
from keeproom.model import Outcome
from keeproom.ui.imports.head import from_words
from keeproom.ui.imports.parts import NEW, PROBLEMS, balance_words, counts, found, shares, short_state, state_words
from keeproom.ui.imports.shares import THINNEST_PX, Share, widths
from keeproom.ui.theme.palette import TABLE
from tests.ui.imports.helpers import make_record

MIXED = {Outcome.IMPORTED: 18_072, Outcome.DUPLICATE: 1_902, Outcome.SKIPPED: 23, Outcome.FAILED: 1}


def test_the_balance_in_words() -> None:
    words = "18,072 added, 1,902 already here, 3 problems, 1 not imported, 23 skipped"
    assert balance_words(make_record(MIXED, problems=3)) == words
    assert balance_words(make_record()) == ""


def test_what_has_a_problem_is_counted_once_in_the_bar() -> None:
    record = make_record(MIXED, problems=3, waiting=2)
    assert found(record) == 20_000
    assert counts(record)[NEW] == 18_072
    assert counts(record)[PROBLEMS] == 3
    assert [share.count for share in shares(record)] == [18_069, 1_902, 3, 1, 23]
    assert all(share.role in TABLE for share in shares(record))


def test_problems_of_what_was_here_before_take_nothing_from_the_new() -> None:
    record = make_record({Outcome.DUPLICATE: 4}, problems=2)
    assert [share.count for share in shares(record)] == [0, 4, 0, 0, 0]


@pytest.mark.parametrize(
    ("record", "words", "short"),
    [
        (make_record(), "", ""),
        (make_record({Outcome.IMPORTED: 41}, waiting=59, state=ImportState.RUNNING), "Running, 41 %", "41 %"),
        (make_record(state=ImportState.RUNNING), "Running", "Running"),
        (make_record(waiting=5, state=ImportState.PAUSED), "Paused", "Paused"),
        (make_record(waiting=5, state=ImportState.PAUSED, lacks_space=True), "Waits for space", "Waits for space"),
        (make_record(waiting=5, state=ImportState.INTERRUPTED), "Interrupted", "Interrupted"),
        (make_record(state=ImportState.CANCELLED), "Cancelled", "Cancelled"),
    ],
)
def test_how_an_import_stands(record: ImportRecord, words: str, short: str) -> None:
    assert state_words(record) == words
    assert short_state(record) == short


def test_where_it_came_from() -> None:
    record = make_record({Outcome.IMPORTED: 1}, folders=("/a", "/b"))
    assert from_words(record) == "1 file from /a, /b · took 2 min"
    assert from_words(make_record({Outcome.IMPORTED: 2}, seconds=None)) == "2 files from /photos"


def test_a_share_of_one_in_a_million_is_seen_and_the_bar_stays_full() -> None:
    bar = widths([Share(999_998, "ok"), Share(1, "warning"), Share(0, "error"), Share(1, "outline")], 1_000_000, 700)
    assert bar[1] == bar[3] == THINNEST_PX
    assert bar[2] == 0
    assert sum(bar) == pytest.approx(700)
    assert widths([Share(0, "ok")], 0, 700) == [0]
