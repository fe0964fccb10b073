"""Tags themselves: counts, and what renaming, merging and deleting them does to assets, log and search index."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

import pytest

from keeproom.catalog.tables import TagRow
from keeproom.errors import CancelledError, UsageError
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.folding import altered_facts
from keeproom.library.hierarchy import is_within, moved
from keeproom.library.opening import Library
from keeproom.library.tagcounting import count_tagged
from keeproom.library.tagging import create_tag, delete_tags, list_tags, merge_tags, rename_tag
from keeproom.library.trashing import trash_assets
from tests.histories import buried, changes, count, entries, make_assets, shown, versions
from tests.library.test_editing import words


def tag(library: Library, tags: Mapping[int, Sequence[str]]) -> None:
    make_assets(library, max(tags))
    for asset, names in tags.items():
        edit_assets(library, [asset], Edit(add_tags=tuple(names)))


def counts(library: Library) -> dict[str, tuple[int, int]]:
    return {each.name: (each.count, each.own_count) for each in list_tags(library)}


def test_counts_are_of_assets_outside_the_trash_and_of_all_below(library: Library) -> None:
    tag(library, {1: ("a", "a/b"), 2: ("a/b/c", "a/B/c"), 3: ("a-b",), 4: ("a/b",), 5: ("Ab", "é")})
    create_tag(library, "empty")
    trash_assets(library, [4])
    assert counts(library) == {
        "a": (2, 1),
        "a/b": (2, 1),
        "a/b/c": (1, 1),
        "a-b": (1, 1),
        "Ab": (1, 1),
        "empty": (0, 0),
        "é": (1, 1),
    }
    assert list(counts(library)) == ["a", "a/b", "a/b/c", "a-b", "Ab", "empty", "é"]


def test_no_tags_are_no_list(library: Library) -> None:
    assert list_tags(library) == []


def test_a_tag_is_made_once(library: Library) -> None:
    assert create_tag(library, "Rome") == create_tag(library, " rome ")
    assert [each.name for each in list_tags(library)] == ["Rome"]
    assert entries(library) == ["tag-create"]
    with pytest.raises(UsageError, match="empty"):
        create_tag(library, "a//b")


def test_renaming_costs_a_row_and_changes_no_asset(library: Library) -> None:
    tag(library, {1: ("rome",), 2: ("rome", "other")})
    edited = rename_tag(library, "ROME", "Roma Æterna")
    assert changes(library, edited.entry, "tag") == [("name", "rome", "Roma Æterna")]
    assert changes(library, edited.entry) == []
    assert shown(library, 2).tags == ("other", "Roma Æterna")
    assert [len(versions(library, asset)) for asset in (1, 2)] == [2, 2]
    assert "terna" in words(library, 1)
    assert "rome" not in words(library, 1)
    assert list(altered_facts(library)) == []


def test_what_is_below_moves_along(library: Library) -> None:
    tag(library, {1: ("Places/Rome/Forum", "places/rome", "placesX", "places-y")})
    edited = rename_tag(library, "places", "travel/old")
    assert set(shown(library, 1).tags) == {"travel/old/Rome/Forum", "travel/old/rome", "placesX", "places-y"}
    assert len(changes(library, edited.entry, "tag")) == 2
    rename_tag(library, "travel/old/rome", "Rome")  # out of the hierarchy
    assert {"Rome", "Rome/Forum"} < set(shown(library, 1).tags)


def test_a_tag_moves_up_into_its_own_place(library: Library) -> None:
    tag(library, {1: ("a/a", "a/a/a", "a/a/a/b")})
    rename_tag(library, "a/a", "a")
    assert shown(library, 1).tags == ("a", "a/a", "a/a/b")


def test_case_and_spelling_change_by_renaming(library: Library) -> None:
    tag(library, {1: ("rome", "rome/forum")})
    rename_tag(library, "rome", "Rome")
    assert shown(library, 1).tags == ("Rome", "Rome/forum")
    assert rename_tag(library, "Rome", "Rome").entry is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("nowhere", "x", "no tag 'nowhere'"),
        ("a", "b", "a tag 'b' already.*[Mm]erge"),
        ("a", "B", "a tag 'b' already.*[Mm]erge"),
        ("a", "c", "a tag 'c/x' already"),
        ("a", "a/b/a", "'a' cannot be moved below itself, to 'a/b/a'"),
        ("A", "a/x", "below itself"),
        ("a", "", "empty"),
        ("a", "x\0", "NUL"),
    ],
)
def test_what_cannot_be_renamed_is_refused_by_name(library: Library, old: str, new: str, message: str) -> None:
    tag(library, {1: ("a", "a/x", "b", "c/x")})
    before = counts(library)
    with pytest.raises(UsageError, match=message):
        rename_tag(library, old, new)
    assert counts(library) == before
    assert "tag-rename" not in entries(library)


def test_merged_tags_are_one_and_each_asset_has_it_once(library: Library) -> None:
    tag(library, {1: ("rome",), 2: ("roma", "rome"), 3: ("Rom", "x"), 4: ("x",)})
    edited = merge_tags(library, ["Rome", "ROM", "roma"], "roma")
    assert [shown(library, asset).tags for asset in (1, 2, 3, 4)] == [("roma",), ("roma",), ("roma", "x"), ("x",)]
    assert sorted(edited.changed) == [1, 2, 3]
    assert entries(library)[-1] == "tag-merge"
    assert len(buried(library, "tag")) == 2
    assert counts(library) == {"roma": (3, 3), "x": (2, 2)}
    assert words(library, 1).count("roma") == 1
    assert "rome" not in words(library, 1)
    assert list(altered_facts(library)) == []


def test_what_is_below_merged_tags_moves_along_and_merges(library: Library) -> None:
    tag(library, {1: ("a/x", "a/y/z"), 2: ("b/X",), 3: ("b/y",)})
    merge_tags(library, ["a"], "b")
    assert [shown(library, asset).tags for asset in (1, 2, 3)] == [("b/X", "b/y/z"), ("b/X",), ("b/y",)]
    assert list(altered_facts(library)) == []


def test_a_merge_may_go_up_and_into_a_new_tag(library: Library) -> None:
    tag(library, {1: ("a/b",), 2: ("a/b/c", "a/c"), 3: ("d",)})
    merge_tags(library, ["a/b"], "a")
    assert [shown(library, asset).tags for asset in (1, 2)] == [("a",), ("a/c",)]
    merge_tags(library, ["a", "d"], "New/Place")
    assert [shown(library, n).tags for n in (1, 2, 3)] == [("New/Place",), ("New/Place/c",), ("New/Place",)]
    assert "New" in words(library, 3)
    assert list(altered_facts(library)) == []


@pytest.mark.parametrize(
    ("names", "into", "message"),
    [
        (["a"], "a/b", "'a' cannot be moved below itself, to 'a/b'"),
        (["a", "b"], "A/x/y", "below itself"),
        (["nowhere"], "a", "no tag 'nowhere'"),
        (["a"], "A", "that are to be merged"),
        ([], "a", "that are to be merged"),
        (["a"], "b//c", "empty"),
    ],
)
def test_what_cannot_be_merged_is_refused_by_name(library: Library, names: list[str], into: str, message: str) -> None:
    tag(library, {1: ("a", "a/b", "b")})
    with pytest.raises(UsageError, match=message):
        merge_tags(library, names, into)
    assert shown(library, 1).tags == ("a", "a/b", "b")
    assert "tag-merge" not in entries(library)


def test_a_deleted_tag_is_off_everything_in_one_entry(library: Library) -> None:
    tag(library, {1: ("a", "a/b", "x"), 2: ("a/b",), 3: ("ab", "x")})
    trash_assets(library, [2])
    edited = delete_tags(library, ["A"])
    assert [shown(library, asset).tags for asset in (1, 2, 3)] == [("x",), (), ("ab", "x")]
    assert edited.changed == (1, 2)
    assert [field for field, _, _ in changes(library, edited.entry)] == ["tags", "tags"]
    assert sorted(old for _, old, _ in changes(library, edited.entry, "tag")) == ["a", "a/b"]
    assert len(buried(library, "tag")) == 2
    assert count(library, TagRow) == 2
    assert list(altered_facts(library)) == []
    with pytest.raises(UsageError, match="no tag 'a'"):
        delete_tags(library, ["x", "a"])
    assert "x" in counts(library)


def test_many_assets_lose_a_tag_with_progress_or_none(library: Library) -> None:
    ids = make_assets(library, 3_000)
    edit_assets(library, ids, Edit(add_tags=("gone", "stays")))
    told: list[int] = []

    def stop(done: int, total: int) -> None:
        told.append(done)
        if done == total:
            raise CancelledError("Enough.")

    with pytest.raises(CancelledError):
        delete_tags(library, ["gone"], progress=stop)
    assert told == [1_000, 2_000, 3_000]
    assert counts(library) == {"gone": (3_000, 3_000), "stays": (3_000, 3_000)}
    assert len(delete_tags(library, ["gone"]).changed) == 3_000
    assert counts(library) == {"stays": (3_000, 3_000)}


NAMES = ("a", "b", "A/b", "a/B/c", "b/a", "c", "c/c", "c/c/c", "B/c")
"""Few enough that what is renamed and merged meets what is there."""


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_done_to_tags_the_log_accounts_for_it(library: Library, seed: int) -> None:
    """Against a plain picture of the same: the names that each asset has, without case."""
    chance = random.Random(seed)
    has: dict[int, set[str]] = {asset: set() for asset in make_assets(library, 5)}
    done = 0
    for _ in range(40):
        what, some = chance.choice(("edit", "rename", "merge", "delete")), chance.sample(NAMES, 3)
        try:
            becomes = _do(library, what, some, chance.sample(sorted(has), 2), has)
        except UsageError:
            continue
        done += 1
        has = {asset: {new for name in names if (new := becomes(name))} for asset, names in has.items()}
        assert {asset: {name.casefold() for name in shown(library, asset).tags} for asset in has} == has
    assert done > 12
    assert list(altered_facts(library)) == []


def _do(
    library: Library, what: str, names: list[str], assets: list[int], has: dict[int, set[str]]
) -> Callable[[str], str | None]:
    """Do it; what becomes of each name."""
    one, other, third = (name.casefold() for name in names)
    if what == "edit":
        edit_assets(library, assets, Edit(add_tags=(names[0], names[1]), remove_tags=(names[2],)))
        for asset in assets:
            has[asset] = (has[asset] | {one, other}) - {third}
        return lambda name: name
    if what == "delete":
        delete_tags(library, [names[0]])
        return lambda name: None if is_within(name, one) else name
    if what == "rename":
        rename_tag(library, names[0], names[1])
        return lambda name: moved(name, one, other) if is_within(name, one) else name
    merge_tags(library, names[:2], names[2])
    sources = sorted({one, other} - {third}, key=len, reverse=True)
    return lambda name: next((moved(name, source, third) for source in sources if is_within(name, source)), name)


def test_what_only_the_trash_has_is_told(library: Library) -> None:
    tag(library, {1: ("a/b",), 2: ("a",), 3: ("c",)})
    trash_assets(library, [1, 3])
    assert {each.name: (each.count, each.in_trash) for each in list_tags(library)} == {
        "a": (1, 1),
        "a/b": (0, 1),
        "c": (0, 1),
    }
    assert (count_tagged(library, ["a", "c"]), count_tagged(library, ["a", "c"], trashed=True)) == (1, 2)


def test_what_is_below_moves_along_whatever_character_it_begins_with(library: Library) -> None:
    for name in ("a/\U0010ffffx", "a/\U0010ffff", "a/\x01", "a0", "a."):
        create_tag(library, name)
    rename_tag(library, "a", "b")
    assert {tag.name for tag in list_tags(library)} == {"b/\U0010ffffx", "b/\U0010ffff", "b/\x01", "a0", "a."}
