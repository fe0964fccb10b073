"""What many assets have in common: for each fact the value that all of them have, or that they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, AssetTagRow, CollectionAssetRow, CollectionRow, TagRow
from keeproom.library.opening import Library
from keeproom.library.statements import FACTS, Fact


class Mixed(Enum):
    """Not all have the same value."""

    MIXED = "mixed"


MIXED: Final = Mixed.MIXED


@dataclass(frozen=True, slots=True)
class Shared:
    """A tag or collection, and how many of the assets have it."""

    id: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class SharedFacts:
    """`values` has the common value, or MIXED, by the name of each fact of `statements.FACTS`; of `count` assets that
    are there, in the trash or not. `tags` and `collections` are those that any has, in the order of names."""

    count: int
    values: Mapping[str, Any]
    tags: tuple[Shared, ...]
    collections: tuple[Shared, ...]

    @property
    def tags_of_all(self) -> tuple[str, ...]:
        return tuple(tag.name for tag in self.tags if tag.count == self.count)

    @property
    def tags_of_some(self) -> tuple[Shared, ...]:
        return tuple(tag for tag in self.tags if tag.count < self.count)


def mixed(library: Library, ids: Sequence[int]) -> SharedFacts:
    """What these assets have in common; ids that are gone are left out."""
    with library.catalog.read() as session:
        return _shared(session, list(dict.fromkeys(ids)))


def _shared(session: Session, ids: Sequence[int]) -> SharedFacts:
    of_these = AssetRow.id.in_(values_of(ids))
    columns = {name: getattr(AssetRow, name) for fact in FACTS.values() for name in fact.columns}
    asked = (agreed.label(name) for name, column in columns.items() for agreed in (_agrees(column),))
    agree = session.execute(select(func.count().label("assets"), *asked).where(of_these)).one()
    one = session.execute(select(*columns.values()).where(of_these).limit(1)).first()
    return SharedFacts(
        agree.assets,
        {name: _value(fact, agree, one) for name, fact in FACTS.items()},
        _counts(session, TagRow, AssetTagRow.asset_id, AssetTagRow.tag_id, ids),
        _counts(session, CollectionRow, CollectionAssetRow.asset_id, CollectionAssetRow.collection_id, ids),
    )


def _agrees(column: Any) -> Any:
    """Whether a column is the same in all rows; a row without a value differs from one that has it."""
    known = func.count(column)
    return or_(known == 0, and_(known == func.count(), func.min(column) == func.max(column)))


def _value(fact: Fact, agree: Any, one: Any) -> Any:
    if one is None:
        return None
    return fact.read(one) if all(getattr(agree, column) for column in fact.columns) else MIXED


def _counts(session: Session, named: Any, asset: Any, value: Any, ids: Sequence[int]) -> tuple[Shared, ...]:
    query = (
        select(named.id, named.name, func.count())
        .select_from(asset.class_)
        .join(named, named.id == value)
        .where(asset.in_(values_of(ids)))
        .group_by(named.id)
        .order_by(named.folded)
    )
    return tuple(Shared(*row) for row in session.execute(query))
