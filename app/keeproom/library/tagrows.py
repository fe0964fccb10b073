"""The rows of tags: finding them by name, making those that are missing, and which of them assets have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from keeproom.catalog.collation import folded
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetTagRow, TagRow
from keeproom.catalog.uuid7 import uuid7
from keeproom.library.hierarchy import clean_name
from keeproom.library.log import Entry


@dataclass(frozen=True, slots=True)
class Tag:
    id: int
    uuid: UUID
    name: str
    folded: str


def clean_tags(names: Iterable[str]) -> tuple[str, ...]:
    """Names as they are kept, each once, whatever its case.

    Raises:
        UsageError: one cannot be a tag; the message names it.
    """
    return tuple(
        {folded(name): name for name in (clean_name("tag", given) for given in reversed(tuple(names)))}.values()
    )[::-1]


def find_tags(session: Session, names: Iterable[str]) -> dict[str, Tag]:
    """Those of these tags that are there, by folded name."""
    wanted = values_of({folded(name) for name in names})
    rows = session.execute(select(TagRow.id, TagRow.uuid, TagRow.name, TagRow.folded).where(TagRow.folded.in_(wanted)))
    return {row.folded: Tag(*row) for row in rows}


def make_tags(entry: Entry, names: Sequence[str]) -> list[Tag]:
    """The tags of these clean names in their order; those that are missing are made, spelled as here."""
    session = entry.write.session
    known = find_tags(session, names)
    missing = {key: name for name in names if (key := folded(name)) not in known}
    if missing:
        rows = [
            {"uuid": uuid7(entry.write.at), "name": name, "folded": key, "revision": entry.write.revision}
            for key, name in missing.items()
        ]
        session.execute(insert(TagRow), rows)
        entry.say("tag", [(row["uuid"], "name", None, row["name"]) for row in rows])
        known |= find_tags(session, missing.values())
    return [known[folded(name)] for name in names]


def pairs_of(session: Session, asset_ids: Iterable[int], tag_ids: Iterable[int]) -> Mapping[int, set[int]]:
    """Which of these tags each of these assets has, by asset."""
    rows = session.execute(
        select(AssetTagRow.asset_id, AssetTagRow.tag_id).where(
            AssetTagRow.asset_id.in_(values_of(asset_ids)), AssetTagRow.tag_id.in_(values_of(tag_ids))
        )
    )
    pairs: dict[int, set[int]] = defaultdict(set)
    for asset, tag in rows:
        pairs[asset].add(tag)
    return pairs


def add_pairs(session: Session, pairs: Iterable[tuple[int, int]]) -> None:
    """Give assets tags that they do not have; (asset, tag) each."""
    rows = [{"asset_id": asset, "tag_id": tag} for asset, tag in pairs]
    if rows:
        session.execute(insert(AssetTagRow), rows)


def remove_pairs(session: Session, asset_ids: Iterable[int], tag_ids: Iterable[int]) -> None:
    """Take all of these tags off all of these assets."""
    session.execute(
        delete(AssetTagRow).where(
            AssetTagRow.asset_id.in_(values_of(asset_ids)), AssetTagRow.tag_id.in_(values_of(tag_ids))
        ),
        execution_options={"synchronize_session": False},
    )
