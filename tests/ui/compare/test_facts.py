"""Which side has the better one."""

from __future__ import annotations

from datetime import datetime

from keeproom.ui.compare.facts import FACTS, better, shown_facts
from tests.ui.helpers import make_cell

WHEN = datetime.fromisoformat("2023-05-14T10:02:00")
LARGE = make_cell(1, width=6_000, height=4_000, size_bytes=8_100_000, format="jpeg", captured=WHEN)
SMALL = make_cell(2, width=1_600, height=1_067, size_bytes=400_000, format="jpeg")
BY_NAME = {fact.name: fact for fact in FACTS}


def marked(name: str, *cells: object) -> set[int]:
    return set(better(BY_NAME[name], cells))  # type: ignore[arg-type]


def test_more_is_better() -> None:
    assert marked("Pixels", SMALL, LARGE) == {1}
    assert marked("Size", LARGE, SMALL) == {0}
    assert marked("Taken", SMALL, LARGE) == {1}


def test_alike_is_not_better() -> None:
    for fact in FACTS:
        assert better(fact, [LARGE, LARGE]) == frozenset()


def test_several_can_be_the_best() -> None:
    assert marked("Pixels", LARGE, SMALL, LARGE) == {0, 2}


def test_a_side_of_which_nothing_is_known() -> None:
    assert marked("Pixels", None, LARGE) == set()


def test_only_what_can_be_told_is_shown() -> None:
    assert [fact.name for fact in shown_facts([LARGE, None])] == ["Pixels", "Size", "Taken"]
    assert "Camera" in [fact.name for fact in shown_facts([LARGE, make_cell(3, camera="Canon")])]


def test_in_words() -> None:
    assert [fact.text(LARGE) for fact in FACTS][:2] == ["6,000 × 4,000 · 24 MP", "8.1 MB · JPEG"]
    assert "2023" in BY_NAME["Taken"].text(LARGE)
    assert BY_NAME["Taken"].text(SMALL) == "No date"
    turned = make_cell(4, width=6_000, height=4_000, rotation=1)
    assert BY_NAME["Pixels"].text(turned) == "4,000 × 6,000 · 24 MP"
