"""Hierarchies from names with `/` in them: tags, collections and folders as they grow."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Twig(Generic[T]):
    """One part of a name: `name` is the whole name down to here, `own` what was said of this very name."""

    text: str
    name: str
    own: T | None = None
    below: dict[str, Twig[T]] = field(default_factory=dict)


def grown(entries: Iterable[tuple[str, T]]) -> list[Twig[T]]:
    """The names as a hierarchy, in the order in which they came; parts are compared without case."""
    growing: _Growing[T] = _Growing()
    for name, own in entries:
        twig = growing.at(name)
        twig.own, twig.name, twig.text = own, name, name.rpartition("/")[2]  # spelled as its own name is
    return list(growing.top.values())


class _Growing(Generic[T]):
    """The twigs so far, by name: in a class, so that nothing of it is left to the collector."""

    def __init__(self) -> None:
        self.top: dict[str, Twig[T]] = {}
        self._known: dict[str, Twig[T]] = {}

    def at(self, name: str) -> Twig[T]:
        """The twig of a name, grown with all that it needs."""
        found = self._known.get(name)
        if found is None:
            above, slash, part = name.rpartition("/")
            level = self.at(above).below if slash else self.top
            key = folded(part)
            found = level.get(key)
            if found is None:
                found = level[key] = Twig(part, name)
            self._known[name] = found
        return found


def folders(entries: Iterable[tuple[str, int]]) -> list[Twig[int]]:
    """Folders as a hierarchy, without those that all of them lie in and that hold nothing else."""
    tops = [_shortened(twig) for twig in grown(entries)]
    return [below for twig in tops for below in _opened(twig)]


def _shortened(twig: Twig[int]) -> Twig[int]:
    """The first folder on the way down that holds something of its own, or parts the way."""
    while len(twig.below) == 1 and not _holds_own(twig):
        twig = next(iter(twig.below.values()))
    return twig


def _opened(twig: Twig[int]) -> Iterator[Twig[int]]:
    """The folder itself, if it holds something of its own; else those in it, each as short as it can be."""
    if _holds_own(twig) or not twig.below:
        yield twig
    else:
        for below in twig.below.values():
            yield _shortened(below)


def _holds_own(twig: Twig[int]) -> bool:
    """Whether something lies in the folder itself and not in one below."""
    if twig.own is None:
        return False
    return twig.own > sum(below.own or 0 for below in twig.below.values())


def folded(part: str) -> str:
    """A name as it is compared."""
    if part.isascii():
        return part.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", part).casefold())
