"""Lists, counts, views and the first page: the same assets in the same order, whoever asks."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import update

from keeproom.catalog.tables import AssetRow
from keeproom.errors import AssetNotFoundError, UsageError
from keeproom.library.collecting import create_collection
from keeproom.library.listing import count_assets, list_assets
from keeproom.library.opening import Library
from keeproom.library.showing import show_asset
from keeproom.library.stacking import stack_assets
from keeproom.library.statistics import library_statistics
from keeproom.library.tagging import create_tag, delete_tags, rename_tag
from keeproom.library.views import cells, changes_since, revision_now
from tests.conftest import MakePicture
from tests.importing import Importer, work_through


@pytest.fixture
def six(importer: Importer, make_picture: MakePicture) -> Library:
    """Assets 1 to 6, in two imports: some with a capture time, a rating, a capital letter."""
    library = importer.library
    for name in ("a.jpg", "B.jpg", "c.JPG", "d.jpeg"):
        make_picture(name, ord(name[0]) * 50)
    importer(*sorted((make_picture("a.jpg", 1).parent).iterdir()))
    importer(make_picture("late/e.jpg", 5), make_picture("late/a.jpg", 6))
    with library.catalog.write() as write:
        for asset, year, rating in ((2, 2001, 3), (3, 1999, 5), (5, 2020, 3)):
            values = {"captured": datetime(year, 1, 1), "rating": rating}  # noqa: DTZ001 (a wall time)
            write.session.execute(update(AssetRow).where(AssetRow.id == asset).values(**values))
    return library


def ids(library: Library, query: str = "", **options: object) -> list[int]:
    return [asset.id for asset in list_assets(library, query, **options)]  # type: ignore[arg-type]


def test_the_newest_import_comes_first(six: Library) -> None:
    assert ids(six) == [6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("imported", [1, 2, 3, 4, 5, 6]),
        ("captured", [3, 2, 5, 1, 4, 6]),
        ("-captured", [5, 2, 3, 6, 4, 1]),
        ("rating", [1, 4, 6, 2, 5, 3]),
        ("-rating", [3, 5, 2, 6, 4, 1]),
    ],
)
def test_orders_are_total_and_those_without_a_value_come_last(six: Library, sort: str, expected: list[int]) -> None:
    assert ids(six, sort=sort) == expected


def test_names_are_sorted_without_case(six: Library) -> None:
    assert [asset.name for asset in list_assets(six, sort="name")] == [
        "a.jpg",
        "a.jpg",
        "B.jpg",
        "c.JPG",
        "d.jpeg",
        "e.jpg",
    ]


def test_limit_and_offset_cut_a_page_out(six: Library) -> None:
    assert ids(six, limit=2, offset=1) == [5, 4]
    assert ids(six, limit=0) == []
    assert ids(six, offset=10) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("id:3", [3]),
        ("ID:3", [3]),
        ("ext:jpg", [6, 5, 3, 2, 1]),
        ("ext:.JPEG", [4]),
        ("kind:image", [6, 5, 4, 3, 2, 1]),
        ("kind:video", []),
        ("ext:jpg id:1", [1]),
        ("id:1 id:2", []),
        ("  ", [6, 5, 4, 3, 2, 1]),
    ],
)
def test_fields(six: Library, query: str, expected: list[int]) -> None:
    assert ids(six, query) == expected
    assert count_assets(six, query) == len(expected)


def test_a_checksum_is_found_by_its_beginning(six: Library) -> None:
    (asset,) = list_assets(six, "id:4")
    assert ids(six, f"sha256:{asset.sha256[:12].upper()}") == [4]


@pytest.mark.parametrize(
    "query",
    ["sha256:xyz", "sha256:", "id:x", "id:-1", "id:99999999999999999999", "kind:song", "ext:", "size:>x", "song:1"],
)
def test_what_cannot_be_understood_is_refused_by_name(six: Library, query: str) -> None:
    with pytest.raises(UsageError) as raised:
        ids(six, query)
    assert query.split(":")[0].strip("'") in str(raised.value)


def test_wildcards_in_a_value_are_letters(six: Library) -> None:
    assert ids(six, "ext:%") == ids(six, "ext:j_g") == []


def test_an_unknown_sort_key_lists_the_known_ones(six: Library) -> None:
    with pytest.raises(UsageError, match="captured, imported, name, size, rating"):
        ids(six, sort="colour")


def test_trashed_assets_are_apart(six: Library) -> None:
    with six.catalog.write() as write:
        write.session.execute(update(AssetRow).where(AssetRow.id == 2).values(trashed_at=write.at))
    assert 2 not in ids(six)
    assert ids(six, trashed=True) == [2]
    assert (count_assets(six), library_statistics(six).trashed) == (5, 1)
    assert show_asset(six, 2).asset.trashed_at is not None


@pytest.mark.parametrize("asset", [0, -1, 999, 2**63])
def test_an_asset_that_is_not_there_is_named(six: Library, asset: int) -> None:
    with pytest.raises(AssetNotFoundError, match=str(asset)):
        show_asset(six, asset)


def test_cells_tell_what_lists_show(six: Library) -> None:
    (cell,) = cells(six, [2])
    (asset,) = list_assets(six, "id:2")
    assert (cell.mime, cell.format, cell.size_bytes) == (asset.mime, "jpeg", asset.size_bytes)
    assert (cell.captured, cell.imported_at) == (datetime(2001, 1, 1), asset.imported_at)  # noqa: DTZ001
    assert (cell.name, cell.rating, cell.title, cell.asset) == (asset.name, 3, None, None)


def test_news_are_what_was_touched_since(six: Library, make_picture: MakePicture) -> None:
    before = revision_now(six)
    assert changes_since(six, before).changed == ()
    with six.catalog.write() as write:
        write.session.execute(update(AssetRow).where(AssetRow.id == 3).values(rating=1, revision=write.revision))
    news = changes_since(six, before)
    assert (news.changed, news.revision) == ((3,), before + 1)
    work_through(six)
    assert set(changes_since(six, news.revision).changed) == {1, 2, 3, 4, 5, 6}


def test_news_tell_when_tags_collections_and_stacks_themselves_changed(six: Library) -> None:
    revision = revision_now(six)
    for act in (
        lambda: create_tag(six, "sea"),
        lambda: create_collection(six, "Rome"),
        lambda: stack_assets(six, [1, 2]),
        lambda: rename_tag(six, "sea", "lake"),
        lambda: delete_tags(six, ["lake"]),
    ):
        act()
        news = changes_since(six, revision)
        assert news.organised, act
        revision = news.revision
    with six.catalog.write() as write:
        write.session.execute(update(AssetRow).where(AssetRow.id == 3).values(rating=1, revision=write.revision))
    assert not changes_since(six, revision).organised
