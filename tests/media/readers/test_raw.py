"""Camera raw files, written by hand: the camera's preview first, the sensor's values else."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from keeproom.errors import ReaderFailedError, UnreadableMediaError
from keeproom.media.pictures import PictureReader
from keeproom.media.previews import PreviewReader
from keeproom.model import CaptureTime, Picture, Preview
from tests.media.dng import write_dng

Scene = Callable[..., Image.Image]
Colour = tuple[int, int, int]

QUARTERS = [(200, 30, 30), (30, 200, 30), (30, 30, 200), (200, 200, 30)]
PRIMARIES = [(200, 30, 30), (30, 200, 30), (30, 30, 200), (230, 150, 40)]
GREYS = [(20, 20, 20), (90, 90, 90), (160, 160, 160), (240, 240, 240)]
TURNED = {1: (0, 1, 2, 3), 3: (3, 2, 1, 0), 6: (2, 0, 3, 1), 8: (1, 3, 0, 2)}
"""Which quarter is seen where, by orientation."""


def image_of(picture: Picture | Preview) -> Image.Image:
    if isinstance(picture, Preview):
        return Image.frombytes("RGB", (picture.width, picture.height), picture.pixels, "raw", "BGRX")
    return Image.open(io.BytesIO(picture.thumbnails[512]), formats=["JPEG"])


def quarters(picture: Picture | Preview) -> list[Colour]:
    image = image_of(picture)
    places = [(x, y) for y in (0.25, 0.75) for x in (0.25, 0.75)]
    return [image.getpixel((int(image.width * x), int(image.height * y))) for x, y in places]  # type: ignore[misc]


def near(found: Sequence[Colour], expected: Sequence[Colour], within: int = 12) -> bool:
    pairs = zip(found, expected, strict=True)
    return all(abs(a - b) <= within for one, other in pairs for a, b in zip(one, other, strict=True))


def brightest(colours: Sequence[Colour]) -> list[int]:
    """The channel that stands out of each colour: what development keeps of saturated ones."""
    return [colour.index(max(colour)) for colour in colours]


@pytest.mark.parametrize("orientation", TURNED)
def test_the_camera_s_preview_is_shown_upright(
    orientation: int, scene: Scene, pictures: PictureReader, previews: PreviewReader, tmp_path: Path
) -> None:
    path = write_dng(tmp_path / "a.dng", scene(96, 64, GREYS), scene(480, 320), orientation=orientation)
    expected = [QUARTERS[quarter] for quarter in TURNED[orientation]]
    seen = (64, 96) if orientation > 4 else (96, 64)
    picture = pictures.read(path, "dng")
    assert (picture.facts.width, picture.facts.height) == seen
    assert near(quarters(picture), expected)
    shown = previews.read(path, "dng", (0, 0))
    assert (shown.width, shown.height) == ((320, 480) if orientation > 4 else (480, 320))
    assert near(quarters(shown), expected)


def test_a_preview_that_the_camera_turned_is_not_turned_again(
    scene: Scene, pictures: PictureReader, tmp_path: Path
) -> None:
    path = write_dng(tmp_path / "a.dng", scene(96, 64), scene(320, 480), orientation=6)
    assert near(quarters(pictures.read(path, "dng")), QUARTERS)


@pytest.mark.parametrize("small", [False, True], ids=["none", "small"])
@pytest.mark.parametrize("orientation", TURNED)
def test_the_sensor_s_values_are_developed_where_the_preview_is_too_small(
    small: bool, orientation: int, scene: Scene, pictures: PictureReader, previews: PreviewReader, tmp_path: Path
) -> None:
    preview = scene(30, 20, GREYS) if small else None
    path = write_dng(tmp_path / "a.dng", scene(240, 160, PRIMARIES), preview, orientation=orientation)
    expected = brightest([PRIMARIES[quarter] for quarter in TURNED[orientation]])
    seen = (160, 240) if orientation > 4 else (240, 160)
    for box, size in (((0, 0), seen), ((60, 60), (40, 60) if orientation > 4 else (60, 40))):
        shown = previews.read(path, "dng", box)
        assert (shown.width, shown.height) == size
        assert (shown.full_width, shown.full_height) == seen
        assert brightest(quarters(shown)) == expected
    picture = pictures.read(path, "dng")
    assert (picture.facts.width, picture.facts.height) == seen
    assert brightest(quarters(picture)) == expected


def test_camera_and_time_are_told_at_once(scene: Scene, pictures: PictureReader, tmp_path: Path) -> None:
    path = write_dng(tmp_path / "a.dng", scene(), scene(480, 320), taken="2023:05:01 10:00:00")
    facts = pictures.read(path, "dng").facts
    assert facts.captured == CaptureTime(datetime(2023, 5, 1, 10))  # noqa: DTZ001 (a wall time)
    assert facts.camera == "Keeproom Test 1"
    assert facts.tool.startswith("LibRaw ")


def test_another_maker_s_raw_file_is_read_by_the_same_reader(
    scene: Scene, pictures: PictureReader, tmp_path: Path
) -> None:
    path = write_dng(tmp_path / "a.nef", scene(640, 480), scene(480, 320), version=False)
    assert near(quarters(pictures.read(path, "nef")), QUARTERS)


def test_what_is_no_raw_file_says_so(pictures: PictureReader, previews: PreviewReader, tmp_path: Path) -> None:
    path = tmp_path / "a.nef"
    path.write_bytes(b"II*\0\x08\0\0\0" + bytes(1000))
    for read in (lambda: pictures.read(path, "nef"), lambda: previews.read(path, "nef", (100, 100))):
        with pytest.raises(UnreadableMediaError, match="begins like NEF raw, but it is damaged") as caught:
            read()
        assert not isinstance(caught.value, ReaderFailedError)


def test_the_decoder_is_imported_only_when_such_a_file_comes(scene: Scene, tmp_path: Path) -> None:
    """It brings numpy, which costs as much as the rest of a reader's start."""
    scene().save(tmp_path / "a.jpg")
    raw = write_dng(tmp_path / "a.dng", scene())
    with PictureReader(None) as reader:
        reader.read(tmp_path / "a.jpg", "jpeg")
        assert reader._driver._process is not None
        maps = Path(f"/proc/{reader._driver._process._popen.pid}/maps")
        assert not {"rawpy", "pdfium", "numpy"} & {
            name for name in ("rawpy", "pdfium", "numpy") if name in maps.read_text()
        }
        reader.read(raw, "dng")
        assert "rawpy" in maps.read_text()
