"""Facts of photos that nobody took, as columns: skewed as real collections are, and the same every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from keeproom.media.formats import FORMATS

Ints = NDArray[np.int64]
Chance = np.random.Generator

ASPECTS = ((3, 2), (4, 3), (2, 3), (3, 4), (16, 9), (1, 1))
"""Sides of the pictures; each has thumbnails of its own."""

_ASPECT_SHARES = (0.34, 0.28, 0.12, 0.16, 0.08, 0.02)
_FIRST_YEAR, _LAST_YEAR = 2004, 2026
_DAY_S = 86_400
_LABELS = (None, "red", "yellow", "green", "blue", "purple")
_FLAGS = (None, "pick", "reject")


@dataclass(frozen=True)
class Style:
    """How one kind of file is named, how often it comes, how large it is (median, in bytes), and what makes it."""

    format: str
    pattern: str
    share: float
    median_bytes: int
    cameras: tuple[str, ...] = ()
    seconds: float = 0.0


STYLES = (
    Style("jpeg", "IMG_{n:04}.JPG", 0.30, 3_200_000, ("Canon EOS 5D Mark III", "Canon EOS R6", "Canon PowerShot A80")),
    Style("jpeg", "DSC{n:05}.JPG", 0.12, 5_100_000, ("SONY ILCE-7M3", "NIKON D750", "NIKON Z 6_2")),
    Style("jpeg", "PXL_{day}_{n:06}.jpg", 0.16, 2_600_000, ("Google Pixel 7", "Google Pixel 4a")),
    Style("jpeg", "IMG-{day}-WA{n:04}.jpg", 0.06, 180_000),
    Style("heif", "IMG_{n:04}.HEIC", 0.15, 1_700_000, ("Apple iPhone 14", "Apple iPhone 11 Pro")),
    Style("arw", "DSC{n:05}.ARW", 0.05, 24_000_000, ("SONY ILCE-7M3",)),
    Style("nef", "_DSC{n:04}.NEF", 0.03, 27_000_000, ("NIKON D750", "NIKON Z 6_2")),
    Style("png", "Screenshot {day} {n}.png", 0.04, 900_000),
    Style("tiff", "Ærø scan {n}.tif", 0.01, 42_000_000),
    Style("mp4", "VID_{day}_{n:06}.mp4", 0.05, 38_000_000, ("Google Pixel 7", "Canon EOS R6"), 18.0),
    Style("mov", "IMG_{n:04}.MOV", 0.01, 22_000_000, ("Apple iPhone 14",), 9.0),
    Style("mp3", "{n:02} Track.mp3", 0.01, 6_000_000, (), 215.0),
    Style("pdf", "Rechnung {n}.pdf", 0.01, 240_000),
)


@dataclass(frozen=True)
class Blobs:
    """Columns of the blobs, in the order in which they came."""

    sha256: Sequence[str]
    size_bytes: Ints
    style: Ints
    aspect: Ints
    width: Ints
    height: Ints
    duration_s: NDArray[np.float64]
    camera: Sequence[str | None]
    captured: Sequence[str | None]
    colour: Ints
    state: Sequence[str]
    progress: Sequence[str]


@dataclass(frozen=True)
class Stated:
    """Columns of what a person states about the assets, and of how they came."""

    uuid: Sequence[str]
    name: Sequence[str]
    title: Sequence[str | None]
    rating: Ints
    label: Sequence[str | None]
    flag: Sequence[str | None]
    trashed: NDArray[np.bool_]
    entry: Ints


def invent(count: int, chance: Chance) -> tuple[Blobs, Stated]:
    """So many assets with a blob each."""
    style = chance.choice(len(STYLES), count, p=[row.share for row in STYLES])
    event, captured = _captured(count, chance)
    texts = captured.astype("datetime64[s]").astype("U19")
    dated = chance.random(count) < np.array([0.98 if row.cameras else 0.25 for row in STYLES])[style]
    return _blobs(style, event, np.where(dated, texts, None), chance), _stated(style, texts, chance)


def _blobs(style: Ints, event: Ints, captured: NDArray[np.object_], chance: Chance) -> Blobs:
    count = len(style)
    aspect = chance.choice(len(ASPECTS), count, p=_ASPECT_SHARES)
    long_side = chance.choice((2048, 4000, 4608, 6000, 8256), count, p=(0.15, 0.3, 0.25, 0.25, 0.05))
    across = np.array([w / max(w, h) for w, h in ASPECTS])[aspect]
    down = np.array([h / max(w, h) for w, h in ASPECTS])[aspect]
    median = np.array([row.median_bytes for row in STYLES])[style]
    seconds = np.array([row.seconds for row in STYLES])[style]
    return Blobs(
        sha256=_hex(count, 32, chance),
        size_bytes=(median * np.exp(0.5 * chance.standard_normal(count))).astype(np.int64),
        style=style,
        aspect=aspect,
        width=np.round(long_side * across).astype(np.int64),
        height=np.round(long_side * down).astype(np.int64),
        duration_s=np.round(seconds * np.exp(0.8 * chance.standard_normal(count)), 2),
        camera=_cameras(style, event),
        captured=captured.tolist(),
        colour=chance.integers(0x202020, 0xF0F0F0, count),
        state=chance.choice(("ok", "damaged", "missing"), count, p=(0.9997, 0.0001, 0.0002)).tolist(),
        progress=chance.choice(("ready", "failed"), count, p=(0.997, 0.003)).tolist(),
    )


def _stated(style: Ints, texts: NDArray[np.str_], chance: Chance) -> Stated:
    count = len(style)
    numbers = chance.integers(1, 9_999, count)
    days = [text[:10].replace("-", "") for text in texts.tolist()]
    patterns = [STYLES[code].pattern for code in style.tolist()]
    each = zip(patterns, numbers.tolist(), days, strict=True)
    return Stated(
        uuid=_hex(count, 16, chance),
        name=[pattern.format(n=number, day=day) for pattern, number, day in each],
        title=np.where(chance.random(count) < 0.01, "A good day", None).tolist(),
        rating=chance.choice(6, count, p=(0.86, 0.01, 0.02, 0.05, 0.04, 0.02)),
        label=[_LABELS[code] for code in chance.choice(6, count, p=(0.97, 0.01, 0.005, 0.005, 0.005, 0.005)).tolist()],
        flag=[_FLAGS[code] for code in chance.choice(3, count, p=(0.95, 0.035, 0.015)).tolist()],
        trashed=chance.random(count) < 0.004,
        entry=_entries(count, chance),
    )


def _captured(count: int, chance: Chance) -> tuple[Ints, Ints]:
    """For each photo its event, and its wall time in seconds: events of some hours, more of them in later years, each
    a few bursts. Events come in the order of time but for some, as old cards turn up late."""
    sizes = np.maximum(1, np.exp(2.6 + 1.1 * chance.standard_normal(max(8, count // 10)))).astype(np.int64)
    events = int(np.searchsorted(np.cumsum(sizes), count)) + 1
    years = _FIRST_YEAR + (_LAST_YEAR - _FIRST_YEAR) * np.sqrt(np.sort(chance.random(events)))
    starts = ((years - 1970) * 365.2425).astype(np.int64) * _DAY_S + chance.integers(7 * 3600, 21 * 3600, events)
    late = chance.random(events) < 0.08
    starts[late] = chance.permutation(starts[late])
    event = np.repeat(np.arange(len(sizes)), sizes)[:count]
    gaps = np.where(chance.random(count) < 0.45, chance.integers(0, 3, count), chance.exponential(140, count))
    passed = np.cumsum(gaps.astype(np.int64))
    first = np.searchsorted(event, np.arange(events))
    return event, starts[event] + passed - passed[np.minimum(first, count - 1)][event]


def _entries(count: int, chance: Chance) -> Ints:
    """The import of each asset, from 1: a few large ones and many small ones."""
    sizes = np.maximum(1, np.exp(5.5 + 1.4 * chance.standard_normal(max(4, count // 100)))).astype(np.int64)
    if sizes.sum() < count:
        sizes[0] += count - sizes.sum()
    return np.repeat(np.arange(1, len(sizes) + 1), sizes)[:count]


def _cameras(style: Ints, event: Ints) -> list[str | None]:
    """One camera of the style for a whole event."""
    return [
        cameras[number % len(cameras)] if (cameras := STYLES[code].cameras) else None
        for code, number in zip(style.tolist(), event.tolist(), strict=True)
    ]


def _hex(count: int, size: int, chance: Chance) -> list[str]:
    text = chance.bytes(count * size).hex()
    return [text[start : start + 2 * size] for start in range(0, len(text), 2 * size)]


def kind_and_mime(style: Style) -> tuple[str, str]:
    row = FORMATS[style.format]
    return row.kind.value, row.mime
