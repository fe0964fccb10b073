"""From decoded pixels to what is kept of them: the one place that all pictures, frames and covers go through."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageCms

QUALITY = 80
"""35 KiB at 512 px; WebP would take 15 times as long for it (shared measurements)."""

REDUCING_GAP = 1.5
BACKGROUND = 128
"""What shows through a transparent picture: a mid grey, on which black ink and white ink can both be seen."""

MODES = ("L", "RGB", "CMYK", "LAB")
"""What is left after `plain`; the modes that colour profiles are made for."""

WIDE = ("I", "F")
"""How the names of modes with more than 8 bits begin: made small first, for they are made plain by way of copies."""

_OPAQUE = {"1": "L", "P": "RGB", "RGBX": "RGB", "YCbCr": "RGB", "HSV": "RGB"}


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one decoded picture gives."""

    thumbnails: dict[int, bytes]
    colour: int


def harvest(image: Image.Image, sizes: Sequence[int], orientation: int = 1) -> Harvest:
    """Thumbnails and the average colour of a decoded picture, of any mode and size; `image` itself is used up.

    Fingerprints will be taken here, from `picture` at the largest size: they differ by 2 bits at most from those of
    the full picture (shared measurements), and it is upright, in sRGB and decoded already.
    """
    profile, side = image.info.get("icc_profile"), max(sizes)
    if image.mode.startswith(WIDE):
        image.thumbnail((side, side), Image.Resampling.BICUBIC, None)
    picture = plain(image)
    picture.thumbnail((side, side), Image.Resampling.BICUBIC, REDUCING_GAP)
    picture = upright(to_srgb(flat(picture), profile), orientation)
    return Harvest(_encoded(picture, sizes), _average(picture))


def plain(image: Image.Image) -> Image.Image:
    """The same picture in 8 bits a channel, in one of `MODES` or one of those with alpha."""
    if image.mode.startswith("I;16"):
        return _scaled(image.convert("I"), 0, 65535)
    if image.mode == "I":
        return _scaled(image, *_extent(image))
    if image.mode == "F":
        low, high = _extent(image)
        return _scaled(image, *((0, 1) if low >= 0 and high <= 1 else (low, high)))
    if image.has_transparency_data:
        return image.convert("LA" if image.mode in {"1", "L", "LA", "La"} else "RGBA")
    mode = _OPAQUE.get(image.mode)
    if mode is not None:
        return image.convert(mode)
    return image if image.mode in MODES else image.convert("RGB")


def flat(image: Image.Image) -> Image.Image:
    """The picture without alpha, laid on `BACKGROUND`."""
    if image.mode not in {"LA", "RGBA"}:
        return image
    base = Image.new(image.mode[:-1], image.size, BACKGROUND if image.mode == "LA" else (BACKGROUND,) * 3)
    base.paste(image.convert(base.mode), mask=image.getchannel("A"))
    return base


def to_srgb(image: Image.Image, profile: object) -> Image.Image:
    """The picture in sRGB; a profile that is broken, or made for another kind of picture, is ignored."""
    if image.mode == "LAB":
        profile = _lab_profile()
    if isinstance(profile, bytes) and profile:
        try:
            transform = _transform(profile, image.mode)
            if transform is not None:
                return _applied(transform, image)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image if image.mode == "RGB" else image.convert("RGB")


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """The picture turned as EXIF's orientation (CIPA DC-008 §4.6.5.1.6) says."""
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def turns_sides(orientation: int) -> bool:
    """Whether width and height change places."""
    return 5 <= orientation <= 8


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _extent(image: Image.Image) -> tuple[float, float]:
    """The darkest and the brightest value; 0 and 1 where a value is no number."""
    low, high = image.getextrema()
    assert isinstance(low, (int, float))
    assert isinstance(high, (int, float))
    finite = low == low and high == high and abs(low) != float("inf") != abs(high)
    return (low, high) if finite else (0, 1)


def _scaled(image: Image.Image, low: float, high: float) -> Image.Image:
    scale = 255 / (high - low) if high > low else 0.0
    return image.point(lambda value: value * scale + (-low * scale)).convert("L")


@lru_cache(maxsize=1)
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


@lru_cache(maxsize=1)
def _lab_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


@lru_cache(maxsize=8)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Kept for the next picture of the same camera; None for sRGB itself, the profile of most files that have one."""
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    if mode == "RGB" and "srgb" in ImageCms.getProfileDescription(source).lower():
        return None
    return ImageCms.buildTransform(source, _srgb(), mode, "RGB")


def _applied(transform: ImageCms.ImageCmsTransform, image: Image.Image) -> Image.Image:
    result = ImageCms.applyTransform(image, transform)
    assert result is not None
    return result


def _encoded(picture: Image.Image, sizes: Sequence[int]) -> dict[int, bytes]:
    """A JPEG for each size, each made from the next larger one; sizes that the picture does not fill share theirs."""
    thumbnails: dict[int, bytes] = {}
    data = b""
    for size in sorted(sizes, reverse=True):
        if not data or max(picture.size) > size:
            picture = _smaller(picture, size)
            data = _jpeg(picture)
        thumbnails[size] = data
    return thumbnails


def _smaller(picture: Image.Image, size: int) -> Image.Image:
    """At most `size` on a side; a half is the average of four pixels, a tenth of bicubic's time and as sharp."""
    if max(picture.size) >= 2 * size:
        picture = picture.reduce(max(picture.size) // size)
    picture.thumbnail((size, size), Image.Resampling.BICUBIC, None)
    return picture


def _jpeg(picture: Image.Image) -> bytes:
    """Pixels only: no comment, profile or EXIF of the original goes along."""
    picture.info = {}
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


def _average(picture: Image.Image) -> int:
    pixel = picture.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    return int(red) << 16 | int(green) << 8 | int(blue)
