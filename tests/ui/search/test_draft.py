"""A query as a text with chips in it: what becomes a chip, what is left when one goes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keeproom.library.search import parts
from keeproom.ui.search import draft as drafts
from keeproom.ui.search.draft import (
    LONGEST_TYPED,
    Draft,
    folded,
    is_finished,
    items,
    opened,
    typed,
    with_piece,
    without,
)


def written(text: str) -> Draft:
    """A query typed letter by letter."""
    draft = Draft()
    for letter in text:
        draft, place = typed(replace(draft, typed=draft.typed + letter), len(draft.typed) + 1, parts)
        assert place == len(draft.typed)
    return draft


@pytest.mark.parametrize(
    ("text", "before", "rest"),
    [
        ("rome", "", "rome"),
        ("rome ", "", "rome "),
        ("kind:video", "", "kind:video"),
        ("kind:video ", "kind:video ", ""),
        ("rome kind:video sea", "rome kind:video ", "sea"),
        ('"new york" ', '"new york" ', ""),
        ('"new york', "", '"new york'),
        ("-sea ", "-sea ", ""),
        ("rating>=4 ", "rating>=4 ", ""),
        ("rating:9 ", "", "rating:9 "),
        ("(rome OR paris) ", "(rome OR paris) ", ""),
        ("(rome OR ", "", "(rome OR "),
        ("kind:video OR ", "kind:video ", "OR "),
        ("kind:video OR kind:audio ", "kind:video OR kind:audio ", ""),
    ],
)
def test_what_is_finished_becomes_a_chip(text: str, before: str, rest: str) -> None:
    assert written(text) == Draft(before, rest)


def test_what_an_or_holds_together_is_one_chip() -> None:
    assert [item.text for item in items("kind:video OR kind:audio -sea", parts)] == ["kind:video OR kind:audio", "-sea"]


def test_a_query_that_nobody_writes_has_its_plain_words_behind_the_chips() -> None:
    assert folded("rome kind:video (a OR b) sea", parts) == Draft("rome kind:video (a OR b) ", "sea")
    assert folded("kind:video rating:9 tag:x", parts) == Draft("kind:video ", "rating:9 tag:x")


@pytest.mark.parametrize(
    ("text", "gone", "left"),
    [
        ("a b c", "b", "a c"),
        ("a b", "a", "b"),
        ("a b", "b", "a "),
        ("a", "a", ""),
        ("a OR b", "a", "b"),
        ("a OR b", "b", "a "),
        ("(a OR b) c", "b", "(a) c"),
        ("(a OR b) c", "a", "(b) c"),
        ("x (a) c", "a", "x c"),
        ("-(a) c", "a", "c"),
    ],
)
def test_nothing_hangs_where_a_piece_is_taken_out(text: str, gone: str, left: str) -> None:
    start = text.index(gone)
    assert without(text, start, start + len(gone)) == left


def test_a_chip_that_is_opened_is_text_between_the_others() -> None:
    whole = "kind:video tag:sea rome"
    assert opened(whole, items(whole, parts)[1]) == Draft("kind:video ", "tag:sea", " rome")


def test_what_is_very_long_is_one_chip() -> None:
    long = "日本語😀 " * LONGEST_TYPED
    draft, place = typed(Draft(typed=long), len(long), parts)
    assert (draft, place) == (Draft(before=long), 0)
    (item,) = items(long, parts)
    assert item.is_long
    assert item.text == long


@given(st.text(), st.text(), st.text())
def test_no_letter_of_a_query_is_lost(before: str, text: str, after: str) -> None:
    draft = Draft(before, text, after)
    whole = draft.whole
    assert typed(draft, len(text), parts)[0].whole == whole
    assert folded(whole, parts).whole == whole
    assert drafts.unfolded(draft).whole == whole
    for item in items(whole, parts):
        assert whole[item.start : item.end] == item.text or not item.is_chip
        assert opened(whole, item).whole == whole


@given(st.text(alphabet='ab:-"() OR12'))
def test_anything_can_be_taken_out(text: str) -> None:
    for part in parts(text):
        is_finished(part)
        assert len(without(text, part.start, part.end)) < len(text) + 1


@pytest.mark.parametrize(
    ("whole", "start", "end", "text", "draft", "place"),
    [
        ("rom", 0, 3, "tag:Rome", Draft("tag:Rome "), 0),
        ("ra", 0, 2, "rating:", Draft("", "rating:"), 7),
        ("ra:4 sea", 0, 2, "rating:", Draft("", "rating:4", " sea"), 7),
        ("tag:ro sea", 0, 6, "tag:Rome", Draft("tag:Rome", "", " sea"), 0),
        ("a tag:pl b", 2, 8, "tag:places/", Draft("a ", "tag:places/", " b"), 11),
    ],
)
def test_a_piece_is_written_anew(whole: str, start: int, end: int, text: str, draft: Draft, place: int) -> None:
    assert with_piece(whole, start, end, text, parts) == (draft, place)
