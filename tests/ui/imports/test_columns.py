from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from keeproom.library.imports import ImportItem
from keeproom.model import ItemState, Outcome, Reason, Status
from keeproom.ui.imports.columns import COLUMNS, as_text, said
from keeproom.ui.imports.words import at_home, folder_words, moment_words
from tests.ui.imports.helpers import make_item

GONE = Reason("not-found", "No such file or directory.")


@pytest.mark.parametrize(
    ("item", "state", "outcome", "why"),
    [
        (make_item(1, None), ItemState.WAITING, "Waiting", ""),
        (make_item(1), Status.READY, "Added", ""),
        (make_item(1, status=Status.PROCESSING), Status.PROCESSING, "Kept. Preparing preview", ""),
        (make_item(1, status=Status.FAILED, error="Why."), Status.FAILED, "Kept, but no preview", "Why."),
        (make_item(1, status=Status.DAMAGED), Status.DAMAGED, "Bytes changed on disk", ""),
        (make_item(1, Outcome.DUPLICATE, status=Status.READY), ItemState.ALREADY_HERE, "Already in library", ""),
        (
            make_item(1, Outcome.DUPLICATE, reason=Reason("in-trash", "It stays there.")),
            ItemState.IN_TRASH,
            "In the trash",
            "It stays there.",
        ),
        (make_item(1, Outcome.FAILED, reason=GONE), ItemState.NOT_IMPORTED, "Not kept", GONE.message),
        (make_item(1, Outcome.SKIPPED, reason=Reason("empty", "Empty.")), ItemState.SKIPPED, "Left out", "Empty."),
    ],
)
def test_every_outcome_in_words(item: ImportItem, state: Status | ItemState, outcome: str, why: str) -> None:
    words = said(item)
    assert (words.state, words.outcome, words.why) == (state, outcome, why)


def test_a_file_in_hand_says_how_much_is_copied() -> None:
    assert said(make_item(1, None), 0.4).outcome == "Copying, 40 %"
    assert said(make_item(1), 0.4).outcome == "Added"


def test_a_folder_is_told_from_what_was_imported_on() -> None:
    item = make_item(1, path="/media/card/DCIM/100/a.jpg")
    assert said(item, roots=["/elsewhere", "/media/card/DCIM"]).folder == "DCIM/100"
    assert said(item, roots=["/media/card/DCIM/100/a.jpg"]).folder == "/media/card/DCIM/100"
    assert said(make_item(1, path=str(Path.home() / "in" / "a.jpg"))).folder == "~/in"


def test_a_line_for_the_clipboard() -> None:
    line = as_text(make_item(7, Outcome.FAILED, reason=GONE))
    assert line == "/photos/IMG_000007.jpg\tNot kept\tNo such file or directory."


def test_every_column_says_something() -> None:
    words = said(make_item(1, Outcome.FAILED, reason=GONE), roots=["/photos"])
    values = ["IMG_000001.jpg", "Not kept", GONE.message, "photos", "1 kB"]
    assert [column.value(words) for column in COLUMNS] == values


def test_moments_are_told_as_people_do() -> None:
    now = datetime(2023, 5, 14, 20, 0, tzinfo=UTC).astimezone()
    assert moment_words(now, now).startswith("Today, ")
    assert moment_words(now - timedelta(days=1), now).startswith("Yesterday, ")
    assert moment_words(now - timedelta(days=30), now).startswith("April 14, 2023, ")
    assert moment_words(now + timedelta(days=1), now).startswith("May 15, 2023, ")


def test_folders_are_named_and_the_rest_is_counted() -> None:
    assert folder_words(["/a/Rome"]) == "Rome"
    assert folder_words(["/a/Rome", "/b/DCIM"]) == "Rome, DCIM"
    assert folder_words(["/a/Rome", "/b/DCIM", "/c", "/d"]) == "Rome, DCIM and 2 more"
    assert folder_words([]) == ""
    assert folder_words(["/"]) == "/"
    assert at_home(Path.home()) == str(Path.home())


def test_a_name_that_is_no_text_is_shown_with_marks_and_kept_as_it_is_in_a_list() -> None:
    item = replace(make_item(1), path=Path(os.fsdecode(b"/photos/caf\xe9.jpg")))
    words = said(item, roots=["/photos"])
    assert words.name == "caf\N{REPLACEMENT CHARACTER}.jpg"
    assert words.whole.startswith("/photos/caf\N{REPLACEMENT CHARACTER}.jpg\n")
    assert os.fsencode(as_text(item).split("\t")[0]) == b"/photos/caf\xe9.jpg"
