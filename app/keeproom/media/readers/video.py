"""Video through PyAV: its facts, and a frame that tells something of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image, ImageStat

from keeproom.errors import UnreadableMediaError
from keeproom.media.formats import Format
from keeproom.media.readers.containers import TOOL, codecs_of, duration_of, open_container
from keeproom.media.readers.previews import Box, fitted, preview_of, turned
from keeproom.media.readers.thumbnails import harvest
from keeproom.model import Picture, PictureFacts, Preview

PLACES = (0.1, 0.25, 0.5, 0.75, 0.04)
"""Where to look for a frame, as shares of the duration, in order: past the titles, before the credits."""

GOOD_CONTRAST = 20.0
"""The standard deviation of grey, 0 to 127, from which a frame tells something; black and fades stay below 10."""

BUDGET_S = 6.0
"""How long to look for a better frame once there is one at all."""

PACKETS_TRIED = 300
"""How many packets are decoded from a keyframe towards a place that has none of its own."""

FORWARD_STEP = 8
"""Of those frames, every eighth is looked at."""

_ORIENTATIONS = {90: 8, 180: 3, -180: 3, -90: 6, 270: 6, -270: 8}
"""EXIF's number for an angle counterclockwise, as FFmpeg gives it."""


def read(path: Path, row: Format, sizes: Sequence[int]) -> Picture:
    """The video's facts and its telling frame. One that has sound alone gives its length and codecs.

    Raises:
        UnreadableMediaError: no frame can be decoded, or there is neither picture nor sound.
        Exception: whatever FFmpeg raises for a broken file.
    """
    with open_container(path, row) as container:
        facts = PictureFacts(duration_s=duration_of(container), codecs=codecs_of(container), tool=TOOL)
        stream = _moving_pictures(container)
        if stream is None:
            if not container.streams.audio:
                raise UnreadableMediaError("There is neither picture nor sound in this file.")
            return Picture(facts)
        frame = _telling_frame(_candidates(container, stream, facts.duration_s))
        return _picture(frame, stream, facts, sizes)


def preview(path: Path, row: Format, box: Box) -> Preview:
    """The video's telling frame as it fits into a box.

    Raises:
        UnreadableMediaError: no frame can be decoded, or there is none.
        Exception: whatever FFmpeg raises for a broken file.
    """
    with open_container(path, row) as container:
        stream = _moving_pictures(container)
        if stream is None:
            raise UnreadableMediaError("There is no picture in this video.")
        frame = _telling_frame(_candidates(container, stream, duration_of(container)))
        width, height, orientation = _shape(frame, stream)
        seen = turned((width, height), orientation)
        small = _image(frame, *turned(fitted(seen, box), orientation))
        return preview_of(small, box, orientation, seen)


def _moving_pictures(container: InputContainer) -> VideoStream | None:
    streams = (stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic)
    stream = next(streams, None)
    if stream is not None:
        if stream.codec_context is None:
            raise UnreadableMediaError("There is no decoder for the codec of this video.")
        stream.codec_context.thread_count = 1  # one reader, one core: the slots count on it
    return stream


def _telling_frame(candidates: Iterator[VideoFrame]) -> VideoFrame:
    """The first candidate that is good, else the best of those seen in time."""
    best, most, deadline = None, -1.0, time.monotonic() + BUDGET_S
    for frame in candidates:
        contrast = _contrast(frame)
        if contrast > most:
            best, most = frame, contrast
        if most >= GOOD_CONTRAST or time.monotonic() > deadline:
            break
    if best is None:
        raise UnreadableMediaError("Not one picture of this video can be decoded.")
    return best


def _contrast(frame: VideoFrame) -> float:
    """The standard deviation of the frame's grey; a frame that is nearly black or white counts a quarter of it."""
    grey = ImageStat.Stat(_image(frame, 64, 36).convert("L"))
    return grey.stddev[0] if 24 < grey.mean[0] < 232 else grey.stddev[0] / 4


def _candidates(container: InputContainer, stream: VideoStream, duration_s: float | None) -> Iterator[VideoFrame]:
    """Frames worth a look, the cheap ones first: keyframes near the places, then the places, then the beginning."""
    places = [share * duration_s for share in PLACES] if duration_s else []
    stream.codec_context.skip_frame = "NONKEY"
    for second in places:
        if _seek(container, second):
            yield from islice(_decoded(container, stream), 1)
    stream.codec_context.skip_frame = "DEFAULT"
    for second in places:
        if _seek(container, second):
            yield from islice(_until(_decoded(container, stream), second), 0, None, FORWARD_STEP)
    _seek(container, 0)
    yield from islice(_decoded(container, stream), 0, None, FORWARD_STEP)


def _seek(container: InputContainer, second: float) -> bool:
    """Go to the keyframe before `second`; False where the file has no way there."""
    try:
        container.seek((container.start_time or 0) + int(second * av.time_base))
    except av.FFmpegError:
        return False
    return True


def _decoded(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """The frames of the next packets; packets that cannot be decoded are passed over."""
    packets = container.demux(stream)
    for _ in range(PACKETS_TRIED):
        try:
            packet = next(packets, None)
            frames = packet.decode() if packet is not None else None
        except (av.error.InvalidDataError, av.error.EOFError):
            continue
        if frames is None:
            return
        yield from frames


def _until(frames: Iterator[VideoFrame], second: float) -> Iterator[VideoFrame]:
    for frame in frames:
        yield frame
        if frame.time is not None and frame.time >= second:
            return


def _image(frame: VideoFrame, width: int, height: int) -> Image.Image:
    image = frame.to_image(width=width, height=height)
    assert isinstance(image, Image.Image)
    return image


def _picture(frame: VideoFrame, stream: VideoStream, facts: PictureFacts, sizes: Sequence[int]) -> Picture:
    """The frame at the shape it is shown in: square pixels, turned by the display matrix."""
    width, height, orientation = _shape(frame, stream)
    share = min(1.0, max(sizes) / max(width, height))
    small = _image(frame, max(1, round(width * share)), max(1, round(height * share)))
    result = harvest(small, sizes, orientation)
    width, height = turned((width, height), orientation)
    return Picture(replace(facts, width=width, height=height, colour=result.colour), result.thumbnails)


def _shape(frame: VideoFrame, stream: VideoStream) -> tuple[int, int, int]:
    """The frame's sides in square pixels, not turned yet, and its orientation as EXIF counts."""
    width = max(1, round(frame.width * (stream.sample_aspect_ratio or 1)))
    return width, frame.height, _ORIENTATIONS.get(frame.rotation, 1)
