"""What nobody has put in order: tags, folders, collections and stacks of invented photos, skewed as real ones are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.bench.lexicon import PLAIN, WORDS, tag_names

Ints = NDArray[np.int64]
Chance = np.random.Generator

TAGS = 5_000
SMART = (
    ("Best", "rating:>=4"),
    ("Best/Videos", "kind:video rating:>=3"),
    ("To sort", "is:untagged date:2020.."),
    ("Rome", "tag:places/Italy/Rome"),
    ("Picked", "flag:pick"),
    ("Phone, this year", 'camera:"Google Pixel 7" date:2026'),
    ("Large", "size:>20MB"),
    ("Sea, no trash", "sea -flag:reject"),
)
"""Names and queries of smart collections."""


@dataclass(frozen=True)
class Organised:
    """Pairs are columns: places of assets, from 0, and of names. `stack` is a number from 1, 0 without; in a stack
    assets stand by `stack_place`."""

    tags: Sequence[str]
    tagged: tuple[Ints, Ints]
    folders: Sequence[str]
    folder: Ints
    collections: Sequence[str]
    collected: tuple[Ints, Ints, NDArray[np.float64]]
    stack: Ints
    stack_place: Ints


def organise(event: Ints, months: Ints, chance: Chance) -> Organised:
    """Order for so many assets, whose events come one after the other; `months` are those they were taken in."""
    folders, folder = _folders(event, months)
    collections, *collected = _collections(len(event), chance)
    stack, place = _stacks(event, chance)
    tags = tag_names(min(TAGS, 100 + len(event) // 100))
    return Organised(
        tags, _tagged(event, len(tags), chance), folders, folder, collections, tuple(collected), stack, place
    )  # fmt: skip


def _tagged(event: Ints, tags: int, chance: Chance) -> tuple[Ints, Ints]:
    """A third of all assets have tags: those of an event most of its tags, some one of their own."""
    events = int(event[-1]) + 1
    is_sorted = chance.random(events) < 0.36
    of_event = np.stack([_skewed(tags, events, chance) for _ in range(4)])
    how_many = np.minimum(4, chance.geometric(0.5, events))
    assets, names = [], []
    for number, tag in enumerate(of_event):
        has = is_sorted[event] & (number < how_many[event]) & (chance.random(len(event)) < 0.92)
        assets.append(np.flatnonzero(has))
        names.append(tag[event[has]])
    alone = np.flatnonzero(chance.random(len(event)) < 0.02)
    assets.append(alone)
    names.append(_skewed(tags, len(alone), chance))
    pairs = np.unique(np.concatenate(assets) * tags + np.concatenate(names))
    return pairs // tags, pairs % tags


def _skewed(most: int, count: int, chance: Chance) -> Ints:
    """Numbers below `most`, the first ones far more often (Zipf's law)."""
    shares = 1 / (np.arange(most) + 3.0)
    drawn: Ints = np.searchsorted(np.cumsum(shares / shares.sum()), chance.random(count)).clip(0, most - 1)
    return drawn


def _folders(event: Ints, months: Ints) -> tuple[list[str], Ints]:
    """A folder for some events of a month; one card in five was copied as it was."""
    group = event // 6
    first = np.concatenate(([0], np.flatnonzero(np.diff(group)) + 1))
    paths = [_folder(int(group[at]), *divmod(int(months[at]), 12)) for at in first.tolist()]
    folders = sorted(set(paths))
    places = {path: place for place, path in enumerate(folders)}
    of_group = np.array([places[path] for path in paths])
    return folders, np.repeat(of_group, np.diff(np.append(first, len(event))))


def _folder(group: int, year: int, month: int) -> str:
    if group % 5 == 0:
        return f"/media/card/DCIM/{100 + group % 60}CANON"
    return f"/home/someone/Pictures/{year}/{year}-{month + 1:02} {WORDS[group * 37 % len(WORDS)]}"


def _collections(count: int, chance: Chance) -> tuple[list[str], Ints, Ints, NDArray[np.float64]]:
    """A few large collections and many small ones, each in an order that a person changed here and there."""
    plain = [word.capitalize() for word in WORDS[200:320]]
    names = [*PLAIN, *plain, *(f"{top}/{year}" for top in plain[:8] for year in range(2012, 2022))]
    assets, places = [], []
    for number in range(len(names)):
        size = min(count // 2, 4 + int(count * 0.016 / (number + 1)))
        start = int(chance.integers(0, count - size + 1))
        run = np.arange(start, start + size)
        assets.append(run[chance.random(size) < 0.8])
        order = np.arange(len(assets[-1]), dtype=np.float64)
        order[chance.random(len(order)) < 0.1] -= 20.5
        places.append(order)
    of = np.repeat(np.arange(len(names)), [len(each) for each in assets])
    return names, np.concatenate(assets), of, np.concatenate(places)


def _stacks(event: Ints, chance: Chance) -> tuple[Ints, Ints]:
    """Bursts of two to eight photos of one event, one behind the other."""
    count = len(event)
    starts = np.flatnonzero(chance.random(count) < 0.01)
    stack, place = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    sizes = 2 + chance.geometric(0.45, len(starts)).clip(0, 6)
    for number, (start, size) in enumerate(zip(starts.tolist(), sizes.tolist(), strict=True), start=1):
        run = slice(start, min(count, start + size))
        free = (stack[run] == 0) & (event[run] == event[start])
        if free.sum() > 1:
            stack[run][free] = number
            place[run][free] = np.roll(np.arange(free.sum()), number % 3)
    return stack, place
