"""Comparing the tables with the log: a fact is what the last of its changes says it is, and a set is what was added to
it and not taken away since. So it is with the names of tags and collections and with the places in these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import (
    AssetRow,
    AssetTagRow,
    BlobRow,
    ChangeRow,
    CollectionAssetRow,
    CollectionRow,
    StackRow,
    TagRow,
)
from keeproom.library.opening import Library
from keeproom.library.statements import FACTS, Fact
from keeproom.library.trashing import logged_moment

_PAGE = 500


@dataclass(frozen=True, slots=True)
class AlteredFact:
    """A fact in the tables that no entry of the log accounts for: an asset's, or without one that of what is called
    `name` and is a tag, a collection or a stack."""

    asset: int | None
    field: str
    kind: str = "asset"
    name: str = ""


def _differs(fact: Fact) -> Callable[[Any, Any], bool]:
    return lambda row, logged: fact.is_altered(row.AssetRow, logged)


LOGGED_FIELDS: Mapping[str, Callable[[Any, Any], bool]] = {
    "blob": lambda row, logged: row.sha256 != logged,
    "trashed": lambda row, logged: logged_moment(row.AssetRow.trashed_at) != logged,
    "stack": lambda row, logged: _standing(row) != logged,
    **{name: _differs(fact) for name, fact in FACTS.items()},
}
"""Facts of an asset that the log holds, and whether a row says something else than the newest value there, which is
None where there is none."""

_SETS: Mapping[str, Any] = {
    "tags": select(AssetTagRow.asset_id, TagRow.uuid).join(TagRow, TagRow.id == AssetTagRow.tag_id),
    "collections": select(CollectionAssetRow.asset_id, CollectionRow.uuid).join(
        CollectionRow, CollectionRow.id == CollectionAssetRow.collection_id
    ),
}
"""What the log has as sets of UUIDs, and the tables as pairs with an asset; the asset comes first."""

_NAMED: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "tag": (TagRow, ("name",)),
    "collection": (CollectionRow, ("name", "query")),
}
"""What has a name and belongs to no asset: its table, and its facts that the log has."""

_State = dict[tuple[UUID, str], Any]


def altered_facts(library: Library) -> Iterator[AlteredFact]:
    """Facts that were altered without the program, by damage or by hand; those of assets in the order of ids."""
    with library.catalog.read() as session:
        found = [each for kind in _NAMED for each in _altered_names(session, kind)]
        found += _altered_places(session)
    yield from found
    last = 0
    while True:
        with library.catalog.read() as session:
            rows = session.execute(_page_after(last)).all()
            if not rows:
                return
            found = list(_altered(session, rows))
        yield from found
        last = rows[-1].AssetRow.id


def _page_after(last: int) -> Any:
    return (
        select(AssetRow, BlobRow.sha256, StackRow.uuid.label("stack"))
        .join(BlobRow, BlobRow.id == AssetRow.blob_id)
        .outerjoin(StackRow, StackRow.id == AssetRow.stack_id)
        .where(AssetRow.id > last)
        .order_by(AssetRow.id)
        .limit(_PAGE)
    )


def _altered_names(session: Session, kind: str) -> Iterator[AlteredFact]:
    """What was altered of tags, or of collections, themselves."""
    table, fields = _NAMED[kind]
    changes = select(ChangeRow.object, ChangeRow.field, ChangeRow.new).where(
        ChangeRow.object_kind == kind, ChangeRow.field.in_(fields)
    )
    logged = {(row.object, row.field): row.new for row in session.execute(changes.order_by(ChangeRow.id))}
    rows = session.execute(select(table.uuid, *(getattr(table, field) for field in fields))).all()
    there = {(row.uuid, field): getattr(row, field) for row in rows for field in fields}
    for uuid, field in sorted(logged.keys() | there.keys()):
        if logged.get((uuid, field)) != there.get((uuid, field)):
            name = there.get((uuid, "name")) or logged.get((uuid, "name")) or str(uuid)
            yield AlteredFact(None, field, kind, name)


def _altered_places(session: Session) -> Iterator[AlteredFact]:
    """Members that stand at another place in their collection than the log says."""
    for id_, uuid in session.execute(select(CollectionRow.id, CollectionRow.uuid)).all():
        changes = select(ChangeRow.old, ChangeRow.new).where(ChangeRow.object == uuid, ChangeRow.field == "places")
        places: dict[str, float] = {}
        for old, new in session.execute(changes.order_by(ChangeRow.id)):
            for asset in old:
                places.pop(asset, None)
            places |= new
        members = select(CollectionAssetRow.asset_id, AssetRow.uuid, CollectionAssetRow.position).join(
            AssetRow, AssetRow.id == CollectionAssetRow.asset_id
        )
        for asset, its, place in session.execute(members.where(CollectionAssetRow.collection_id == id_)):
            if places.get(str(its), place) != place:
                yield AlteredFact(asset, "position")


def _altered(session: Session, rows: Sequence[Any]) -> Iterator[AlteredFact]:
    ids = [row.AssetRow.id for row in rows]
    logged = _folded(session, ids)
    sets = {name: _members(session, query, ids) for name, query in _SETS.items()}
    for row in rows:
        id_, uuid = row.AssetRow.id, row.AssetRow.uuid
        for field, differs in LOGGED_FIELDS.items():
            if differs(row, logged.get((uuid, field))):
                yield AlteredFact(id_, field)
        for field, members in sets.items():
            if members.get(id_, set()) != logged.get((uuid, field), set()):
                yield AlteredFact(id_, field)


def _folded(session: Session, ids: Iterable[int]) -> _State:
    """What the log says of these assets, by asset and field."""
    changes = (
        select(ChangeRow.object, ChangeRow.field, ChangeRow.new)
        .where(
            ChangeRow.object.in_(select(AssetRow.uuid).where(AssetRow.id.in_(values_of(ids)))),
            ChangeRow.field.in_((*LOGGED_FIELDS, *_SETS)),
        )
        .order_by(ChangeRow.id)
    )
    state: _State = {}
    for change in session.execute(changes):
        key = change.object, change.field
        if change.field in _SETS:
            members = state.setdefault(key, set())
            members |= set(change.new.get("added", ()))
            members -= set(change.new.get("removed", ()))
        else:
            state[key] = change.new
    return state


def _members(session: Session, query: Any, ids: Iterable[int]) -> Mapping[int, set[str]]:
    members: dict[int, set[str]] = defaultdict(set)
    asset = query.selected_columns[0]
    for id_, uuid in session.execute(query.where(asset.in_(values_of(ids)))):
        members[id_].add(str(uuid))
    return members


def _standing(row: Any) -> dict[str, Any] | None:
    return None if row.stack is None else {"stack": str(row.stack), "place": row.AssetRow.stack_place}
