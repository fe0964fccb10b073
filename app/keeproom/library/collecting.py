"""Collections: sets of assets in an order of their own, and saved searches that stand beside them.

Names are as those of tags: `/` makes a hierarchy, and they are compared without case, across both sorts. The log has
the membership with the asset, and the places with the collection.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from keeproom.catalog.collation import folded
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, CollectionAssetRow, CollectionRow
from keeproom.errors import UsageError
from keeproom.library.editing import Edited, require_assets
from keeproom.library.hierarchy import clean_name
from keeproom.library.log import PAGE, Entry, Progress, no_progress, set_change
from keeproom.library.members import Members
from keeproom.library.named import COLLECTIONS, Named, find, make, move, remove, within
from keeproom.library.opening import Library
from keeproom.library.storable import shortened, storable

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CollectionCount:
    """A collection. `count` is how many of its members are not in the trash; a smart one has a `query` instead."""

    id: int
    name: str
    count: int | None
    query: str | None


def list_collections(library: Library) -> list[CollectionCount]:
    """All collections, smart ones among them, in the order of names, each followed by what is below it."""
    living = (
        select(CollectionAssetRow.collection_id, func.count().label("members"))
        .join(AssetRow, AssetRow.id == CollectionAssetRow.asset_id)
        .where(AssetRow.trashed_at.is_(None))
        .group_by(CollectionAssetRow.collection_id)
    )
    with library.catalog.read() as session:
        rows = session.execute(
            select(CollectionRow.id, CollectionRow.name, CollectionRow.folded, CollectionRow.query)
        ).all()
        counts = {row.collection_id: row.members for row in session.execute(living)}
    return [
        CollectionCount(row.id, row.name, counts.get(row.id, 0) if row.query is None else None, row.query)
        for row in sorted(rows, key=lambda row: row.folded.split("/"))
    ]


def create_collection(library: Library, name: str) -> int:
    """Make an empty collection; its id.

    Raises:
        UsageError: the name cannot be a collection's, or is one's already.
    """
    clean = clean_name("collection", name)
    with library.catalog.write() as write:
        _require_free(write.session, clean)
        return make(Entry(write, "collection-create"), COLLECTIONS, [clean])[0].id


def collect(library: Library, name: str, ids: Sequence[int], *, progress: Progress = no_progress) -> Edited:
    """Put assets at the end of a collection, in the order given; it is made where there is none of that name. Those
    that are in it stay where they are.

    Raises:
        UsageError: the name cannot be a collection's, or it is a smart one. Nothing was changed.
        AssetNotFoundError: some id is unknown. Nothing was changed.
    """
    clean, chosen = clean_name("collection", name), list(dict.fromkeys(ids))
    with library.catalog.write() as write:
        require_assets(write.session, chosen)
        entry = Entry(write, "collect")
        (collection,) = make(entry, COLLECTIONS, [clean])
        _require_manual(write.session, collection.id)
        members = Members(entry, collection)
        news = [id_ for id_ in chosen if id_ not in members]
        members.append(news)
        _log_membership(entry, dict.fromkeys(news, set_change(added=[collection.uuid])), progress)
    _log.info("Put %s assets in a collection", len(entry.changed))
    return Edited(entry.begun, tuple(entry.changed))


def save_search(library: Library, name: str, query: str) -> int:
    """Make a smart collection that has what a query finds, or give the one of that name another query; its id.

    Raises:
        UsageError: the query cannot be read, the name cannot be a collection's, or is that of one with members.
    """
    from keeproom.library.search import parse  # which asks for collections

    clean = clean_name("collection", name)
    if parse(storable("The query", query)).is_empty:
        raise UsageError("An empty query finds everything. Give the smart collection something to search for.")
    with library.catalog.write() as write:
        entry = Entry(write, "search-save")
        known = find(write.session, COLLECTIONS, [clean]).get(folded(clean))
        if known is None:
            (known,) = make(entry, COLLECTIONS, [clean], query=query)
            entry.say("collection", [(known.uuid, "query", None, query)])
            return known.id
        old = write.session.scalar(select(CollectionRow.query).where(CollectionRow.id == known.id))
        if old is None:
            raise UsageError(f"{shortened(known.name)} is a collection that holds items. Choose another name.")
        if old != query:
            _restate(entry, known.id, query=query)
            entry.say("collection", [(known.uuid, "query", old, query)])
        return known.id


def remove_from_collection(
    library: Library, collection_id: int, asset_ids: Sequence[int], *, progress: Progress = no_progress
) -> Edited:
    """Take assets out of a collection; those that are not in it are left alone.

    Raises:
        UsageError: there is no such collection, or it is a smart one.
    """
    with library.catalog.write() as write:
        entry = Entry(write, "collection-remove")
        collection = _manual(write.session, collection_id)
        members = Members(entry, collection)
        gone = [id_ for id_ in dict.fromkeys(asset_ids) if id_ in members]
        members.remove(gone)
        _log_membership(entry, dict.fromkeys(gone, set_change(removed=[collection.uuid])), progress)
    return Edited(entry.begun, tuple(entry.changed))


def move_in_collection(library: Library, collection_id: int, asset_ids: Sequence[int], before: int | None) -> Edited:
    """Move members, in the order given, in front of another one, or to the end where `before` is None. It changes the
    collection, not the assets.

    Raises:
        UsageError: there is no such collection, it is a smart one, or some asset is not in it.
    """
    with library.catalog.write() as write:
        entry = Entry(write, "collection-order")
        members = Members(entry, _manual(write.session, collection_id))
        members.move(list(dict.fromkeys(asset_ids)), before)
    return Edited(entry.begun, ())


def rename_collection(library: Library, collection_id: int, new_name: str) -> Edited:
    """Give a collection, and all below it, another name or another place in the hierarchy.

    Raises:
        UsageError: there is no such collection, the new name cannot be one, is taken, or is below the old one.
    """
    new = clean_name("collection", new_name)
    with library.catalog.write() as write:
        entry = Entry(write, "collection-rename")
        move(entry, COLLECTIONS, _named(write.session, collection_id).name, new)
    return Edited(entry.begun, ())


def delete_collection(library: Library, collection_id: int, *, progress: Progress = no_progress) -> Edited:
    """Delete a collection and all below it; the assets in them stay.

    Raises:
        UsageError: there is no such collection.
    """
    with library.catalog.write() as write:
        entry = Entry(write, "collection-delete")
        gone = within(write.session, COLLECTIONS, _named(write.session, collection_id).name)
        lost: dict[int, list[UUID]] = defaultdict(list)
        for collection in gone:
            members = Members(entry, collection)
            for asset in members.ids:
                lost[asset].append(collection.uuid)
            members.remove(members.ids)
        _log_membership(entry, {asset: set_change(removed=uuids) for asset, uuids in lost.items()}, progress)
        _log_queries(entry, gone)
        remove(entry, COLLECTIONS, gone)
    _log.info("Deleted %s collections", len(gone))
    return Edited(entry.begun, tuple(entry.changed))


def find_collection(library: Library, name: str) -> int:
    """The id of the collection of this name, as names are compared.

    Raises:
        UsageError: there is none.
    """
    with library.catalog.read() as session:
        known = find(session, COLLECTIONS, [clean_name("collection", name)])
    if not known:
        raise UsageError(f"There is no collection {shortened(name)}.")
    return next(iter(known.values())).id


def _named(session: Session, collection_id: int) -> Named:
    row = session.get(CollectionRow, collection_id)
    if row is None:
        raise UsageError(f"There is no collection {collection_id}.")
    return Named(row.id, row.uuid, row.name, row.folded)


def _manual(session: Session, collection_id: int) -> Named:
    collection = _named(session, collection_id)
    _require_manual(session, collection_id)
    return collection


def _require_manual(session: Session, collection_id: int) -> None:
    row = session.get_one(CollectionRow, collection_id)
    if row.query is not None:
        raise UsageError(f"{shortened(row.name)} is a smart collection: it has what its search finds, {row.query}")


def _require_free(session: Session, name: str) -> None:
    for known in find(session, COLLECTIONS, [name]).values():
        raise UsageError(f"There is a collection {shortened(known.name)} already.")


def _restate(entry: Entry, collection_id: int, **values: str) -> None:
    stamped = update(CollectionRow).where(CollectionRow.id == collection_id)
    entry.write.session.execute(stamped.values(revision=entry.write.revision, **values))


def _log_queries(entry: Entry, gone: Sequence[Named]) -> None:
    rows = entry.write.session.execute(
        select(CollectionRow.uuid, CollectionRow.query).where(
            CollectionRow.id.in_(values_of(each.id for each in gone)), CollectionRow.query.is_not(None)
        )
    )
    entry.say("collection", [(row.uuid, "query", row.query, None) for row in rows.all()])


def _log_membership(entry: Entry, changes: Mapping[int, dict[str, list[str]]], progress: Progress) -> None:
    """Put into the log what assets were added to and taken out of."""
    assets = sorted(changes)  # as they lie on the disk
    for start in range(0, len(assets), PAGE):
        page = assets[start : start + PAGE]
        known = select(AssetRow.id, AssetRow.uuid).where(AssetRow.id.in_(values_of(page)))
        uuids = {row.id: row.uuid for row in entry.write.session.execute(known)}
        entry.change_assets(
            [(uuids[asset], "collections", None, changes[asset]) for asset in page], {asset: {} for asset in page}
        )
        progress(min(start + PAGE, len(assets)), len(assets))
