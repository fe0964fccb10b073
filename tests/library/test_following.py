"""A snapshot follows the catalog: after each change it is as one that is read anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import numpy as np
import pytest
from sqlalchemy import delete, func, insert, select, update

from keeproom.catalog.catalog import Write
from keeproom.catalog.collation import folded, name_key
from keeproom.catalog.columns import FURTHER, TEXTS
from keeproom.catalog.pairs import PAIRS
from keeproom.catalog.tables import (
    AssetRow,
    AssetTagRow,
    BlobRow,
    ClaimRow,
    CollectionAssetRow,
    CollectionRow,
    FolderRow,
    SourceRow,
    StackRow,
    TagRow,
    TombstoneRow,
)
from keeproom.library import following
from keeproom.library.keeping import SnapshotKeeper
from keeproom.library.opening import Library
from keeproom.library.snapshot import Snapshot
from keeproom.model import SortKey

EVERYTHING = (*(column.name for column in FURTHER), *TEXTS, *PAIRS)


def _rate(write: Write, chance: random.Random) -> None:
    _set(write, chance, rating=chance.randrange(6))


def _rename(write: Write, chance: random.Random) -> None:
    name = chance.choice(("a.jpg", "IMG_0001.jpg", "zzz.jpg", "img_0001.JPG", "Ærø.png", "IMG_10", ".x.Новый"))
    _set(write, chance, name=name, name_key=name_key(name))


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
    seen = {"camera": chance.choice((None, "A new one", "NIKON D750")), "width": 2**40, "latitude": -1.25}
    values = {"progress": "failed", "size_bytes": chance.randrange(9_999_999), "revision": write.revision, **seen}
    write.session.execute(update(BlobRow).where(BlobRow.id == blob).values(**values))


def _add(write: Write, chance: random.Random) -> None:
    template = write.session.execute(select(AssetRow.__table__).limit(1)).mappings().one()
    for _ in range(chance.randrange(1, 5)):
        made = {"id": None, "uuid": uuid4(), "name": f"{chance.choice('aZm')}.jpg"}
        write.session.execute(insert(AssetRow).values({**template, **made, "revision": write.revision}))


def _purge(write: Write, chance: random.Random) -> None:
    asset = chance.choice(write.session.scalars(select(AssetRow.id)).all())
    write.session.execute(delete(ClaimRow).where(ClaimRow.asset_id == asset))
    write.session.execute(delete(AssetRow).where(AssetRow.id == asset))
    write.session.execute(insert(TombstoneRow).values(table="asset", row_id=asset, revision=write.revision))


def _tag(write: Write, chance: random.Random) -> None:
    """As many tags as there are for some assets, one of them new; and none for another."""
    name = f"places/{chance.random()}/{chance.choice('ab')}"
    write.session.execute(insert(TagRow).values(uuid=uuid4(), name=name, folded=folded(name), revision=write.revision))
    tags = write.session.scalars(select(TagRow.id).order_by(func.random()).limit(3)).all()
    tags = {*tags, write.session.scalar(select(func.max(TagRow.id)))}
    for asset in chance.sample(write.session.scalars(select(AssetRow.id)).all(), 4):
        write.session.execute(delete(AssetTagRow).where(AssetTagRow.asset_id == asset))
        write.session.execute(insert(AssetTagRow), [{"asset_id": asset, "tag_id": tag} for tag in tags if tag])
        write.session.execute(update(AssetRow).where(AssetRow.id == asset).values(revision=write.revision))


def _rename_tag(write: Write, chance: random.Random) -> None:
    tag = chance.choice(write.session.scalars(select(AssetTagRow.tag_id)).all())
    name = f"{chance.choice(('people', 'Zoo', 'places/x'))}/{chance.random()}"
    values = {"name": name, "folded": folded(name), "revision": write.revision}
    write.session.execute(update(TagRow).where(TagRow.id == tag).values(**values))


def _merge_tags(write: Write, chance: random.Random) -> None:
    """Only the tag that stays is stamped, and the other one is gone: no asset is."""
    gone, stays = chance.sample(sorted(set(write.session.scalars(select(AssetTagRow.tag_id)).all())), 2)
    write.session.execute(
        update(AssetTagRow).prefix_with("OR IGNORE").where(AssetTagRow.tag_id == gone).values(tag_id=stays)
    )
    write.session.execute(delete(TagRow).where(TagRow.id == gone))
    write.session.execute(update(TagRow).where(TagRow.id == stays).values(revision=write.revision))
    write.session.execute(insert(TombstoneRow).values(table="tag", row_id=gone, revision=write.revision))


def _collect(write: Write, chance: random.Random) -> None:
    """Members go and come and move; only the collection is stamped."""
    members = select(CollectionAssetRow.collection_id)
    collection = chance.choice(write.session.scalars(members).all())
    mine = CollectionAssetRow.collection_id == collection
    some = write.session.scalars(select(CollectionAssetRow.asset_id).where(mine).limit(1)).all()
    write.session.execute(delete(CollectionAssetRow).where(mine, CollectionAssetRow.asset_id.in_(some)))
    asset = chance.choice(write.session.scalars(select(AssetRow.id)).all())
    write.session.execute(delete(CollectionAssetRow).where(mine, CollectionAssetRow.asset_id == asset))
    place = {"collection_id": collection, "asset_id": asset, "position": chance.uniform(-9, 9)}
    write.session.execute(insert(CollectionAssetRow).values(**place))
    values = {"name": f"Ä/{chance.random()}", "revision": write.revision}
    write.session.execute(
        update(CollectionRow).where(CollectionRow.id == collection).values(folded=folded(values["name"]), **values)
    )


def _uncollect(write: Write, chance: random.Random) -> None:
    collection = chance.choice(write.session.scalars(select(CollectionRow.id)).all())
    write.session.execute(delete(CollectionRow).where(CollectionRow.id == collection))
    write.session.execute(insert(TombstoneRow).values(table="collection", row_id=collection, revision=write.revision))


def _lie(write: Write, chance: random.Random) -> None:
    """One more source of an asset, in a folder that is new."""
    path = f"/home/someone/{chance.random()}"
    write.session.execute(insert(FolderRow).values(path=path, path_bytes=path.encode()))
    folder = write.session.scalar(select(func.max(FolderRow.id)))
    asset = chance.choice(write.session.scalars(select(AssetRow.id)).all())
    file = {"path": f"{path}/a.jpg", "path_bytes": f"{path}/a.jpg".encode(), "size_bytes": 1, "modified_ns": 1}
    write.session.execute(insert(SourceRow).values(asset_id=asset, entry_id=1, folder_id=folder, **file))
    write.session.execute(update(AssetRow).where(AssetRow.id == asset).values(revision=write.revision))


def _stack(write: Write, chance: random.Random) -> None:
    stack = write.session.execute(
        insert(StackRow).values(uuid=uuid4(), revision=write.revision).returning(StackRow.id)
    ).scalar_one()
    _set(write, chance, stack_id=stack, stack_place=chance.randrange(-5, 5))


CHANGES: list[Callable[[Write, random.Random], None]] = [
    *(_rate, _rename, _date, _trash, _fail, _add, _purge),
    *(_tag, _rename_tag, _merge_tags, _collect, _uncollect, _lie, _stack),
]


def told(snapshot: Snapshot) -> dict[str, object]:
    """All that a snapshot says, however it says it: codes as their texts, nodes as names."""
    columns = {name: column.tolist() for name, column in snapshot.columns.items()}
    for name, texts in snapshot.vocabularies.items():
        columns[name] = [texts[code] for code in columns[name]]
    pairs = {}
    for name, each in snapshot.pairs.items():
        names = [each.tree.names[node] for node in each.nodes.tolist()]
        places = [] if each.places is None else each.places.tolist()
        pairs[name] = [snapshot.ids[each.rows].tolist(), names, places, dict(each.known)]
    orders = {key: order.rows.tolist() for key, order in snapshot.orders.items()}
    return {**{name: [repr(value) for value in column] for name, column in columns.items()}, **pairs, **orders}


def latest(keeper: SnapshotKeeper) -> Snapshot:
    for key in SortKey:
        keeper.latest(key)
    return keeper.latest(columns=EVERYTHING)


def check(many: Library, keeper: SnapshotKeeper) -> None:
    known, fresh = told(latest(keeper)), told(latest(SnapshotKeeper(many)))
    assert known.keys() == fresh.keys()
    assert [name for name in known if known[name] != fresh[name]] == []


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
    latest(keeper)
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
    latest(keeper)
    assert read == [3, 8]


def test_what_stays_the_same_is_not_made_anew(many: Library) -> None:
    keeper = SnapshotKeeper(many)
    before = latest(keeper)
    with many.catalog.write() as write:
        rating = 1 + before.columns["rating"][2] % 5
        values = {"rating": int(rating), "revision": write.revision}
        write.session.execute(update(AssetRow).where(AssetRow.id == 3).values(**values))
    after = latest(keeper)
    assert [name for name in before.columns if before.columns[name] is not after.columns[name]] == ["rating", "traits"]
    assert [name for name in before.pairs if before.pairs[name] is not after.pairs[name]] == []
    assert [key for key in before.orders if before.orders[key] is not after.orders[key]] == [SortKey.RATING]
    check(many, keeper)


def test_what_was_given_out_stays_as_it_was(many: Library) -> None:
    keeper = SnapshotKeeper(many)
    before = latest(keeper)
    as_told = told(before)
    with many.catalog.write() as write:
        write.session.execute(update(AssetRow).values(rating=5, revision=write.revision))
        write.session.execute(update(TagRow).values(revision=write.revision))
    assert told(latest(keeper))["rating"] != as_told["rating"]
    assert told(before) == as_told
    with pytest.raises(ValueError, match="read-only"):
        before.columns["rating"][0] = 1


def test_further_columns_are_read_when_they_are_asked_for_and_stay(many: Library) -> None:
    keeper = SnapshotKeeper(many)
    assert not keeper.latest().has("lens")
    keeper.latest(columns=["lens", "tag"])
    with many.catalog.write() as write:
        write.session.execute(update(BlobRow).where(BlobRow.id == 3).values(lens="Mine", revision=write.revision))
    snapshot = keeper.latest()
    assert [name for name in ("lens", "tag", "iso") if snapshot.has(name)] == ["lens", "tag"]
    assert snapshot.vocabularies["lens"][snapshot.columns["lens"][2]] == "Mine"


def test_a_catalog_that_went_back_is_read_anew(many: Library) -> None:
    keeper = SnapshotKeeper(many)
    keeper.latest()
    with many.catalog.write() as write:
        write.session.execute(update(AssetRow).where(AssetRow.id == 5).values(rating=4))
        write.session.connection().exec_driver_sql("UPDATE state SET revision = 0")
    assert keeper.latest().columns["rating"][keeper.latest().rows_of(np.array([5]))].tolist() == [4]
