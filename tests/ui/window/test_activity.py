from __future__ import annotations

from pathlib import Path

import pytest

from keeproom.model import FileReport, ImportProgress, ImportSummary, Outcome, QueueCounts, Reason
from keeproom.ui.window.activity import Activity, import_fraction, import_words, summary_words


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


def test_what_was_not_kept_is_remembered_failures_first() -> None:
    activity = Activity()
    for name, outcome in (("a", Outcome.SKIPPED), ("b", Outcome.FAILED), ("c", Outcome.IMPORTED)):
        activity.on_file_reported(FileReport(Path(name), outcome, reason=Reason("x", "why")))
    assert [report.path.name for report in activity.not_kept()] == ["b", "a"]
