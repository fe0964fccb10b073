"""Describing and organising from the command line: the shapes, the exit codes, and any text there and back."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from keeproom.library.opening import open_library
from tests.cli.conftest import Run
from tests.cli.test_contract import ASSET_KEYS
from tests.importing import Importer, work_through

Kept = Run


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory, empty_library: Path) -> Path:
    """A library with the assets 1 to 4, to copy."""
    folder = tmp_path_factory.mktemp("four")
    shutil.copytree(empty_library, folder / "Library")
    with open_library(folder / "Library") as library:
        for number, name in enumerate(("IMG_20230514_100203.jpg", "b.jpg", "c.jpg", "d.jpg")):
            Image.new("RGB", (64, 48), (number * 60, 80, 80)).save(folder / name)
            Importer(library)(folder / name)
        work_through(library)
    return folder / "Library"


@pytest.fixture
def kept(run: Run, four: Path, tmp_path: Path) -> Kept:
    """Runs commands on such a library."""
    shutil.rmtree(tmp_path / "Library")
    shutil.copytree(four, tmp_path / "Library")
    return run


def test_edit_states_everything_and_answers_with_each_asset(kept: Kept) -> None:
    answer = kept(
        *("edit", 2, 1, "--title", "At the fountain", "--description", "d", "--creator", "Ada", "--place", "Rome"),
        *("--rating", 4, "--label", "green", "--flag", "pick", "--captured", "2023-05-01T10:00:00+02:00"),
        *("--add-tag", "places/rome", "--add-tag", "x", "--rotate", "left"),
    )
    assert answer.code == 0
    assert [record["id"] for record in answer.records] == [2, 1]
    for record in answer.records:
        assert set(record) == ASSET_KEYS
        wanted = {
            "title": "At the fountain",
            "description": "d",
            "rating": 4,
            "label": "green",
            "flag": "pick",
            "captured_at": "2023-05-01T10:00:00+02:00",
            "tags": ["places/rome", "x"],
            "version": 2,
        }
        assert {key: record[key] for key in wanted} == wanted
    shown = kept("show", 1).last
    assert (shown["creator"], shown["place"]) == ("Ada", "Rome")
    assert kept("verify").last["altered"] == 0


def test_edit_clears(kept: Kept) -> None:
    kept("edit", 1, "--title", "t", "--rating", 5, "--label", "red", "--flag", "reject", "--captured", "2023-05-01")
    assert kept("list", "id:1").last["captured_at"] == "2023-05-01T12:00:00"
    (record,) = kept(
        *("edit", 1, "--title", "", "--rating", 0, "--label", "none", "--flag", "none", "--captured", "none")
    ).records
    assert [record[key] for key in ("title", "rating", "label", "flag", "captured_at")] == [None, 0, None, None, None]


def test_edit_changes_dates_and_names(kept: Kept) -> None:
    assert kept("edit", 1, "--captured-from-name").last["captured_at"] == "2023-05-14T10:02:03"
    assert kept("edit", 1, "--shift-captured", "-01:30:03").last["captured_at"] == "2023-05-14T08:32:00"
    assert kept("edit", 1, "--shift-captured", "+00:30:00").last["captured_at"] == "2023-05-14T09:02:00"
    assert kept("edit", 1, "--zone", "-02:00").last["captured_at"] == "2023-05-14T09:02:00-02:00"
    assert kept("edit", 1, "--zone", "+01:00", "--keep", "moment").last["captured_at"] == "2023-05-14T12:02:00+01:00"
    assert kept("edit", 1, "--zone", "none").last["captured_at"] == "2023-05-14T12:02:00"
    assert kept("edit", 1, "--name", "Rome.jpg").last["name"] == "Rome.jpg"


@pytest.mark.parametrize(
    ("options", "code", "named"),
    [
        (["1", "2", "--shift-captured", "+01:00:00"], 2, "asset 1 (and 1 more)"),
        (["2", "--captured-from-name", "--rating", "3"], 2, "no date in its name"),
        (["1", "--rating", "6"], 2, "0 to 5"),
        (["1", "--rating", "x"], 2, "0 to 5"),
        (["1", "--label", "pink"], 2, "purple"),
        (["1", "--flag", "maybe"], 2, "reject"),
        (["1", "--captured", "yesterday"], 2, "yesterday"),
        (["1", "--shift-captured", "1h"], 2, "1h"),
        (["1", "--zone", "+15:00"], 2, "+14:00"),
        (["1", "--zone", "Rome"], 2, "Rome"),
        (["1", "--add-tag", "a//b"], 2, "a//b"),
        (["1", "--name", "a/b"], 2, "a/b"),
        (["1", "--name", ""], 2, "empty"),
        (["1"], 2, "Nothing to change"),
        (["x", "--rating", "1"], 2, "x"),
        (["--rating", "1"], 2, "ID"),
        (["1", "99", "--rating", "1"], 1, "99"),
    ],
)
def test_a_bad_edit_is_refused_by_name_and_changes_nothing(
    kept: Kept, options: list[str], code: int, named: str
) -> None:
    answer = kept("edit", *options)
    assert (answer.code, answer.out) == (code, b"")
    assert named in answer.err
    assert {(record["version"], record["rating"]) for record in kept("list").records} == {(1, 0)}


def test_tags_are_listed_with_all_below_and_managed(kept: Kept) -> None:
    kept("edit", 1, 2, "--add-tag", "Places/Rome")
    kept("edit", 3, "--add-tag", "places", "--add-tag", "Roma")
    assert kept("tags").records == [
        {"tag": "places", "count": 3},
        {"tag": "Places/Rome", "count": 2},
        {"tag": "Roma", "count": 1},
    ]
    assert kept("tag", "merge", "roma", "--into", "places/rome").last == {
        "tag": "places/rome",
        "merged": ["roma"],
        "changed": 1,
    }
    assert kept("tag", "rename", "PLACES", "Orte").last == {"tag": "Orte", "was": "PLACES"}
    assert kept("tags").records == [{"tag": "Orte", "count": 3}, {"tag": "Orte/Rome", "count": 3}]
    assert kept("tag", "rename", "orte", "orte/rome/x").code == 2
    assert kept("tag", "delete", "orte/rome").last == {"deleted": ["orte/rome"], "changed": 3}
    assert kept("tags").records == [{"tag": "Orte", "count": 1}]
    assert kept("edit", 3, "--remove-tag", "ORTE").last["tags"] == []
    assert kept("tags").records == [{"tag": "Orte", "count": 0}]
    for wrong in (("tag",), ("tag", "delete"), ("tag", "merge", "x"), ("tag", "delete", "nowhere")):
        assert kept(*wrong).code == 2
    assert kept("verify").last["altered"] == 0


def test_collections_are_made_listed_and_put_in_order(kept: Kept) -> None:
    assert kept("collect", "Trips/Rome", 3, 1, 2).records == [{"collection": "Trips/Rome", "count": 3, "query": None}]
    assert kept("collect", "trips/rome", 4, 1).last["count"] == 4
    kept("edit", 1, 2, "--rating", 5)
    assert kept("collect", "Best", "--query", "rating:>=4").last == {
        "collection": "Best",
        "count": 2,
        "query": "rating:>=4",
    }
    kept("trash", 1)
    assert [(each["collection"], each["count"]) for each in kept("collections").records] == [
        ("Best", 1),
        ("Trips/Rome", 3),
    ]
    assert kept("show", 4).last["collections"] == ["Trips/Rome"]
    assert kept("collection", "move", "trips/rome", 4, "--before", 3).code == 0
    assert kept("collection", "remove", "trips/rome", 2, 9).last == {"collection": "trips/rome", "removed": [2]}
    assert kept("collection", "rename", "trips/rome", "Roma").last == {"collection": "Roma", "was": "trips/rome"}
    assert kept("collection", "delete", "roma").last == {"deleted": "roma", "changed": 3}
    assert [each["collection"] for each in kept("collections").records] == ["Best"]
    assert kept("verify").last["altered"] == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["collect", "x"], 2),
        (["collect", "x", "1", "--query", "id:1"], 2),
        (["collect", "x", "99"], 1),
        (["collect", "x", "--query", "nosuchfield:1"], 2),
        (["collect", "a//b", "1"], 2),
        (["collection", "delete", "nowhere"], 2),
        (["trash", "99"], 1),
        (["restore", "1", "99"], 1),
        (["trash"], 2),
        (["stack", "1"], 2),
        (["stack", "1", "99"], 1),
        (["cover", "1"], 2),
    ],
)
def test_refusals_change_nothing(kept: Kept, arguments: list[str], code: int) -> None:
    answer = kept(*arguments)
    assert (answer.code, answer.out) == (code, b"")
    assert answer.err
    assert kept("collections").records == []
    assert {record["version"] for record in kept("list").records} == {1}


def test_trash_and_restore_answer_with_each_asset(kept: Kept) -> None:
    kept("edit", 2, "--rating", 3, "--add-tag", "x")
    trashed = kept("trash", 2, 1)
    assert [(record["id"], record["trashed_at"] is None) for record in trashed.records] == [(2, False), (1, False)]
    assert kept("trash", 2).last["trashed_at"] == trashed.records[0]["trashed_at"]
    assert [record["id"] for record in kept("list", "--trashed").records] == [2, 1]
    assert kept("tags").records == [{"tag": "x", "count": 0}]
    (restored,) = kept("restore", 2).records
    assert (restored["trashed_at"], restored["rating"], restored["tags"]) == (None, 3, ["x"])


def test_stacks_are_made_and_taken_apart(kept: Kept) -> None:
    assert [record["id"] for record in kept("stack", 3, 1, 2).records] == [3, 1, 2]
    assert kept("cover", 2).last["id"] == 2
    assert kept("unstack", 1, "--only-these").last["version"] == 4  # stacked, behind another cover, taken out
    assert kept("unstack", 2).code == 0
    assert kept("cover", 2).code == 2
    assert {record["id"] for record in kept("list").records} == {1, 2, 3, 4}
    assert kept("verify").last["altered"] == 0


def naughty(corpus: Path) -> list[str]:
    strings: list[str] = json.loads((corpus / "hostile" / "naughty-strings.json").read_text("utf-8"))
    return strings


def test_naughty_texts_go_in_and_come_back_unchanged(kept: Kept, corpus: Path) -> None:
    for string in (*naughty(corpus)[::12], "--", "-1", "--title"):
        is_name = bool(string) and "/" not in string
        facts = [f"--{fact}={string}" for fact in ("title", "description", "place", "creator")]
        answer = kept("edit", 1, *facts, *([f"--name={string}"] if is_name else []))
        assert answer.code == 0
        assert (answer.last["title"], answer.last["description"]) == (string or None, string or None)
        assert not is_name or answer.last["name"] == string
        assert is_name or kept("edit", 1, f"--name={string}").code == 2
    assert kept("verify").last["altered"] == 0


def test_two_commands_at_once_put_all_naughty_tags_on_an_asset(kept: Kept, corpus: Path, tmp_path: Path) -> None:
    strings = sorted({"/".join(part.strip() for part in each.split("/")) for each in naughty(corpus)})
    fit = [each for each in strings if all(each.split("/"))]
    start = [sys.executable, "-m", "keeproom", "--library", str(tmp_path / "Library"), "--json", "edit", "1"]
    halves = (fit[::2], fit[1::2])
    both = [
        subprocess.Popen([*start, *(f"--add-tag={each}" for each in half)], stdout=subprocess.PIPE) for half in halves
    ]
    assert [process.wait(timeout=50) for process in both if process.communicate()] == [0, 0]
    (asset,) = kept("list", "id:1").records
    kept_tags = {each.casefold() for each in asset["tags"]}
    assert set(asset["tags"]) <= set(fit)
    assert all(each.casefold() in kept_tags for each in fit if each.isascii())
    assert len(asset["tags"]) > 350
    assert asset["version"] == 3
    assert {record["tag"] for record in kept("tags").records} == set(asset["tags"])
