"""Taking over what a file carries, and its companion file, into what nobody has stated of its asset.

It happens once: a fact of which the log knows any change, by the import or by a person, is left as it is, also where
it is empty again. So a rating that a person gave while the stage still waited stays, and no retry and no second import
brings a tag back that was taken off. What is taken over belongs to the entry of the asset's import, and makes no
version of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from keeproom.catalog.catalog import Write
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, AssetTagRow, BlobMetadataRow, ChangeRow, SidecarRow, VersionRow
from keeproom.library import log
from keeproom.library.statements import FACTS
from keeproom.library.tagrows import add_pairs, make_tags
from keeproom.media.stated import over, stated
from keeproom.model import CaptureTime, Stated

TAKEN = ("title", "description", "creator", "place", "rating", "label", "flag", "captured")
"""The facts that are taken over, beside the tags, by their names in `FACTS`."""

_COLUMNS = tuple(getattr(AssetRow, column) for name in TAKEN for column in FACTS[name].columns)

Row = Any


@dataclass(frozen=True, slots=True)
class Carried:
    """What a file, or a companion file, carries."""

    captured: CaptureTime | None = None
    stated: Stated = field(default_factory=Stated)


NOTHING = Carried()


def take_over(
    write: Write, files: Mapping[int, Carried], companions: Mapping[int, Carried] | None = None
) -> Sequence[int]:
    """Give what files carry, by blob, to the assets that began with them; where both tell a fact, what the asset's
    companion file says counts, by asset. The assets that got something: their texts are to be written.

    An asset with a companion file takes over what its file states only together with that, or with `NOTHING` of one
    that cannot be read: the first to come would keep the place. Its capture time need not wait.
    """
    companions = companions or {}
    if not companions and all(carried == NOTHING for carried in files.values()):
        return ()
    rows = write.session.execute(_candidates(files)).all()
    wanted = {row.id: _wanted(row, files[row.first], companions.get(row.id)) for row in rows}
    told = _told(write.session, [row.id for row in rows if wanted[row.id]])
    return _Taking(write, told, _tagged(write.session, wanted)).take((row, wanted[row.id]) for row in rows)


def take_over_known(write: Write, blobs: Collection[int]) -> Sequence[int]:
    """The same for assets of bytes whose metadata was read already: no stage will bring it once more."""
    if not blobs:
        return ()
    known = select(BlobMetadataRow.blob_id, BlobMetadataRow.tags).where(BlobMetadataRow.blob_id.in_(values_of(blobs)))
    return take_over(write, {blob: Carried(stated=stated(tags)) for blob, tags in write.session.execute(known)})


def _candidates(blobs: Iterable[int]) -> Any:
    """The assets whose first version has one of these blobs, whatever their version is now."""
    return (
        select(
            AssetRow.id,
            AssetRow.uuid,
            AssetRow.entry_id,
            VersionRow.blob_id.label("first"),
            SidecarRow.asset_id.is_not(None).label("accompanied"),
            *_COLUMNS,
        )
        .join(VersionRow, (VersionRow.asset_id == AssetRow.id) & (VersionRow.number == 1))
        .outerjoin(SidecarRow, SidecarRow.asset_id == AssetRow.id)
        .where(VersionRow.blob_id.in_(values_of(blobs)))
    )


def _wanted(row: Row, file: Carried, companion: Carried | None) -> dict[str, Any]:
    """What an asset would get, by the names of the facts."""
    said, captured = file.stated, file.captured
    if companion is not None:
        said, captured = over(companion.stated, said), captured or companion.captured
    elif row.accompanied:
        said = Stated()
    values = {name: getattr(said, name) for name in (*TAKEN[:-1], "tags")} | {"captured": captured}
    return {name: value for name, value in values.items() if value}


def _told(session: Session, ids: Sequence[int]) -> set[tuple[UUID, str]]:
    """The facts of these assets that the log knows a change of."""
    known = select(ChangeRow.object, ChangeRow.field).where(
        ChangeRow.object.in_(select(AssetRow.uuid).where(AssetRow.id.in_(values_of(ids)))),
        ChangeRow.field.in_((*TAKEN, "tags")),
    )
    return {(row.object, row.field) for row in session.execute(known)} if ids else set()


def _tagged(session: Session, wanted: Mapping[int, Mapping[str, Any]]) -> set[int]:
    """Those of the assets that are to get tags, and have some."""
    ids = [id_ for id_, values in wanted.items() if "tags" in values]
    chosen = select(AssetTagRow.asset_id).where(AssetTagRow.asset_id.in_(values_of(ids)))
    return set(session.scalars(chosen)) if ids else set()


class _Taking:
    """One transaction's taking over; `told` and `tagged` are what is left alone."""

    def __init__(self, write: Write, told: Collection[tuple[UUID, str]], tagged: Collection[int]) -> None:
        self._write = write
        self._told = told
        self._tagged = tagged
        self._changes: list[dict[str, Any]] = []

    def take(self, each: Iterable[tuple[Row, Mapping[str, Any]]]) -> Sequence[int]:
        """The assets that got something."""
        values: list[dict[str, Any]] = []
        names: dict[int, list[tuple[Row, Sequence[str]]]] = defaultdict(list)
        for row, wanted in each:
            columns = dict(self._columns(row, wanted))
            if "tags" in wanted and (row.uuid, "tags") not in self._told and row.id not in self._tagged:
                names[row.entry_id].append((row, wanted["tags"]))
            elif not columns:
                continue
            values.append({"id": row.id, "revision": self._write.revision, **columns})
        if values:
            self._write.session.execute(update(AssetRow), values)
        for entry, rows in names.items():
            self._take_tags(entry, rows)
        log.record(self._write, self._changes)
        return [value["id"] for value in values]

    def _columns(self, row: Row, wanted: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """The columns of what an asset gets, tags apart."""
        for name in TAKEN:
            fact = FACTS[name]
            old, new = fact.read(row), wanted.get(name)
            if new is None or old != fact.from_log(None) or (row.uuid, name) in self._told:
                continue
            self._changes.append(log.change_of(row.entry_id, row.uuid, name, fact.to_log(old), fact.to_log(new)))
            yield from fact.put(new).items()

    def _take_tags(self, entry: int, rows: Sequence[tuple[Row, Sequence[str]]]) -> None:
        """Tag the assets of one import; tags that are missing are made."""
        every = dict.fromkeys(name for _, names in rows for name in names)
        tags = dict(zip(every, make_tags(log.Entry(self._write, "import", entry), tuple(every)), strict=True))
        for row, names in rows:
            its = {tags[name].id: tags[name] for name in names}
            add_pairs(self._write.session, ((row.id, tag) for tag in its))
            added = log.set_change(added=(tag.uuid for tag in its.values()))
            self._changes.append(log.change_of(entry, row.uuid, "tags", None, added))
