"""Small files to import: photos, a sound, copies of some, one that is no media, one that is broken."""

from __future__ import annotations

import hashlib
import io
import random
import shutil
import wave
from pathlib import Path

from PIL import Image

NOT_MEDIA = "notes.txt"
BROKEN = "broken.jpg"


def make_sources(folder: Path, *, broken: bool) -> Path:
    """Six files: three contents, two of them twice, and a text; a broken photo where it is wanted.

    A broken one costs 2.5 s more, the pauses between the attempts.
    """
    (folder / "more").mkdir(parents=True)
    captured = Image.Exif()
    captured[0x0132] = "2023:05:01 10:00:00"  # DateTime, Exif 2.32 section 4.6.4
    Image.new("RGB", (640, 480), (200, 90, 80)).save(folder / "red.jpg", exif=captured)
    Image.new("RGB", (300, 700), (20, 90, 180)).save(folder / "blue.png")
    with wave.open(str(folder / "hum.wav"), "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(range(256)) * 32)
    shutil.copy(folder / "red.jpg", folder / "more" / "red again.jpg")
    shutil.copy(folder / "hum.wav", folder / "more" / "hum again.wav")
    (folder / NOT_MEDIA).write_text("no photo\n")
    if broken:
        (folder / BROKEN).write_bytes((folder / "red.jpg").read_bytes()[:250])
    return folder


def make_photos(folder: Path, count: int, side_px: int = 300, seed: int = 1) -> Path:
    """Photos of noise, about half a byte a pixel, each with other bytes."""
    folder.mkdir(parents=True)
    noise = random.Random(seed)
    for number in range(count):
        picture = Image.frombytes("L", (side_px, side_px), noise.randbytes(side_px * side_px))
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=60)
        (folder / f"photo-{number:03}.jpg").write_bytes(stream.getvalue())
    return folder


def contents(folder: Path) -> dict[str, set[Path]]:
    """The media files below a folder by their checksums."""
    found: dict[str, set[Path]] = {}
    for path in folder.rglob("*"):
        if path.is_file() and path.name != NOT_MEDIA:
            found.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), set()).add(path)
    return found
