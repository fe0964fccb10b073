"""When a picture was taken, from the tags that say so.

The order follows the Metadata Working Group's guidelines 2.0 (§5.7 "Date/Time": EXIF before IPTC before XMP where
they disagree, original before digitised) with XMP before IPTC, as digiKam and Lightroom do since IPTC keeps no
offset in old files; then what ExifTool documents for each container: QuickTime's CreationDate is local with an
offset (Apple), its CreateDate is UTC by ISO/IEC 14496-12 §8.2.2 counted from 1904. `EXIF:ModifyDate` comes last: old
cameras wrote nothing else, editors overwrite it.

Only EXIF's first two are known to the picture stage, and they stand first: what it shows early is what the metadata
stage finds later.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from keeproom.model import CaptureTime


@dataclass(frozen=True, slots=True)
class Source:
    """A tag with a date, or a date and the time in a second tag; its offset may stand in a tag of its own.

    `utc` says that the tag is in UTC where it names no offset.
    """

    tag: str
    time: str | None = None
    offset: str | None = None
    utc: bool = False


SOURCES = (
    Source("EXIF:DateTimeOriginal", offset="EXIF:OffsetTimeOriginal"),
    Source("EXIF:CreateDate", offset="EXIF:OffsetTimeDigitized"),
    Source("XMP:DateTimeOriginal"),
    Source("XMP:CreateDate"),
    Source("XMP:DateCreated"),
    Source("IPTC:DateCreated", time="IPTC:TimeCreated"),
    Source("IPTC:DigitalCreationDate", time="IPTC:DigitalCreationTime"),
    Source("QuickTime:CreationDate"),
    Source("QuickTime:DateTimeOriginal"),
    Source("QuickTime:ContentCreateDate"),
    Source("QuickTime:CreateDate", utc=True),
    Source("QuickTime:MediaCreateDate", utc=True),
    Source("Matroska:DateTimeOriginal", utc=True),
    Source("H264:DateTimeOriginal"),
    Source("RIFF:DateTimeOriginal"),
    Source("ASF:CreationDate", utc=True),
    Source("PNG:CreationTime"),
    Source("ID3:RecordingTime"),
    Source("ID3:OriginalReleaseTime"),
    Source("Vorbis:Date"),
    Source("EXIF:ModifyDate", offset="EXIF:OffsetTime"),
)

EARLIEST_YEAR = 1826
"""The oldest photograph that is left, Niépce's view from his window."""

_DATE = re.compile(
    r"(\d{4})[:-](\d\d)[:-](\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?(?:[.,]\d*)?\s*(Z|[+-]\d\d:?\d\d)?", re.ASCII
)
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)", re.ASCII)
_MAC_EPOCH = datetime(1904, 1, 1)  # noqa: DTZ001 - a wall time


def capture_time(tags: Mapping[str, object]) -> CaptureTime | None:
    """The first believable date among `tags`, keyed `Group:Tag` by ExifTool's family 0; fractions are cut off."""
    for source in SOURCES:
        captured = _from(source, tags)
        if captured is not None:
            return captured
    return None


def parse(text: str) -> CaptureTime | None:
    """A date and time as EXIF, XMP or ISO 8601 write them; None for anything else or out of reason."""
    match = _DATE.fullmatch(text.strip(" \0"))
    if match is None:
        return None
    *numbers, offset = match.groups()
    try:
        wall = datetime(*(int(number or 0) for number in numbers))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None
    latest = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)
    if not (wall.year >= EARLIEST_YEAR and wall <= latest) or wall == _MAC_EPOCH:
        return None
    return CaptureTime(wall, parse_offset(offset or ""))


def parse_offset(text: str) -> int | None:
    """`+02:00`, `-0330` or `Z` in minutes; None for anything else and for more than a day's zones span."""
    text = text.strip(" \0")
    if text == "Z":
        return 0
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3])
    return None if minutes > 14 * 60 or int(match[3]) > 59 else -minutes if match[1] == "-" else minutes


def _from(source: Source, tags: Mapping[str, object]) -> CaptureTime | None:
    value = tags.get(source.tag)
    if not isinstance(value, str):
        return None
    if source.time is not None:
        value = f"{value} {tags.get(source.time, '')}"
    captured = parse(value)
    if captured is None or captured.offset_minutes is not None:
        return captured
    if source.utc:
        return CaptureTime(captured.wall, 0)
    offset = tags.get(source.offset) if source.offset is not None else None
    return CaptureTime(captured.wall, parse_offset(offset)) if isinstance(offset, str) else captured
