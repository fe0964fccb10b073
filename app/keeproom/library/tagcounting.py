"""How many items some tags are on, together."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, AssetTagRow
from keeproom.library.hierarchy import clean_name
from keeproom.library.named import TAGS, within
from keeproom.library.opening import Library


def count_tagged(library: Library, names: Iterable[str], *, trashed: bool = False) -> int:
    """How many assets outside the trash, or in it, have any of these tags, or one below; each is counted once.

    Raises:
        UsageError: there is no such tag.
    """
    with library.catalog.read() as session:
        ids = {tag.id for name in names for tag in within(session, TAGS, clean_name("tag", name))}
        counted = (
            select(func.count(AssetTagRow.asset_id.distinct()))
            .join(AssetRow, AssetRow.id == AssetTagRow.asset_id)
            .where(
                AssetTagRow.tag_id.in_(values_of(ids)),
                AssetRow.trashed_at.is_not(None) if trashed else AssetRow.trashed_at.is_(None),
            )
        )
        return session.scalar(counted) or 0
