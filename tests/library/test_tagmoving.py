"""Several tags are moved as one change, and levels above tags are counted."""

from __future__ import annotations

import pytest

from keeproom.errors import UsageError
from keeproom.library.opening import Library
from keeproom.library.tagging import list_tags
from keeproom.library.tagmoving import count_levels, move_tags
from keeproom.library.trashing import trash_assets
from tests.histories import entries, versions
from tests.library.test_editing import words
from tests.library.test_tagging import counts, tag


def names(library: Library) -> list[str]:
    return [each.name for each in list_tags(library)]


def test_several_move_in_one_entry(library: Library) -> None:
    tag(library, {1: ("Rome", "sea"), 2: ("rome/Forum",), 3: ("lake", "places/x")})
    before, history = len(entries(library)), versions(library, 1)
    told: list[tuple[int, int]] = []
    edited = move_tags(library, ["Rome", "sea", "places/x"], "places", progress=lambda *each: told.append(each))
    assert edited.entry is not None
    assert entries(library)[before:] == ["tag-rename"]
    assert names(library) == ["lake", "places/Rome", "places/Rome/Forum", "places/sea", "places/x"]
    assert versions(library, 1) == history, "no asset changes"
    assert "places" in words(library, 1)
    assert told[-1] == (2, 2)
    move_tags(library, ["places/Rome", "places/sea"], "")
    assert names(library) == ["lake", "places/x", "Rome", "Rome/Forum", "sea"]


def test_where_nothing_is_to_be_moved_nothing_is_logged(library: Library) -> None:
    tag(library, {1: ("places/x", "top")})
    before = entries(library)
    assert move_tags(library, ["PLACES/x"], "places").entry is None
    assert move_tags(library, ["top"], "").entry is None
    assert entries(library) == before


@pytest.mark.parametrize(
    ("moving", "under", "why"),
    [
        (["a/x", "b/x"], "c", "already"),
        (["sea", "a"], "a/deep", "below itself"),
        (["sea", "nothing"], "c", "no tag"),
        (["sea", "b/x"], "a", "already"),
        (["sea"], "c//d", "empty"),
    ],
)
def test_what_cannot_be_leaves_all_as_they_are(library: Library, moving: list[str], under: str, why: str) -> None:
    tag(library, {1: ("a/x", "b/x"), 2: ("sea",)})
    before, log = names(library), entries(library)
    with pytest.raises(UsageError, match=why):
        move_tags(library, moving, under)
    assert (names(library), entries(library)) == (before, log)


def test_levels_count_each_item_once(library: Library) -> None:
    tag(
        library, {1: ("nature/sea", "nature/lake"), 2: ("Nature/sea/deep",), 3: ("tops/a", "tops"), 4: ("nature/lake",)}
    )
    trash_assets(library, [4])
    assert count_levels(library) == {"nature": 2}
    assert counts(library)["tops"] == (1, 1)


def test_without_levels_nothing_is_counted(library: Library) -> None:
    tag(library, {1: ("a", "a/b")})
    assert count_levels(library) == {}
