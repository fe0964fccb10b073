from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton

from keeproom.model import ImportSummary
from keeproom.ui.imports.notice import tell_continuing, tell_end
from keeproom.ui.widgets import LinkButton
from keeproom.ui.window.main import MainWindow
from keeproom.ui.window.notices import Notice


def summary(**counts: int) -> ImportSummary:
    zero = {"found": 0, "imported": 0, "duplicates": 0, "failed": 0, "skipped": 0, "stages_failed": 0, "bytes": 0}
    return ImportSummary(entry=1, seconds=1.0, **{**zero, **counts})


def offers(notice: Notice) -> list[str]:
    return [button.text() for button in notice.findChildren(QAbstractButton) if isinstance(button, LinkButton)]


@pytest.mark.parametrize(
    ("counts", "offered"),
    [
        (
            {"imported": 18_072, "duplicates": 1_902, "stages_failed": 3, "skipped": 23},
            ["Review", "Remove originals…", "Show"],
        ),
        ({"imported": 5}, ["Remove originals…", "Show"]),
        ({"duplicates": 5}, ["Review", "Remove originals…"]),
        ({"failed": 1}, ["Review"]),
        ({}, []),
    ],
)
def test_the_end_offers_what_makes_sense_now(window: MainWindow, counts: dict[str, int], offered: list[str]) -> None:
    assert offers(tell_end(window, summary(**counts))) == offered


def test_what_goes_on_from_last_time_is_told(window: MainWindow) -> None:
    assert tell_continuing(window, 431).label.text() == "431 files continue now."
    assert tell_continuing(window, 1, crashed=True).label.text() == (
        "Keeproom stopped unexpectedly last time. Everything imported is safe; 1 file continues now."
    )
    assert tell_continuing(window, 3, paused=True).label.text() == "3 files wait: work is paused."
