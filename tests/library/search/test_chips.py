"""A query in parts, as chips show them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keeproom.library.search import parts


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("", []),
        ("rome", ["rome"]),
        ('"a b"', ["“a b”"]),
        ("rome -kind:video", ["rome", "not kind: video"]),
        ("rating:>=3", ["★ ≥ 3"]),
        ("rating:2..4", ["★ 2 – 4"]),
        ("date:2023-05.. size:..5MB", ["date: ≥ 2023-05", "size: ≤ 5MB"]),
        ('tag:"summer house",x', ["tag: summer house, x"]),
        ("type:video", ["kind: video"]),
        ("a OR b c", ["a OR b", "c"]),
        ("(a  b) OR -c d", ["(a b) OR -c", "d"]),
        ("-(a b) c", ["not -(a b)", "c"]),
        ("a AND b", ["a", "b"]),
        ("(open kind:video", ["(open kind:video"]),
        ("- *** a", ["a"]),
        ("x" * 99, ["x" * 59 + "…"]),
    ],
)
def test_labels(query: str, labels: list[str]) -> None:
    assert [("not " if part.negated else "") + part.label for part in parts(query)] == labels


def test_each_part_is_wrong_by_itself() -> None:
    good, bad, other = parts("kind:video kind:song -nothing:5")
    assert good.error is None
    assert bad.error is not None
    assert "kind:song" in bad.error
    assert (bad.start, bad.end, bad.text) == (11, 20, "kind:song")
    assert other.error is not None
    assert other.negated
    (long,) = parts("x" * 100_000)
    assert long.error is not None


TEXTS = st.one_of(st.text(), st.text(alphabet='ab -()":OR,.kind', max_size=30))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_parts_stand_one_behind_the_other_in_any_text(text: str) -> None:
    found = parts(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(part.text == text[part.start : part.end] and part.label for part in found)


def test_naughty_strings_have_parts(corpus: Path) -> None:
    for text in json.loads((corpus / "hostile" / "naughty-strings.json").read_text("utf-8")):
        parts(text)
