"""Committing what was ingested: a group of files becomes assets, versions, sources, claims, jobs and log, at once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from keeproom.catalog.catalog import Write
from keeproom.catalog.sqlite import insert_new, values_of
from keeproom.catalog.tables import (
    AssetRow,
    BlobRow,
    ClaimRow,
    ImportItemRow,
    SourceRow,
    VersionRow,
)
from keeproom.catalog.uuid7 import uuid7
from keeproom.library import jobs, log
from keeproom.library.assets import capture_time
from keeproom.library.ingesting import Ingested
from keeproom.library.opening import Library
from keeproom.library.queue import retry_blobs
from keeproom.model import BlobState, CaptureTime, FileReport, Outcome, Reason

IN_TRASH = Reason("in-trash", "It is in the trash, and stays there. Restore it to see it again.")


@dataclass(slots=True)
class _Known:
    """The blob behind a checksum, and the asset that claims it, as the transaction sees them."""

    blob: int
    state: str
    asset: int | None = None
    uuid: UUID | None = None
    trashed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a group came to: a report for each file, and the files whose bytes have gone since they were read."""

    reports: tuple[FileReport, ...]
    gone: tuple[Ingested, ...]


def record_group(
    library: Library, entry: int, group: Sequence[Ingested | FileReport], *, separate: bool = False
) -> Recorded:
    """Commit a group under its import's entry; when this returns, what it reports is safe.

    Each blob that is referred to is looked at under the catalog's lock, so that the collector cannot take it: what
    is in quarantine is brought back, what is gone must be ingested again.
    """
    with library.catalog.write() as write:
        known = _known(write, {item.ref.sha256 for item in group if isinstance(item, Ingested)})
        reports, gone = [], []
        changes: list[dict[str, Any]] = []
        retried = set()
        for item in group:
            if isinstance(item, FileReport):
                reports.append(item)
            elif not _is_there(library, item):
                gone.append(item)
            else:
                found = _blob(write, known, item)
                is_new = found.asset is None or separate
                report = (
                    _asset(write, entry, item, found, changes, separate)
                    if is_new
                    else _duplicate(write, entry, item, found, changes)
                )
                reports.append(report)
                if not is_new:
                    retried.add(found.blob)
        log.record(write, changes)
        _items(write, entry, reports)
        if retried:
            retry_blobs(write, retried)
    return Recorded(tuple(reports), tuple(gone))


def _is_there(library: Library, item: Ingested) -> bool:
    return library.blobs.stat(item.ref.sha256) is not None or library.blobs.revive(item.ref.sha256)


def _known(write: Write, names: set[str]) -> dict[str, _Known]:
    rows = write.session.execute(
        select(BlobRow.sha256, BlobRow.id, BlobRow.state, AssetRow.id, AssetRow.uuid, AssetRow.trashed_at)
        .outerjoin(ClaimRow, ClaimRow.sha256 == BlobRow.sha256)
        .outerjoin(AssetRow, AssetRow.id == ClaimRow.asset_id)
        .where(BlobRow.sha256.in_(values_of(names)))
    )
    return {row[0]: _Known(*row[1:]) for row in rows}


def _blob(write: Write, known: dict[str, _Known], item: Ingested) -> _Known:
    """The blob's row, made and queued if it is new, mended if its bytes were bad and are good now."""
    found = known.get(item.ref.sha256)
    if found is None:
        row = insert(BlobRow).values(
            sha256=item.ref.sha256,
            size_bytes=item.ref.size_bytes,
            kind=item.type.kind,
            mime=item.type.mime,
            format=item.type.format,
            revision=write.revision,
        )
        found = _Known(write.session.execute(row.returning(BlobRow.id)).scalar_one(), BlobState.OK)
        known[item.ref.sha256] = found
        jobs.enqueue(write, found.blob)
    elif item.fresh and found.state != BlobState.OK:
        write.session.execute(
            update(BlobRow).where(BlobRow.id == found.blob).values(state=BlobState.OK, revision=write.revision)
        )
        found.state = BlobState.OK
    return found


def _asset(
    write: Write, entry: int, item: Ingested, found: _Known, changes: list[dict[str, Any]], separate: bool
) -> FileReport:
    """A new asset, with its first version, its source and, unless it is a separate one, its claim."""
    name_bytes = os.path.basename(os.fsencode(item.path))
    name = shown(name_bytes)
    uuid = uuid7(write.at)
    captured = _stated_by_file(write, found)
    row = insert(AssetRow).values(
        uuid=uuid,
        blob_id=found.blob,
        entry_id=entry,
        name=name,
        name_bytes=None if name.encode() == name_bytes else name_bytes,
        imported_at=write.at,
        revision=write.revision,
        captured=captured.wall if captured else None,
        captured_offset=captured.offset_minutes if captured else None,
    )
    asset = write.session.execute(row.returning(AssetRow.id)).scalar_one()
    write.session.execute(insert(VersionRow).values(asset_id=asset, number=1, entry_id=entry, blob_id=found.blob))
    if not separate:
        write.session.execute(insert(ClaimRow).values(sha256=item.ref.sha256, asset_id=asset))
        found.asset, found.uuid = asset, uuid
    changes.append(log.change_of(entry, uuid, "blob", None, item.ref.sha256))
    changes.append(log.change_of(entry, uuid, "name", None, name))
    if captured:
        changes.append(log.change_of(entry, uuid, "captured", None, captured.isoformat()))
    _source(write, entry, item, asset, uuid, changes)
    return _report(item, Outcome.IMPORTED, asset)


def _stated_by_file(write: Write, found: _Known) -> CaptureTime | None:
    """The capture time of a blob that was read already, for each new asset of it."""
    row = write.session.execute(select(BlobRow.captured, BlobRow.captured_offset).where(BlobRow.id == found.blob)).one()
    return capture_time(row.captured, row.captured_offset)


def _duplicate(write: Write, entry: int, item: Ingested, found: _Known, changes: list[dict[str, Any]]) -> FileReport:
    """The asset that has these bytes already learns of one more place it came from."""
    assert found.asset is not None
    assert found.uuid is not None
    _source(write, entry, item, found.asset, found.uuid, changes)
    report = _report(item, Outcome.DUPLICATE, found.asset)
    return replace(report, reason=IN_TRASH) if found.trashed_at else report


def _source(write: Write, entry: int, item: Ingested, asset: int, uuid: UUID, changes: list[dict[str, Any]]) -> None:
    path_bytes = os.fsencode(item.path)
    row = insert_new(SourceRow).values(
        asset_id=asset,
        entry_id=entry,
        path_bytes=path_bytes,
        path=shown(path_bytes),
        size_bytes=item.identity.size_bytes,
        modified_ns=item.identity.modified_ns,
    )
    if write.session.scalar(row.returning(SourceRow.id)) is not None:
        changes.append(log.change_of(entry, uuid, "sources", None, {"added": [shown(path_bytes)]}))
        write.session.execute(update(AssetRow).where(AssetRow.id == asset).values(revision=write.revision))


def _report(item: Ingested, outcome: Outcome, asset: int) -> FileReport:
    return FileReport(Path(item.path), outcome, asset, item.ref.sha256, item.ref.size_bytes)


def _items(write: Write, entry: int, reports: Sequence[FileReport]) -> None:
    rows = []
    for report in reports:
        path_bytes = os.fsencode(report.path)
        rows.append(
            {
                "entry_id": entry,
                "path_bytes": path_bytes,
                "path": shown(path_bytes),
                "outcome": report.outcome,
                "asset_id": report.asset,
                "sha256": report.sha256,
                "size_bytes": report.size_bytes,
                "reason_code": report.reason.code if report.reason else None,
                "reason": report.reason.message if report.reason else None,
            }
        )
    if rows:
        write.session.execute(insert(ImportItemRow), rows)


def shown(name: bytes) -> str:
    """The text form of a name: what is not UTF-8 becomes U+FFFD."""
    return name.decode("utf-8", "replace")
