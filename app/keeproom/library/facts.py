"""Recording what was derived: facts of the bytes, and what the file states about its assets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, update

from keeproom.catalog.catalog import Write
from keeproom.catalog.sqlite import insert_or_replace, values_of
from keeproom.catalog.tables import AssetRow, BlobMetadataRow, BlobRow
from keeproom.library.jobs import Claim, End, Failure, settle, sum_up
from keeproom.library.opening import Library
from keeproom.library.takeover import Carried, take_over
from keeproom.library.wording import write_texts
from keeproom.model import BlobState, FileType, MetadataFacts, PictureFacts


@dataclass(frozen=True, slots=True)
class Result:
    """What one job came to: facts, or the failure, or both where a companion file is what failed.

    `blob_state` is there where the look at the bytes found them bad, `learned` where they were of no known type before.
    `companions` is what companion files say, by asset; `MetadataFacts` of no tags where one cannot be read.
    """

    claim: Claim
    facts: PictureFacts | MetadataFacts | None = None
    failure: Failure | None = None
    thumbnailed: bool = False
    blob_state: BlobState | None = None
    learned: FileType | None = None
    companions: Mapping[int, MetadataFacts] = field(default_factory=dict)


def record_results(library: Library, results: Sequence[Result]) -> None:
    """Commit a group of results. One whose job is another worker's by now is dropped: that worker brings its own."""
    if not results:
        return
    with library.catalog.write() as write:
        ends = {End(r.claim, r.facts.tool if r.facts else None, r.failure): r for r in results}
        kept = [ends[end] for end in settle(write, tuple(ends))]
        _record_facts(write, kept)
        _word(write, kept, _take_over(write, kept))
        sum_up(write, {result.claim.blob_id for result in kept})


def _record_facts(write: Write, results: Sequence[Result]) -> None:
    values: dict[int, dict[str, Any]] = {}
    tags = []
    for result in results:
        row = values.setdefault(result.claim.blob_id, {})
        if result.blob_state is not None:
            row["state"] = result.blob_state
        if result.learned is not None:
            row |= {"kind": result.learned.kind, "mime": result.learned.mime, "format": result.learned.format}
        if isinstance(result.facts, PictureFacts):
            row |= _picture_values(result.facts) | {"thumbnailed": result.thumbnailed}
        if isinstance(result.facts, MetadataFacts):
            row |= _known_values(result.facts) | _exposure_values(result.facts)
            tags.append({"blob_id": result.claim.blob_id, "tags": dict(result.facts.tags)})
    rows = [{"id": blob, **row} for blob, row in values.items() if row]
    if rows:
        write.session.execute(update(BlobRow), rows)
    if tags:
        write.session.execute(insert_or_replace(BlobMetadataRow, BlobMetadataRow.blob_id, BlobMetadataRow.tags), tags)


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


def _exposure_values(facts: MetadataFacts) -> dict[str, Any]:
    latitude, longitude = facts.position or (None, None)
    return {"lens": facts.lens, "iso": facts.iso, "latitude": latitude, "longitude": longitude}


def _take_over(write: Write, results: Sequence[Result]) -> Sequence[int]:
    files = {r.claim.blob_id: _carried(r.facts) for r in results if r.facts or r.companions}
    return take_over(write, files, {asset: _carried(facts) for r in results for asset, facts in r.companions.items()})


def _carried(facts: PictureFacts | MetadataFacts | None) -> Carried:
    if isinstance(facts, MetadataFacts):
        return Carried(facts.captured, facts.stated)
    return Carried(facts.captured) if facts else Carried()


def _word(write: Write, results: Sequence[Result], taken: Sequence[int]) -> None:
    """Make the assets found by what is known of their files now, and by what they have taken over."""
    blobs = [result.claim.blob_id for result in results if result.facts or result.companions]
    if not blobs:
        return
    shown = write.session.scalars(select(AssetRow.id).where(AssetRow.blob_id.in_(values_of(blobs)))).all()
    write_texts(
        write, [*shown, *taken], metadata_too=any(isinstance(result.facts, MetadataFacts) for result in results)
    )
