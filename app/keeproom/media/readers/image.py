"""Still pictures through Pillow: decoded once, at the smallest size that the decoder can make by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import PIL
from PIL import ExifTags, Image

from keeproom.errors import UnreadableMediaError
from keeproom.media.camera import camera_name
from keeproom.media.capture_time import capture_time
from keeproom.media.formats import Format
from keeproom.media.readers.previews import Box, fitted, preview_of, turned
from keeproom.media.readers.thumbnails import REDUCING_GAP, harvest, turns_sides
from keeproom.model import CaptureTime, Picture, PictureFacts, Preview

TOOL = f"Pillow {PIL.__version__}"

MAX_DECODED_BYTES = 2_000_000_000
"""What the pixels may take while they are made small: 500 megapixels in colour, 250 with alpha, 2,000 in grey. A JPEG
counts by the size at which it is decoded. Less than what a reader may have: decoders need room of their own."""

PIXEL_BYTES: Mapping[str, int] = {"1": 1, "L": 1, "I;16": 2, "RGB": 4, "CMYK": 4, "I": 4, "F": 4, "P": 5}
"""What Pillow needs for a pixel, and for the copies that are made on the way; every other mode is copied once: 8."""

DRAFTED = ("JPEG", "MPO")
"""The formats that Pillow can decode at a fraction of their size."""

Image.MAX_IMAGE_PIXELS = None  # our own limit is an error, knows `draft`, and is checked before a pixel is decoded

QUICK_TAGS: Mapping[str, int] = {
    "EXIF:DateTimeOriginal": ExifTags.Base.DateTimeOriginal,
    "EXIF:OffsetTimeOriginal": ExifTags.Base.OffsetTimeOriginal,
    "EXIF:CreateDate": ExifTags.Base.DateTimeDigitized,
    "EXIF:OffsetTimeDigitized": ExifTags.Base.OffsetTimeDigitized,
}
"""What of EXIF is read at once, 0.25 ms; exiftool reads all of it later."""


def read(path: Path, row: Format, sizes: Sequence[int]) -> Picture:
    """The first picture of the file, upright, in sRGB.

    Raises:
        UnreadableMediaError: it has more pixels than can be decoded.
        Exception: whatever Pillow and its plug-ins raise for a broken file.
    """
    with Image.open(path, formats=row.decoders) as image:
        stored = image.size
        _draft(image, max(sizes))
        check_size(image)
        drafted = image.size
        image.load()
        exif = exif_of(image)
        orientation = orientation_of(exif)
        width, height = _seen(stored, orientation, image.size != drafted)
        captured, camera = told_by(exif)
        result = harvest(image, sizes, orientation)
        facts = PictureFacts(
            width,
            height,
            codecs=(image.format or row.name.upper(),),
            captured=captured,
            camera=camera,
            colour=result.colour,
            tool=TOOL,
        )
    return Picture(facts, result.thumbnails)


def preview(path: Path, row: Format, box: Box) -> Preview:
    """The first picture of the file as it fits into a box.

    Raises:
        UnreadableMediaError: it has more pixels than can be decoded.
        Exception: whatever Pillow and its plug-ins raise for a broken file.
    """
    with Image.open(path, formats=row.decoders) as image:
        return still(image, box)


def still(image: Image.Image, box: Box, orientation: int | None = None, full: tuple[int, int] = (1, 1)) -> Preview:
    """The preview of a picture that was opened and not decoded yet, turned as its EXIF says or as it is told.

    `full` is the size as seen of the photo that this picture stands for.
    """
    stored = image.size
    told = orientation
    if told is None:  # asked for their EXIF, PNGs decode all that stands before it
        told = orientation_of(exif_of(image)) if image.format in DRAFTED else 1
    image.draft(None, turned(fitted(turned(stored, told), box), told))
    check_size(image)
    drafted = image.size
    image.load()
    if orientation is None:
        told = orientation_of(exif_of(image))
    seen = _seen(stored, told, image.size != drafted)
    return preview_of(image, box, told, (max(seen[0], full[0]), max(seen[1], full[1])))


def _seen(stored: tuple[int, int], orientation: int, loaded_otherwise: bool) -> tuple[int, int]:
    """The sides as seen. Pillow turns TIFFs by itself while it loads them."""
    return (stored[1], stored[0]) if turns_sides(orientation) != loaded_otherwise else stored


def _draft(image: Image.Image, size: int) -> None:
    """Let a JPEG be decoded at a half, a quarter or an eighth, if `REDUCING_GAP` times the thumbnail still fits in."""
    share = size / max(image.size)
    if share < 1:
        image.draft(None, tuple(max(1, int(side * share * REDUCING_GAP)) for side in image.size))  # type: ignore[arg-type]


def check_size(image: Image.Image) -> None:
    """Refuse a picture before it is decoded.

    Raises:
        UnreadableMediaError: its pixels would take more than `MAX_DECODED_BYTES`.
    """
    pixels = image.width * image.height
    if pixels * PIXEL_BYTES.get(image.mode, 8) > MAX_DECODED_BYTES:
        limit = f"{MAX_DECODED_BYTES / 1e9:g} GB"
        raise UnreadableMediaError(f"The picture has {pixels / 1e6:,.0f} megapixels: decoded, it would exceed {limit}.")


def exif_of(image: Image.Image) -> Image.Exif:
    """The picture's EXIF; empty where the block is broken: the picture is whole without it."""
    try:
        return image.getexif()
    except Exception:  # noqa: BLE001 - a third-party decoder, and not the one that the picture depends on
        return Image.Exif()


def told_by(exif: Image.Exif) -> tuple[CaptureTime | None, str | None]:
    """What EXIF tells at once: when the picture was taken, and by which camera."""
    try:
        ifd = exif.get_ifd(ExifTags.IFD.Exif) if exif else {}
    except Exception:  # noqa: BLE001 - a third-party decoder, and not the one that the picture depends on
        return None, None
    captured = capture_time({name: ifd.get(number) for name, number in QUICK_TAGS.items()})
    return captured, camera_name(exif.get(ExifTags.Base.Make), exif.get(ExifTags.Base.Model))


def orientation_of(exif: Image.Exif) -> int:
    """EXIF's orientation, 1 to 8; 1 where there is none or it makes no sense."""
    value = exif.get(ExifTags.Base.Orientation)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1
