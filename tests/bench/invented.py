"""Facts of photos that nobody took, as columns: skewed as real collections are, and the same every time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from keeproom.media.formats import FORMATS
from tests.bench.lexicon import PLAIN, described, titled
from tests.bench.organised import Organised, organise

Ints = NDArray[np.int64]
Chance = np.random.Generator

ASPECTS = ((3, 2), (4, 3), (2, 3), (3, 4), (16, 9), (1, 1))
"""Sides of the pictures; each has thumbnails of its own."""

_ASPECT_SHARES = (0.34, 0.28, 0.12, 0.16, 0.08, 0.02)
_FIRST_YEAR, _LAST_YEAR = 2004, 2026
_DAY_S = 86_400
_LABELS = (None, "red", "yellow", "green", "blue", "purple")
_ISOS = (64, 100, 200, 400, 800, 1600, 3200, 6400, 12800)
_ISO_SHARES = (0.12, 0.3, 0.16, 0.14, 0.11, 0.08, 0.05, 0.03, 0.01)
_TOWNS = ((41.9, 12.5), (48.86, 2.35), (52.52, 13.4), (47.37, 8.54), (54.87, 10.41), (35.68, 139.69), (-33.87, 151.2))
_FLAGS = (None, "pick", "reject")


@dataclass(frozen=True)
class Style:
    """How one kind of file is named, how often it comes, how large it is (median, in bytes), what makes it, and how
    often it knows where that was."""

    format: str
    pattern: str
    share: float
    median_bytes: int
    cameras: tuple[str, ...] = ()
    seconds: float = 0.0
    lenses: tuple[str, ...] = ()
    located: float = 0.0


STYLES = (
    Style(
        *("jpeg", "IMG_{n:04}.JPG", 0.30, 3_200_000),
        cameras=("Canon EOS 5D Mark III", "Canon EOS R6", "Canon PowerShot A80"),
        lenses=("EF24-70mm f/2.8L II USM", "EF50mm f/1.8 STM", "RF100-500mm F4.5-7.1 L IS USM"),
    ),
    Style(
        *("jpeg", "DSC{n:05}.JPG", 0.12, 5_100_000),
        cameras=("SONY ILCE-7M3", "NIKON D750", "NIKON Z 6_2"),
        lenses=("FE 24-105mm F4 G OSS", "24.0-70.0 mm f/2.8", "50.0 mm f/1.8"),
    ),
    Style("jpeg", "PXL_{day}_{n:06}.jpg", 0.16, 2_600_000, ("Google Pixel 7", "Google Pixel 4a"), located=0.8),
    Style("jpeg", "IMG-{day}-WA{n:04}.jpg", 0.06, 180_000),
    Style(
        *("heif", "IMG_{n:04}.HEIC", 0.15, 1_700_000),
        cameras=("Apple iPhone 14", "Apple iPhone 11 Pro"),
        lenses=("iPhone 14 back dual wide camera 5.7mm f/1.5", "iPhone 11 Pro back triple camera 4.25mm f/1.8"),
        located=0.85,
    ),
    Style("arw", "DSC{n:05}.ARW", 0.05, 24_000_000, ("SONY ILCE-7M3",), lenses=("FE 24-105mm F4 G OSS",)),
    Style("nef", "_DSC{n:04}.NEF", 0.03, 27_000_000, ("NIKON D750", "NIKON Z 6_2"), lenses=("50.0 mm f/1.8",)),
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
    lens: Sequence[str | None]
    iso: Sequence[int | None]
    latitude: Sequence[float | None]
    longitude: Sequence[float | None]
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
    description: Sequence[str | None]
    creator: Sequence[str | None]
    place: Sequence[str | None]
    rating: Ints
    label: Sequence[str | None]
    flag: Sequence[str | None]
    trashed: NDArray[np.bool_]
    entry: Ints


def invent(count: int, chance: Chance) -> tuple[Blobs, Stated, Organised]:
    """So many assets with a blob each, and how they are organised."""
    style = chance.choice(len(STYLES), count, p=[row.share for row in STYLES])
    event, captured = _captured(count, chance)
    texts = captured.astype("datetime64[s]").astype("U19")
    dated = chance.random(count) < np.array([0.98 if row.cameras else 0.25 for row in STYLES])[style]
    months = captured.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    blobs = _blobs(style, event, np.where(dated, texts, None), chance)
    return blobs, _stated(style, texts, chance), organise(event, months, chance)


def _blobs(style: Ints, event: Ints, captured: NDArray[np.object_], chance: Chance) -> Blobs:
    count = len(style)
    aspect = chance.choice(len(ASPECTS), count, p=_ASPECT_SHARES)
    long_side = chance.choice((2048, 4000, 4608, 6000, 8256), count, p=(0.15, 0.3, 0.25, 0.25, 0.05))
    across = np.array([w / max(w, h) for w, h in ASPECTS])[aspect]
    down = np.array([h / max(w, h) for w, h in ASPECTS])[aspect]
    median = np.array([row.median_bytes for row in STYLES])[style]
    seconds = np.array([row.seconds for row in STYLES])[style]
    has_camera = np.array([bool(row.cameras) for row in STYLES])[style]
    located = chance.random(count) < np.array([row.located for row in STYLES])[style]
    near = np.array(_TOWNS)[(event // 9) % len(_TOWNS)]
    return Blobs(
        sha256=_hex(count, 32, chance),
        size_bytes=(median * np.exp(0.5 * chance.standard_normal(count))).astype(np.int64),
        style=style,
        aspect=aspect,
        width=np.round(long_side * across).astype(np.int64),
        height=np.round(long_side * down).astype(np.int64),
        duration_s=np.round(seconds * np.exp(0.8 * chance.standard_normal(count)), 2),
        camera=_one_of([row.cameras for row in STYLES], style, event),
        lens=_one_of([row.lenses for row in STYLES], style, event // 2),
        iso=np.where(has_camera, chance.choice(_ISOS, count, p=_ISO_SHARES), None).tolist(),
        latitude=np.where(located, np.round(near[:, 0] + 0.02 * chance.standard_normal(count), 6), None).tolist(),
        longitude=np.where(located, np.round(near[:, 1] + 0.02 * chance.standard_normal(count), 6), None).tolist(),
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
        title=_some(titled, 0.03, count, chance),
        description=_some(described, 0.02, count, chance),
        creator=_some(lambda number: ("Ada Lo", "Bo Šķērs", "Someone")[number % 3], 0.05, count, chance),
        place=_some(lambda number: PLAIN[number % 3], 0.03, count, chance),
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


def _one_of(choices: Sequence[tuple[str, ...]], style: Ints, event: Ints) -> list[str | None]:
    """One of those of the style for a whole event."""
    return [
        some[number % len(some)] if (some := choices[code]) else None
        for code, number in zip(style.tolist(), event.tolist(), strict=True)
    ]


def _some(make: Callable[[int], str], share: float, count: int, chance: Chance) -> list[str | None]:
    """A text for some of all."""
    numbers = np.where(chance.random(count) < share, chance.integers(0, 5_000, count), -1)
    return [make(number) if number >= 0 else None for number in numbers.tolist()]


def _hex(count: int, size: int, chance: Chance) -> list[str]:
    text = chance.bytes(count * size).hex()
    return [text[start : start + 2 * size] for start in range(0, len(text), 2 * size)]


def kind_and_mime(style: Style) -> tuple[str, str]:
    row = FORMATS[style.format]
    return row.kind.value, row.mime
