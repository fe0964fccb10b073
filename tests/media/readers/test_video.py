"""Video: the frame that tells something, seen as it is meant to be seen; sound and its cover."""

from __future__ import annotations

import io
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest
from PIL import Image, ImageStat

from keeproom.errors import UnreadableMediaError
from keeproom.media.pictures import PictureReader
from keeproom.model import Picture

BLACK = Image.new("RGB", (320, 240))


def _thumbnail(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.thumbnails[512]), formats=["JPEG"])


def _contrast(picture: Picture) -> float:
    return ImageStat.Stat(_thumbnail(picture).convert("L")).stddev[0]


@pytest.mark.parametrize("keyframes", [5, 1000], ids=["many keyframes", "one keyframe"])
@pytest.mark.parametrize(("black", "scenes"), [(1, 30), (8, 22), (28, 6)])
def test_not_the_black_first_frame(
    black: int,
    scenes: int,
    keyframes: int,
    scene: Callable[..., Image.Image],
    make_video: Callable[..., Path],
    pictures: PictureReader,
    tmp_path: Path,
) -> None:
    def sparse(stream: av.VideoStream) -> None:
        stream.codec_context.gop_size = keyframes

    path = make_video(tmp_path / "a.mp4", [BLACK] * black + [scene(320, 240)] * scenes, before=sparse)
    picture = pictures.read(path, "mp4")
    assert _contrast(picture) > 20
    assert picture.facts.duration_s == pytest.approx((black + scenes) / 10, abs=0.2)
    assert picture.facts.codecs == ("mpeg4",)


def test_a_video_that_is_black_throughout_shows_black(
    make_video: Callable[..., Path], pictures: PictureReader, tmp_path: Path
) -> None:
    picture = pictures.read(make_video(tmp_path / "a.mp4", [BLACK] * 10), "mp4")
    assert picture.facts.colour == 0
    assert _thumbnail(picture).size == (320, 240)


@pytest.mark.parametrize(
    ("degrees", "size", "corner"),
    [(90, (240, 320), 2), (-90, (240, 320), 1), (180, (320, 240), 3), (0, (320, 240), 0)],
)
def test_the_display_matrix_is_applied(
    degrees: int,
    size: tuple[int, int],
    corner: int,
    scene: Callable[..., Image.Image],
    make_video: Callable[..., Path],
    pictures: PictureReader,
    tmp_path: Path,
) -> None:
    """The red quarter, stored at the top left, is seen in another corner: 0 top left, 1 top right, 2 and 3 below."""

    def turned(stream: av.VideoStream) -> None:
        stream.set_display_rotation(degrees)

    path = make_video(tmp_path / "a.mp4", [scene(320, 240)] * 10, before=turned)
    picture = pictures.read(path, "mp4")
    assert (picture.facts.width, picture.facts.height) == size
    image = _thumbnail(picture)
    assert image.size == size
    quarters = [(size[0] * x // 4, size[1] * y // 4) for y in (1, 3) for x in (1, 3)]
    pixels = [image.getpixel(place) for place in quarters]
    reds = [red > 150 and green < 80 for red, green, _ in pixels]  # type: ignore[misc, str-unpack]
    assert reds.index(True) == corner
    assert sum(reds) == 1


def test_pixels_that_are_not_square(
    scene: Callable[..., Image.Image], make_video: Callable[..., Path], pictures: PictureReader, tmp_path: Path
) -> None:
    def anamorphic(stream: av.VideoStream) -> None:
        stream.codec_context.sample_aspect_ratio = Fraction(4, 3)

    picture = pictures.read(make_video(tmp_path / "a.mkv", [scene(288, 216)] * 10, before=anamorphic), "matroska")
    assert (picture.facts.width, picture.facts.height) == (384, 216)
    assert _thumbnail(picture).size == (384, 216)


def test_a_broken_end_and_a_missing_index(
    scene: Callable[..., Image.Image], make_video: Callable[..., Path], pictures: PictureReader, tmp_path: Path
) -> None:
    for name, container, row in (("a.avi", "avi", "avi"), ("a.mkv", "matroska", "matroska")):
        path = make_video(tmp_path / name, [scene(320, 240)] * 40, container=container)
        path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
        picture = pictures.read(path, row)
        assert _contrast(picture) > 20
        assert picture.facts.duration_s is not None


def test_a_length_that_nobody_wrote_is_counted(
    scene: Callable[..., Image.Image], make_video: Callable[..., Path], pictures: PictureReader, tmp_path: Path
) -> None:
    """A Matroska stream that was written to a pipe has no duration."""
    pipe = io.BytesIO()
    pipe.seekable = lambda: False  # type: ignore[method-assign]
    with av.open(pipe, "w", format="matroska", options={"live": "1"}) as output:
        stream = output.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for _ in range(30):
            output.mux(stream.encode(av.VideoFrame.from_image(scene(320, 240))))
        output.mux(stream.encode())
    (tmp_path / "a.mkv").write_bytes(pipe.getvalue())
    picture = pictures.read(tmp_path / "a.mkv", "matroska")
    assert picture.facts.duration_s == pytest.approx(3, abs=0.3)
    assert _contrast(picture) > 20


def test_a_video_container_with_sound_alone(
    make_sound: Callable[..., Path], pictures: PictureReader, tmp_path: Path
) -> None:
    picture = pictures.read(make_sound(tmp_path / "a.mp4", "aac", "mp4"), "mp4")
    assert picture.facts.codecs == ("aac",)
    assert picture.facts.duration_s == pytest.approx(1, abs=0.2)
    assert not picture.thumbnails


def test_only_the_demuxers_of_the_format_are_used(
    make_sound: Callable[..., Path], pictures: PictureReader, tmp_path: Path
) -> None:
    wav = make_sound(tmp_path / "a.wav", "pcm_s16le", "wav")
    with pytest.raises(UnreadableMediaError):
        pictures.read(wav, "mp4")
    playlist = tmp_path / "list.mp4"
    playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{wav}\n#EXT-X-ENDLIST\n")
    with pytest.raises(UnreadableMediaError):
        pictures.read(playlist, "mp4")


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("image.mp3", "mp3"),
        ("image.flac", "flac"),
        ("image.m4a", "m4a"),
        ("image.ogg", "ogg"),
        ("image_unknown_type.mp3", "mp3"),
    ],
)
def test_cover_art(name: str, row: str, corpus: Path, pictures: PictureReader) -> None:
    picture = pictures.read(corpus / "formats/audio" / name, row)
    assert set(picture.thumbnails) == {512, 256}
    assert picture.facts.colour is not None
    assert picture.facts.width is None


def test_sound_that_cannot_be_decoded_fails(
    make_sound: Callable[..., Path], pictures: PictureReader, tmp_path: Path
) -> None:
    path = make_sound(tmp_path / "a.flac", "flac", "flac")
    data = path.read_bytes()
    path.write_bytes(data[:100] + bytes(len(data) - 100))
    with pytest.raises(UnreadableMediaError):
        pictures.read(path, "flac")
