"""Camera raw files through LibRaw: the preview that the camera put in, else what half of the sensor's pixels give.

The preview is what the camera's maker made of the photo, is decoded in a fiftieth of the time, and in most cameras of
the last fifteen years has all pixels. LibRaw gives the largest one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import rawpy
from PIL import Image
from rawpy import DemosaicAlgorithm, RawPy

from keeproom.errors import UnreadableMediaError
from keeproom.media.formats import Format
from keeproom.media.readers.image import check_size, exif_of, still, told_by
from keeproom.media.readers.previews import Box, fitted, turned
from keeproom.media.readers.thumbnails import harvest, turns_sides
from keeproom.model import CaptureTime, Picture, PictureFacts, Preview

TOOL = f"LibRaw {'.'.join(map(str, rawpy.libraw_version))}"

_FLIPS = {3: 3, 5: 8, 6: 6}
"""EXIF's orientation by LibRaw's `flip`, which knows no mirrors."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What of the sensor is the photo: as the camera crops it, not turned yet, and how it is to be turned."""

    left: int
    top: int
    width: int
    height: int
    orientation: int

    @property
    def seen(self) -> tuple[int, int]:
        return turned((self.width, self.height), self.orientation)


def read(path: Path, row: Format, sizes: Sequence[int]) -> Picture:
    """The photo's facts and thumbnails, upright.

    Raises:
        UnreadableMediaError: LibRaw does not know this camera's files, or this one is broken.
    """
    with _opened(path, row) as raw:
        frame = _frame(raw)
        image, orientation = _photo(raw, row, frame, max(sizes))
        captured, camera = _told(path, image)
        image.draft(None, (max(sizes), max(sizes)))
        check_size(image)
        result = harvest(image, sizes, orientation)
    codecs = (row.name.upper(),)
    facts = PictureFacts(*frame.seen, codecs=codecs, captured=captured, camera=camera, colour=result.colour, tool=TOOL)
    return Picture(facts, result.thumbnails)


def preview(path: Path, row: Format, box: Box) -> Preview:
    """The photo as it fits into a box.

    Raises:
        UnreadableMediaError: LibRaw does not know this camera's files, or this one is broken.
    """
    with _opened(path, row) as raw:
        frame = _frame(raw)
        image, orientation = _photo(raw, row, frame, max(fitted(frame.seen, box)))
        return still(image, box, orientation, frame.seen)


def _photo(raw: RawPy, row: Format, frame: _Frame, needed: int) -> tuple[Image.Image, int]:
    """The camera's preview, or the sensor's values where it is much smaller than `needed`; and how to turn it.

    Half of the sensor's resolution needs no guesses, and no time for them; all of it is developed only where (nearly)
    all of it is asked for. What cannot be developed is shown as small as the camera's preview is.
    """
    embedded = _embedded(raw, row)
    if embedded is not None:
        orientation = _orientation(embedded, frame)
        if max(embedded.size) >= min(needed, max(frame.seen) // 2):
            return embedded, orientation
    try:
        return _developed(raw, row, frame, half=4 * needed <= 3 * max(frame.seen)), frame.orientation
    except UnreadableMediaError:
        if embedded is None:
            raise
    return embedded, orientation


def _opened(path: Path, row: Format) -> RawPy:
    try:
        return rawpy.imread(str(path))
    except rawpy.LibRawFileUnsupportedError as error:
        raise UnreadableMediaError(
            f"The file begins like {row.label}, but it is damaged or of a camera that the decoder does not know."
        ) from error
    except rawpy.LibRawError as error:
        raise _unreadable(row, error) from error


def _frame(raw: RawPy) -> _Frame:
    sizes = raw.sizes
    orientation = _FLIPS.get(sizes.flip, 1)
    left, top = sizes.crop_left_margin - sizes.left_margin, sizes.crop_top_margin - sizes.top_margin
    inside = left >= 0 and top >= 0 and sizes.crop_width > 0 and sizes.crop_height > 0
    if inside and left + sizes.crop_width <= sizes.width and top + sizes.crop_height <= sizes.height:
        return _Frame(left, top, sizes.crop_width, sizes.crop_height, orientation)
    return _Frame(0, 0, sizes.width, sizes.height, orientation)


def _embedded(raw: RawPy, row: Format) -> Image.Image | None:
    """The camera's preview, opened; None where there is none, or none that can be read."""
    try:
        found = raw.extract_thumb()
        if isinstance(found.data, bytes):
            return Image.open(BytesIO(found.data), formats=row.decoders)
        return Image.fromarray(found.data)
    except (rawpy.LibRawError, rawpy.NotSupportedError, OSError, ValueError):
        return None


def _orientation(embedded: Image.Image, frame: _Frame) -> int:
    """How to turn the camera's preview: not at all, where it has the shape of the photo as seen, and only so."""
    upright = (embedded.width > embedded.height) == (frame.seen[0] > frame.seen[1])
    return 1 if upright and turns_sides(frame.orientation) else frame.orientation


def _developed(raw: RawPy, row: Format, frame: _Frame, *, half: bool) -> Image.Image:
    """The photo from the sensor's values, as the camera balanced it, not turned yet."""
    try:
        pixels = raw.postprocess(
            half_size=half, user_flip=0, use_camera_wb=True, output_bps=8, demosaic_algorithm=DemosaicAlgorithm.PPG
        )
    except rawpy.LibRawError as error:
        raise _unreadable(row, error) from error
    step = 2 if half else 1
    left, top = frame.left // step, frame.top // step
    width, height = max(1, frame.width // step), max(1, frame.height // step)
    return Image.fromarray(pixels[top : top + height, left : left + width])


def _told(path: Path, image: Image.Image) -> tuple[CaptureTime | None, str | None]:
    """What EXIF tells: the file's own where it is a TIFF outside, else that of the camera's preview."""
    exif = Image.Exif()
    try:
        with path.open("rb") as file:
            exif.load_from_fp(file)
            own = told_by(exif)
    except Exception:  # noqa: BLE001 - a third-party decoder, and not the one that the picture depends on
        own = None, None
    return own if any(own) else told_by(exif_of(image))


def _unreadable(row: Format, error: Exception) -> UnreadableMediaError:
    told = error.args[0] if error.args else ""
    text = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
    return UnreadableMediaError(f"The file cannot be read as {row.label}: {text.strip(' .') or type(error).__name__}.")
