from __future__ import annotations

import pytest

from keeproom.settings import Settings
from keeproom.ui.search.history import LONGEST, MOST, History


def test_the_newest_is_first_and_each_is_there_once(settings: Settings) -> None:
    history = History(settings)
    for search in ("rome", "paris", " rome ", ""):
        history.add(search)
    assert history.searches() == ["rome", "paris"]
    assert History(settings).searches() == ["rome", "paris"]


def test_it_is_no_longer_than_can_be_read(settings: Settings) -> None:
    history = History(settings)
    for number in range(MOST + 5):
        history.add(f"id:{number}")
    history.add("x" * (LONGEST + 1))
    assert history.searches()[0] == f"id:{MOST + 4}"
    assert len(history.searches()) == MOST


def test_it_can_be_forgotten(settings: Settings) -> None:
    history = History(settings)
    history.add("a secret")
    history.add("another")
    history.remove("another")
    assert history.searches() == ["a secret"]
    history.clear()
    assert History(settings).searches() == []


def test_who_only_looks_leaves_nothing_behind(settings: Settings) -> None:
    history = History(settings, lambda: False)
    history.add("rome")
    assert history.searches() == ["rome"]
    assert History(settings).searches() == []


@pytest.mark.parametrize("kept", ["", "no json", "{}", "[1, null]", '"rome"'])
def test_what_is_not_ours_is_no_history(settings: Settings, kept: str) -> None:
    settings.put("search.history", kept)
    assert History(settings).searches() == []
