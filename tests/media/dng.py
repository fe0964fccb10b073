"""A small camera raw file, written by hand: an uncompressed Bayer pattern in a DNG (DNG 1.4, TIFF 6.0)."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 10: 8, 7: 1}
_CODES = {1: "B", 2: "B", 3: "H", 4: "I", 5: "II", 10: "ii", 7: "B"}

Entry = tuple[int, Sequence[int]]
"""The type of TIFF's values, and the values; a rational is two of them."""


def dng(
    scene: Image.Image,
    preview: Image.Image | None = None,
    orientation: int = 1,
    taken: str | None = None,
    version: bool = True,
) -> bytes:
    """`scene` as a sensor would have seen it (RGGB), with the camera's `preview` as JPEG; both not turned.

    Without `version` it is what other makers write: a TIFF with a sensor's picture in it.
    """
    about: dict[int, Entry] = {
        271: _text("Keeproom"),
        272: _text("Test 1"),
        274: (3, [orientation]),
        50708: _text("Keeproom Test 1"),
        50721: (10, _rationals(3.24, -1.54, -0.5, -0.97, 1.88, 0.04, 0.06, -0.2, 1.06)),
        50728: (5, _rationals(1, 1, 1)),
    }
    if version:
        about |= {50706: (1, [1, 4, 0, 0]), 50707: (1, [1, 1, 0, 0])}
    sensor: dict[int, Entry] = {
        254: (4, [0]), 256: (4, [scene.width]), 257: (4, [scene.height]), 258: (3, [16]), 259: (3, [1]),
        262: (3, [32803]), 273: (4, [0]), 277: (3, [1]), 278: (4, [scene.height]),
        279: (4, [2 * scene.width * scene.height]), 284: (3, [1]), 33421: (3, [2, 2]), 33422: (1, [0, 1, 1, 2]),
        50714: (3, [0]), 50717: (4, [65535]),
    }  # fmt: skip
    jpeg = _jpeg(preview) if preview is not None else b""
    if preview is not None:
        about |= {
            254: (4, [1]), 256: (4, [preview.width]), 257: (4, [preview.height]), 258: (3, [8, 8, 8]), 259: (3, [7]),
            262: (3, [6]), 273: (4, [0]), 277: (3, [3]), 278: (4, [preview.height]), 279: (4, [len(jpeg)]),
        }  # fmt: skip
    about[330] = (4, [0])
    if taken is not None:
        about[34665] = (4, [0])
    exif: dict[int, Entry] = {36867: _text(taken or "")}
    # Twice: the first time to learn how long the directories are.
    places = [0, 0, 0, 0]
    for _ in range(2):
        about[330] = (4, [places[0]])
        if taken is not None:
            about[34665] = (4, [places[1]])
        if preview is not None:
            about[273] = (4, [places[2]])
        sensor[273] = (4, [places[3]])
        parts = [struct.pack("<2sHI", b"II", 42, 8)]
        for number, directory in enumerate((about, sensor, exif)):
            start = sum(map(len, parts))
            if number:
                places[number - 1] = start
            parts.append(_directory(directory, start))
        places[2] = sum(map(len, parts))
        places[3] = places[2] + len(jpeg) + len(jpeg) % 2
    return b"".join(parts) + jpeg + bytes(len(jpeg) % 2) + _bayer(scene)


def write_dng(path: Path, scene: Image.Image, preview: Image.Image | None = None, **about: object) -> Path:
    path.write_bytes(dng(scene, preview, **about))  # type: ignore[arg-type]
    return path


def _text(text: str) -> Entry:
    return 2, [*text.encode(), 0]


def _rationals(*values: float) -> list[int]:
    return [number for value in values for number in (round(value * 10000), 10000)]


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def _bayer(scene: Image.Image) -> bytes:
    """A channel for each pixel: red and green in even rows, green and blue in odd ones, linear."""
    linear = [round(65535 * (value / 255) ** 2.2) for value in range(256)]
    channels = [band.tobytes() for band in scene.convert("RGB").split()]
    values = (
        linear[channels[(x % 2) + (y % 2)][y * scene.width + x]]
        for y in range(scene.height)
        for x in range(scene.width)
    )
    return struct.pack(f"<{scene.width * scene.height}H", *values)


def _directory(entries: Mapping[int, Entry], start: int) -> bytes:
    """One directory and the values that do not fit into it, at `start` in the file."""
    behind = start + 2 + 12 * len(entries) + 4
    rows, values = [], b""
    for tag, (kind, numbers) in sorted(entries.items()):
        code = _CODES[kind]
        data = struct.pack(f"<{len(numbers)}{code[0]}", *numbers)
        count = len(numbers) // len(code)
        assert len(data) == count * _SIZES[kind]
        if len(data) > 4:
            place = struct.pack("<I", behind + len(values))
            values += data + bytes(len(data) % 2)
        else:
            place = data.ljust(4, b"\0")
        rows.append(struct.pack("<HHI", tag, kind, count) + place)
    return struct.pack("<H", len(rows)) + b"".join(rows) + bytes(4) + values
