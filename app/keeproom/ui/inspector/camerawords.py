"""What a camera or a recorder noted, as people read it, out of the tags of a file by `Group:Tag`.

Any tag may be missing, of another type than it should be, or nonsense: then there is no word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from keeproom.ui.texts import number, tr

Tags = Mapping[str, object]

LONGEST = 200
_GLUE = "\N{NO-BREAK SPACE}"
"""Keeps a number in the line of its unit, and a dot behind what it follows."""

_LENS_NAMES = (
    "EXIF:LensModel",
    "XMP:LensModel",
    "MakerNotes:LensModel",
    "XMP:Lens",
    "Composite:LensID",
    "MakerNotes:LensType",
    "MakerNotes:Lens",
)
_LENS_RANGES = ("EXIF:LensInfo", "XMP:LensInfo", "MakerNotes:Lens")
_LOOKS_LIKE_LENS = re.compile(r"\d\s?mm\b|\bf/?\d", re.IGNORECASE)
_ARTISTS = ("ID3:Artist", "Vorbis:Artist", "QuickTime:Artist", "ASF:Author", "APE:Artist", "RIFF:Artist", "FLAC:Artist")
_ALBUMS = ("ID3:Album", "Vorbis:Album", "QuickTime:Album", "ASF:AlbumTitle", "APE:Album", "FLAC:Album")
_TRACKS = ("ID3:Title", "Vorbis:Title", "QuickTime:Title", "ASF:Title", "APE:Title", "RIFF:Title", "FLAC:Title")
_FRAME_RATES = ("QuickTime:VideoFrameRate", "Matroska:VideoFrameRate", "RIFF:VideoFrameRate", "MPEG:FrameRate")


def text_of(tags: Tags, names: Sequence[str]) -> str | None:
    """The first of these tags that says something, in one line."""
    for name in names:
        value = tags.get(name)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            text = " ".join(str(value).split())[:LONGEST]
            if text:
                return text
    return None


def number_of(tags: Tags, *names: str) -> float | None:
    """The first of these tags that is a number; of several numbers in one text the first."""
    for name in names:
        value = tags.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, str):
            value = value.split()[0] if value.split() else None
        try:
            found = float(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else math.nan
        except (ValueError, OverflowError):
            continue
        if math.isfinite(found):
            return found
    return None


def exposure(tags: Tags) -> str | None:
    """`f/2.8 · 1/250 s · ISO 200 · 35 mm`, as far as it is known."""
    parts = (_aperture(tags), _exposure_time(tags), _sensitivity(tags), _focal_length(tags))
    return f"{_GLUE}· ".join(part for part in parts if part) or None


def _aperture(tags: Tags) -> str | None:
    value = _positive(number_of(tags, "EXIF:FNumber", "XMP:FNumber", "MakerNotes:FNumber", "Composite:Aperture"))
    return None if value is None else f"f/{_short(value)}"


def _exposure_time(tags: Tags) -> str | None:
    seconds = _positive(number_of(tags, "EXIF:ExposureTime", "XMP:ExposureTime", "MakerNotes:ExposureTime"))
    if seconds is None:
        return None
    if seconds < 0.3:
        return tr("{seconds} s").format(seconds=f"1/{number(round(1 / seconds))}").replace(" ", _GLUE)
    return tr("{seconds} s").format(seconds=_short(seconds)).replace(" ", _GLUE)


def _sensitivity(tags: Tags) -> str | None:
    value = _positive(number_of(tags, "EXIF:ISO", "XMP:ISO", "MakerNotes:ISO", "Composite:ISO"))
    return None if value is None else f"ISO{_GLUE}{number(round(value))}"


def _focal_length(tags: Tags) -> str | None:
    real = _positive(number_of(tags, "EXIF:FocalLength", "XMP:FocalLength", "MakerNotes:FocalLength"))
    if real is None:
        return None
    same = _positive(number_of(tags, "EXIF:FocalLengthIn35mmFormat", "XMP:FocalLengthIn35mmFormat"))
    text = f"{_short(real)}{_GLUE}mm"
    if same is None or round(same) == round(real):
        return text
    return tr("{focal} (like {same})").format(focal=text, same=f"{_short(same)}{_GLUE}mm")


def lens(tags: Tags) -> str | None:
    """The lens by name, or by what it can do."""
    for name in _LENS_NAMES:
        text = text_of(tags, (name,))
        if text and _LOOKS_LIKE_LENS.search(text):
            return text
    return next(filter(None, (_lens_range(tags.get(name)) for name in _LENS_RANGES)), None)


def _lens_range(value: object) -> str | None:
    """`18 55 3.5 5.6` in words: focal lengths, then the widest apertures at both (Exif 3.0, LensSpecification)."""
    try:
        numbers = [float(part) for part in value.split()] if isinstance(value, str) else []
    except ValueError:
        return None
    if len(numbers) != 4 or not all(math.isfinite(each) and each > 0 for each in numbers):
        return None
    return f"{_span(*numbers[:2])} mm f/{_span(*numbers[2:])}"


def coordinates(tags: Tags) -> str | None:
    """`43.46745° N, 11.88513° E`, and the height in a line of its own.

    Decimals have points in every language, for other programs to read.
    """
    latitude = number_of(tags, "Composite:GPSLatitude")
    longitude = number_of(tags, "Composite:GPSLongitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    north = f"{abs(latitude):.5f}° {'N' if latitude >= 0 else 'S'}"
    east = f"{abs(longitude):.5f}° {'E' if longitude >= 0 else 'W'}"
    altitude = number_of(tags, "Composite:GPSAltitude")
    height = "" if altitude is None or abs(altitude) > 100_000 else f"\n{number(round(altitude))} m"
    return f"{north}, {east}".replace("° ", f"°{_GLUE}") + height


def frame_rate(tags: Tags) -> str | None:
    value = _positive(number_of(tags, *_FRAME_RATES))
    return None if value is None or value > 100_000 else tr("{rate} frames/s").format(rate=_short(value))


def artist(tags: Tags) -> str | None:
    return text_of(tags, _ARTISTS)


def album(tags: Tags) -> str | None:
    return text_of(tags, _ALBUMS)


def track(tags: Tags) -> str | None:
    return text_of(tags, _TRACKS)


def _positive(value: float | None) -> float | None:
    return value if value is not None and 0.000_000_1 < value < 1e9 else None


def _short(value: float) -> str:
    """`9`, `2.8`, `29.97`."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value < 100 else number(round(value))


def _span(low: float, high: float) -> str:
    return _short(low) if _short(low) == _short(high) else f"{_short(low)}–{_short(high)}"
