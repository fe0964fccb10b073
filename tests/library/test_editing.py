"""Stating facts: checked, written where they differ, in one entry, with a version for each asset that changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from keeproom.catalog.collation import folded
from keeproom.catalog.tables import AssetTagRow, TagRow
from keeproom.errors import AssetNotFoundError, CancelledError, UsageError
from keeproom.library.actions import ACTIONS
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.folding import altered_facts
from keeproom.library.opening import Library
from keeproom.library.showing import show_asset
from keeproom.library.timechanges import FromName, SetTime, Shift
from keeproom.library.views import changes_since, revision_now
from keeproom.model import CaptureTime
from tests.conftest import MakePicture
from tests.histories import WALL, changes, count, entries, make_assets, shown, versions
from tests.importing import Importer

NOON = CaptureTime(datetime(2023, 5, 1, 12), 120)  # noqa: DTZ001 (a wall time)

STATED = {
    "name": "Rome.jpg",
    "title": "At the fountain",
    "description": "First\nsecond line ",
    "creator": "Ada",
    "place": "Rome, Italy",
    "captured": NOON,
    "rotation": 3,
    "rating": 4,
    "label": "green",
    "flag": "pick",
}


def words(library: Library, asset: int) -> str:
    """Everything the search index has of an asset."""
    query = text("SELECT name, title, description, tags, dates, details FROM asset_text WHERE asset_id = :id")
    with library.catalog.read() as session:
        return " ".join(session.execute(query, {"id": asset}).one())


def test_every_fact_is_kept_and_shown(library: Library) -> None:
    make_assets(library, 2)
    edited = edit_assets(library, [1], Edit(STATED))
    details = show_asset(library, 1)
    asset = details.asset
    assert edited.changed == (1,)
    assert {name: getattr(asset, name, None) for name in STATED} | {
        "creator": details.creator,
        "place": details.place,
    } == STATED
    assert asset.version == 2
    assert versions(library, 1) == [(1, 1), (2, edited.entry)]
    assert shown(library, 2).version == 1
    assert list(altered_facts(library)) == []


def test_every_change_is_in_the_log_with_what_stood_before(library: Library) -> None:
    make_assets(library, 1)
    edited = edit_assets(library, [1], Edit(STATED))
    assert {field: (old, new) for field, old, new in changes(library, edited.entry)} == {
        "name": ("1.jpg", "Rome.jpg"),
        "title": (None, "At the fountain"),
        "description": (None, "First\nsecond line "),
        "creator": (None, "Ada"),
        "place": (None, "Rome, Italy"),
        "captured": ("2020-01-01T10:00:00", "2023-05-01T12:00:00+02:00"),
        "rotation": (0, 3),
        "rating": (0, 4),
        "label": (None, "green"),
        "flag": (None, "pick"),
    }
    assert entries(library) == ["import", "edit"]
    assert set(entries(library)) <= set(ACTIONS)


@pytest.mark.parametrize("clear", [None, ""])
def test_facts_are_cleared(library: Library, clear: str | None) -> None:
    make_assets(library, 1)
    edit_assets(library, [1], Edit(STATED))
    edit_assets(library, [1], Edit({name: clear for name in STATED if name != "name"}))
    asset = shown(library, 1)
    assert (asset.title, asset.captured, asset.rotation, asset.rating, asset.label, asset.flag) == (
        *(None, None, 0, 0, None, None),
    )
    assert list(altered_facts(library)) == []


def test_only_what_differs_is_written(library: Library) -> None:
    make_assets(library, 3)
    edit_assets(library, [1], Edit({"rating": 3}, add_tags=("a",)))
    edited = edit_assets(library, [1, 2, 1], Edit({"rating": 3}, add_tags=("A",)))
    assert edited.changed == (2,)
    assert [asset.version for asset in (shown(library, 1), shown(library, 2), shown(library, 3))] == [2, 2, 1]
    before = entries(library)
    assert edit_assets(library, [1, 2], Edit({"rating": 3, "title": ""}, remove_tags=("b",))).entry is None
    assert entries(library) == before


def test_each_asset_gets_its_own_value(library: Library) -> None:
    make_assets(library, 3)
    edit_assets(library, [1, 2, 3], Edit({"title": "x", "rating": 1}, each={"title": {1: "one", 2: None, 9: "no"}}))
    assert [shown(library, id_).title for id_ in (1, 2, 3)] == ["one", None, "x"]
    assert [shown(library, id_).rating for id_ in (1, 2, 3)] == [1, 1, 1]


def test_turns_add_up(library: Library) -> None:
    make_assets(library, 2)
    edit_assets(library, [2], Edit({"rotation": 1}))
    edit_assets(library, [1, 2], Edit(turn=-1))
    assert [shown(library, 1).rotation, shown(library, 2).rotation] == [3, 0]
    assert edit_assets(library, [1], Edit(turn=4)).entry is None


def test_times_change_within_the_transaction(library: Library) -> None:
    make_assets(library, 2)
    edit_assets(library, [2], Edit({"captured": None}))
    edited = edit_assets(library, [1, 2], Edit(retime=Shift(-3600)))
    assert edited.changed == (1,)  # nothing can be made of the other
    assert shown(library, 1).captured == CaptureTime(WALL.replace(hour=9))
    edit_assets(library, [1], Edit({"name": "IMG_20230514_100203.jpg"}))
    edit_assets(library, [1], Edit(retime=FromName()))
    assert shown(library, 1).captured == CaptureTime(datetime(2023, 5, 14, 10, 2, 3))  # noqa: DTZ001
    edit_assets(library, [1, 2], Edit(retime=SetTime(NOON)))
    assert shown(library, 1).captured == shown(library, 2).captured == NOON


def test_tags_are_kept_as_written_and_compared_without_case(library: Library) -> None:
    make_assets(library, 2)
    edited = edit_assets(library, [1], Edit(add_tags=(" places / Café ", "PLACES/cafe\u0301", "b")))
    edit_assets(library, [2], Edit(add_tags=("PLACES/CAFÉ",)))
    assert shown(library, 1).tags == ("b", "places/Café")
    assert shown(library, 2).tags == ("places/Café",)
    ((field, old, new),) = changes(library, edited.entry)
    assert (field, old, list(new), len(new["added"])) == ("tags", None, ["added"], 2)
    assert [new for _, _, new in changes(library, edited.entry, "tag")] == ["places/Café", "b"]
    edit_assets(library, [1, 2], Edit(remove_tags=("Places/Café", "unknown")))
    assert (shown(library, 1).tags, shown(library, 2).tags) == (("b",), ())
    assert list(altered_facts(library)) == []


def test_a_tag_that_is_added_and_removed_is_added(library: Library) -> None:
    make_assets(library, 1)
    edit_assets(library, [1], Edit(add_tags=("x",), remove_tags=("X",)))
    assert shown(library, 1).tags == ("x",)


def test_words_can_be_searched_for_at_once(library: Library) -> None:
    make_assets(library, 1)
    edit_assets(library, [1], Edit({"title": "Fontana", "place": "Roma", "captured": NOON}, add_tags=("a/deep",)))
    found = words(library, 1)
    assert all(word in found for word in ("Fontana", "Roma", "2023", "may", "deep"))


def test_the_window_learns_of_what_changed(library: Library) -> None:
    make_assets(library, 3)
    before = revision_now(library)
    edit_assets(library, [3, 2], Edit({"rating": 1}))
    assert changes_since(library, before).changed == (2, 3)


@pytest.mark.parametrize(
    ("facts", "named", "possible"),
    [
        ({"rating": 6}, "6", "0 to 5"),
        ({"rating": -1}, "-1", "0 to 5"),
        ({"rating": True}, "True", "0 to 5"),
        ({"rating": "many"}, "many", "0 to 5"),
        ({"rotation": 4}, "4", "0 to 3"),
        ({"label": "pink"}, "pink", "red, yellow, green, blue, purple"),
        ({"flag": "maybe"}, "maybe", "pick, reject"),
        ({"captured": "yesterday"}, "yesterday", "2023-05-01T10:00:00"),
        ({"captured": CaptureTime(WALL, 841)}, "841", "+14:00"),
        ({"name": ""}, "A name", "empty"),
        ({"name": None}, "A name", "empty"),
        ({"name": "a/b.jpg"}, "a/b.jpg", "/"),
        ({"title": "a\0b"}, "a\\x00b", "NUL"),
        ({"title": "a\ud800b"}, "\\ud800", "surrogate"),
        ({"place": 7}, "7", "text"),
        ({"colour": "red"}, "colour", "title"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(
    library: Library, facts: dict[str, Any], named: str, possible: str
) -> None:
    make_assets(library, 2)
    for edit in (Edit({"creator": "Ada"} | facts), Edit(each={name: {2: value} for name, value in facts.items()})):
        with pytest.raises(UsageError) as refused:
            edit_assets(library, [1, 2], edit)
        assert named in str(refused.value)
        assert possible in str(refused.value)
    assert entries(library) == ["import"]
    assert show_asset(library, 1).creator is None


@pytest.mark.parametrize("tag", ["", "  ", "/", "a//b", "a/", "/a", "a/ /b", "a\0", "\udce9"])
def test_tags_that_cannot_be_are_refused_by_name(library: Library, tag: str) -> None:
    make_assets(library, 1)
    with pytest.raises(UsageError) as refused:
        edit_assets(library, [1], Edit(add_tags=("fine", tag)))
    assert repr(tag) in str(refused.value) or ascii(tag) in str(refused.value)
    assert count(library, TagRow) == 0


@pytest.mark.parametrize("unknown", [99, 0, -1, 2**63, 10**30])
def test_an_unknown_asset_leaves_all_as_it_was(library: Library, unknown: int) -> None:
    make_assets(library, 2)
    with pytest.raises(AssetNotFoundError, match=str(unknown)):
        edit_assets(library, [1, unknown, 2], Edit({"rating": 5}, add_tags=("x",)))
    assert entries(library) == ["import"]
    assert (shown(library, 1).rating, count(library, TagRow)) == (0, 0)


def test_an_edit_that_is_stopped_leaves_all_as_it_was(library: Library) -> None:
    ids = make_assets(library, 2_500)
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2_000:
            raise CancelledError("Enough.")

    with pytest.raises(CancelledError):
        edit_assets(library, ids, Edit({"rating": 5}, add_tags=("x",)), progress=stop)
    assert told == [(1_000, 2_500), (2_000, 2_500)]
    assert entries(library) == ["import"]
    assert {shown(library, id_).rating for id_ in (1, 1_500, 2_500)} == {0}
    assert count(library, AssetTagRow) == 0


def test_a_long_tag_and_ten_thousand_tags_on_one_asset(library: Library) -> None:
    make_assets(library, 2)
    long = "x" * 1_000
    many = tuple(f"t/{number:05}" for number in range(10_000))
    edit_assets(library, [1], Edit(add_tags=(long, *many)))
    assert shown(library, 1).tags == (*many, long)
    edit_assets(library, [1], Edit(remove_tags=many))
    assert shown(library, 1).tags == (long,)
    assert list(altered_facts(library)) == []


def test_a_name_that_is_not_utf8_is_kept_in_the_log_until_it_is_back(
    importer: Importer, make_picture: MakePicture
) -> None:
    importer(make_picture(b"caf\xe9.jpg"))
    library = importer.library
    old = shown(library, 1).name
    edited = edit_assets(library, [1], Edit({"name": "café.jpg"}))
    assert shown(library, 1).name == "café.jpg"
    assert list(altered_facts(library)) == []
    ((_, logged, _),) = changes(library, edited.entry)
    assert (os.fsencode(old), bytes.fromhex(logged["bytes"])) == (b"caf\xe9.jpg", b"caf\xe9.jpg")


def naughty(corpus: Path) -> list[str]:
    strings: list[str] = json.loads((corpus / "hostile" / "naughty-strings.json").read_text("utf-8"))
    return strings


def test_naughty_texts_come_back_unchanged_or_are_refused_by_name(library: Library, corpus: Path) -> None:
    strings = naughty(corpus)
    ids = make_assets(library, len(strings))
    each = dict(zip(ids, strings, strict=True))
    names = {id_: text for id_, text in each.items() if text and "/" not in text}
    facts = ("title", "description", "creator", "place")
    edit_assets(library, ids, Edit(each={"name": names, **dict.fromkeys(facts, each)}))
    for id_ in ids:
        details = show_asset(library, id_)
        asset = details.asset
        wanted = each[id_] or None
        assert (asset.title, asset.description, details.creator, details.place) == (wanted,) * 4
        assert asset.name == names.get(id_, f"{id_}.jpg")
    for id_ in ids:
        if id_ not in names:
            with pytest.raises(UsageError):
                edit_assets(library, [id_], Edit({"name": each[id_]}))
    assert list(altered_facts(library)) == []
    assert len(names) > 300


def test_naughty_tags_come_back_unchanged_or_are_refused_by_name(library: Library, corpus: Path) -> None:
    make_assets(library, 1)
    kept: dict[str, str] = {}
    for string in naughty(corpus):
        parts = [part.strip() for part in string.split("/")]
        if all(parts):
            kept.setdefault(folded(string.strip()), "/".join(parts))
        else:
            with pytest.raises(UsageError, match="empty"):
                edit_assets(library, [1], Edit(add_tags=(string,)))
    edit_assets(library, [1], Edit(add_tags=tuple(kept.values())))
    assert sorted(shown(library, 1).tags) == sorted(kept.values())
    assert len(kept) > 350
    edit_assets(library, [1], Edit(remove_tags=tuple(map(folded, kept.values()))))
    assert shown(library, 1).tags == ()


EDITOR = """
import sys
from pathlib import Path
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.opening import open_library
from keeproom.library.timechanges import Shift
who = sys.argv[2]
with open_library(Path(sys.argv[1])) as library:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(20):
        edit = Edit({"title": f"{who} {number}"}, add_tags=(f"{who}/{number}", "both"), turn=1, retime=Shift(60))
        edit_assets(library, [1, 2], edit)
"""


def test_edits_of_two_processes_all_land(library: Library) -> None:
    make_assets(library, 2)
    command = [sys.executable, "-c", EDITOR, str(library.folder)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    both = [subprocess.Popen([*command, who], **pipes) for who in ("ada", "bob")]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        process.communicate("go\n", timeout=50)
        assert process.returncode == 0
    asset = shown(library, 1)
    assert set(asset.tags) == {"both"} | {f"{who}/{number}" for who in ("ada", "bob") for number in range(20)}
    assert asset.captured == CaptureTime(WALL.replace(minute=40))
    assert (asset.rotation, asset.version, asset.title in ("ada 19", "bob 19")) == (0, 41, True)
    assert [number for number, _ in versions(library, 1)] == list(range(1, 42))
    titles = [new for entry in range(2, 42) for field, _, new in changes(library, entry) if field == "title"]
    assert set(titles) == {f"{who} {number}" for who in ("ada", "bob") for number in range(20)}
    assert list(altered_facts(library)) == []
