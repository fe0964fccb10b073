"""Comparing the tables with the log: a fact is what the last of its changes says it is, and a set is what was added to
it and not taken away since."""

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
    """A fact in the tables that no entry of the log accounts for."""

    asset: int
    field: str


def _differs(fact: Fact) -> Callable[[Any, Any], bool]:
    return lambda row, logged: fact.is_altered(row.AssetRow, logged)


LOGGED_FIELDS: Mapping[str, Callable[[Any, Any], bool]] = {
    "blob": lambda row, logged: row.sha256 != logged,
    "trashed": lambda row, logged: logged_moment(row.AssetRow.trashed_at) != logged,
    "stack": lambda row, logged: _text(row.stack) != (logged["stack"] if logged else None),
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

_State = dict[tuple[UUID, str], Any]


def altered_facts(library: Library) -> Iterator[AlteredFact]:
    """Facts that were altered without the program, by damage or by hand; in the order of ids."""
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


def _text(uuid: UUID | None) -> str | None:
    return None if uuid is None else str(uuid)
