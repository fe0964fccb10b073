"""Which tags may be meant by what is typed, the likeliest first."""

from __future__ import annotations

import heapq
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

MOST_SHOWN = 8
MOST_RECENT = 12
_PARTED = re.compile(r"[,\n\r\u2028\u2029]+")
_WORD_STARTS = frozenset(" -_.,;:()[]&+#@'\"")


def folded(name: str) -> str:
    """A name as tags are compared."""
    from keeproom.catalog.collation import folded as as_compared

    return as_compared(name)


@dataclass(frozen=True, slots=True)
class KnownTag:
    """A tag there is; `key` is its folded name, `count` how many items have it or one below."""

    name: str
    key: str
    count: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tag to choose; one that `creates` is not there yet."""

    name: str
    count: int = 0
    creates: bool = False


def known_tags(pairs: Iterable[tuple[str, int]]) -> tuple[KnownTag, ...]:
    """Tags from names and counts."""
    return tuple(KnownTag(name, folded(name), count) for name, count in pairs)


def suggest(tags: Sequence[KnownTag], typed: str, taken: Collection[str] = ()) -> list[Suggestion]:
    """The likeliest tags for what is typed, without those of these folded names, and the way to make it a new one.

    First stands what begins so, as a whole or at a level of the hierarchy, then what has a word that does, then what
    holds it anywhere; the more items, the earlier. The first of the list is what Enter takes: an existing tag only
    where it is or begins like what was typed.
    """
    name = cleaned(typed)
    if not name:
        return []
    key = folded(name)
    ranked = _ranked(tags, key, taken)
    best = heapq.nsmallest(MOST_SHOWN, ranked)
    found = [Suggestion(tag_name, -less) for _, less, _, tag_name in best]
    is_there = key in taken or any(rank == 0 for rank, *_ in best)
    if is_there:
        return found
    fresh = Suggestion(name, creates=True)
    begins = bool(best) and best[0][0] <= 2
    return [*found[: MOST_SHOWN - 1], fresh] if begins else [fresh, *found[: MOST_SHOWN - 1]]


def _ranked(tags: Iterable[KnownTag], key: str, taken: Collection[str]) -> Iterator[tuple[int, int, str, str]]:
    for tag in tags:
        at = tag.key.find(key)
        if at >= 0 and tag.key not in taken:
            yield _rank(tag.key, key, at), -tag.count, tag.key, tag.name


def _rank(tag: str, key: str, at: int) -> int:
    """0 the same, 1 it begins so, 2 a level begins so, 3 a word begins so, 4 it is in it."""
    if at == 0:
        return 0 if tag == key else 1
    if f"/{key}" in tag:
        return 2
    return 3 if any(tag[found.start() - 1] in _WORD_STARTS for found in re.finditer(re.escape(key), tag)) else 4


def cleaned(typed: str) -> str:
    """A name without space around it and around each `/`, as tags are kept; empty levels are left out."""
    return "/".join(part for level in typed.split("/") if (part := level.strip()))


def parted(text: str) -> list[str]:
    """The tags of a pasted text: parted by commas or lines, each once."""
    names: dict[str, str] = {}
    for part in _PARTED.split(text):
        name = cleaned(part)
        if name:
            names.setdefault(folded(name), name)
    return list(names.values())


def with_recent(recent: Sequence[str], used: Sequence[str]) -> list[str]:
    """The tags used last, newest first, after these were used."""
    names: dict[str, str] = {}
    for name in (*reversed(used), *recent):
        names.setdefault(folded(name), name)
    return list(names.values())[:MOST_RECENT]
