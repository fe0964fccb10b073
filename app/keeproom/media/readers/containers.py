"""What sound and video have in common: containers, opened with nothing allowed but the demuxers of their format."""

from __future__ import annotations

import time
from pathlib import Path

import av
from av.container import InputContainer
from av.stream import Disposition

from keeproom.media.formats import Format

TOOL = f"PyAV {av.__version__}"

COUNTING_S = 6.0
"""How long packets are looked through where a file does not tell its length; hours of video from a quick disk."""


def open_container(path: Path, row: Format) -> InputContainer:
    """The file, through the row's demuxers, without a playlist's or a reference's way to other files or the net."""
    options = {"protocol_whitelist": "file", "format_whitelist": ",".join(row.decoders)}
    return av.open(f"file:{path}", options=options, metadata_errors="replace")


def duration_of(container: InputContainer) -> float | None:
    """The length in seconds: as the container says, else its streams, else the end of its last packet."""
    if container.duration is not None and container.duration > 0:
        return container.duration / av.time_base
    lengths = [float(s.duration * s.time_base) for s in container.streams if s.duration and s.time_base]
    return max(lengths, default=0) or _counted(container)


def codecs_of(container: InputContainer) -> tuple[str, ...]:
    """The codecs' names, video first; cover art is none."""
    streams = [*container.streams.video, *container.streams.audio]
    names = [
        stream.codec_context.codec.canonical_name
        for stream in streams
        if stream.codec_context is not None and not stream.disposition & Disposition.attached_pic
    ]
    return tuple(dict.fromkeys(names))


def _counted(container: InputContainer) -> float | None:
    """The end of the last packet; None where there is none, or the file is too long to look through."""
    end, deadline = 0.0, time.monotonic() + COUNTING_S
    try:
        for packet in container.demux():
            if time.monotonic() > deadline:
                return None
            if packet.pts is not None and packet.time_base is not None:
                end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    except av.FFmpegError:
        pass  # a broken end: the length is that of what can be read
    return end or None
