"""What is known, in words: of cameras, of one item, of many."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from sqlalchemy import update

from keeproom.catalog.tables import JobRow
from keeproom.library.inspecting import inspect_asset
from keeproom.library.opening import Library
from keeproom.library.summing import Common, SelectionSummary, sum_up_assets
from keeproom.model import CaptureTime, Kind, Status
from keeproom.ui.inspector import camerawords, itemwords
from keeproom.ui.inspector.fact import TIP_LONGEST, Fact, as_text, tip
from keeproom.ui.inspector.propertywords import item_properties, sum_properties
from keeproom.ui.inspector.sumwords import problems, sum_sections
from tests.importing import Importer, work_through

GLUE = "\N{NO-BREAK SPACE}"
DAY = datetime(2023, 5, 14, 10, 2)  # noqa: DTZ001 - a wall time


@pytest.fixture
def german() -> object:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German))
    yield None
    QLocale.setDefault(before)


def texts(sections: list[list[Fact]]) -> dict[str, str]:
    return {fact.label: fact.text.replace(GLUE, " ") for section in sections for fact in section}


@pytest.mark.parametrize(
    ("tags", "text"),
    [
        (
            {"EXIF:FNumber": 2.8, "EXIF:ExposureTime": 0.004, "EXIF:ISO": 200, "EXIF:FocalLength": 35},
            "f/2.8 · 1/250 s · ISO 200 · 35 mm",
        ),
        ({"EXIF:ExposureTime": 2.5, "EXIF:ISO": [400, 0]}, "2.5 s · ISO 400"),
        ({"XMP:ExposureTime": "0.00555555555555556", "EXIF:ISO": "100 100"}, "1/180 s · ISO 100"),
        ({"EXIF:FocalLength": 24, "EXIF:FocalLengthIn35mmFormat": 112}, "24 mm (like 112 mm)"),
        ({"EXIF:FocalLength": 50, "EXIF:FocalLengthIn35mmFormat": 50}, "50 mm"),
        ({"EXIF:FNumber": 0, "EXIF:ExposureTime": "inf", "EXIF:ISO": "high", "EXIF:FocalLength": -3}, None),
        ({"EXIF:FNumber": True, "EXIF:ISO": None, "EXIF:ExposureTime": {}, "EXIF:FocalLength": []}, None),
        ({"EXIF:ISO": "9" * 400}, None),
    ],
)
def test_exposures_as_people_read_them(tags: dict[str, object], text: str | None) -> None:
    said = camerawords.exposure(tags)
    assert (said.replace(GLUE, " ") if said else None) == text


@pytest.mark.parametrize(
    ("tags", "text"),
    [
        ({"EXIF:LensModel": "EF 50mm f/1.8"}, "EF 50mm f/1.8"),
        ({"Composite:LensID": "7F 2D 2B 3E"}, None),
        ({"MakerNotes:LensType": 6, "EXIF:LensInfo": "18 55 3.5 5.6"}, "18–55 mm f/3.5–5.6"),
        ({"EXIF:LensInfo": "50 50 1.4 1.4"}, "50 mm f/1.4"),
        ({"EXIF:LensInfo": "0 0 inf undef"}, None),
        ({"EXIF:LensModel": "50mm\n<b>" + "x" * 900}, "50mm <b>" + "x" * 192),
    ],
)
def test_lenses_by_name_or_by_what_they_do(tags: dict[str, object], text: str | None) -> None:
    assert camerawords.lens(tags) == text


@pytest.mark.parametrize(
    ("tags", "text"),
    [
        ({"Composite:GPSLatitude": 43.46745, "Composite:GPSLongitude": 11.88513}, "43.46745° N, 11.88513° E"),
        (
            {"Composite:GPSLatitude": -33.9, "Composite:GPSLongitude": -70.5, "Composite:GPSAltitude": 1250.4},
            "33.90000° S, 70.50000° W\n1,250 m",
        ),
        ({"Composite:GPSLatitude": 91, "Composite:GPSLongitude": 0}, None),
        ({"Composite:GPSLatitude": "", "Composite:GPSLongitude": ""}, None),
    ],
)
def test_positions(tags: dict[str, object], text: str | None) -> None:
    said = camerawords.coordinates(tags)
    assert (said.replace(GLUE, " ") if said else None) == text


def test_dates_have_their_weekday_and_offset() -> None:
    assert itemwords.taken(CaptureTime(DAY)).replace("\u202f", " ") == "Sun, May 14, 2023\n10:02 AM"
    assert itemwords.taken(CaptureTime(DAY, -210)).endswith(" · UTC-03:30")
    assert itemwords.short_day(DAY) == "May 14, 2023"


def test_dates_follow_the_locale(german: object) -> None:
    assert itemwords.taken(CaptureTime(DAY)) == "So., 14. Mai 2023\n10:02"
    assert itemwords.short_day(DAY) == "14. Mai 2023"


def test_a_photo_of_a_camera(library: Library, importer: Importer, corpus: Path) -> None:
    photo = corpus / "photos" / "cameras" / "IMG_5195.HEIC"
    importer(photo)
    work_through(library)
    item = inspect_asset(library, 1)
    said = texts(itemwords.info_sections(item))
    assert said["Camera"] == "Apple iPhone 11 Pro Max"
    assert said["Lens"] == "iPhone 11 Pro Max back triple camera 4.25mm f/1.8"
    assert said["Exposure"] == "f/1.8 · 1/391 s · ISO 32 · 4.25 mm (like 26 mm)"
    assert said["Position"] == "39.05134° N, 94.28877° W\n261 m"
    assert said["Kind"] == "Photo · HEIF"
    assert said["Dimensions"] == "2,566 × 3,313 · 8.5 MP"
    assert said["Came from"] == str(photo)
    assert {"Title", "Rating", "Tags", "Length", "Coded with", "Version"}.isdisjoint(said), "nothing empty is shown"
    assert itemwords.under_name(item) == "Photo · HEIF · 833 kB"
    assert not itemwords.no_preview(item)


def test_a_video_and_a_sound(library: Library, importer: Importer, corpus: Path) -> None:
    importer(corpus / "videos" / "flower.mp4", corpus / "formats" / "audio" / "full.mp3")
    work_through(library)
    video, sound = inspect_asset(library, 1), inspect_asset(library, 2)
    said = texts(itemwords.info_sections(video))
    assert (said["Length"], said["Coded with"], said["Frames"]) == ("0:05", "H.264, AAC", "29.97 frames/s")
    heard = texts(itemwords.info_sections(sound))
    assert (heard["Artist"], heard["Album"], heard["Track"]) == ("the artist", "the album", "full")
    assert itemwords.no_preview(sound) == "No cover picture"


def test_why_there_is_no_preview(library: Library, importer: Importer, make_picture: object, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(make_picture("whole.jpg", 3).read_bytes()[:90])  # type: ignore[operator]
    importer(broken)
    assert itemwords.no_preview(inspect_asset(library, 1)) == "The preview is being prepared"
    with library.catalog.write() as write:
        write.session.execute(update(JobRow).values(state="failed"))
    assert itemwords.no_preview(inspect_asset(library, 1)) == "No preview could be made"


def test_names_are_one_line_and_text() -> None:
    assert itemwords.readable("a\nb\u2028c\udce9.jpg") == "a b c\ufffd.jpg"


def test_facts_to_copy() -> None:
    assert as_text([[Fact("A", "1"), Fact("B", "2")], [], [Fact("C", "3")]]) == "A: 1\nB: 2\n\nC: 3"


def test_tool_tips_are_plain_and_stay_on_the_screen() -> None:
    assert "&lt;img" in tip("<img src=x>")
    long = tip("x" * 10_000)
    assert long.count("x") == TIP_LONGEST
    assert max(map(len, long.splitlines())) < 140


def test_many_in_words() -> None:
    summary = SelectionSummary(
        asked=30,
        count=30,
        kinds={Kind.IMAGE: 29, Kind.VIDEO: 1},
        statuses={Status.READY: 28, Status.FAILED: 1, Status.DAMAGED: 1},
        bytes=9_100_000_000,
        duration_s=31,
        timed=1,
        earliest=DAY,
        latest=DAY.replace(day=16),
        dated=28,
        smallest=(640, 480),
        largest=(6000, 4000),
        cameras=(("A", 12), ("B", 8), ("C", 4), ("D", 2)),
        folder=Path("/home/me"),
        rating=Common(is_mixed=True),
        label=Common("red"),
        title=Common(None),
    )
    assert problems(summary) == "2 have problems"
    assert texts(sum_sections(summary)) == {
        "Kinds": "29 photos\n1 video",
        "Size": "9.1 GB",
        "Length": "0:31",
        "Dimensions": "640 × 480 –\n6,000 × 4,000",
        "Taken": "May 14, 2023 –\nMay 16, 2023\n2 without a date",
        "Cameras": "12 × A\n8 × B\n4 × C\nand 1 more\n4 unknown",
        "Came from": "/home/me",
        "Rating": "mixed",
        "Label": "Red",
    }


def test_what_all_share_is_said_once() -> None:
    summary = SelectionSummary(asked=2, count=2, earliest=DAY, latest=DAY, dated=2, cameras=(("A", 2),), bytes=5)
    said = texts(sum_sections(summary))
    assert (said["Camera"], said["Taken"]) == ("A", "Sun, May 14, 2023")
    assert problems(summary) == ""


def test_properties_are_exact(library: Library, importer: Importer, corpus: Path) -> None:
    photo = corpus / "photos" / "cameras" / "DSCN0010.jpg"
    importer(photo)
    work_through(library)
    item = inspect_asset(library, 1)
    groups = item_properties(item)
    said = {tag.name: tag.value for group in groups for tag in group.tags}
    assert said["Checksum (SHA-256)"] == item.details.asset.sha256
    assert said["Taken"] == "2008-10-22T16:28:39"
    assert said["Path"] == str(photo)
    assert said["UUID"] == str(item.uuid)
    assert datetime.fromisoformat(said["Imported"]) == item.details.asset.imported_at.replace(microsecond=0)
    assert said["Imported"].endswith("Z")
    assert datetime.fromisoformat(said["Changed there"]).tzinfo == UTC
    (contents,) = (group for group in groups if group.title == "File contents")
    assert {tag.name: tag.value for tag in contents.tags}["Size"] == "161,713 bytes"
    sums = {tag.name: tag.value for group in sum_properties(sum_up_assets(library, [1, 9])) for tag in group.tags}
    assert (sums["Items"], sums["No longer there"], sums["Photos"]) == ("1", "1", "1")
