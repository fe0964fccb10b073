"""Recording what was derived: facts of the bytes, and what the file states about its assets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from keeproom.catalog.catalog import Write
from keeproom.catalog.tables import AssetRow, BlobMetadataRow, BlobRow
from keeproom.library import log
from keeproom.library.jobs import Claim, Failure, settle, sum_up
from keeproom.library.opening import Library
from keeproom.model import BlobState, CaptureTime, MetadataFacts, PictureFacts


@dataclass(frozen=True, slots=True)
class Result:
    """What one job came to: facts, or the failure; `blob_state` where the look at the bytes found them bad."""

    claim: Claim
    facts: PictureFacts | MetadataFacts | None = None
    failure: Failure | None = None
    thumbnailed: bool = False
    blob_state: BlobState | None = None


def record_results(library: Library, results: Sequence[Result]) -> None:
    """Commit a group of results. One whose job is another worker's by now is dropped: that worker brings its own."""
    if not results:
        return
    with library.catalog.write() as write:
        touched = set()
        changes: list[dict[str, Any]] = []
        for result in results:
            tool = result.facts.tool if result.facts else None
            if settle(write, result.claim, tool=tool, failure=result.failure):
                touched.add(_record(write, result, changes))
        log.record(write, changes)
        sum_up(write, touched)


def _record(write: Write, result: Result, changes: list[dict[str, Any]]) -> int:
    blob = write.session.execute(select(BlobRow.id).where(BlobRow.sha256 == result.claim.blob.sha256)).scalar_one()
    values: dict[str, Any] = {}
    if result.blob_state is not None:
        values["state"] = result.blob_state
    if isinstance(result.facts, PictureFacts):
        values |= _picture_values(result.facts) | {"thumbnailed": result.thumbnailed}
    if isinstance(result.facts, MetadataFacts):
        values |= _known_values(result.facts)
        tags = dict(result.facts.tags)
        write.session.merge(BlobMetadataRow(blob_id=blob, tags=tags))
    if values:
        write.session.execute(update(BlobRow).where(BlobRow.id == blob).values(**values))
    if result.facts is not None and result.facts.captured is not None:
        _take_over(write, blob, result.facts.captured, changes)
    return blob


def _picture_values(facts: PictureFacts) -> dict[str, Any]:
    return {
        "width": facts.width,
        "height": facts.height,
        "duration_s": facts.duration_s,
        "codecs": ", ".join(facts.codecs) or None,
        "colour": facts.colour,
        **_known_values(facts),
    }


def _known_values(facts: PictureFacts | MetadataFacts) -> dict[str, Any]:
    """What both stages may know: a value of either stands, and no value takes none away."""
    values: dict[str, Any] = {}
    if facts.camera:
        values["camera"] = facts.camera
    if facts.captured is not None:
        values |= {"captured": facts.captured.wall, "captured_offset": facts.captured.offset_minutes}
    return values


def _take_over(write: Write, blob: int, captured: CaptureTime, changes: list[dict[str, Any]]) -> None:
    """Give the file's capture time to its assets that are at their first version and have none, under their import."""
    empty = (AssetRow.blob_id == blob, AssetRow.version == 1, AssetRow.captured.is_(None))
    rows = write.session.execute(select(AssetRow.id, AssetRow.uuid, AssetRow.entry_id).where(*empty)).all()
    for row in rows:
        changes.append(log.change_of(row.entry_id, row.uuid, "captured", None, captured.isoformat()))
        write.session.execute(
            update(AssetRow)
            .where(AssetRow.id == row.id)
            .values(captured=captured.wall, captured_offset=captured.offset_minutes, revision=write.revision)
        )
