"""The counts beside filters: what SQLite counts with GROUP BY, under the query in the search field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select, update

from keeproom.catalog.collation import folded
from keeproom.catalog.tables import (
    AssetRow,
    AssetTagRow,
    BlobRow,
    CollectionAssetRow,
    CollectionRow,
    FolderRow,
    SourceRow,
    TagRow,
)
from keeproom.library.arranger import Arranger
from keeproom.library.collecting import save_search
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.listing import count_assets, list_assets
from keeproom.library.opening import Library
from keeproom.library.search import SearchError
from keeproom.library.statistics import library_statistics
from keeproom.library.trashing import trash_assets
from keeproom.library.views import View

QUERIES = ["", "kind:image", "rating:>=3", 'camera:"Google Pixel 7" date:2015..', "tag:places", "jpg -has:tags", "id:5"]


def pairs(library: Library, *columns: Any) -> list[Any]:
    with library.catalog.read() as session:
        return list(session.execute(select(*columns)).all())


def below(names: dict[int, Sequence[str]], ids: set[int]) -> dict[str, int]:
    """How many of these assets have each name or one below it, each asset once."""
    found: dict[str, set[int]] = {}
    for asset, each in names.items():
        for name in each if asset in ids else ():
            parts = name.split("/")
            for depth in range(1, len(parts) + 1):
                found.setdefault("/".join(parts[:depth]), set()).add(asset)
    return {name: len(assets) for name, assets in found.items()}


@pytest.mark.parametrize("query", QUERIES)
def test_counts_are_those_of_the_assets_that_answer(many: Library, query: str) -> None:
    counts = Arranger(many).counts(View("kind:video", query))  # whatever the place is
    assets = list(list_assets(many, query))
    assert (counts.found, counts.found > 0) == (len(assets), True)
    assert counts.kinds == Counter(asset.kind for asset in assets)
    assert counts.ratings == Counter(asset.rating for asset in assets)
    assert counts.labels == Counter(asset.label or "" for asset in assets)
    assert counts.flags == Counter(asset.flag or "" for asset in assets)
    assert (counts.unrated, counts.unflagged) == (counts.ratings.get(0, 0), counts.flags.get("", 0))
    assert counts.problems == sum(asset.status in ("failed", "damaged", "missing") for asset in assets)
    walls = [asset.captured.wall if asset.captured else None for asset in assets]
    assert counts.months == Counter((wall.year, wall.month) if wall else None for wall in walls)
    ids = {asset.id for asset in assets}
    assert dict(counts.cameras) == _cameras(many, ids)
    assert [count for _, count in counts.cameras] == sorted(dict(counts.cameras).values(), reverse=True)


def _cameras(library: Library, ids: set[int]) -> dict[str, int]:
    with library.catalog.read() as session:
        rows = session.execute(select(AssetRow.id, BlobRow.camera).join(BlobRow, BlobRow.id == AssetRow.blob_id)).all()
    return Counter(camera for asset, camera in rows if asset in ids and camera)


@pytest.mark.parametrize("query", QUERIES)
def test_tags_and_folders_count_each_asset_once_at_each_name_above(many: Library, query: str) -> None:
    edit_assets(many, [5, 6, 7], Edit(add_tags=("places/a/b", "places/a/c", "places/d", "Places")))
    counts = Arranger(many).counts(View("", query))
    ids = {asset.id for asset in list_assets(many, query)}
    tags: dict[int, list[str]] = {}
    folders: dict[int, list[str]] = {}
    with many.catalog.read() as session:
        named = select(AssetTagRow.asset_id, TagRow.folded).join(TagRow, TagRow.id == AssetTagRow.tag_id)
        for asset, name in session.execute(named):
            tags.setdefault(asset, []).append(name)
        lying = select(SourceRow.asset_id, FolderRow.path).join(FolderRow, FolderRow.id == SourceRow.folder_id)
        for asset, path in session.execute(lying):
            folders.setdefault(asset, []).append(path)
    assert {folded(name): count for name, count in counts.tags} == below(tags, ids)
    expected = below(folders, ids)
    assert dict(counts.folders).items() <= expected.items()
    assert set(expected) - set(dict(counts.folders)) <= {"", "/"}


def test_folders_begin_where_there_is_something_to_choose(many: Library) -> None:
    with many.catalog.write() as write:
        paths = ["/home/me/Pictures/a", "/home/me/Pictures/b"]
        some = write.session.scalars(select(FolderRow)).all()
        write.session.execute(update(SourceRow).values(folder_id=some[0].id))
        write.session.execute(update(SourceRow).where(SourceRow.asset_id < 9).values(folder_id=some[1].id))
        write.session.execute(FolderRow.__table__.delete().where(FolderRow.id.not_in((some[0].id, some[1].id))))
        for row, path in zip(some, paths, strict=False):
            named = update(FolderRow).where(FolderRow.id == row.id)
            write.session.execute(named.values(path=path, path_bytes=path.encode()))
    assert [name for name, _ in Arranger(many).counts().folders] == ["/home/me/Pictures", *paths]


def test_collections_are_counted_smart_ones_too(many: Library) -> None:
    save_search(many, "Well rated", "rating:>=3")
    save_search(many, "Broken", "rating:>=3")
    with many.catalog.write() as write:
        broken = update(CollectionRow).where(CollectionRow.name == "Broken")
        write.session.execute(broken.values(query="shade:red", revision=write.revision))
    arranger = Arranger(many)
    ids = {asset.id for asset in list_assets(many, "kind:image")}
    counts = {each.name: each for each in arranger.counts(View("", "kind:image")).collections}
    assert counts["Broken"].count is None
    assert counts["Well rated"].count == count_assets(many, "kind:image rating:>=3")
    with many.catalog.read() as session:
        members = session.execute(
            select(CollectionRow.name, CollectionAssetRow.asset_id)
            .join(CollectionAssetRow, CollectionAssetRow.collection_id == CollectionRow.id)
        ).all()  # fmt: skip
    expected = Counter(name for name, asset in members if asset in ids)
    assert expected
    assert {name: each.count for name, each in counts.items() if each.query is None and each.count} == expected
    edit_assets(many, [3], Edit(facts={"rating": 5}))
    again = {each.name: each.count for each in arranger.counts(View("", "kind:image")).collections}
    assert again["Well rated"] == count_assets(many, "kind:image rating:>=3")


def test_the_whole_library_is_told_whatever_is_searched_for(many: Library) -> None:
    trash_assets(many, [1, 2])
    told = library_statistics(many)
    counts = Arranger(many).counts(View("", "id:5"))
    assert (counts.all, counts.trashed, counts.found) == (told.assets, told.trashed, 1)
    assert Arranger(many).counts().bytes == sum(asset.size_bytes for asset in list_assets(many))


def test_the_newest_imports_are_told_with_what_is_left_of_them(many: Library) -> None:
    expected = Counter(entry for (entry,) in pairs(many, AssetRow.entry_id) if entry)
    with many.catalog.read() as session:
        living = Counter(session.scalars(select(AssetRow.entry_id).where(AssetRow.trashed_at.is_(None))))
    recent = Arranger(many).counts().imports
    assert [each.entry for each in recent] == sorted(living, reverse=True)[:10]
    assert all(each.count == living[each.entry] <= expected[each.entry] for each in recent)


def test_a_query_that_cannot_be_read_is_refused(many: Library) -> None:
    with pytest.raises(SearchError):
        Arranger(many).counts(View("", "shade:red"))


def test_where_a_near_spelling_is_shown_it_is_counted_too(many: Library) -> None:
    arranger = Arranger(many)
    assert arranger.counts(View("", "berlim")).kinds == arranger.counts(View("", "berlin")).kinds != {}
    assert arranger.counts(View("", "berlim", exactly=True)).found == 0


def test_an_empty_library_has_nothing_to_count(library: Library) -> None:
    counts = Arranger(library).counts()
    assert (counts.all, counts.found, counts.kinds, counts.tags, counts.imports) == (0, 0, {}, (), ())
