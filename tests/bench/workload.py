"""The files that benchmarks import: photos and videos as a camera makes them, the same every time, made once and kept.

Their pictures are noise with equal strength in every octave, as photographs have it (power falls with the square of
frequency), finer in some places than in others, under broad light and shade. At JPEG quality 87 that gives 1.5 bits a
pixel, 1.8 MB for 9.5 Mpix, as the real photos had that the targets were measured on.
"""

from __future__ import annotations

import functools
import os
import random
import shutil
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import av
import platformdirs
from PIL import ExifTags, Image, ImageChops

RECIPE = 2
"""Counted up when other bytes are made, so that no old folder is taken for a new one."""

PIXELS = (2, 3, 5, 8, 8, 8, 10, 12, 12, 12, 24)
"""Sizes of photos in millions of pixels, in turn; their mean is 9.5."""

LARGE_PIXELS = (12, 16, 20, 24)

CAMERAS = (
    ("Canon", "Canon EOS R6"),
    ("NIKON CORPORATION", "NIKON Z 6_2"),
    ("FUJIFILM", "X-T30"),
    ("Apple", "iPhone 14"),
)
FIRST_DAY = datetime(2023, 5, 1, 8, 0)  # noqa: DTZ001  (a camera's wall clock)
A_FOLDER = 40
TEXTURE = (6144, 4096)
OCTAVES = 11
FINENESS = (0.3, 0.6, 0.85, 1.2)
"""How strong the finest octave is, one texture each: from soft to sharp."""


@dataclass(frozen=True)
class Workload:
    """A folder of files to import."""

    folder: Path
    photos: int
    videos: int

    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    def size_bytes(self) -> int:
        return sum(file.stat().st_size for file in self.files())

    def warm(self) -> None:
        """Read every file once, so that no contender pays for the disk's first read."""
        for file in self.files():
            with file.open("rb", buffering=0) as stream:
                while stream.read(1 << 20):
                    pass


def bench_folder() -> Path:
    """Where benchmarks keep and do things: outside of the checkout, in the user's cache."""
    folder = Path(platformdirs.user_cache_dir("keeproom", appauthor=False)) / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def photos_and_videos(photos: int, videos: int, within: Path | None = None) -> Workload:
    """These many files, made in `within` (the bench folder) unless they are there from an earlier run."""
    folder = (within or bench_folder()) / f"files-{RECIPE}-{photos}-{videos}"
    if not folder.exists():
        print(f"Making {photos} photos and {videos} videos in {folder} (once)", flush=True)
        draft = folder.with_name(f"{folder.name}.{os.getpid()}")
        _make_all(draft, photos, videos)
        _publish(draft, folder)
    return Workload(folder, photos, videos)


def large_photos(count: int) -> list[Path]:
    """So many JPEGs of 12 to 24 megapixels at quality 92, made once and kept."""
    folder = bench_folder() / f"large-{RECIPE}-{count}"
    if not folder.exists():
        print(f"Making {count} large photos in {folder} (once)", flush=True)
        draft = folder.with_name(f"{folder.name}.{os.getpid()}")
        draft.mkdir()
        with ProcessPoolExecutor(os.cpu_count()) as makers:
            for task in [makers.submit(make_large_photo, draft, number) for number in range(count)]:
                task.result()
        _publish(draft, folder)
    return sorted(folder.iterdir())


def make_large_photo(folder: Path, number: int) -> Path:
    """One JPEG as the viewer is measured on."""
    chance = random.Random(f"large {number}")
    sides = _sides(LARGE_PIXELS[number % len(LARGE_PIXELS)] * 1_000_000, portrait=number % 5 == 4)
    file = folder / f"LARGE_{number:04}.JPG"
    _picture(sides, chance).save(file, quality=92, subsampling="4:2:0", exif=_exif(number, chance))
    return file


def _publish(draft: Path, folder: Path) -> None:
    try:
        draft.rename(folder)
    except OSError:
        if not folder.exists():
            raise
        shutil.rmtree(draft)


def _make_all(folder: Path, photos: int, videos: int) -> None:
    folder.mkdir()
    with ProcessPoolExecutor(os.cpu_count()) as makers:
        tasks = [makers.submit(make_photo, folder, number) for number in range(photos)]
        tasks += [makers.submit(make_video, folder, number) for number in range(videos)]
        for task in tasks:
            task.result()


def make_photo(folder: Path, number: int) -> Path:
    """One JPEG with a camera's EXIF, in a folder of its day."""
    chance = random.Random(number)
    file = _day(folder, number) / f"IMG_{number:04}.JPG"
    picture = _picture(_sides(PIXELS[number % len(PIXELS)] * 1_000_000, portrait=number % 4 == 0), chance)
    picture.save(file, quality=87, subsampling="4:2:0", exif=_exif(number, chance))
    return file


def make_video(folder: Path, number: int, size: tuple[int, int] = (1280, 720), frames: int = 120) -> Path:
    """Some seconds of a view that moves over a texture, a keyframe in each, as H.264 where this PyAV can, or MPEG-4."""
    chance = random.Random(f"video {number}")
    view = _picture((size[0] + 2 * frames, size[1] + frames), chance)
    file = _day(folder, number * A_FOLDER) / f"MVI_{number:04}.{('MP4', 'MOV')[number % 2]}"
    codec = "libx264" if "libx264" in av.codecs_available else "mpeg4"
    with av.open(str(file), "w") as container:
        stream = cast(av.VideoStream, container.add_stream(codec, rate=24))
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = *size, "yuv420p", 6_000_000
        stream.gop_size = 24
        for place in range(frames):
            frame = view.crop((2 * place, place, 2 * place + size[0], place + size[1]))
            container.mux(stream.encode(av.VideoFrame.from_image(frame)))
        container.mux(stream.encode())
    return file


def _day(folder: Path, number: int) -> Path:
    day = folder / f"{FIRST_DAY + timedelta(days=number // A_FOLDER):%Y-%m-%d}"
    day.mkdir(exist_ok=True)
    return day


def _sides(pixels: int, portrait: bool) -> tuple[int, int]:
    """Sides in the proportion 3:2, in whole blocks of 16, as sensors have them."""
    short = round((pixels * 2 / 3) ** 0.5 / 16) * 16
    long = round(pixels / short / 16) * 16
    return (short, long) if portrait else (long, short)


def _picture(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """A part of a texture, turned and lit as chance has it."""
    detail, shade = (
        _part(_texture(chance.randrange(len(FINENESS))), size, chance),
        _part(_soft_texture(0), size, chance),
    )
    colours = [_part(_soft_texture(seed), size, chance).point(_pale) for seed in (1, 2)]
    gain, shift = 1.0 + 0.6 * chance.random(), chance.randrange(-30, 30)
    shade = shade.point(lambda value: (value - 128) * gain + 128)
    lit = ImageChops.add(detail.point(lambda value: (value - 128) * gain + 128), shade, offset=shift - 128)
    return Image.merge("YCbCr", (lit, *colours)).convert("RGB")


def _pale(chroma: float) -> float:
    return 128 + (chroma - 128) * 0.4


def _part(texture: Image.Image, size: tuple[int, int], chance: random.Random) -> Image.Image:
    turned = size[1] > size[0]
    width, height = (size[1], size[0]) if turned else size
    left, top = chance.randrange(texture.width - width + 1), chance.randrange(texture.height - height + 1)
    part = texture.crop((left, top, left + width, top + height))
    if chance.random() < 0.5:
        part = part.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return part.transpose(Image.Transpose.ROTATE_90) if turned else part


@functools.cache
def _texture(row: int) -> Image.Image:
    """Grey noise of all octaves; the two finest come and go over the picture."""
    chance = random.Random(f"texture {row}")
    coarse = _octaves(chance, range(2, OCTAVES))
    fine = Image.blend(_noise(1, chance), _noise(2, chance), 0.5)
    detailed = Image.blend(coarse, fine, min(0.9, FINENESS[row] * 2 / OCTAVES))
    return Image.composite(detailed, coarse, _octaves(chance, range(8, OCTAVES)))


@functools.cache
def _soft_texture(seed: int) -> Image.Image:
    """Noise of the coarse octaves only, for colours."""
    return _octaves(random.Random(f"soft {seed}"), range(6, OCTAVES))


def _octaves(chance: random.Random, octaves: range) -> Image.Image:
    """The mean of noises whose grains are 2 to the power of each octave wide."""
    mean = _noise(2 ** octaves[0], chance)
    for count, octave in enumerate(octaves[1:], start=2):
        mean = Image.blend(mean, _noise(2**octave, chance), 1 / count)
    return mean


def _noise(grain: int, chance: random.Random) -> Image.Image:
    width, height = TEXTURE[0] // grain + 2, TEXTURE[1] // grain + 2
    return Image.frombytes("L", (width, height), chance.randbytes(width * height)).resize(
        TEXTURE, Image.Resampling.BICUBIC
    )


def _exif(number: int, chance: random.Random) -> Image.Exif:
    make, model = CAMERAS[number % len(CAMERAS)]
    taken = FIRST_DAY + timedelta(days=number // A_FOLDER, minutes=number % A_FOLDER, seconds=number % 60)
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = make
    exif[ExifTags.Base.Model] = model
    exif[ExifTags.Base.Orientation] = 1
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = f"{taken:%Y:%m:%d %H:%M:%S}"
    details[ExifTags.Base.OffsetTimeOriginal] = "+02:00"
    details[ExifTags.Base.ISOSpeedRatings] = chance.choice((100, 200, 400, 800))
    details[ExifTags.Base.FNumber] = chance.choice((1.8, 2.8, 4.0, 8.0))
    details[ExifTags.Base.ExposureTime] = 1 / chance.choice((60, 125, 250, 500))
    details[ExifTags.Base.FocalLength] = float(chance.randrange(16, 200))
    details[ExifTags.Base.LensModel] = f"{make} 16-200mm"
    return exif
