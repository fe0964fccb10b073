"""All tags of files, by the one exiftool that the metadata reader owns."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache

import exiftool  # type: ignore[import-untyped]

from keeproom.errors import UnreadableMediaError
from keeproom.media.camera import camera_name
from keeproom.media.capture_time import capture_time
from keeproom.media.exposure import iso_of, lens_of, position_of
from keeproom.media.paths import harmless
from keeproom.media.stated import stated
from keeproom.media.values import WrittenNumber
from keeproom.model import MetadataFacts

ARGUMENTS = ("-fast", "-j", "-n", "-G")
"""JSON, numbers as numbers, groups in names. Not -fast2: it lost the duration of 14 of 30 videos."""

DROPPED = frozenset(
    {
        "SourceFile",
        "ExifTool:ExifToolVersion",
        "ExifTool:Error",
        "File:Directory",
        "File:FileName",
        "File:FileModifyDate",
        "File:FileAccessDate",
        "File:FileInodeChangeDate",
        "File:FilePermissions",
    }
)
"""What tells of the blob's place on disk, not of the file."""

UNKNOWN_TYPE = "Unknown file type"
"""exiftool's error for formats that it does not read, like DSF; whether the file is broken it can't tell."""

CAMERAS = (
    ("EXIF:Make", "EXIF:Model"),
    ("QuickTime:Make", "QuickTime:Model"),
    ("XMP:Make", "XMP:Model"),
    ("QuickTime:AndroidManufacturer", "QuickTime:AndroidModel"),
    ("RIFF:Make", "RIFF:Model"),
    ("H264:Make", "H264:Model"),
)

Tags = dict[str, object]
Result = MetadataFacts | UnreadableMediaError


class ExiftoolMissingError(Exception):
    """There is no exiftool on this system."""


def read(paths: Sequence[str]) -> list[Result]:
    """The tags of each file, in order.

    Raises:
        ExiftoolMissingError: it is not installed.
        RuntimeError: the answer does not fit the question; which file is to blame is not known.
    """
    answer = json.loads(
        _exiftool().execute(*map(harmless, paths), raw_bytes=True).decode("utf-8", "replace") or "[]",
        parse_int=_integer,
        parse_float=_number,
        parse_constant=str,
    )
    if [tags.get("SourceFile") for tags in answer] != list(paths):
        raise RuntimeError("exiftool answered for other files")
    return [_result(tags) for tags in answer]


@lru_cache(maxsize=1)
def _exiftool() -> exiftool.ExifTool:
    """The running exiftool. The reader does not stop it: it is ended with the reader, by its own death signal too."""
    try:
        tool = exiftool.ExifTool(common_args=list(ARGUMENTS), config_file="", encoding="utf-8")
    except FileNotFoundError as error:
        raise ExiftoolMissingError("exiftool is not installed, and nothing else reads all metadata.") from error
    tool.run()
    return tool


def _result(tags: Tags) -> Result:
    if tags.get("ExifTool:Error", UNKNOWN_TYPE) != UNKNOWN_TYPE:
        return UnreadableMediaError(f"exiftool cannot read this file: {tags['ExifTool:Error']}.")
    cameras = (camera_name(tags.get(make), tags.get(model)) for make, model in CAMERAS)
    return MetadataFacts(
        {name: value for name, value in tags.items() if name not in DROPPED},
        captured=capture_time(tags),
        camera=next(filter(None, cameras), None),
        lens=lens_of(tags),
        iso=iso_of(tags),
        position=position_of(tags),
        stated=stated(tags),
        tool=f"exiftool {tags.get('ExifTool:ExifToolVersion', '')}".strip(),
    )


def _integer(text: str) -> object:
    """Whole numbers that fit in 64 bits; longer digits are a text (Python refuses the longest, SQLite the long)."""
    return int(text) if len(text) < 19 else text


def _number(text: str) -> object:
    value = WrittenNumber.of(text)
    return value if math.isfinite(value) else text
