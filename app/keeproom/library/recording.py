"""Committing what was ingested: a group of files becomes assets, versions, sources, claims, jobs and log, at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Insert, Update, insert, select, update

from keeproom.catalog.catalog import Write
from keeproom.catalog.collation import name_key
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import (
    AssetRow,
    BlobRow,
    ClaimRow,
    ImportItemRow,
    ImportRow,
    SidecarRow,
    SourceRow,
    VersionRow,
)
from keeproom.catalog.uuid7 import uuid7
from keeproom.library import jobs, log
from keeproom.library.assets import capture_time
from keeproom.library.ingesting import Ingested
from keeproom.library.opening import Library
from keeproom.library.plans import shown
from keeproom.library.queue import retry_blobs
from keeproom.library.sidecars import Sidecar, read_again
from keeproom.library.sourcefolders import folder_ids
from keeproom.library.statements import FACTS
from keeproom.library.takeover import take_over_known
from keeproom.library.wording import write_texts
from keeproom.model import BlobState, CaptureTime, FileReport, Outcome, Reason

IN_TRASH = Reason("in-trash", "It is in the trash, and stays there. Restore it to see it again.")


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a group came to: a report for each file, and the files whose bytes have gone since they were read."""

    reports: tuple[FileReport, ...]
    gone: tuple[Ingested, ...]


@dataclass(slots=True)
class _Owner:
    """The asset that a checksum belongs to."""

    asset: int
    uuid: UUID
    trashed_at: datetime | None = None


@dataclass(slots=True)
class _Blob:
    """The row of some bytes, and their owner if they have one, as the transaction sees them."""

    id: int
    state: str
    captured: CaptureTime | None = None
    owner: _Owner | None = None
    known: bool = False
    """Whether it was there before this group."""


def record_group(
    library: Library, entry: int, group: Sequence[Ingested | FileReport], *, separate: bool = False
) -> Recorded:
    """Commit a group under its import's entry; when this returns, what it reports is safe.

    Each blob that is referred to is looked at under the catalog's lock, so that the collector cannot take it: what
    is in quarantine is brought back, what is gone must be ingested again.
    """
    with library.catalog.write() as write:
        there, gone = _look(library, [item for item in group if isinstance(item, Ingested)])
        work = _Group(write, entry, separate)
        work.load(there)
        new, known = work.split(there)
        reports = [item for item in group if isinstance(item, FileReport)]
        reports += [*work.make_assets(new), *work.add_sources(known)]
        _record_items(write, entry, reports, {item.item: item.identity.stamp for item in there})
        log.record(write, work.changes)
        work.finish()
    return Recorded(tuple(reports), tuple(gone))


def _look(library: Library, items: Iterable[Ingested]) -> tuple[list[Ingested], list[Ingested]]:
    """Which blobs are there, those included that come back from quarantine, and which are gone."""
    there: list[Ingested] = []
    gone: list[Ingested] = []
    for item in items:
        name = item.ref.sha256
        is_there = library.blobs.stat(name) is not None or library.blobs.revive(name)
        (there if is_there else gone).append(item)
    return there, gone


class _Group:
    """One group in its transaction. Rows are written by table, not by file: a statement costs more than its rows."""

    def __init__(self, write: Write, entry: int, separate: bool) -> None:
        self.changes: list[dict[str, Any]] = []
        self._write = write
        self._entry = entry
        self._separate = separate
        self._blobs: dict[str, _Blob] = {}
        self._touched: list[int] = []
        self._again: dict[int, bool] = {}

    def load(self, items: Sequence[Ingested]) -> None:
        """Find or make the row of each blob; what was bad and is good now is mended."""
        names = {item.ref.sha256: item for item in items}
        self._blobs = self._known(names)
        bad = [
            {"id": self._blobs[name].id, "state": BlobState.OK, "revision": self._write.revision}
            for name in {item.ref.sha256 for item in items if item.fresh} & self._blobs.keys()
            if self._blobs[name].state != BlobState.OK
        ]
        if bad:
            self._write.session.execute(update(BlobRow), bad)
        fresh = [names[name] for name in names.keys() - self._blobs.keys()]
        ids = self._insert(BlobRow, [_blob_values(item, self._write.revision) for item in fresh])
        jobs.enqueue(self._write, ids)
        for item, id_ in zip(fresh, ids, strict=True):
            self._blobs[item.ref.sha256] = _Blob(id_, BlobState.OK)

    def split(self, items: Sequence[Ingested]) -> tuple[list[Ingested], list[Ingested]]:
        """Those that become assets, and those whose bytes have an owner, be it one of this group."""
        new: list[Ingested] = []
        known: list[Ingested] = []
        claimed = {name for name, blob in self._blobs.items() if blob.owner}
        for item in items:
            is_new = self._separate or item.ref.sha256 not in claimed
            (new if is_new else known).append(item)
            claimed.add(item.ref.sha256)
        return new, known

    def make_assets(self, items: Sequence[Ingested]) -> list[FileReport]:
        """New assets with their first version, their source and, unless they are separate ones, their claim."""
        uuids = [uuid7(self._write.at) for _ in items]
        blobs = [self._blobs[item.ref.sha256] for item in items]
        rows = [self._asset_values(*each) for each in zip(items, uuids, blobs, strict=True)]
        assets = self._insert(AssetRow, rows)
        versions = [
            {"asset_id": asset, "number": 1, "entry_id": self._entry, "blob_id": blob.id}
            for asset, blob in zip(assets, blobs, strict=True)
        ]
        self._execute(insert(VersionRow), versions)
        if not self._separate:
            for uuid, blob, asset in zip(uuids, blobs, assets, strict=True):
                blob.owner = _Owner(asset, uuid)
            claims = [{"sha256": item.ref.sha256, "asset_id": asset} for item, asset in zip(items, assets, strict=True)]
            self._execute(insert(ClaimRow), claims)
        self._add_sources(list(zip(items, assets, uuids, strict=True)))
        self._keep_companions(list(zip(items, assets, blobs, strict=True)))
        self._touched += assets
        reports = [_report(item, Outcome.IMPORTED, asset) for item, asset in zip(items, assets, strict=True)]
        return [
            replace(report, reason=item.companion) if isinstance(item.companion, Reason) else report
            for item, report in zip(items, reports, strict=True)
        ]

    def add_sources(self, items: Sequence[Ingested]) -> list[FileReport]:
        """Assets that have these bytes already learn of one more place they came from; failed stages run again."""
        owners = [owner for item in items if (owner := self._blobs[item.ref.sha256].owner)]
        each = [(item, owner.asset, owner.uuid) for item, owner in zip(items, owners, strict=True)]
        learned = self._add_sources(each)
        if learned:
            self._execute(update(AssetRow), [{"id": asset, "revision": self._write.revision} for asset in learned])
            self._touched += learned
        if items:
            retry_blobs(self._write, {self._blobs[item.ref.sha256].id for item in items})
        reports = [_report(item, Outcome.DUPLICATE, asset) for item, asset, _ in each]
        return [
            replace(report, reason=IN_TRASH) if owner.trashed_at else report
            for report, owner in zip(reports, owners, strict=True)
        ]

    def finish(self) -> None:
        """What follows from the rows: new assets of bytes that were read before take over what is known of them, and
        all that came or changed is found by its words."""
        known = {blob for blob, again in self._again.items() if not again}
        taken = take_over_known(self._write, known)
        read_again(self._write, self._again.keys() - known)
        write_texts(self._write, [*self._touched, *taken])

    def _keep_companions(self, each: Sequence[tuple[Ingested, int, _Blob]]) -> None:
        """Keep companion files with the new assets, to be read in the stage that reads metadata."""
        kept = [(asset, item.companion) for item, asset, _ in each if isinstance(item.companion, Sidecar)]
        rows = [
            {
                "asset_id": asset,
                "path_bytes": os.fsencode(companion.path),
                "path": shown(os.fsencode(companion.path)),
                "content": companion.content,
            }
            for asset, companion in kept
        ]
        self._execute(insert(SidecarRow), rows)
        for item, _, blob in each:
            if blob.known:
                self._again[blob.id] = self._again.get(blob.id, False) or isinstance(item.companion, Sidecar)

    def _known(self, names: Iterable[str]) -> dict[str, _Blob]:
        rows = self._write.session.execute(
            select(
                BlobRow.sha256,
                BlobRow.id.label("blob"),
                BlobRow.state,
                BlobRow.captured,
                BlobRow.captured_offset,
                AssetRow.id.label("asset"),
                AssetRow.uuid,
                AssetRow.trashed_at,
            )
            .outerjoin(ClaimRow, ClaimRow.sha256 == BlobRow.sha256)
            .outerjoin(AssetRow, AssetRow.id == ClaimRow.asset_id)
            .where(BlobRow.sha256.in_(values_of(names)))
        )
        return {
            row.sha256: _Blob(
                row.blob,
                row.state,
                capture_time(row.captured, row.captured_offset),
                None if row.asset is None else _Owner(row.asset, row.uuid, row.trashed_at),
                known=True,
            )
            for row in rows
        }

    def _asset_values(self, item: Ingested, uuid: UUID, blob: _Blob) -> dict[str, Any]:
        name_bytes = os.path.basename(os.fsencode(item.path))
        name = shown(name_bytes)
        facts = {"blob": item.ref.sha256, "name": FACTS["name"].to_log(os.fsdecode(name_bytes))}
        if blob.captured:
            facts["captured"] = blob.captured.isoformat()
        self.changes += [log.change_of(self._entry, uuid, field, None, value) for field, value in facts.items()]
        return {
            "uuid": uuid,
            "blob_id": blob.id,
            "entry_id": self._entry,
            "name": name,
            "name_key": name_key(name),
            "name_bytes": None if name.encode() == name_bytes else name_bytes,
            "imported_at": self._write.at,
            "captured": blob.captured.wall if blob.captured else None,
            "captured_offset": blob.captured.offset_minutes if blob.captured else None,
            "revision": self._write.revision,
        }

    def _add_sources(self, each: Sequence[tuple[Ingested, int, UUID]]) -> list[int]:
        """Record where files came from, each place once for an asset; the assets to which it was news."""
        rows = {(asset, os.fsencode(item.path)): (item, uuid) for item, asset, uuid in each}
        there = select(SourceRow.asset_id, SourceRow.path_bytes).where(
            SourceRow.asset_id.in_(values_of({asset for asset, _ in rows}))
        )
        known = {(row.asset_id, row.path_bytes) for row in self._write.session.execute(there)} if rows else set()
        news = [(*key, *value) for key, value in rows.items() if key not in known]
        folders = folder_ids(self._write.session, {os.path.dirname(path) for _, path, *_ in news})
        values = [
            {
                "asset_id": asset,
                "entry_id": self._entry,
                "path_bytes": path,
                "path": shown(path),
                "folder_id": folders[os.path.dirname(path)],
                "size_bytes": item.identity.size_bytes,
                "modified_ns": item.identity.modified_ns,
            }
            for asset, path, item, _ in news
        ]
        self._execute(insert(SourceRow), values)
        for _, path, _, uuid in news:
            self.changes.append(log.change_of(self._entry, uuid, "sources", None, {"added": [shown(path)]}))
        return [asset for asset, *_ in news]

    def _insert(self, table: type[BlobRow | AssetRow], rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
        """The ids of new rows, in the order of the rows."""
        if not rows:
            return ()
        made = insert(table).returning(table.id, sort_by_parameter_order=True)
        return self._write.session.scalars(made, rows).all()

    def _execute(self, statement: Insert | Update, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self._write.session.execute(statement, rows)


def _blob_values(item: Ingested, revision: int) -> dict[str, Any]:
    return {
        "sha256": item.ref.sha256,
        "size_bytes": item.ref.size_bytes,
        "kind": item.type.kind,
        "mime": item.type.mime,
        "format": item.type.format,
        "revision": revision,
    }


def _report(item: Ingested, outcome: Outcome, asset: int) -> FileReport:
    path = Path(item.path)
    return FileReport(path, outcome, asset, item.ref.sha256, item.ref.size_bytes, item=item.item)


def _record_items(write: Write, entry: int, reports: Sequence[FileReport], stamps: Mapping[int, str]) -> None:
    """What became of each file: its line of the import's list waits no more."""
    rows = [
        {
            "id": report.item,
            "outcome": report.outcome,
            "asset_id": report.asset,
            "sha256": report.sha256,
            "size_bytes": report.size_bytes,
            "reason_code": report.reason.code if report.reason else None,
            "reason": report.reason.message if report.reason else None,
            "stamp": stamps.get(report.item or 0),
        }
        for report in reports
    ]
    if rows:
        write.session.execute(update(ImportItemRow), rows)
    imported = sum(report.size_bytes for report in reports if report.outcome is Outcome.IMPORTED)
    if imported:
        grown = update(ImportRow).where(ImportRow.entry_id == entry)
        write.session.execute(grown.values(size_bytes=ImportRow.size_bytes + imported))
