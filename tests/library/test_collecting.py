"""Collections: their order, their names, their place in the log, and saved searches among them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select, update

from keeproom.catalog.collation import folded
from keeproom.catalog.tables import CollectionAssetRow, CollectionRow
from keeproom.errors import AssetNotFoundError, UsageError
from keeproom.library.collecting import (
    collect,
    create_collection,
    delete_collection,
    find_collection,
    list_collections,
    move_in_collection,
    remove_from_collection,
    rename_collection,
    save_search,
)
from keeproom.library.folding import altered_facts
from keeproom.library.opening import Library
from keeproom.library.showing import show_asset
from keeproom.library.trashing import trash_assets
from tests.histories import buried, changes, count, entries, make_assets, versions


def order(library: Library, name: str) -> list[int]:
    query = select(CollectionAssetRow.asset_id).where(
        CollectionAssetRow.collection_id == find_collection(library, name)
    )
    with library.catalog.read() as session:
        return list(session.scalars(query.order_by(CollectionAssetRow.position)))


def listed(library: Library) -> list[tuple[str, int | None, str | None]]:
    return [(each.name, each.count, each.query) for each in list_collections(library)]


def test_assets_are_put_at_the_end_in_the_order_given(library: Library) -> None:
    make_assets(library, 6)
    first = collect(library, "Best", [3, 1])
    second = collect(library, "best", [2, 1, 4, 2])
    assert order(library, "BEST") == [3, 1, 2, 4]
    assert (first.changed, second.changed) == ((1, 3), (2, 4))
    assert collect(library, "Best", [1, 4]).entry is None
    assert show_asset(library, 1).collections == ("Best",)
    assert versions(library, 1) == [(1, 1), (2, first.entry)]
    assert [field for field, _, _ in changes(library, second.entry)] == ["collections", "collections"]
    assert entries(library) == ["import", "collect", "collect"]
    assert list(altered_facts(library)) == []


def test_lists_tell_how_many_are_not_in_the_trash(library: Library) -> None:
    make_assets(library, 3)
    collect(library, "trips/Rome", [1, 2])
    create_collection(library, "Trips")
    save_search(library, "trips-smart", "id:2")
    trash_assets(library, [2])
    assert listed(library) == [("Trips", 0, None), ("trips/Rome", 1, None), ("trips-smart", None, "id:2")]


@pytest.mark.parametrize(
    ("moved", "before", "expected"),
    [
        ([1], None, [2, 3, 4, 5, 1]),
        ([5], 1, [5, 1, 2, 3, 4]),
        ([5, 1], 3, [2, 5, 1, 3, 4]),
        ([2, 3], 2, [1, 2, 3, 4, 5]),
        ([2, 3], 3, [1, 2, 3, 4, 5]),
        ([4, 5], 5, [1, 2, 3, 4, 5]),
        ([5, 4, 3, 2, 1], None, [5, 4, 3, 2, 1]),
        ([3, 3], 1, [3, 1, 2, 4, 5]),
    ],
)
def test_members_move_in_front_of_another_or_to_the_end(
    library: Library, moved: list[int], before: int | None, expected: list[int]
) -> None:
    collect(library, "c", make_assets(library, 5))
    edited = move_in_collection(library, find_collection(library, "c"), moved, before)
    assert order(library, "c") == expected
    assert (edited.entry is None) == (expected == [1, 2, 3, 4, 5])
    assert len(versions(library, 1)) == 2  # the order is not a fact of the assets


def test_a_move_touches_its_members_alone_until_the_gap_is_used_up(library: Library) -> None:
    collect(library, "c", make_assets(library, 4))
    id_ = find_collection(library, "c")
    for turn in range(120):
        one, other = ((3, 2), (2, 3))[turn % 2]
        edited = move_in_collection(library, id_, [one], other)
        assert order(library, "c") == [1, one, other, 4]
        ((field, old, new),) = changes(library, edited.entry, "collection")
        assert field == "places"
        assert old.keys() == new.keys()
        assert len(old) in (1, 2, 3, 4)
        if turn == 0:
            assert len(old) == 1
    with library.catalog.write() as write:
        write.session.execute(update(CollectionAssetRow).values(position=1.0))  # no gap at all
    move_in_collection(library, id_, [4], 1)
    assert order(library, "c")[:2] == [4, 1]


def test_what_is_no_member_is_not_moved(library: Library) -> None:
    make_assets(library, 3)
    collect(library, "c", [1, 2])
    id_ = find_collection(library, "c")
    for moved, before in (([3], 1), ([1], 3), ([1], 99)):
        with pytest.raises(UsageError, match="is not in the collection 'c'"):
            move_in_collection(library, id_, moved, before)
    with pytest.raises(UsageError, match="no collection 77"):
        move_in_collection(library, 77, [1], None)


def test_what_is_taken_out_is_out_and_in_the_log_with_its_place(library: Library) -> None:
    make_assets(library, 3)
    collect(library, "c", [1, 2, 3])
    edited = remove_from_collection(library, find_collection(library, "c"), [2, 9])
    assert order(library, "c") == [1, 3]
    assert edited.changed == (2,)
    ((_, _, new),) = changes(library, edited.entry)
    assert list(new) == ["removed"]
    ((field, old, _),) = changes(library, edited.entry, "collection")
    assert (field, list(old.values())) == ("places", [2.0])
    assert remove_from_collection(library, find_collection(library, "c"), [2]).entry is None
    assert list(altered_facts(library)) == []


def test_what_is_below_is_renamed_along(library: Library) -> None:
    make_assets(library, 1)
    collect(library, "trips/Rome/day 1", [1])
    collect(library, "trips/rome", [1])
    save_search(library, "trips/rome/Best", "id:1")
    rename_collection(library, find_collection(library, "Trips/Rome"), "Journeys/Roma")
    assert [name for name, *_ in listed(library)] == ["Journeys/Roma", "Journeys/Roma/Best", "Journeys/Roma/day 1"]
    assert show_asset(library, 1).collections == ("Journeys/Roma", "Journeys/Roma/day 1")
    with pytest.raises(UsageError, match="below itself"):
        rename_collection(library, find_collection(library, "journeys/roma"), "journeys/roma/x")
    with pytest.raises(UsageError, match="'Journeys/Roma/Best' already"):
        rename_collection(library, find_collection(library, "journeys/roma/day 1"), "journeys/roma/best")


def test_deleting_takes_what_is_below_and_leaves_the_assets(library: Library) -> None:
    make_assets(library, 3)
    collect(library, "a", [1, 2])
    collect(library, "a/b", [2])
    collect(library, "ab", [3])
    save_search(library, "a/s", "id:1")
    edited = delete_collection(library, find_collection(library, "a"))
    assert [name for name, *_ in listed(library)] == ["ab"]
    assert sorted(edited.changed) == [1, 2]
    assert len(changes(library, edited.entry)) == 2
    assert ("query", "id:1", None) in changes(library, edited.entry, "collection")
    assert len(buried(library, "collection")) == 3
    assert count(library, CollectionAssetRow) == 1
    assert list(altered_facts(library)) == []


def test_who_knew_a_collection_takes_no_other_one_for_it(library: Library) -> None:
    first, second = create_collection(library, "a"), create_collection(library, "b")
    delete_collection(library, second)
    assert create_collection(library, "c") not in (first, second)
    with pytest.raises(UsageError, match=str(second)):
        rename_collection(library, second, "d")


def test_a_smart_collection_has_a_query_and_no_members(library: Library) -> None:
    make_assets(library, 1)
    id_ = save_search(library, "Recent", "id:1")
    assert save_search(library, "recent", "id:2") == id_
    assert listed(library) == [("Recent", None, "id:2")]
    assert entries(library) == ["import", "search-save", "search-save"]
    save_search(library, "Recent", "id:2")
    assert entries(library) == ["import", "search-save", "search-save"]
    for refused in (
        lambda: collect(library, "RECENT", [1]),
        lambda: move_in_collection(library, id_, [1], None),
        lambda: remove_from_collection(library, id_, [1]),
    ):
        with pytest.raises(UsageError, match="'Recent' is a smart collection"):
            refused()


def test_names_are_taken_across_both_sorts(library: Library) -> None:
    make_assets(library, 1)
    collect(library, "Rome", [1])
    with pytest.raises(UsageError, match="'Rome' is a collection that holds items"):
        save_search(library, "ROME", "id:1")
    with pytest.raises(UsageError, match="'Rome' already"):
        create_collection(library, "rome")


@pytest.mark.parametrize("query", ["", "  ", "nosuchfield:1", "rating:>=9x", "("])
def test_a_query_that_cannot_be_read_is_not_saved(library: Library, query: str) -> None:
    with pytest.raises(UsageError):
        save_search(library, "x", query)
    assert listed(library) == []


def test_unknown_assets_leave_all_as_it_was(library: Library) -> None:
    make_assets(library, 1)
    with pytest.raises(AssetNotFoundError, match="7"):
        collect(library, "c", [1, 7])
    assert (listed(library), entries(library)) == ([], ["import"])


def test_naughty_names_come_back_unchanged_or_are_refused_by_name(library: Library, corpus: Path) -> None:
    make_assets(library, 1)
    strings = json.loads((corpus / "hostile" / "naughty-strings.json").read_text("utf-8"))
    kept: dict[str, str] = {}
    for string in strings[::3]:
        parts = [part.strip() for part in string.split("/")]
        if all(parts):
            kept.setdefault(folded("/".join(parts)), "/".join(parts))
            collect(library, string, [1])
        else:
            with pytest.raises(UsageError, match="empty"):
                collect(library, string, [1])
    assert sorted(name for name, *_ in listed(library)) == sorted(kept.values())
    assert sorted(show_asset(library, 1).collections) == sorted(kept.values())
    assert len(kept) > 120
    with library.catalog.read() as session:
        assert set(session.scalars(select(CollectionRow.folded))) == set(kept)
