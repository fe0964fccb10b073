from __future__ import annotations

import pytest

from keeproom.model import ImportProgress, ImportSummary, QueueCounts
from keeproom.ui.window.activity import (
    ACTIVITY_PAGE,
    IMPORTS_PAGE,
    Activity,
    Doing,
    import_fraction,
    import_words,
    summary_words,
)


def summary(**counts: int) -> ImportSummary:
    zero = {"found": 0, "imported": 0, "duplicates": 0, "failed": 0, "skipped": 0, "stages_failed": 0, "bytes": 0}
    return ImportSummary(entry=1, seconds=1.0, **{**zero, **counts})


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (
            {"imported": 18_072, "duplicates": 1_902, "stages_failed": 3, "skipped": 23},
            "18,072 added, 1,902 already here, 3 problems, 23 skipped.",
        ),
        ({"imported": 1, "failed": 1}, "1 added, 1 problem."),
        ({"duplicates": 4}, "4 already here."),
        ({}, "There was nothing to import."),
    ],
)
def test_the_balance_in_words(counts: dict[str, int], words: str) -> None:
    assert summary_words(summary(**counts)) == words


def test_counting_tells_the_space() -> None:
    progress = ImportProgress("counting", found=1_204, bytes_found=9_100_000_000, free_bytes=61_000_000_000)
    assert import_words(progress) == "Counting: 1,204 files · 9.1 GB needed, 61.0 GB free"
    assert import_fraction(progress) is None


def test_copying_tells_how_long_it_takes() -> None:
    progress = ImportProgress(
        "copying", found=20_000, bytes_found=1_000, finished=8_214, bytes_finished=250, seconds=180.0
    )
    assert import_words(progress) == "Importing 8,214 of 20,000 · 9 min"
    assert import_fraction(progress) == 0.25


def test_the_first_seconds_tell_no_remainder() -> None:
    assert import_words(ImportProgress("copying", found=5, finished=1, seconds=0.5)) == "Importing 1 of 5"


def test_imports_come_before_previews() -> None:
    activity = Activity()
    activity.on_queue_progressed(QueueCounts(8, 2, 0, paused=False))
    doing = activity.doing()
    assert doing is not None
    assert doing.fraction == 0
    activity.on_queue_progressed(QueueCounts(3, 2, 0, paused=True))
    doing = activity.doing()
    assert doing is not None
    assert doing.text.startswith("Paused · ")
    assert doing.fraction == 0.5
    activity.on_import_progressed(ImportProgress("copying", found=2))
    doing = activity.doing()
    assert doing is not None
    assert "Importing" in doing.text
    activity.on_import_progressed(ImportProgress("done", found=2, finished=2))
    activity.on_import_finished(summary())
    activity.on_queue_progressed(QueueCounts(0, 0, 1, paused=False))
    assert activity.doing() is None
    assert not activity.working


def test_not_enough_space_is_told_while_it_counts_and_while_it_waits() -> None:
    counting = ImportProgress(
        "counting", found=9_000, bytes_found=15 * 10**9, needed_bytes=12 * 10**9, free_bytes=3 * 10**9
    )
    assert import_words(counting) == "Counting: 9,000 files · Not enough space: 12.0 GB needed, 3.0 GB free"
    waiting = ImportProgress(
        "no-space", found=9_000, finished=4_120, needed_bytes=12 * 10**9, free_bytes=3 * 10**9, entry=1
    )
    assert import_words(waiting) == "Not enough space: 12.0 GB needed, 3.0 GB free · 4,120 of 9,000 are safe"
    activity = Activity()
    activity.on_import_progressed(waiting)
    assert activity.importing  # it goes on by itself when there is room, and can be cancelled
    assert activity.import_line(1) == import_words(waiting)
    assert activity.import_line(2) == ""


def test_each_line_names_the_page_that_tells_more() -> None:
    activity = Activity()
    activity.on_queue_progressed(QueueCounts(8, 2, 0, paused=False))
    doing = activity.doing()
    assert doing is not None
    assert doing.page == ACTIVITY_PAGE
    activity.on_import_progressed(ImportProgress("copying", found=2))
    doing = activity.doing()
    assert doing is not None
    assert doing.page == IMPORTS_PAGE
    assert activity.progress is not None


def test_a_removal_is_told_and_can_be_ended() -> None:
    activity, ended = Activity(), []
    activity.show_removal(Doing("Removing originals: 1 of 2", 0.5, IMPORTS_PAGE), lambda: ended.append(1))
    assert activity.removing
    assert activity.working
    assert activity.can_cancel
    activity.cancel_removal()
    assert ended == [1]
    activity.show_removal(None)
    assert activity.doing() is None
    activity.cancel_removal()
    assert ended == [1]
