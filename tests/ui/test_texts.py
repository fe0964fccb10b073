from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from keeproom.ui.texts import clock, number, plural, size, time_left, tooltip


@pytest.fixture(autouse=True)
def english() -> object:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(("count", "words"), [(0, "0 items"), (1, "1 item"), (2, "2 items"), (12_418, "12,418 items")])
def test_plurals_are_right_without_a_translation(count: int, words: str) -> None:
    assert plural(count, "%n item", "%n items") == words


def test_numbers_follow_the_locale() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German))
    assert number(1_204) == "1.204"
    assert plural(1_204, "%n item", "%n items") == "1.204 items"


@pytest.mark.parametrize(("value", "words"), [(0, "0 bytes"), (8_100, "8 kB"), (9_120_000_000, "9.1 GB")])
def test_sizes(value: int, words: str) -> None:
    assert size(value) == words


@pytest.mark.parametrize(("seconds", "words"), [(0.4, "0:00"), (31, "0:31"), (3729, "1:02:09")])
def test_clock(seconds: float, words: str) -> None:
    assert clock(seconds) == words


@pytest.mark.parametrize(("seconds", "words"), [(0, "1 s"), (40, "40 s"), (540, "9 min"), (7800, "2 h 10 min")])
def test_time_left(seconds: float, words: str) -> None:
    assert time_left(seconds) == words


def test_tool_tips_show_names_as_they_are() -> None:
    assert "&lt;b&gt;" in tooltip("<b>.jpg")
