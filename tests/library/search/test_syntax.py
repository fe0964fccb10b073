"""The form of queries: any text has one, with the place of each part; what is too much is refused by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keeproom.library.search import Query, SearchError, both, parse, quoted, shown_at, term
from keeproom.library.search.syntax import All, Node, Not, Term, Word


def shape(node: Node | None) -> object:
    """A tree in short: words as texts, phrases in brackets, fields with their values."""
    if node is None:
        return None
    if isinstance(node, Word):
        return [node.text] if node.is_phrase else node.text
    if isinstance(node, Term):
        return f"{node.field}:{','.join(value.comparator + value.text for value in node.values)}"
    if isinstance(node, Not):
        return ("not", shape(node.node))
    return ("all" if isinstance(node, All) else "either", *map(shape, node.nodes))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("   ", None),
        ("rome", "rome"),
        ("rome  sun", ("all", "rome", "sun")),
        ("rome AND sun", ("all", "rome", "sun")),
        ('"a phrase" x', ("all", ["a phrase"], "x")),
        ('"open quote runs', ["open quote runs"]),
        ('"a ""b"" c"', ['a "b" c']),
        ("“typed by a phone”", ["typed by a phone"]),
        ('12" vinyl', ("all", '12"', "vinyl")),
        ("-rome", ("not", "rome")),
        ('-"a b"', ("not", ["a b"])),
        ("--rome", ("not", "rome")),
        ("- rome", "rome"),
        ("foo-bar", "foo-bar"),
        ("a OR b c", ("all", ("either", "a", "b"), "c")),
        ("a OR b OR -c", ("either", "a", "b", ("not", "c"))),
        ("a or b", ("all", "a", "or", "b")),
        ("(a b) OR c", ("either", ("all", "a", "b"), "c")),
        ("-(a OR b)", ("not", ("either", "a", "b"))),
        ("OR", "OR"),
        ("AND", "AND"),
        ("a OR", "a"),
        ("OR a", "a"),
        ("a OR OR b", ("either", "a", "b")),
        ("(OR)", None),
        ("(a OR b", ("either", "a", "b")),
        ("a) b", ("all", "a)", "b")),
        ("()", None),
        ("IMG(1).jpg", "IMG(1).jpg"),
        ("(IMG(1) x)", ("all", "IMG(1)", "x")),
        ("-", None),
        ("***", None),
        ('"***"', ["***"]),
        ("☃", "☃"),
        ("kind:video", "kind:video"),
        ("KIND:video", "kind:video"),
        ("type:video", "kind:video"),
        ("-kind:video", ("not", "kind:video")),
        ("rating>=4", "rating:>=4"),
        ("rating:>=4", "rating:>=4"),
        ("nothing>=4", "nothing>=4"),
        ("(kind:video)", "kind:video"),
        ('tag:"a b",c', "tag:a b,c"),
        ('tag:"a ""b"""', 'tag:a "b"'),
        ("tag:(x)", "tag:(x)"),
        ("kind:image,", "kind:image"),
        ("https://example.org", "https://example.org"),
        ("12:30", "12:30"),
        (":x", ":x"),
    ],
)
def test_form(text: str, expected: object) -> None:
    assert shape(parse(text).root) == expected


def test_places_are_those_in_the_text() -> None:
    root = parse('rome  -"a b" (kind:video,image)').root
    assert isinstance(root, All)
    word, negated, field = root.nodes
    assert isinstance(negated, Not)
    assert [(each.start, each.end) for each in (word, negated.node, field)] == [(0, 4), (7, 12), (14, 30)]  # type: ignore[union-attr]
    assert isinstance(field, Term)
    assert [(value.start, value.end) for value in field.values] == [(19, 24), (25, 30)]


def test_what_is_equal_asks_for_the_same_wherever_it_stands() -> None:
    assert parse("rome kind:video") == parse("  rome   type:video ")
    assert len({parse("rome kind:video"), parse(" rome kind:video")}) == 1
    assert parse("tag:none") != parse('tag:"none"')


def test_two_queries_become_one() -> None:
    assert both(parse("a"), parse("kind:video OR b")) == parse("a (kind:video OR b)")
    assert both(Query(), parse("a")) == both(parse("a"), Query()) == parse("a")
    assert both(Query(), Query()).is_empty


@pytest.mark.parametrize(
    ("text", "start", "end", "said"),
    [
        ("rome colour5:red", 5, 13, "no field colour5:"),
        ("x rating:9", 9, 10, "rating:9"),
        ("kind:image,song", 11, 15, "kind:song"),
        ("-tag:", 1, 5, "tag: needs a value"),
        ("size:>many", 5, 10, "size:>many"),
        ("(" * 10_000, 12, 13, "nested too deep"),
        ("-(" * 60 + "a", 25, 26, "nested too deep"),
        ("x" * 100_000, 20_000, 100_000, "too long: 100,000"),
        ("a " * 501, 1000, 1002, "too many parts"),
        ("id:" + "1," * 501, 0, 1005, "too many parts"),
    ],
)
def test_what_is_wrong_is_shown_at_its_place(text: str, start: int, end: int, said: str) -> None:
    with pytest.raises(SearchError, match=said) as raised:
        parse(text)
    assert (raised.value.start, raised.value.end) == (start, end)


def test_what_is_possible_is_listed() -> None:
    with pytest.raises(SearchError) as raised:
        parse("kind:song")
    assert raised.value.possible == ("image", "video", "audio", "document")
    with pytest.raises(SearchError) as raised:
        parse("nothing:1")
    assert {"tag", "kind", "near"} <= set(raised.value.possible)


def test_a_terminal_is_shown_the_place() -> None:
    query = "rome\n kind:song"
    with pytest.raises(SearchError) as raised:
        parse(query)
    assert shown_at(raised.value, query).splitlines()[1:] == ["  rome· kind:song", "             ^^^^"]
    far = SearchError("Wrong.", 5_000, 6_000)
    assert len(shown_at(far, "y" * 9_000).splitlines()[1]) == 102


def test_parentheses_as_deep_as_possible() -> None:
    assert parse("(" * 12 + "a" + ")" * 12) == parse("a")


def refusal(text: str) -> SearchError | None:
    """What is said of a text that is no query."""
    try:
        parse(text)
    except SearchError as error:
        return error
    return None


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_any_text_is_understood_or_refused_by_name(text: str) -> None:
    refused = refusal(text)
    assert refused is None or (0 <= refused.start <= refused.end and str(refused))


SYMBOLS = st.text(alphabet='ab1 "-():,.<>=*?OR\t“”', max_size=40)
FIELD_TEXTS = st.lists(
    st.one_of(SYMBOLS, st.sampled_from(["kind:", "tag:", "date:", "near:", "rating>", "size:", "is:", "duration:"])),
    max_size=8,
).map("".join)


@given(FIELD_TEXTS)
@settings(max_examples=500, deadline=None)
def test_so_is_any_text_of_signs(text: str) -> None:
    refused = refusal(text)
    assert refused is None or (0 <= refused.start <= refused.end <= len(text) and str(refused))


def test_a_value_is_meant_as_it_is() -> None:
    assert term("tag", "a b") == 'tag:"a b"'
    assert term("tag", "places", exactly=True) == "tag:=places"
    assert term("camera", "Canon EOS 5D") == 'camera:="Canon EOS 5D"'
    assert term("date", "2023-05") == "date:2023-05"
    assert term("folder", "/home/anna/none") == 'folder:"/home/anna/none"'
    assert (quoted("none"), quoted("OR"), quoted('a"b'), quoted("rome")) == ('"none"', '"OR"', '"a""b"', "rome")


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])))
@settings(max_examples=300, deadline=None)
def test_what_is_written_is_read_as_it_was(value: str) -> None:
    root = parse(term("title", value)).root if value.strip() else None
    if root is not None:
        assert isinstance(root, Term)
        assert [each.text for each in root.values] == [value]
        assert parse(f"x {quoted(value)} y").root is not None


def test_naughty_strings_go_there_and_back(corpus: Path) -> None:
    for value in json.loads((corpus / "hostile" / "naughty-strings.json").read_text("utf-8")):
        refused = refusal(value)
        assert refused is None or str(refused)
        if value.strip():
            root = parse(term("tag", value)).root
            assert isinstance(root, Term)
            assert [each.text for each in root.values] == [value]
