"""Animated pictures through Pillow: all their frames, decoded once, in a bounded amount of memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from keeproom.errors import UnreadableMediaError
from keeproom.media.formats import Format
from keeproom.media.readers.image import check_size, exif_of, orientation_of
from keeproom.media.readers.previews import Box, fitted, preview_of, turned
from keeproom.model import PreviewFrame

SMALLEST = 96
"""Below this longest side a picture is not worth moving."""

HASTY_MS = 10
USUAL_MS = 100
"""What browsers show a picture for that says 10 ms or less: such files were made for slower programs."""


def frames(path: Path, row: Format, box: Box, room_bytes: int) -> tuple[PreviewFrame, ...]:
    """All pictures of an animation, for a box; smaller ones where they would not fit into `room_bytes`.

    Nothing, where the file holds one picture alone.

    Raises:
        UnreadableMediaError: there are more pictures than fit in at any size that makes sense.
        Exception: whatever Pillow raises for a broken file.
    """
    with Image.open(path, formats=row.decoders) as image:
        numbers = _numbers(image)
        if len(numbers) < 2:
            return ()
        check_size(image)
        orientation = orientation_of(exif_of(image))
        affordable = _affordable(turned(image.size, orientation), box, len(numbers), room_bytes)
        return tuple(_frames(image, numbers, affordable, orientation))


def _numbers(image: Image.Image) -> range:
    """Which pictures belong to the animation: the first of an APNG may be for those that show no animation."""
    count = getattr(image, "n_frames", 1) if getattr(image, "is_animated", False) else 1
    return range(1 if image.info.get("default_image") else 0, count)


def _affordable(size: tuple[int, int], box: Box, count: int, room_bytes: int) -> Box:
    """The box in which so many pictures of this size take no more than the room."""
    width, height = fitted(size, box)
    share = min(1.0, (room_bytes / (4 * width * height * count)) ** 0.5)
    within = int(width * share), int(height * share)
    if share < 1 and (max(within) < SMALLEST or min(within) < 1):
        raise UnreadableMediaError(f"This animation has {count:,} pictures: too many to be shown moving.")
    return within


def _frames(image: Image.Image, numbers: range, box: Box, orientation: int) -> Iterator[PreviewFrame]:
    for number in numbers:
        image.seek(number)
        image.load()
        yield PreviewFrame(preview_of(image, box, orientation), _duration_ms(image))


def _duration_ms(image: Image.Image) -> int:
    told = image.info.get("duration", 0)
    return round(told) if isinstance(told, (int, float)) and HASTY_MS < told < 1e9 else USUAL_MS
