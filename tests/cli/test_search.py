"""Queries on the command line: answers, near spellings, and what is said of a query that is wrong."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import MakePicture


@pytest.fixture
def found(run: Run, make_picture: MakePicture) -> Run:
    """A library with three pictures of some folders."""
    run("import", make_picture("Rome 10.jpg", 1), make_picture("Rome 2.jpg", 2), make_picture("Paris/louvre.jpg", 3))
    return run


def names(run: Run, *arguments: str) -> list[str]:
    answer = run("list", *arguments)
    assert answer.code == 0
    return [record["name"] for record in answer.records]


def test_words_and_fields(found: Run) -> None:
    assert names(found, "rome -10") == ["Rome 2.jpg"]
    assert names(found, "paris OR 10", "--sort", "name") == ["louvre.jpg", "Rome 10.jpg"]
    assert names(found, "folder:Paris kind:image") == ["louvre.jpg"]
    assert names(found, "id:1..3", "--sort", "-name", "--limit", "1") == ["Rome 10.jpg"]
    assert found("count", "rome").last == {"count": 2}
    assert found("count", "").last == {"count": 3}


def test_names_come_in_natural_order(found: Run) -> None:
    assert names(found, "rome", "--sort", "name") == ["Rome 2.jpg", "Rome 10.jpg"]
    assert names(found, "rome", "--sort", "-name") == ["Rome 10.jpg", "Rome 2.jpg"]


def test_a_query_may_begin_with_a_minus(found: Run) -> None:
    assert names(found, "-rome") == names(found, "--", "-rome") == ["louvre.jpg"]
    assert found("count", "-folder:Paris").last == {"count": 2}


def test_a_near_spelling_is_said_on_the_side(found: Run) -> None:
    for command in ("list", "count"):
        answer = found(command, "rmoe kind:image")
        assert answer.err == "Nothing found for 'rmoe'. Showing 'rome'.\n"
        assert len(answer.records) == {"list": 2, "count": 1}[command]
    assert found("count", "rmoe").last == {"count": 2}
    assert found("--quiet", "count", "rmoe").err == ""
    nothing = found("list", "zzzzzzzz")
    assert (nothing.code, nothing.out, nothing.err) == (0, b"", "")


@pytest.mark.parametrize("command", ["list", "count"])
def test_what_is_wrong_is_named_and_shown_at_its_place(found: Run, command: str) -> None:
    unknown = found(command, "rome colour5:red")
    assert (unknown.code, unknown.out) == (2, b"")
    first, query, place = unknown.err.splitlines()
    assert first.startswith("keeproom: There is no field colour5:")
    assert "tag:, collection:, folder:" in first
    assert (query, place) == ("  rome colour5:red", "       ^^^^^^^^")
    bad = found(command, "kind:song")
    assert (bad.code, bad.out) == (2, b"")
    assert "kind:song is unknown. Possible are image, video, audio, document." in bad.err


def test_any_text_is_answered_or_refused(found: Run, corpus: Path) -> None:
    naughty = json.loads((corpus / "hostile" / "naughty-strings.json").read_text("utf-8"))
    for text in naughty[::9]:
        if "\0" not in text:
            assert found("count", "--", text).code in (0, 2)
    for text in ("x" * 100_000, "(" * 10_000, "x " * 50_000, "caf\udce9", '"', "OR", ")"):
        assert found("count", "--", text).code in (0, 2)


def test_words_of_an_older_program_are_made_first(found: Run, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "Library" / "catalog.sqlite3", isolation_level=None)) as catalog:
        catalog.execute("DELETE FROM asset_text")
        catalog.execute("UPDATE state SET words_version = 0")
    assert found("count", "rome").last == {"count": 2}


def test_help_tells_the_language(found: Run) -> None:
    said = found("list", "--help").out.decode()
    assert "rating:>=4" in said
    assert "-- -is:tagged" in said
