"""Views from the columns in memory: what SQLite answers, in the same order, also after changes."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import delete, insert, select, update

from keeproom.catalog.catalog import Write
from keeproom.catalog.tables import AssetRow, BlobRow, ClaimRow, TombstoneRow
from keeproom.errors import UsageError
from keeproom.library import following
from keeproom.library.arranging import arrange, totals
from keeproom.library.keeping import SnapshotKeeper
from keeproom.library.listing import in_trash, order_of
from keeproom.library.opening import Library, open_library
from keeproom.library.statistics import library_statistics
from keeproom.library.views import View, cells
from keeproom.model import Grouping, Kind, SortKey
from tests.bench.synthetic import make_library

SORTS = [way + key for key in SortKey for way in ("", "-")]
VIEWS = [View(), View(kind=Kind.VIDEO), View(problems=True), View(trashed=True), View(imported_by=2)]
COUNT = 400


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic") / "library"
    make_library(folder, COUNT, thumbnailed=0)
    return folder


@pytest.fixture
def many(template: Path, tmp_path: Path) -> Iterator[Library]:
    """Some hundred assets: dated or not, rated, in the trash, in trouble, of all kinds."""
    shutil.copytree(template, tmp_path / "many")
    with open_library(tmp_path / "many") as library:
        yield library


def asset_ids(library: Library, view: View, sort: str) -> list[int]:
    """The ids of a view as SQLite answers; its orders are those of `list`."""
    query = select(AssetRow.id).join(BlobRow, BlobRow.id == AssetRow.blob_id).where(in_trash(view.trashed))
    if view.kind is not None:
        query = query.where(BlobRow.kind == view.kind)
    if view.imported_by is not None:
        query = query.where(AssetRow.entry_id == view.imported_by)
    if view.problems:
        query = query.where((BlobRow.progress == "failed") | (BlobRow.state != "ok"))
    with library.catalog.read() as session:
        return list(session.scalars(query.order_by(*order_of(sort))))


@pytest.mark.parametrize("sort", SORTS)
def test_every_view_is_as_sqlite_would_answer(many: Library, sort: str) -> None:
    keeper = SnapshotKeeper(many)
    for view in VIEWS:
        assert arrange(keeper, view, sort).ids.tolist() == asset_ids(many, view, sort)


def test_an_unknown_sort_key_lists_the_known_ones(many: Library) -> None:
    with pytest.raises(UsageError, match="captured, imported, name, size, rating"):
        arrange(SnapshotKeeper(many), View(), "colour")


def test_an_empty_library_has_empty_views(library: Library) -> None:
    keeper = SnapshotKeeper(library)
    for sort in SORTS:
        assert arrange(keeper, View(), sort, Grouping.DAY).groups == ()
    assert totals(keeper.latest()).all == 0


@pytest.mark.parametrize(("grouping", "width"), [(Grouping.DAY, 10), (Grouping.MONTH, 7)])
@pytest.mark.parametrize("sort", ["captured", "-name"])
def test_groups_are_the_days_and_months_of_the_wall_clock(
    many: Library, grouping: Grouping, width: int, sort: str
) -> None:
    arranged = arrange(SnapshotKeeper(many), View(), sort, grouping)
    assert arranged.ids.tolist() == asset_ids(many, View(), "-captured" if sort[0] == "-" else "captured")
    shown = [cell.captured for cell in cells(many, arranged.ids.tolist())]
    expected = ["" if wall is None else wall.isoformat()[:width] for wall in shown]
    assert [group.key for group in arranged.groups for _ in range(group.count)] == expected
    assert [group.start for group in arranged.groups] == np.cumsum(
        [0, *(group.count for group in arranged.groups[:-1])]
    ).tolist()
    keys = [group.key for group in arranged.groups]
    assert len(set(keys)) == len(keys)
    assert keys[-1] == ""


@pytest.mark.parametrize("wall", [datetime(1, 1, 1), datetime(1969, 12, 31, 23, 59, 59), datetime(9999, 12, 31, 23)])  # noqa: DTZ001
def test_a_day_long_past_or_far_ahead_is_that_day(many: Library, wall: datetime) -> None:
    with many.catalog.write() as write:
        write.session.execute(update(AssetRow).where(AssetRow.id == 7).values(captured=wall))
    arranged = arrange(SnapshotKeeper(many), View(), "captured", Grouping.DAY)
    place = arranged.ids.tolist().index(7)
    (group,) = [group for group in arranged.groups if group.start <= place < group.start + group.count]
    assert group.key == wall.date().isoformat()


def test_totals_are_those_of_the_library(many: Library) -> None:
    figures = totals(SnapshotKeeper(many).latest())
    told = library_statistics(many)
    assert (figures.all, figures.trashed) == (told.assets, told.trashed)
    assert figures.kinds == told.by_kind
    assert figures.problems == sum(told.by_status.get(name, 0) for name in ("failed", "damaged", "missing"))
    assert figures.problems == len(asset_ids(many, View(problems=True), "name"))


# Following


def _rate(write: Write, chance: random.Random) -> None:
    _set(write, chance, rating=chance.randrange(6))


def _rename(write: Write, chance: random.Random) -> None:
    _set(write, chance, name=chance.choice(("a.jpg", "IMG_0001.jpg", "zzz.jpg", "img_0001.JPG", "Ærø.png")))


def _date(write: Write, chance: random.Random) -> None:
    _set(write, chance, captured=chance.choice((None, datetime(2012, 2, 29), datetime(2030, 1, 1))))  # noqa: DTZ001


def _trash(write: Write, chance: random.Random) -> None:
    _set(write, chance, trashed_at=chance.choice((None, write.at)))


def _set(write: Write, chance: random.Random, **values: object) -> None:
    there = write.session.scalars(select(AssetRow.id)).all()
    for asset in chance.sample(there, chance.randrange(1, 9)):
        write.session.execute(update(AssetRow).where(AssetRow.id == asset).values(**values, revision=write.revision))


def _fail(write: Write, chance: random.Random) -> None:
    blob = chance.choice(write.session.scalars(select(BlobRow.id)).all())
    values = {"progress": "failed", "size_bytes": chance.randrange(9_999_999), "revision": write.revision}
    write.session.execute(update(BlobRow).where(BlobRow.id == blob).values(**values))


def _add(write: Write, chance: random.Random) -> None:
    template = write.session.execute(select(AssetRow.__table__).limit(1)).mappings().one()
    for _ in range(chance.randrange(1, 5)):
        made = {"id": None, "uuid": __import__("uuid").uuid4(), "name": f"{chance.choice('aZm')}.jpg"}
        write.session.execute(insert(AssetRow).values({**template, **made, "revision": write.revision}))


def _purge(write: Write, chance: random.Random) -> None:
    asset = chance.choice(write.session.scalars(select(AssetRow.id)).all())
    write.session.execute(delete(ClaimRow).where(ClaimRow.asset_id == asset))
    write.session.execute(delete(AssetRow).where(AssetRow.id == asset))
    write.session.execute(insert(TombstoneRow).values(table="asset", row_id=asset, revision=write.revision))


CHANGES: list[Callable[[Write, random.Random], None]] = [_rate, _rename, _date, _trash, _fail, _add, _purge]


def check(many: Library, keeper: SnapshotKeeper) -> None:
    fresh = SnapshotKeeper(many)
    for sort in SORTS:
        for view in (View(), View(trashed=True)):
            assert arrange(keeper, view, sort).ids.tolist() == arrange(fresh, view, sort).ids.tolist(), sort
    for name, column in keeper.latest().columns.items():
        assert column.tolist() == fresh.latest().columns[name].tolist(), name


@pytest.mark.parametrize("change", CHANGES)
def test_a_snapshot_follows_every_change(many: Library, change: Callable[[Write, random.Random], None]) -> None:
    keeper, chance = SnapshotKeeper(many), random.Random(5)
    check(many, keeper)
    for _ in range(4):
        with many.catalog.write() as write:
            change(write, chance)
        check(many, keeper)


def test_a_snapshot_follows_all_of_them_at_once(many: Library) -> None:
    keeper, chance = SnapshotKeeper(many), random.Random(6)
    check(many, keeper)
    for _ in range(10):
        with many.catalog.write() as write:
            for change in chance.sample(CHANGES, 4):
                change(write, chance)
        check(many, keeper)


def test_following_reads_no_row_that_is_known(many: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = SnapshotKeeper(many)
    for sort in SORTS:
        arrange(keeper, View(), sort)
    read: list[int] = []

    def columns_of(session, ids, names):  # type: ignore[no-untyped-def]
        read.extend(ids)
        return known_columns_of(session, ids, names)

    known_columns_of = following.columns_of
    monkeypatch.setattr(following, "columns_of", columns_of)
    for name in ("read_snapshot", "ids_by_name"):
        monkeypatch.delattr(following, name)
    with many.catalog.write() as write:
        values = {"rating": 3, "name": "b.jpg", "revision": write.revision}
        write.session.execute(update(AssetRow).where(AssetRow.id.in_((3, 8))).values(**values))
    for sort in SORTS:
        arrange(keeper, View(), sort)
    assert read == [3, 8]


def test_what_was_given_out_stays_as_it_was(many: Library) -> None:
    keeper = SnapshotKeeper(many)
    before = arrange(keeper, View(), "rating")
    shown, snapshot = before.ids.tolist(), keeper.latest()
    ratings = snapshot.columns["rating"].tolist()
    with many.catalog.write() as write:
        write.session.execute(update(AssetRow).values(rating=5, revision=write.revision))
    assert arrange(keeper, View(), "rating").ids.tolist() != shown
    assert before.ids.tolist() == shown
    assert snapshot.columns["rating"].tolist() == ratings
    with pytest.raises(ValueError, match="read-only"):
        snapshot.columns["rating"][0] = 1


def test_a_catalog_that_went_back_is_read_anew(many: Library) -> None:
    keeper = SnapshotKeeper(many)
    keeper.latest()
    with many.catalog.write() as write:
        write.session.execute(update(AssetRow).where(AssetRow.id == 5).values(rating=4))
        write.session.connection().exec_driver_sql("UPDATE state SET revision = 0")
    assert keeper.latest().columns["rating"][keeper.latest().rows_of(np.array([5]))].tolist() == [4]
