"""What a file states of itself: what each program's way of writing it comes to, and what nonsense comes to."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import av
import pytest
from PIL import Image

from keeproom.media.exposure import iso_of, lens_of, position_of
from keeproom.media.keywords import MOST, is_name, keywords
from keeproom.media.labels import LABELS
from keeproom.media.metadata import MetadataReader
from keeproom.media.stated import SOURCES, over, stated, words_of
from keeproom.media.values import WrittenNumber
from keeproom.model import Flag, Label, MetadataFacts, Stated
from tests.describing import describe
from tests.media.conftest import CORPUS

Scene = Callable[..., Image.Image]

TEXTS = {
    "title": [
        ("XMP-dc:Title", "XMP:Title"),
        ("IPTC:ObjectName", "IPTC:ObjectName"),
        ("EXIF:XPTitle", "EXIF:XPTitle"),
    ],
    "description": [
        ("XMP-dc:Description", "XMP:Description"),
        ("IPTC:Caption-Abstract", "IPTC:Caption-Abstract"),
        ("EXIF:ImageDescription", "EXIF:ImageDescription"),
        ("EXIF:XPComment", "EXIF:XPComment"),
    ],
    "creator": [
        ("XMP-dc:Creator", "XMP:Creator"),
        ("IPTC:By-line", "IPTC:By-line"),
        ("EXIF:Artist", "EXIF:Artist"),
        ("EXIF:XPAuthor", "EXIF:XPAuthor"),
    ],
}


@pytest.fixture
def photo(tmp_path: Path, scene: Scene) -> Path:
    path = tmp_path / "photo.jpg"
    scene(64, 48).save(path)
    return path


@pytest.fixture
def reading(metadata: MetadataReader) -> Callable[[Path], Stated]:
    def read(path: Path) -> Stated:
        (facts,) = metadata.read([path])
        assert isinstance(facts, MetadataFacts), facts
        return facts.stated

    return read


@pytest.mark.parametrize("fact", TEXTS)
def test_each_tag_that_states_a_text_is_read_and_the_first_of_them_counts(
    fact: str, photo: Path, reading: Callable[[Path], Stated]
) -> None:
    for written, _ in reversed(TEXTS[fact]):
        describe(photo, f"{written}=Größe by {written}")
        assert getattr(reading(photo), fact) == f"Größe by {written}"
    assert [source.tags[0] for source in SOURCES[fact]][: len(TEXTS[fact])] == [tag for _, tag in TEXTS[fact]]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (["XMP-xmp:Rating=4"], Stated(rating=4)),
        (["XMP-xmp:Rating=-1"], Stated(rating=0, flag=Flag.REJECT)),
        (["XMP-xmp:Rating=0", "EXIF:Rating=3"], Stated(rating=0)),
        (["XMP-microsoft:RatingPercent=75"], Stated(rating=4)),
        (["EXIF:Rating=2", "EXIF:RatingPercent=99"], Stated(rating=2)),
        (["EXIF:RatingPercent=99"], Stated(rating=5)),
        (["XMP-xmp:Label=Red"], Stated(label=Label.RED)),
        (["XMP-xmp:Label=Grün", "XMP-digiKam:ColorLabel=1"], Stated(label=Label.GREEN)),
        (["XMP-digiKam:ColorLabel=6"], Stated(label=Label.PURPLE)),
        (["XMP-xmp:Label=Winner"], Stated()),
        (["XMP-digiKam:PickLabel=3"], Stated(flag=Flag.PICK)),
        (["XMP-digiKam:PickLabel=1"], Stated(flag=Flag.REJECT)),
        (["XMP-digiKam:PickLabel=2"], Stated()),
        (["XMP-dc:Subject=a", "XMP-dc:Subject=1.50", "XMP-dc:Subject=2023"], Stated(tags=("a", "1.50", "2023"))),
        (["IPTC:Keywords=Übung"], Stated(tags=("Übung",))),
        (["EXIF:XPKeywords=one;two words"], Stated(tags=("one", "two words"))),
        (["XMP-lr:HierarchicalSubject=places|paris"], Stated(tags=("places/paris",))),
        (["XMP-digiKam:TagsList=places/paris", "XMP-dc:Subject=paris"], Stated(tags=("places/paris",))),
        (["XMP-dc:Creator=Doe, Jane", "XMP-dc:Creator=Ben"], Stated(creator="Doe, Jane; Ben")),
        (["XMP-photoshop:City=Paris", "XMP-photoshop:Country=France"], Stated(place="Paris, France")),
        (
            ["IPTC:Sub-location=Rue X", "IPTC:City=Paris", "IPTC:Country-PrimaryLocationName=Paris"],
            Stated(place="Rue X, Paris"),
        ),
        (["XMP-iptcExt:LocationShownCity=Lyon"], Stated(place="Lyon")),
        (["EXIF:ImageDescription=OLYMPUS DIGITAL CAMERA         "], Stated()),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_programs_write_is_understood(
    written: list[str], expected: Stated, photo: Path, reading: Callable[[Path], Stated]
) -> None:
    assert reading(describe(photo, *written)) == expected


def test_a_photo_of_the_corpus_states_all_that_stands_in_it(reading: Callable[[Path], Stated], corpus: Path) -> None:
    said = [reading(path) for path in sorted((corpus / "photos" / "cameras").rglob("*")) if path.is_file()]
    square = next(each for each in said if each.title == "Blue Square Test File - .jpg")
    assert square.tags == ("XMP", "Blue Square", "test file", "Photoshop", ".jpg")
    soldiers = next(each for each in said if each.creator == "SSG KYLE DAVIS")
    assert soldiers.place == "KANDAHAR ARMY AIRFIELD, DAYCHOPAN, Afghanistan"
    assert (soldiers.description or "").startswith("Operation Mountain Viper")
    assert not any("DIGITAL CAMERA" in (each.description or "") for each in said)


@pytest.mark.parametrize("name", ["full.mp3", "full.m4a", "full.flac", "full.ogg", "full.opus", "full.wma", "full.ape"])
def test_a_sound_states_its_title_and_its_artist(name: str, reading: Callable[[Path], Stated]) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the corpus is not here")
    said = reading(CORPUS / "formats" / "audio" / name)
    assert (said.title, said.creator) == ("full", "the artist")


@pytest.mark.parametrize("ending", ["mkv", "mp4", "mov", "avi"])
def test_a_video_states_its_title_and_its_author(
    ending: str, tmp_path: Path, reading: Callable[[Path], Stated]
) -> None:
    path = tmp_path / f"film.{ending}"
    with av.open(str(path), "w") as container:
        container.metadata.update(title="Der Film", artist="Anna", comment="Im Garten", keywords="a,b")
        stream = container.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        frame = av.VideoFrame.from_image(Image.new("RGB", (64, 64)))
        container.mux([*stream.encode(frame), *stream.encode()])
    said = reading(path)
    assert (said.title, said.creator, said.description) == ("Der Film", "Anna", "Im Garten")
    assert said.tags == (("a", "b") if ending in ("mkv", "mp4") else ())


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"XMP:HierarchicalSubject": ["a", "a|b", "a|b|c"]}, ("a/b/c",)),
        ({"XMP:TagsList": ["a/b/c", "a/x"], "XMP:Subject": ["c", "x", "a", "d"]}, ("a/b/c", "a/x", "d")),
        ({"XMP:TagsList": "A/B", "XMP:HierarchicalSubject": "a|b", "XMP:Subject": "b"}, ("A/B",)),
        ({"XMP:HierarchicalSubject": "music|AC/DC", "XMP:Subject": ["AC/DC", "b/w"]}, ("music/AC/DC", "b/w")),
        ({"XMP:Subject": ["AC/DC", "and/", "/", "//", "|", " x ", "x"]}, ("AC/DC", "and", "x")),
        ({"XMP:Subject": "places|paris"}, ("places/paris",)),
        ({"XMP:Subject": ["Café", "cafe\u0301", "CAFÉ"]}, ("Café",)),
        ({"XMP:Subject": "x" * 70, "IPTC:Keywords": "x" * 64}, ("x" * 70,)),
        ({"XMP:TagsList": "a/" + "y" * 70, "IPTC:Keywords": "y" * 64}, ("a/" + "y" * 70,)),
        ({"IPTC:Keywords": "z" * 64}, ("z" * 64,)),
        ({"XMP:Subject": [True, 7, None, {"a": 1}, ["nested"], WrittenNumber.of("1.10")]}, ("true", "7", "1.10")),
        ({"XMP:Subject": ["\0a", "b\0c", "d\ne", "\ud800f", "\u202egpj"]}, ("b", "d e", "?f", "\u202egpj")),
        ({"XMP:Subject": "x" * 1001}, ()),
    ],
)
def test_keywords_become_tags_each_once(tags: dict[str, object], expected: tuple[str, ...]) -> None:
    assert keywords(tags) == expected
    assert all(map(is_name, keywords(tags)))


def test_a_file_with_a_million_keywords_costs_little_and_brings_a_thousand() -> None:
    begun = time.process_time()
    tags: dict[str, object] = {"XMP:Subject": [f"{'k' * 50}{number:012}" for number in range(1_000_000)]}
    tags["XMP:TagsList"] = ["/".join("abcdefgh") * 100 + str(number) for number in range(100_000)]
    assert len(keywords(tags)) == MOST
    assert time.process_time() - begun < 5


def test_keywords_that_nearly_stand_in_one_another_cost_little() -> None:
    deep = "/".join("ab" * 240)
    tags: dict[str, object] = {
        "XMP:TagsList": [f"{deep}/{number:04}" for number in range(3_000)],
        "XMP:Subject": [f"{'a/' * 29}{number:04}" for number in range(3_000)],
    }
    began = time.process_time()
    assert len(keywords(tags)) > 100
    assert time.process_time() - began < 5  # it was 45 s


NONSENSE: list[object] = [
    None, "", " ", "\0", "\0hidden", [], [[]], {}, {"a": "b"}, True, -2, 6, 99, 1e300, "nan", "inf", "99", "-7", "½",
    "9" * 1_000_000, "x" * 1_000_000, "\n" * 1_000_000, ["x"] * 100_000, [None, 3, "y"], "\ud800", 10**30,
    "(Binary data 1378 bytes, use -b option to extract)",
]  # fmt: skip


@pytest.mark.parametrize("value", NONSENSE, ids=lambda value: ascii(value)[:20])
def test_nonsense_is_cut_or_ignored(value: object) -> None:
    every = {tag for sources in SOURCES.values() for source in sources for tag in source.tags}
    tags = dict.fromkeys(every, value)
    said = stated(tags)
    assert said.rating in (None, *range(6))
    for text, most in ((said.title, 1000), (said.creator, 1000), (said.place, 1000), (said.description, 100_000)):
        assert text is None or (0 < len(text) <= most and "\0" not in text and text == text.strip())
        assert text is None or text.encode()
    assert len(words_of(dict.fromkeys(["XMP:Headline", "ID3:Album"], value))) <= 20_000
    lens = lens_of({"EXIF:LensModel": value})
    assert lens is None or (0 < len(lens) <= 200 and lens.encode())
    assert (iso_of({"EXIF:ISO": value}) or 1) > 0


@pytest.mark.parametrize(
    ("rating", "expected"), [(3.5, 4), ("4", 4), (0.4, 0), (5.01, None), (99, None), (-1, 0), (-0.5, 0), ("nan", None)]
)
def test_a_rating_is_a_number_of_stars_or_none(rating: object, expected: int | None) -> None:
    assert stated({"XMP:Rating": rating}).rating == expected


@pytest.mark.parametrize(
    ("percent", "stars"), [(0, 0), (1, 1), (25, 2), (50, 3), (75, 4), (99, 5), (100, 5), (101, None)]
)
def test_percents_are_stars_as_windows_counts_them(percent: int, stars: int | None) -> None:
    assert stated({"XMP:RatingPercent": percent}).rating == stars


def test_the_names_of_labels_are_compared_without_case() -> None:
    assert all(name == name.casefold() for name in LABELS)
    assert {LABELS["to do"], LABELS["lila"]} == {Label.PURPLE}


def test_what_a_companion_says_counts_before_what_the_file_says() -> None:
    companion = Stated(title="C", rating=0, tags=("c",))
    file = Stated(title="F", description="F", rating=5, tags=("f",), flag=Flag.PICK)
    assert over(companion, file) == Stated(title="C", description="F", rating=0, tags=("c",), flag=Flag.PICK)
    assert over(Stated(), file) == file


def test_a_place_on_earth_is_two_numbers() -> None:
    tags: dict[str, object] = {"Composite:GPSLatitude": 48.85, "Composite:GPSLongitude": -2}
    assert position_of(tags) == (48.85, -2.0)
    for wrong in (None, "48", 91, float("nan"), float("inf"), True, [1]):
        assert position_of({**tags, "Composite:GPSLatitude": wrong}) is None
    assert position_of({**tags, "Composite:GPSLongitude": -181}) is None


def test_words_of_the_metadata_stand_in_one_line_and_once() -> None:
    tags = {"XMP:Headline": "Enduring\nFreedom", "IPTC:Headline": "Enduring Freedom", "IPTC:City": "Rome", "A:B": "no"}
    assert words_of(tags) == "Enduring Freedom Rome"
