"""The members of one collection in their order. Positions ascend and have gaps, so that moving one touches one row;
where a gap is used up, all get new ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, CollectionAssetRow, CollectionRow
from keeproom.errors import UsageError
from keeproom.library.log import PAGE, Entry
from keeproom.library.named import Named
from keeproom.library.storable import shortened


class Members:
    """A collection's members in a transaction. What changes is written at once, logged, and the collection stamped."""

    def __init__(self, entry: Entry, collection: Named) -> None:
        self._entry = entry
        self._session = entry.write.session
        self._collection = collection
        rows = self._session.execute(
            select(CollectionAssetRow.asset_id, CollectionAssetRow.position)
            .where(CollectionAssetRow.collection_id == collection.id)
            .order_by(CollectionAssetRow.position, CollectionAssetRow.asset_id)
        )
        self._places: dict[int, float] = {row.asset_id: row.position for row in rows}

    def __contains__(self, asset: int) -> bool:
        return asset in self._places

    @property
    def ids(self) -> list[int]:
        """In their order."""
        return list(self._places)

    def append(self, assets: Sequence[int]) -> None:
        """Put assets that are no members at the end."""
        last = max(self._places.values(), default=0.0)
        places = {asset: last + step for step, asset in enumerate(assets, 1)}
        rows = [
            {"collection_id": self._collection.id, "asset_id": asset, "position": place}
            for asset, place in places.items()
        ]
        if rows:
            self._session.execute(insert(CollectionAssetRow), rows)
            self._tell({}, places)

    def remove(self, assets: Sequence[int]) -> None:
        """Take members out."""
        if not assets:
            return
        self._session.execute(
            delete(CollectionAssetRow).where(
                CollectionAssetRow.collection_id == self._collection.id,
                CollectionAssetRow.asset_id.in_(values_of(assets)),
            ),
            execution_options={"synchronize_session": False},
        )
        self._tell({asset: self._places[asset] for asset in assets}, {})

    def move(self, assets: Sequence[int], before: int | None) -> None:
        """Move members in front of another one, or to the end.

        Raises:
            UsageError: some asset is no member.
        """
        for asset in (*assets, *(() if before is None else (before,))):
            if asset not in self._places:
                raise UsageError(f"Asset {asset} is not in the collection {shortened(self._collection.name)}.")
        order = self.ids
        moving = set(assets)
        rest = [asset for asset in order if asset not in moving]
        if before in moving:
            before = next((asset for asset in order[order.index(before) :] if asset not in moving), None)
        at = len(rest) if before is None else rest.index(before)
        wanted = [*rest[:at], *assets, *rest[at:]]
        if wanted == order:
            return
        after = self._places[rest[at - 1]] if at else None
        until = self._places[rest[at]] if at < len(rest) else None
        between = spread(after, until, len(assets))
        self._place(dict(zip(assets, between, strict=True)) if between else _numbered(wanted))

    def _place(self, places: Mapping[int, float]) -> None:
        old = {asset: self._places[asset] for asset, place in places.items() if self._places[asset] != place}
        new = {asset: places[asset] for asset in old}
        self._session.execute(
            update(CollectionAssetRow),
            [
                {"collection_id": self._collection.id, "asset_id": asset, "position": place}
                for asset, place in new.items()
            ],
        )
        self._tell(old, new)

    def _tell(self, old: Mapping[int, float], new: Mapping[int, float]) -> None:
        assets = sorted({*old, *new})
        for start in range(0, len(assets), PAGE):
            uuids = self._uuids(assets[start : start + PAGE])
            before, after = (
                {str(uuid): each[asset] for asset, uuid in uuids.items() if asset in each} for each in (old, new)
            )
            self._entry.say("collection", [(self._collection.uuid, "places", before, after)])
        stamped = update(CollectionRow).where(CollectionRow.id == self._collection.id)
        self._session.execute(stamped.values(revision=self._entry.write.revision))

    def _uuids(self, assets: Sequence[int]) -> dict[int, UUID]:
        known = select(AssetRow.id, AssetRow.uuid).where(AssetRow.id.in_(values_of(assets)))
        return {row.id: row.uuid for row in self._session.execute(known)}


def spread(after: float | None, until: float | None, count: int) -> list[float] | None:
    """So many ascending positions behind one and in front of another; None where there is no room between them."""
    if until is None:
        return [(after or 0.0) + step for step in range(1, count + 1)]
    if after is None:
        return [until - step for step in range(count, 0, -1)]
    places = [after + (until - after) * step / (count + 1) for step in range(1, count + 1)]
    ends = [after, *places, until]
    return places if all(one < other for one, other in pairwise(ends)) else None


def _numbered(assets: Sequence[int]) -> dict[int, float]:
    return {asset: float(place) for place, asset in enumerate(assets, 1)}
