"""Which date counts, and which is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from keeproom.media.capture_time import capture_time, parse, parse_offset

D = "2023:05:01 10:00:00"
LATER = "2024:06:02 11:00:00"


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"EXIF:DateTimeOriginal": D}, "2023-05-01T10:00:00"),
        ({"EXIF:DateTimeOriginal": D, "EXIF:OffsetTimeOriginal": "+02:00"}, "2023-05-01T10:00:00+02:00"),
        ({"EXIF:DateTimeOriginal": D, "EXIF:OffsetTimeOriginal": "Z"}, "2023-05-01T10:00:00+00:00"),
        ({"EXIF:DateTimeOriginal": D, "EXIF:OffsetTimeOriginal": "   :  "}, "2023-05-01T10:00:00"),
        ({"EXIF:DateTimeOriginal": D, "EXIF:OffsetTimeOriginal": 2}, "2023-05-01T10:00:00"),
        ({"EXIF:DateTimeOriginal": D, "EXIF:OffsetTime": "+02:00"}, "2023-05-01T10:00:00"),
        ({"EXIF:CreateDate": LATER, "EXIF:DateTimeOriginal": D}, "2023-05-01T10:00:00"),
        ({"EXIF:CreateDate": D, "XMP:DateTimeOriginal": LATER}, "2023-05-01T10:00:00"),
        ({"EXIF:DateTimeOriginal": "0000:00:00 00:00:00", "XMP:DateTimeOriginal": D}, "2023-05-01T10:00:00"),
        ({"EXIF:DateTimeOriginal": 20230501, "EXIF:CreateDate": D}, "2023-05-01T10:00:00"),
        ({"EXIF:ModifyDate": LATER, "XMP:DateCreated": D}, "2023-05-01T10:00:00"),
        ({"EXIF:ModifyDate": D, "EXIF:OffsetTime": "-03:30"}, "2023-05-01T10:00:00-03:30"),
        ({"XMP:DateTimeOriginal": "2023:05:01 10:00:00.123+02:00"}, "2023-05-01T10:00:00+02:00"),
        ({"IPTC:DateCreated": "2023:05:01", "IPTC:TimeCreated": "10:00:00+01:00"}, "2023-05-01T10:00:00+01:00"),
        ({"IPTC:DateCreated": "2023:05:01"}, None),
        ({"QuickTime:CreateDate": LATER, "QuickTime:CreationDate": D + "-07:00"}, "2023-05-01T10:00:00-07:00"),
        ({"QuickTime:CreateDate": D}, "2023-05-01T10:00:00+00:00"),
        ({"QuickTime:CreateDate": "0000:00:00 00:00:00"}, None),
        ({"QuickTime:CreateDate": "1904:01:01 00:00:00"}, None),
        ({"Matroska:DateTimeOriginal": D + "Z"}, "2023-05-01T10:00:00+00:00"),
        ({"RIFF:DateTimeOriginal": D}, "2023-05-01T10:00:00"),
        ({"ASF:CreationDate": D + "Z"}, "2023-05-01T10:00:00+00:00"),
        ({"Vorbis:Date": "2001"}, None),
        ({"ID3:RecordingTime": "2001-05-01T10:00:00"}, "2001-05-01T10:00:00"),
        ({"File:FileModifyDate": D}, None),
        ({}, None),
    ],
)
def test_the_order_of_tags(tags: dict[str, object], expected: str | None) -> None:
    captured = capture_time(tags)
    assert (captured and captured.isoformat()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023:05:01 10:00:00", "2023-05-01T10:00:00"),
        (" 2023:05:01 10:00:00\0", "2023-05-01T10:00:00"),
        ("2023-05-01T10:00:00Z", "2023-05-01T10:00:00+00:00"),
        ("2023-05-01T10:00", "2023-05-01T10:00:00"),
        ("2023:05:01 10:00:00.5", "2023-05-01T10:00:00"),
        ("2023:05:01 10:00:00 -0330", "2023-05-01T10:00:00-03:30"),
        ("1826:01:01 00:00:00", "1826-01-01T00:00:00"),
        ("1825:12:31 23:59:59", None),
        ("2023:13:01 10:00:00", None),
        ("2023:02:30 10:00:00", None),
        ("2023:05:01 25:00:00", None),
        ("2023:05:01", None),
        ("    :  :     :  :  ", None),
        ("٢٠٢٣:05:01 10:00:00", None),
        ("next tuesday", None),
        ("", None),
    ],
)
def test_parse(text: str, expected: str | None) -> None:
    captured = parse(text)
    assert (captured and captured.isoformat()) == expected


def test_the_future_ends_tomorrow() -> None:
    now = datetime.now(UTC)
    assert parse(f"{now + timedelta(hours=14):%Y:%m:%d %H:%M:%S}") is not None
    assert parse(f"{now + timedelta(days=2):%Y:%m:%d %H:%M:%S}") is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("+02:00", 120), ("-0330", -210), ("Z", 0), ("+14:00", 840), ("+99:00", None), ("+01:75", None), ("x", None)],
)
def test_offsets(text: str, minutes: int | None) -> None:
    assert parse_offset(text) == minutes
