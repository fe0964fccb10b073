"""Facts as frames and back. What comes back is checked: a reader may have been taken over by the file it read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from keeproom.media.exposure import LENS_CHARACTERS, MOST_ISO, position
from keeproom.media.keywords import MOST, is_name
from keeproom.media.values import LINE_CHARACTERS, TEXT_CHARACTERS
from keeproom.media.wire import Frame, WireError
from keeproom.model import (
    CaptureTime,
    Flag,
    Label,
    MetadataFacts,
    Picture,
    PictureFacts,
    Preview,
    PreviewFrame,
    Stated,
)

Json = Mapping[str, object]
T = TypeVar("T")


def picture_frame(picture: Picture) -> Frame:
    facts = picture.facts
    header = {
        "width": facts.width,
        "height": facts.height,
        "duration_s": facts.duration_s,
        "codecs": list(facts.codecs),
        "captured": _captured_json(facts.captured),
        "camera": facts.camera,
        "colour": facts.colour,
        "tool": facts.tool,
        "sizes": list(picture.thumbnails),
    }
    return Frame(header, tuple(picture.thumbnails.values()))


def picture_of(frame: Frame) -> Picture:
    """The picture that a frame carries.

    Raises:
        WireError: it carries something else.
    """
    header = frame.header
    sizes = _typed(header, "sizes", list)
    if len(sizes) != len(frame.payloads) or not all(type(size) is int for size in sizes):
        raise WireError("sizes and thumbnails do not match")
    codecs = _typed(header, "codecs", list)
    if not all(isinstance(codec, str) for codec in codecs):
        raise WireError("a codec is no text")
    facts = PictureFacts(
        width=_optional(header, "width", int),
        height=_optional(header, "height", int),
        duration_s=_optional(header, "duration_s", float),
        codecs=tuple(codecs),
        captured=_captured(header),
        camera=_optional(header, "camera", str),
        colour=_optional(header, "colour", int),
        tool=_typed(header, "tool", str),
    )
    return Picture(facts, dict(zip(sizes, frame.payloads, strict=True)))


def preview_frame(preview: Preview) -> Frame:
    return Frame(_preview_json(preview), (preview.pixels,))


def preview_of(frame: Frame) -> Preview:
    """The preview that a frame carries.

    Raises:
        WireError: it carries something else, or another number of pixels than it says.
    """
    if len(frame.payloads) != 1:
        raise WireError("not one picture")
    return _preview(frame.header, frame.payloads[0])


def animation_frame(frames: Sequence[PreviewFrame]) -> Frame:
    headers = [{**_preview_json(frame.preview), "duration_ms": frame.duration_ms} for frame in frames]
    return Frame({"frames": headers}, tuple(frame.preview.pixels for frame in frames))


def animation_of(frame: Frame) -> tuple[PreviewFrame, ...]:
    """The pictures of an animation that a frame carries.

    Raises:
        WireError: it carries something else.
    """
    headers = _typed(frame.header, "frames", list)
    if len(headers) != len(frame.payloads) or not all(isinstance(header, dict) for header in headers):
        raise WireError("headers and pictures do not match")
    return tuple(
        PreviewFrame(_preview(header, pixels), _at_least(header, "duration_ms", 1))
        for header, pixels in zip(headers, frame.payloads, strict=True)
    )


def _preview_json(preview: Preview) -> Json:
    return {
        "width": preview.width,
        "height": preview.height,
        "has_alpha": preview.has_alpha,
        "full_width": preview.full_width,
        "full_height": preview.full_height,
    }


def _preview(header: Json, pixels: bytes) -> Preview:
    width, height = _at_least(header, "width", 1), _at_least(header, "height", 1)
    if len(pixels) != 4 * width * height:
        raise WireError("another number of pixels than said")
    full_width, full_height = _at_least(header, "full_width", width), _at_least(header, "full_height", height)
    return Preview(width, height, _typed(header, "has_alpha", bool), pixels, full_width, full_height)


def metadata_json(facts: MetadataFacts) -> Json:
    return {
        "tags": dict(facts.tags),
        "captured": _captured_json(facts.captured),
        "camera": facts.camera,
        "lens": facts.lens,
        "iso": facts.iso,
        "position": None if facts.position is None else list(facts.position),
        "stated": _stated_json(facts.stated),
        "tool": facts.tool,
    }


def metadata_of(message: Json) -> MetadataFacts:
    """The facts that one file's part of an answer carries.

    Raises:
        WireError: it carries something else.
    """
    iso = _optional(message, "iso", int)
    return MetadataFacts(
        tags=_typed(message, "tags", dict),
        captured=_captured(message),
        camera=_text(message, "camera", LINE_CHARACTERS),
        lens=_text(message, "lens", LENS_CHARACTERS),
        iso=None if iso is None else _within(message, "iso", 1, MOST_ISO),
        position=_position(message),
        stated=_stated(_typed(message, "stated", dict)),
        tool=_typed(message, "tool", str),
    )


def _stated_json(stated: Stated) -> Json:
    return {each.name: getattr(stated, each.name) for each in fields(Stated)} | {"tags": list(stated.tags)}


def _stated(message: Json) -> Stated:
    tags = _typed(message, "tags", list)
    if len(tags) > MOST or not all(type(tag) is str and is_name(tag) for tag in tags):
        raise WireError("these are no tags")
    return Stated(
        title=_text(message, "title", LINE_CHARACTERS),
        description=_text(message, "description", TEXT_CHARACTERS),
        creator=_text(message, "creator", LINE_CHARACTERS),
        place=_text(message, "place", LINE_CHARACTERS),
        rating=None if message.get("rating") is None else _within(message, "rating", 0, 5),
        label=_one_of(message, "label", Label),
        flag=_one_of(message, "flag", Flag),
        tags=tuple(tags),
    )


def _text(message: Json, name: str, most: int) -> str | None:
    """A text, and not more of it than the reader may give."""
    text = _optional(message, name, str)
    if text is not None and not (0 < len(text) <= most and "\0" not in text):
        raise WireError(f"{name} is no such text")
    return text


def _one_of(message: Json, name: str, possible: type[StrEnum]) -> str | None:
    value = _optional(message, name, str)
    if value is not None and value not in tuple(possible):
        raise WireError(f"{name} is none of those that there are")
    return value


def _position(message: Json) -> tuple[float, float] | None:
    pair = _optional(message, "position", list)
    if pair is None:
        return None
    if len(pair) != 2 or not all(type(degrees) is float for degrees in pair) or (place := position(*pair)) is None:
        raise WireError("position is no place on Earth")
    return place


def _captured_json(captured: CaptureTime | None) -> list[object] | None:
    return None if captured is None else [captured.wall.isoformat(), captured.offset_minutes]


def _captured(message: Json) -> CaptureTime | None:
    pair = _optional(message, "captured", list)
    if pair is None:
        return None
    try:
        wall, offset = pair
        moment = datetime.fromisoformat(wall)
    except (TypeError, ValueError) as error:
        raise WireError("no capture time") from error
    if moment.tzinfo is not None or not (offset is None or type(offset) is int):
        raise WireError("no capture time")
    return CaptureTime(moment, offset)


def _typed(message: Json, name: str, kind: type[T]) -> T:
    value = message.get(name)
    if type(value) is not kind:
        raise WireError(f"{name} is no {kind.__name__}")
    return value


def _within(message: Json, name: str, least: int, most: int) -> int:
    value = _at_least(message, name, least)
    if value > most:
        raise WireError(f"{name} is too large")
    return value


def _at_least(message: Json, name: str, least: int) -> int:
    value = _typed(message, name, int)
    if value < least:
        raise WireError(f"{name} is too small")
    return value


def _optional(message: Json, name: str, kind: type[T]) -> T | None:
    return None if message.get(name) is None else _typed(message, name, kind)
