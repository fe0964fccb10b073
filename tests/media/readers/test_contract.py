"""What every reader promises, for every row of the registry that can be made here or found in the corpus."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from keeproom.errors import ReaderFailedError, UnreadableMediaError
from keeproom.media.formats import FORMATS
from keeproom.media.pictures import PictureReader
from keeproom.media.previews import PreviewReader
from keeproom.model import THUMBNAIL_SIZES, FileType, Kind
from tests.media.dng import write_dng

IMAGES = {
    "jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP", "tiff": "TIFF", "bmp": "BMP", "avif": "AVIF",
    "jpeg2000": "JPEG2000", "pnm": "PPM", "ico": "ICO",
}  # fmt: skip
VIDEOS = {  # codec, container
    "mp4": ("mpeg4", "mp4"), "mov": ("mpeg4", "mov"), "3gp": ("mpeg4", "3gp"), "matroska": ("mpeg4", "matroska"),
    "webm": ("libvpx", "webm"), "avi": ("mpeg4", "avi"), "mpeg": ("mpeg1video", "mpeg"), "flv": ("flv", "flv"),
    "mpegts": ("mpeg2video", "mpegts"), "wmv": ("wmv2", "asf"), "ogv": ("libvpx", "ogg"),
}  # fmt: skip
SOUNDS = {
    "mp3": ("libmp3lame", "mp3"), "flac": ("flac", "flac"), "ogg": ("libopus", "ogg"), "m4a": ("aac", "ipod"),
    "aac": ("aac", "adts"), "wav": ("pcm_s16le", "wav"), "aiff": ("pcm_s16be", "aiff"), "wma": ("wmav2", "asf"),
    "mka": ("libopus", "matroska"), "wavpack": ("wavpack", "wv"), "tta": ("tta", "tta"), "caf": ("pcm_s16be", "caf"),
    "amr": ("libopencore_amrnb", "amr"),
}  # fmt: skip
FOUND = {
    "heif": "photos/cameras/IMG_5195.HEIC",
    "ape": "formats/audio/full.ape",
    "musepack": "formats/audio/full.mpc",
    "dsf": "formats/audio/full.dsf",
    "pdf": "formats/smallest/pdf.pdf",
}
NOT_TO_BE_HAD = {row.name for row in FORMATS.values() if row.is_raw and row.name != "dng"}
"""Makers' own raw formats: read by the reader that reads DNG, and known by their first bytes (test_sniffing)."""
SAMPLES = [(name, name) for name in FORMATS if name not in NOT_TO_BE_HAD]
BOX = (150, 100)


@pytest.fixture
def sample(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    scene: Callable[..., Image.Image],
    make_video: Callable[..., Path],
    make_sound: Callable[..., Path],
) -> Path:
    name: str = request.param
    path = tmp_path / f"sample.{FORMATS[name].extensions[0]}"
    if name in IMAGES:
        scene(640, 480).save(path, IMAGES[name])
    elif name in VIDEOS:
        codec, container = VIDEOS[name]
        make_video(path, [scene(352, 288)] * 15, codec, container)
    elif name in SOUNDS:
        codec, container = SOUNDS[name]
        make_sound(path, codec, container, rate=8000 if name == "amr" else 48000)
    elif name == "dng":
        write_dng(path, scene(640, 480))
    else:
        path = request.getfixturevalue("corpus") / FOUND[name]
    return path


@pytest.mark.parametrize(("sample", "name"), SAMPLES, indirect=["sample"])
def test_every_format_is_known_by_content_and_read(
    sample: Path, name: str, pictures: PictureReader, type_of: Callable[[Path], FileType | None], tmp_path: Path
) -> None:
    row, found = FORMATS[name], type_of(sample)
    assert found == FileType(row.kind, row.mime, name)
    picture = pictures.read(sample, name)
    facts = picture.facts
    assert facts.codecs
    assert facts.tool
    if row.kind in {Kind.IMAGE, Kind.DOCUMENT}:
        assert facts.duration_s is None
    else:
        assert facts.duration_s is not None
        assert 0.05 < facts.duration_s < 60
    if row.kind is Kind.AUDIO:
        assert facts.width is None
        return
    assert facts.width is not None
    assert facts.height is not None
    assert facts.colour is not None
    assert set(picture.thumbnails) == set(THUMBNAIL_SIZES)
    for size, data in picture.thumbnails.items():
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
            image.load()
            assert image.mode == "RGB"
            assert max(image.size) == min(size, max(facts.width, facts.height))
            assert abs(image.width / image.height - facts.width / facts.height) < 0.02
            assert not image.info.get("icc_profile")
            assert not image.getexif()


@pytest.mark.parametrize(("sample", "name"), SAMPLES, indirect=["sample"])
def test_every_format_is_shown_in_a_box_as_large_as_its_facts_say(
    sample: Path, name: str, pictures: PictureReader, previews: PreviewReader
) -> None:
    facts = pictures.read(sample, name).facts
    if FORMATS[name].kind is Kind.AUDIO:
        with pytest.raises(UnreadableMediaError, match="no cover"):
            previews.read(sample, name, BOX)
        return
    assert facts.width is not None
    assert facts.height is not None
    whole = previews.read(sample, name, (0, 0))
    assert (whole.width, whole.height) == (whole.full_width, whole.full_height) == (facts.width, facts.height)
    small = previews.read(sample, name, BOX)
    assert (small.full_width, small.full_height) == (facts.width, facts.height)
    assert small.width == BOX[0] or small.height == BOX[1]
    assert small.width <= BOX[0]
    assert small.height <= BOX[1]
    assert abs(small.width / small.height - facts.width / facts.height) < 0.02
    assert not small.has_alpha
    assert len(small.pixels) == 4 * small.width * small.height


@pytest.mark.parametrize(("sample", "name"), [(n, n) for n in (*IMAGES, *VIDEOS, *SOUNDS, "dng")], indirect=["sample"])
def test_every_format_cut_in_half_reads_or_says_why(
    sample: Path, name: str, pictures: PictureReader, previews: PreviewReader, tmp_path: Path
) -> None:
    half = tmp_path / "half"
    half.write_bytes(sample.read_bytes()[: sample.stat().st_size // 2])
    for read in (lambda: pictures.read(half, name), lambda: previews.read(half, name, BOX)):
        failure = None
        try:
            read()
        except UnreadableMediaError as error:
            failure = error
        assert not isinstance(failure, ReaderFailedError)
        assert str(tmp_path) not in str(failure)
