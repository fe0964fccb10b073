"""Which assets have which tags: the rows, and what the log has of their changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from keeproom.catalog.collation import folded
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetTagRow
from keeproom.library.hierarchy import clean_name
from keeproom.library.log import Entry
from keeproom.library.named import TAGS, Named, make


def clean_tags(names: Iterable[str]) -> tuple[str, ...]:
    """Names as they are kept, each once whatever its case: the first spelling counts.

    Raises:
        UsageError: one cannot be a tag; the message names it.
    """
    clean: dict[str, str] = {}
    for name in names:
        kept = clean_name("tag", name)
        clean.setdefault(folded(kept), kept)
    return tuple(clean.values())


def make_tags(entry: Entry, names: Sequence[str]) -> list[Named]:
    """The tags of these clean names in their order; those that are missing are made."""
    return make(entry, TAGS, names)


def pairs_of(session: Session, asset_ids: Iterable[int], tag_ids: Iterable[int]) -> Mapping[int, set[int]]:
    """Which of these tags each of these assets has, by asset; those that have none are not in it."""
    rows = session.execute(
        select(AssetTagRow.asset_id, AssetTagRow.tag_id).where(
            AssetTagRow.asset_id.in_(values_of(asset_ids)), AssetTagRow.tag_id.in_(values_of(tag_ids))
        )
    )
    pairs: dict[int, set[int]] = defaultdict(set)
    for asset, tag in rows:
        pairs[asset].add(tag)
    return pairs


def tagged(session: Session, tag_ids: Iterable[int]) -> list[int]:
    """The assets that have any of these tags, in the trash or not, in the order of ids."""
    with_them = select(AssetTagRow.asset_id).where(AssetTagRow.tag_id.in_(values_of(tag_ids)))
    return sorted(set(session.scalars(with_them)))


def add_pairs(session: Session, pairs: Iterable[tuple[int, int]]) -> None:
    """Give assets tags that they do not have; (asset, tag) each."""
    rows = [{"asset_id": asset, "tag_id": tag} for asset, tag in pairs]
    if rows:
        session.execute(insert(AssetTagRow.__table__), rows)  # type: ignore[arg-type]


def remove_pairs(session: Session, asset_ids: Iterable[int], tag_ids: Iterable[int]) -> None:
    """Take all of these tags off all of these assets."""
    session.execute(
        delete(AssetTagRow).where(
            AssetTagRow.asset_id.in_(values_of(asset_ids)), AssetTagRow.tag_id.in_(values_of(tag_ids))
        ),
        execution_options={"synchronize_session": False},
    )
