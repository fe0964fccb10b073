"""The index of words: how texts are taken apart, and what is asked of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import insert

from keeproom.catalog.catalog import Catalog
from keeproom.catalog.matching import How, has_phrase, haversine, matches
from keeproom.catalog.tables import AssetTextRow
from keeproom.catalog.words import (
    all_of,
    any_of,
    has_run,
    ids_matching,
    index_text,
    literally,
    matches_anything,
    newest_matching,
    one_word,
    vocabulary,
    with_phrase,
    without,
    words_beginning,
    words_of,
)
from keeproom.library.opening import Library
from tests.catalog.filling import fill_assets


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("foo-bar a:b IMG_1234.JPG", ("foo", "bar", "a", "b", "img", "1234", "jpg")),
        ("Café ÅNGSTRÖM e\u0301", ("cafe", "angstrom", "e")),
        ("東京 tower", ("東", "京", "tower")),
        ("", ()),
        ("-- ☃ 😀", ()),
        ("a\x00b", ("a", "b")),
        ("\ud800x", ("x",)),
        ("Ærø ﬁn", ("ærø", "ﬁn")),
    ],
)
def test_words_of_a_text(text: str, expected: tuple[str, ...]) -> None:
    assert words_of(text) == expected


def test_plain_texts_are_taken_apart_as_the_index_does() -> None:
    every = "".join(map(chr, range(128)))
    for text in (every, "Foo_bar 12ab-3.5'x\"y"):
        assert words_of(text) == tuple(word for word in words_of(f"{text} é") if word != "e")


def test_scripts_without_spaces_are_put_apart() -> None:
    assert index_text("rome") == "rome"
    assert index_text("夜景 Ⅱ").split() == ["夜", "景", "Ⅱ"]
    assert index_text("ガンダム").split() == ["ガ", "ン", "ダ", "ム"]


@pytest.mark.parametrize(
    ("words", "wanted", "is_prefix", "expected"),
    [
        ("a b c", "b c", False, True),
        ("a b c", "b", False, True),
        ("a b c", "a c", False, False),
        ("a bc", "a b", False, False),
        ("a bc", "a b", True, True),
        ("a", "a b", True, False),
        ("a a b", "a b", False, True),
        ("a", "", False, True),
    ],
)
def test_runs(words: str, wanted: str, is_prefix: bool, expected: bool) -> None:
    assert has_run(words.split(), wanted.split(), is_prefix=is_prefix) is expected


@pytest.mark.parametrize(
    ("text", "how", "wanted", "expected"),
    [
        ("Canon EOS 5D", How.WORDS, "5d can", True),
        ("Canon EOS 5D", How.WORDS, "non", False),
        ("夜景東京", How.WORDS, "東京", True),
        ("夜景東京", How.WORDS, "景京", False),
        ("a ☃ b", How.WORDS, "☃", True),
        ("Canon EOS 5D", How.PHRASE, "eos 5d", True),
        ("Canon EOS 5D", How.PHRASE, "eos 5", False),
        ("Straße", How.WHOLE, "STRASSE", True),
        ("Canon EOS", How.WHOLE, "canon", False),
        ("Canon EOS", How.PATTERN, "*eos", True),
        ("Canon EOS", How.PATTERN, "c?non*", True),
        ("Canon EOS", How.PATTERN, "*non", False),
        ("a.b", How.PATTERN, "a?b", True),
        ("axb", How.PATTERN, "a.b", False),
        ("abc", How.PATTERN, "**c", True),
        ("places/paris", How.WITHIN, "Places", True),
        ("places", How.WITHIN, "places/", True),
        ("places2", How.WITHIN, "places", False),
        ("/home/anna/Rome/x", How.ANYWHERE, "rome", True),
        ("/home/anna/Rome", How.ANYWHERE, "anna/rome/", True),
        ("/home/anna/Rome", How.ANYWHERE, "ann", False),
        (None, How.WORDS, "x", False),
    ],
)
def test_how_texts_answer(text: str | None, how: How, wanted: str, expected: bool) -> None:
    assert matches(text, how, wanted) is expected


def test_a_pattern_of_many_stars_takes_no_longer() -> None:
    assert not matches("a" * 5_000, How.PATTERN, "*a" * 200 + "b")


def test_phrases_in_texts_of_any_script() -> None:
    assert has_phrase("good day", 0, "", "A Good-DAY!")
    assert not has_phrase("good day", 0, "good", "day")
    assert not has_phrase("good da", 0, "good day")
    assert has_phrase("good da", 1, "ü good day")
    assert has_phrase("東京", 1, index_text("夜の東京"))


def test_distances_on_a_globe() -> None:
    assert haversine(None, 1.0, 2.0, 3.0) is None
    assert haversine(0.0, 0.0, 0.0, 180.0) == pytest.approx(1.0)
    assert haversine(48.0, 2.0, 48.0, 2.0) == 0


@pytest.fixture
def catalog(library: Library) -> Catalog:
    """Four assets with words."""
    texts = [
        {"name": "IMG_1.JPG", "tags": "rome sea"},
        {"name": "rome.jpg", "title": "Good day", "details": "Canon"},
        {"name": "x.jpg", "title": "day, good", "tags": "romance"},
        {"name": 'quote".jpg', "description": index_text("東京タワー") + " ☃"},
    ]
    fill_assets(library, len(texts))
    with library.catalog.write() as write:
        for number, row in enumerate(texts, start=1):
            write.session.execute(insert(AssetTextRow).values(asset_id=number, **row))
    return library.catalog


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (one_word("rom", is_prefix=True), [1, 2, 3]),
        (one_word("rom", is_prefix=False), []),
        (one_word("rome", is_prefix=False, columns=("tags",)), [1]),
        (one_word("rome", is_prefix=False, columns=("tags", "name")), [1, 2]),
        (all_of([one_word("rome", is_prefix=True), one_word("canon", is_prefix=True)]), [2]),
        (any_of([one_word("sea", is_prefix=True), one_word("canon", is_prefix=True)]), [1, 2]),
        (without(one_word("rom", is_prefix=True), [one_word("sea", is_prefix=False)]), [2, 3]),
        (without(one_word("rom", is_prefix=True), []), [1, 2, 3]),
        (one_word("quote", is_prefix=False), [4]),
        (one_word("not", is_prefix=False), []),
    ],
)
def test_what_the_index_is_asked(catalog: Catalog, expression: str, expected: list[int]) -> None:
    with catalog.read() as session:
        assert ids_matching(session, expression).tolist() == expected
        assert newest_matching(session, expression, 2**62, 10) == expected[::-1]
        assert matches_anything(session, expression) is bool(expected)


def test_the_newest_come_a_page_at_a_time(catalog: Catalog) -> None:
    with catalog.read() as session:
        assert newest_matching(session, one_word("rom", is_prefix=True), 2**62, 2) == [3, 2]
        assert newest_matching(session, one_word("rom", is_prefix=True), 2, 2) == [1]


def test_phrases_are_looked_for_in_the_texts(catalog: Catalog) -> None:
    both = all_of([one_word("good", is_prefix=False), one_word("day", is_prefix=False)])
    with catalog.read() as session:
        assert session.scalars(with_phrase(both, "good day", is_prefix=False)).all() == [2]
        assert session.scalars(with_phrase(both, "good day", is_prefix=False, columns=("name",))).all() == []
        assert session.scalars(literally("☃")).all() == [4]
        assert session.scalars(literally("☃", ("title",))).all() == []


def test_all_words_with_how_many_have_them(catalog: Catalog) -> None:
    with catalog.read() as session:
        known = dict(vocabulary(session))
        assert (known["jpg"], known["rome"], known["東"]) == (4, 2, 1)
        assert words_beginning(session, "rom", 10) == [("romance", 1), ("rome", 2)]
        assert words_beginning(session, "rom", 1) == [("romance", 1)]
        assert words_beginning(session, "zzz", 10) == []


def test_naughty_strings_are_asked_without_harm(catalog: Catalog, corpus: Path) -> None:
    naughty = json.loads((corpus / "hostile" / "naughty-strings.json").read_text("utf-8"))
    with catalog.read() as session:
        for word in {word for text in naughty for word in words_of(text)}:
            ids_matching(session, one_word(word, is_prefix=True))
