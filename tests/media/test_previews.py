"""Pictures for the viewer: their pixels, what moves, and files that would take a reader down."""

from __future__ import annotations

import os
import struct
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from keeproom.errors import CancelledError, ReaderFailedError, UnreadableMediaError
from keeproom.media.messages import animation_frame, animation_of, preview_frame, preview_of
from keeproom.media.previews import PreviewReader
from keeproom.media.readers.previews import MAX_PIXELS, fitted
from keeproom.media.spawner import reader_command
from keeproom.media.wire import Frame, WireError
from keeproom.model import Preview, PreviewFrame

Scene = Callable[..., Image.Image]
Pixel = tuple[int, ...]

QUARTERS = [(200, 30, 30), (30, 200, 30), (30, 30, 200), (200, 200, 30)]


def pixel(preview: Preview, x: float, y: float) -> Pixel:
    """Red, green, blue and the fourth byte, as they are stored."""
    at = 4 * (int(preview.height * y) * preview.width + int(preview.width * x))
    blue, green, red, fourth = preview.pixels[at : at + 4]
    return red, green, blue, fourth


def quarters(preview: Preview) -> list[Pixel]:
    return [pixel(preview, x, y) for y in (0.25, 0.75) for x in (0.25, 0.75)]


def near(found: Sequence[Pixel], expected: Sequence[Pixel], within: int = 8) -> bool:
    pairs = zip(found, expected, strict=True)
    return all(abs(a - b) <= within for one, other in pairs for a, b in zip(one, other, strict=False))


@pytest.mark.parametrize(
    ("size", "box", "expected"),
    [
        ((6000, 4000), (1920, 1200), (1800, 1200)),
        ((4000, 6000), (1920, 1200), (800, 1200)),
        ((100, 50), (1920, 1200), (100, 50)),
        ((6000, 4000), (0, 0), (6000, 4000)),
        ((10000, 1), (100, 100), (100, 1)),
        ((30000, 30000), (0, 0), (8000, 8000)),
    ],
)
def test_a_picture_fits_into_its_box(size: tuple[int, int], box: tuple[int, int], expected: tuple[int, int]) -> None:
    assert fitted(size, box) == expected
    assert expected[0] * expected[1] <= MAX_PIXELS


@pytest.mark.parametrize(("name", "row"), [("a.jpg", "jpeg"), ("a.tif", "tiff"), ("a.webp", "webp"), ("a.png", "png")])
@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("box", [(0, 0), (300, 100), (20, 300)])
def test_it_is_upright(
    box: tuple[int, int], orientation: int, name: str, row: str, scene: Scene, previews: PreviewReader, tmp_path: Path
) -> None:
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Image.Transpose that undoes EXIF's number
    upright = scene(800, 400)
    stored = upright.transpose(Image.Transpose(back[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(tmp_path / name, exif=exif)
    shown = previews.read(tmp_path / name, row, box)
    assert (shown.width, shown.height) == {(0, 0): (800, 400), (300, 100): (200, 100), (20, 300): (20, 10)}[box]
    assert (shown.full_width, shown.full_height) == (800, 400)
    assert near(quarters(shown), QUARTERS, 12)
    assert {colour[3] for colour in quarters(shown)} == {255}


@pytest.mark.parametrize("size", [(1601, 1067), (1067, 1601), (999, 7)])
def test_a_jpeg_of_odd_sides_is_decoded_small_and_has_its_shape(
    size: tuple[int, int], scene: Scene, previews: PreviewReader, tmp_path: Path
) -> None:
    scene(*size).save(tmp_path / "a.jpg")
    shown = previews.read(tmp_path / "a.jpg", "jpeg", (400, 400))
    assert (shown.width, shown.height) == fitted(size, (400, 400))
    assert (shown.full_width, shown.full_height) == size


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_is_weighted_by_its_alpha(mode: str, previews: PreviewReader, tmp_path: Path) -> None:
    image = Image.new("RGBA", (80, 40), (200, 200, 200, 0))
    image.paste((200, 200, 200, 128), (40, 0, 80, 40))
    path = tmp_path / "a.png"
    if mode == "P":
        image = Image.new("P", (80, 40), 7)
        image.paste(1, (40, 0, 80, 40))
        image.putpalette(bytes(768))
        image.save(path, transparency=7)
    else:
        image.convert(mode).save(path)
    for box in ((0, 0), (20, 20)):
        shown = previews.read(path, "png", box)
        assert shown.has_alpha
        assert pixel(shown, 0.25, 0.5) == (0, 0, 0, 0)
        if mode in {"RGBA", "LA"}:
            assert near([pixel(shown, 0.75, 0.5)], [(100, 100, 100, 128)], 2)


def test_alpha_that_hides_nothing_is_none(scene: Scene, previews: PreviewReader, tmp_path: Path) -> None:
    scene().convert("RGBA").save(tmp_path / "a.png")
    shown = previews.read(tmp_path / "a.png", "png", (0, 0))
    assert not shown.has_alpha
    assert near(quarters(shown), [(*colour, 255) for colour in QUARTERS])


def test_colours_are_brought_to_srgb(previews: PreviewReader, tmp_path: Path) -> None:
    """A profile in which sRGB's red is another number: what is shown is what the profile means."""
    lab = ImageCms.createProfile("LAB")
    srgb = ImageCms.createProfile("sRGB")
    picture = Image.new("RGB", (40, 40), (180, 90, 60))
    to_lab = ImageCms.buildTransform(srgb, lab, "RGB", "LAB")
    in_lab = ImageCms.applyTransform(picture, to_lab)
    assert in_lab is not None
    in_lab.save(tmp_path / "a.tif")
    shown = previews.read(tmp_path / "a.tif", "tiff", (0, 0))
    assert near([pixel(shown, 0.5, 0.5)], [(180, 90, 60)], 4)


@pytest.mark.parametrize("mode", ["1", "L", "I;16", "I", "F", "CMYK", "YCbCr"])
def test_pictures_of_every_mode_are_shown(mode: str, previews: PreviewReader, tmp_path: Path) -> None:
    image = Image.new("L", (80, 40), 0)
    image.paste(255, (40, 0, 80, 40))
    image = image.convert(mode)
    image.save(tmp_path / "a.tif")
    for box in ((0, 0), (20, 20)):
        shown = previews.read(tmp_path / "a.tif", "tiff", box)
        left, right = pixel(shown, 0.25, 0.5), pixel(shown, 0.75, 0.5)
        assert max(left[:3]) <= max(right[:3])
        assert left[3] == right[3] == 255


def _huge_png(path: Path, side: int) -> Path:
    """A picture of side × side grey pixels that says so truly, in some hundred kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(1)
    row = bytes(1 + 3 * side)
    data = b"".join(packer.compress(row) for _ in range(200)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b""))
    return path


def test_a_picture_too_large_to_decode_is_refused_before_it_is_decoded(previews: PreviewReader, tmp_path: Path) -> None:
    path = _huge_png(tmp_path / "huge.png", 30_000)
    with pytest.raises(UnreadableMediaError, match="900 megapixels") as caught:
        previews.read(path, "png", (1920, 1200))
    assert not isinstance(caught.value, ReaderFailedError)


def test_a_jpeg_of_900_megapixels_is_shown(previews: PreviewReader, tmp_path: Path) -> None:
    """libjpeg makes it small while it decodes."""
    Image.new("L", (30_000, 30_000), 90).save(tmp_path / "huge.jpg", quality=30)
    shown = previews.read(tmp_path / "huge.jpg", "jpeg", (640, 480))
    assert (shown.width, shown.height, shown.full_width, shown.full_height) == (480, 480, 30_000, 30_000)


def _frames(count: int, size: tuple[int, int]) -> list[Image.Image]:
    return [Image.new("RGB", size, (250 * number // max(1, count - 1), 60, 200)) for number in range(count)]


@pytest.mark.parametrize(("name", "row"), [("a.gif", "gif"), ("a.webp", "webp"), ("a.png", "png"), ("a.avif", "avif")])
def test_animations_come_with_all_pictures_and_their_times(
    name: str, row: str, previews: PreviewReader, tmp_path: Path
) -> None:
    first, *rest = _frames(4, (64, 32))
    first.save(tmp_path / name, save_all=True, append_images=rest, duration=[50, 120, 10, 200])
    frames = previews.read_frames(tmp_path / name, row, (32, 32))
    assert [frame.duration_ms for frame in frames] == [50, 120, 100, 200]
    assert {(frame.preview.width, frame.preview.height, frame.preview.full_width) for frame in frames} == {(32, 16, 64)}
    assert near([pixel(frame.preview, 0.5, 0.5) for frame in frames], [(250 * n // 3, 60, 200) for n in range(4)], 14)


def test_the_picture_for_those_that_show_no_animation_is_left_out(previews: PreviewReader, tmp_path: Path) -> None:
    first, *rest = _frames(3, (64, 32))
    first.save(tmp_path / "a.png", save_all=True, append_images=rest, duration=50, default_image=True)
    assert len(previews.read_frames(tmp_path / "a.png", "png", (0, 0))) == 2


@pytest.mark.parametrize(("name", "row"), [("a.gif", "gif"), ("a.png", "png"), ("a.jpg", "jpeg"), ("a.tif", "tiff")])
def test_what_stands_still_has_no_frames(
    name: str, row: str, scene: Scene, previews: PreviewReader, tmp_path: Path
) -> None:
    if row == "tiff":  # pages are no animation
        scene().save(tmp_path / name, save_all=True, append_images=[scene()])
    else:
        scene().save(tmp_path / name)
    assert previews.read_frames(tmp_path / name, row, (0, 0)) == ()


def test_an_animation_is_made_smaller_until_it_fits_into_its_room(previews: PreviewReader, tmp_path: Path) -> None:
    first, *rest = _frames(20, (400, 300))
    first.save(tmp_path / "a.gif", save_all=True, append_images=rest, duration=50)
    room = 20 * 4 * 200 * 150
    frames = previews.read_frames(tmp_path / "a.gif", "gif", (0, 0), room_bytes=room)
    assert (frames[0].preview.width, frames[0].preview.full_width) == (200, 400)
    assert sum(len(frame.preview.pixels) for frame in frames) <= room
    with pytest.raises(UnreadableMediaError, match="20 pictures: too many"):
        previews.read_frames(tmp_path / "a.gif", "gif", (0, 0), room_bytes=20 * 4 * 50 * 40)


def test_an_animation_that_breaks_off_says_so(previews: PreviewReader, tmp_path: Path) -> None:
    first, *rest = [Image.effect_noise((200, 200), 90) for _ in range(4)]
    first.save(tmp_path / "a.png", save_all=True, append_images=rest, duration=50)
    data = (tmp_path / "a.png").read_bytes()
    (tmp_path / "a.png").write_bytes(data[: len(data) * 2 // 3])
    with pytest.raises(UnreadableMediaError):
        previews.read_frames(tmp_path / "a.png", "png", (0, 0))


def test_a_video_s_frame_and_a_sound_s_cover_are_shown(
    scene: Scene, make_video: Callable[..., Path], corpus: Path, previews: PreviewReader, tmp_path: Path
) -> None:
    video = make_video(tmp_path / "a.mp4", [scene(352, 288)] * 15)
    shown = previews.read(video, "mp4", (176, 1000))
    assert (shown.width, shown.height, shown.full_width, shown.full_height) == (176, 144, 352, 288)
    assert near(quarters(shown), QUARTERS, 24)
    cover = previews.read(corpus / "formats" / "audio" / "image.flac", "flac", (0, 0))
    assert cover.width > 0
    with pytest.raises(UnreadableMediaError, match="no cover picture"):
        previews.read(corpus / "formats" / "audio" / "full.mp3", "mp3", (0, 0))


READ = "import os, sys, time; from keeproom.media.wire import *; read_frame(os.fdopen(os.dup(0), 'rb')); "
PLANTS = {
    "segfault": ("import ctypes; ctypes.string_at(0)", "crashed.*SIGSEGV"),
    "hang": ("time.sleep(1000)", "longer than 0.6 seconds"),
    "memory": ("hog = b'x' * (300 << 20); time.sleep(1000)", "more than 128 MiB"),
    "lies": (
        "os.write(1, pack(Frame(dict(width=9, height=9, has_alpha=False, full_width=9, full_height=9), (b'x',))))",
        "makes no sense",
    ),
}


@pytest.mark.parametrize("plant", PLANTS)
def test_a_reader_that_misbehaves_costs_one_picture(plant: str, scene: Scene, tmp_path: Path) -> None:
    """The first start misbehaves, the second is a real reader."""
    script, message = PLANTS[plant]
    scene().save(tmp_path / "a.jpg")
    marker, real = tmp_path / "started", reader_command("preview", 1 << 30)
    first = f"import os, pathlib; m = pathlib.Path({str(marker)!r})\n"
    first += f"if m.exists(): os.execv({real[0]!r}, {real!r})\nm.touch()\n"
    with PreviewReader(
        timeout_s=0.6, memory_bytes=128 << 20, command=[sys.executable, "-c", first + READ + script]
    ) as one:
        with pytest.raises(ReaderFailedError, match=message):
            one.read(tmp_path / "a.jpg", "jpeg", (0, 0))
        one._memory_bytes = one._driver._memory_bytes = 1 << 30
        one._timeout_s = 30
        assert one.read(tmp_path / "a.jpg", "jpeg", (0, 0)).width == 96


def test_a_decode_can_be_given_up(scene: Scene, tmp_path: Path) -> None:
    scene().save(tmp_path / "a.jpg")
    command = [sys.executable, "-c", "import time; time.sleep(1000)"]
    with PreviewReader(command=command) as reader, pytest.raises(CancelledError):
        reader.read(tmp_path / "a.jpg", "jpeg", (0, 0), cancelled=lambda: True)


def test_it_is_as_urgent_as_the_window_and_waits_for_no_slot(scene: Scene, tmp_path: Path) -> None:
    scene().save(tmp_path / "a.jpg")
    with PreviewReader() as reader:
        reader.warm()
        assert reader._driver._process is not None
        pid = reader._driver._process._popen.pid
        assert os.getpriority(os.PRIO_PROCESS, pid) == os.getpriority(os.PRIO_PROCESS, 0)
        reader.read(tmp_path / "a.jpg", "jpeg", (0, 0))
        assert reader._driver._process._popen.pid == pid


PREVIEW = Preview(2, 1, True, b"12345678", 4, 2)


def test_previews_come_back_from_their_frames() -> None:
    assert preview_of(preview_frame(PREVIEW)) == PREVIEW
    frames = (PreviewFrame(PREVIEW, 40), PreviewFrame(PREVIEW, 50))
    assert animation_of(animation_frame(frames)) == frames
    assert animation_of(animation_frame(())) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"width": 3},
        {"width": 0},
        {"height": -1},
        {"width": True},
        {"has_alpha": 1},
        {"full_width": 1},
        {"full_height": None},
    ],
)
def test_a_preview_that_lies_is_refused(change: dict[str, object]) -> None:
    frame = preview_frame(PREVIEW)
    with pytest.raises(WireError):
        preview_of(Frame({**frame.header, **change}, frame.payloads))
    with pytest.raises(WireError):
        preview_of(Frame(frame.header, ()))
    moving = animation_frame([PreviewFrame(PREVIEW, 40)])
    header = {**dict(frame.header), "duration_ms": 40, **change}
    with pytest.raises(WireError):
        animation_of(Frame({"frames": [header]}, moving.payloads))
    with pytest.raises(WireError):
        animation_of(Frame({"frames": [{**frame.header, "duration_ms": 0}]}, moving.payloads))
