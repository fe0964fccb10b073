"""The trash: nothing is lost by it, and what is in it keeps its date."""

from __future__ import annotations

import pytest

from keeproom.errors import AssetNotFoundError
from keeproom.library.collecting import collect
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.folding import altered_facts
from keeproom.library.listing import count_assets, list_assets
from keeproom.library.opening import Library
from keeproom.library.showing import show_asset
from keeproom.library.stacking import stack_assets
from keeproom.library.trashing import restore_assets, trash_assets
from keeproom.library.views import changes_since, revision_now
from tests.histories import changes, entries, make_assets, shown, versions


def test_what_is_in_the_trash_is_hidden_and_keeps_its_date(library: Library) -> None:
    make_assets(library, 3)
    first = trash_assets(library, [1])
    date = shown(library, 1).trashed_at
    second = trash_assets(library, [2, 1])
    assert (first.changed, second.changed) == ((1,), (2,))
    assert shown(library, 1).trashed_at == date
    assert date is not None
    assert count_assets(library, "") == 1
    assert {asset.id for asset in list_assets(library, trashed=True)} == {1, 2}
    assert trash_assets(library, [1, 2]).entry is None
    assert changes(library, first.entry) == [("trashed", None, date.isoformat(timespec="microseconds"))]
    assert list(altered_facts(library)) == []


def test_restoring_brings_back_everything(library: Library) -> None:
    make_assets(library, 2)
    edit_assets(library, [1], Edit({"rating": 4, "title": "t"}, add_tags=("a",)))
    collect(library, "c", [1])
    stack_assets(library, [1, 2])
    before = show_asset(library, 1)
    trash_assets(library, [1])
    restore_assets(library, [1, 2])
    after = show_asset(library, 1)
    assert (after.asset.trashed_at, after.asset.version) == (None, before.asset.version + 2)
    assert (after.asset.rating, after.asset.title, after.asset.tags, after.collections) == (4, "t", ("a",), ("c",))
    assert entries(library)[-2:] == ["trash", "restore"]
    assert len(versions(library, 2)) == 2
    assert restore_assets(library, [1, 2]).entry is None
    assert list(altered_facts(library)) == []


def test_an_unknown_asset_leaves_all_as_it_was(library: Library) -> None:
    make_assets(library, 1)
    for move in (trash_assets, restore_assets):
        with pytest.raises(AssetNotFoundError, match="5"):
            move(library, [1, 5])
    assert shown(library, 1).trashed_at is None
    assert entries(library) == ["import"]


def test_many_are_told_as_they_go(library: Library) -> None:
    ids = make_assets(library, 2_100)
    told: list[tuple[int, int]] = []
    trash_assets(library, ids, progress=lambda done, total: told.append((done, total)))
    assert told == [(1_000, 2_100), (2_000, 2_100), (2_100, 2_100)]
    assert count_assets(library, "") == 0


def test_the_other_members_of_a_group_are_told(library: Library) -> None:
    make_assets(library, 4)
    stack_assets(library, [1, 2, 3])
    for act in (trash_assets, restore_assets):
        before = revision_now(library)
        act(library, [2])
        assert changes_since(library, before).changed == (1, 2, 3)
