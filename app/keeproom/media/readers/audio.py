"""Sound through PyAV: its length, and its cover art as thumbnail."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import islice
from pathlib import Path

import av
from av.container import InputContainer
from av.stream import Disposition
from PIL import Image

from keeproom.errors import UnreadableMediaError
from keeproom.media.formats import Format
from keeproom.media.readers.containers import TOOL, codecs_of, duration_of, open_container
from keeproom.media.readers.image import still
from keeproom.media.readers.previews import Box
from keeproom.media.readers.thumbnails import Harvest, harvest
from keeproom.model import Picture, PictureFacts, Preview

COVER_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF")
FRONT = "Cover (front)"
"""FFmpeg's name for picture type 3 of ID3v2.4 §4.14, which FLAC and Ogg share."""

MAX_COVER_PIXELS = 100_000_000
PACKETS_TRIED = 64
"""How far to look for a sound that can be decoded; damaged beginnings are skipped."""


def read(path: Path, row: Format, sizes: Sequence[int]) -> Picture:
    """The sound's facts and cover; no cover, or a broken one, is no failure.

    Raises:
        UnreadableMediaError: nothing of the sound can be decoded.
        Exception: whatever FFmpeg raises for a broken file.
    """
    with open_container(path, row) as container:
        cover = _cover(container, sizes)
        duration_s = duration_of(container)
        codecs = codecs_of(container)
    with open_container(path, row) as container:
        _check_sound(container)
    colour = cover.colour if cover else None
    facts = PictureFacts(duration_s=duration_s, codecs=codecs, colour=colour, tool=TOOL)
    return Picture(facts, cover.thumbnails if cover else {})


def preview(path: Path, row: Format, box: Box) -> Preview:
    """The cover of the sound as it fits into a box.

    Raises:
        UnreadableMediaError: it has none.
        Exception: whatever FFmpeg and Pillow raise for a broken one.
    """
    with open_container(path, row) as container, _opened_cover(container) as image:
        return still(image, box)


def _check_sound(container: InputContainer) -> None:
    if not container.streams.audio:
        raise UnreadableMediaError("There is no sound in this file.")
    stream = container.streams.audio[0]
    for packet in islice(container.demux(stream), PACKETS_TRIED):
        try:
            if packet.decode():
                return
        except av.FFmpegError:
            continue
    raise UnreadableMediaError("Nothing of the sound can be decoded.")


def _cover(container: InputContainer, sizes: Sequence[int]) -> Harvest | None:
    """Thumbnails of the cover; none where it is broken: the sound is whole without it."""
    try:
        with _opened_cover(container) as image:
            return harvest(image, sizes)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - third-party decoders
        return None


def _opened_cover(container: InputContainer) -> Image.Image:
    """The attached picture, read by Pillow from the packet that FFmpeg makes of it.

    Raises:
        UnreadableMediaError: there is none, or it is too large.
        Exception: whatever FFmpeg and Pillow raise for a broken one.
    """
    pictures = [stream for stream in container.streams.video if stream.disposition & Disposition.attached_pic]
    if not pictures:
        raise UnreadableMediaError("This sound has no cover picture.")
    front = next((stream for stream in pictures if stream.metadata.get("comment") == FRONT), pictures[0])
    packet = next(packet for packet in container.demux(front) if packet.size)
    image = Image.open(BytesIO(bytes(packet)), formats=COVER_FORMATS)
    if image.width * image.height > MAX_COVER_PIXELS:
        raise UnreadableMediaError("The cover picture of this sound is too large to be shown.")
    return image
