from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from keeproom.library.queue import FailedJob, WorkerNow
from keeproom.model import ImportProgress, Stage
from keeproom.ui.activity.figures import (
    WINDOW_S,
    Figures,
    Rate,
    copying,
    done_words,
    failed_words,
    left_words,
    speed_words,
    state_words,
    with_rate,
)
from keeproom.ui.activity.tasks import Watch, copying_task, failure_words

AT = datetime(2023, 5, 14, tzinfo=UTC)


def worker(name: str, asset: int, jobs: int = 1, *, ours: bool = True) -> WorkerNow:
    return WorkerNow("p", name, Stage.PICTURE, jobs, AT, asset, f"IMG_{asset}.jpg", ours)


def test_a_rate_is_that_of_the_last_minute() -> None:
    rate = Rate()
    rate.count(0, 100)
    assert rate.per_minute is None
    rate.count(1, 110)
    assert rate.per_minute is None
    rate.count(30, 130)
    assert rate.per_minute == 60
    rate.count(30 + WINDOW_S, 190)
    assert rate.per_minute == 60
    rate.count(31 + WINDOW_S, 0)  # something was begun again
    assert rate.per_minute is None


def test_a_rest_begins_a_new_count() -> None:
    rate = Rate()
    rate.count(0, 0)
    rate.count(10, 10)
    rate.rest()
    assert rate.per_minute is None


def test_figures_in_words() -> None:
    figures = with_rate(Figures(waiting=1_200, running=4, done=8_214, failed=3), 301.0)
    assert left_words(figures) == "1,204 left"
    assert state_words(figures) == "4 at work, 1,200 wait"
    assert speed_words(figures) == "301 a minute · 4 min"
    assert (done_words(figures), failed_words(figures)) == ("8,214 done", "3 failed")
    assert figures.fraction == pytest.approx(8_217 / 9_421)


def test_nothing_left_has_no_rate() -> None:
    quiet = with_rate(Figures(done=5), 300.0)
    assert (left_words(quiet), speed_words(quiet), state_words(quiet)) == ("Nothing to do", "", "")
    assert quiet.fraction == 1
    assert Figures().fraction == 0


def test_copying_is_a_step_like_the_others() -> None:
    progress = ImportProgress(
        "copying", found=100, bytes_found=1_000, finished=40, bytes_finished=400, seconds=60, in_hand=((7, 0.25),)
    )
    figures = copying(progress)
    assert (figures.waiting, figures.running, figures.done) == (59, 1, 40)
    assert speed_words(figures) == "40 a minute · 2 min"
    assert copying(None) == Figures()


def test_workers_say_for_how_long_they_are_at_a_file() -> None:
    watch = Watch()
    first = watch.tasks([worker("p:picture-0", 1), worker("p:picture-1", 2, 32)], 10.0)
    assert [(task.file, task.step, task.since) for task in first] == [
        ("IMG_1.jpg", "Preview", ""),
        ("IMG_2.jpg and 31 more", "Preview", ""),
    ]
    later = watch.tasks([worker("p:picture-0", 1), worker("p:picture-1", 3, 31)], 15.0)
    assert [task.since for task in later] == ["5 s", ""]
    assert watch.tasks([worker("q:picture-0", 4, ours=False)], 16.0)[0].step == "Preview, by another process"


def test_the_file_being_copied_is_a_task() -> None:
    progress = ImportProgress("copying", found=2, current=Path("/in/film.mp4"), in_hand=((7, 0.25), (8, 0.5)))
    assert [(task.file, task.step) for task in copying_task(progress)] == [("film.mp4", "Copying, 50 %")]
    assert copying_task(ImportProgress("counting")) == []


def test_a_failure_in_full() -> None:
    failed = FailedJob(1, 2, "a.heic", Stage.PICTURE, "The file ends too early.", 3, "heif 1.2")
    assert failure_words(failed) == "a.heic: Preview (heif 1.2). The file ends too early. Tried 3 times."
