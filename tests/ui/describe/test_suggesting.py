"""Which tags are meant by what is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from keeproom.ui.describe.suggesting import (
    MOST_SHOWN,
    KnownTag,
    Suggestion,
    cleaned,
    folded,
    known_tags,
    parted,
    suggest,
    with_recent,
)

TAGS = known_tags(
    [("places/paris", 12), ("Places/Rome", 7), ("party", 3), ("my park", 9), ("spare", 40), ("été", 2), ("places", 20)]
)


def names(tags: tuple[KnownTag, ...], typed: str, *taken: str) -> list[str]:
    return [("+" if each.creates else "") + each.name for each in suggest(tags, typed, set(taken))]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("par", ["party", "places/paris", "my park", "spare", "+par"]),
        ("PARTY", ["party"]),
        ("rome", ["Places/Rome", "+rome"]),
        ("places", ["places", "places/paris", "Places/Rome"]),
        ("places/r", ["Places/Rome", "+places/r"]),
        ("ÉT", ["été", "+ÉT"]),
        ("are", ["+are", "spare"]),
        ("new", ["+new"]),
        ("  ", []),
        ("/", []),
    ],
)
def test_the_likeliest_stands_first(typed: str, found: list[str]) -> None:
    assert names(TAGS, typed) == found


def test_what_all_have_is_not_suggested_nor_made_anew() -> None:
    assert names(TAGS, "party", "party") == []
    assert names(TAGS, "par", "party", "places/paris") == ["+par", "my park", "spare"]


def test_of_very_many_a_few_are_shown_the_commonest_first() -> None:
    many = known_tags((f"sea {number}", number) for number in range(20_000))
    found = suggest(many, "sea")
    assert len(found) == MOST_SHOWN
    assert found[0] == Suggestion("sea 19999", 19_999)
    assert found[-1] == Suggestion("sea", creates=True)


def test_names_are_cleaned_as_tags_are_kept() -> None:
    assert cleaned(" places / paris //x/ ") == "places/paris/x"
    assert parted(" a, b ,,A\nc d\r\n b") == ["a", "b", "c d"]


def test_any_text_can_be_typed(corpus: Path) -> None:
    strings = json.loads((corpus / "hostile" / "naughty-strings.json").read_text("utf-8"))
    known = known_tags((text, 1) for text in strings if cleaned(text))
    for text in strings:
        name = cleaned(text)
        found = suggest(known, text)
        assert bool(found) == bool(name)
        if name and any(tag.key == folded(name) for tag in known):
            assert not any(each.creates for each in found)


def test_the_newest_of_the_tags_used_last_stands_first() -> None:
    assert with_recent(["a", "b"], ["B", "c"]) == ["c", "B", "a"]
    assert len(with_recent([str(number) for number in range(12)], ["x"])) == 12
