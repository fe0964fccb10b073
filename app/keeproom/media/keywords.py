"""Keywords as tags, `a/b` for a hierarchy.

digiKam writes hierarchies as `a/b`, Lightroom as `a|b`. Both, and others, repeat the leaves or all parts as flat
keywords, which therefore are no tags of their own where a hierarchy has them; nor is what only stands above another
tag, for it is found by that. All sources are gathered: a program that knows one kind of keywords leaves the others
behind as they were, and a tag too many is soon taken off, one too few is lost.

A `/` in a flat keyword (`AC/DC`, `b/w`) is kept: the text stays what it was and finds what it found, shown with one
level more. Any other character in its place would make a word that nobody types.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from keeproom.media.values import LINE_CHARACTERS, lines_of

MOST = 1_000
"""So many tags of one file are taken over: one with more of them would bury those of a person."""

MOST_CHARACTERS = 100_000
"""So much of a file's keywords is looked at, of those with levels and of those without: each is searched for in all
others, and a file may hold a million."""

LONGEST = LINE_CHARACTERS

HIERARCHICAL = (
    ("XMP:TagsList", "/"),
    ("XMP:HierarchicalSubject", "|"),
    ("XMP:LastKeywordXMP", "/"),
    ("XMP:CatalogSets", "|"),
)
"""digiKam, Lightroom, Windows, Expression Media; each with what stands between the levels."""

FLAT = (
    ("XMP:Subject", None),
    ("IPTC:Keywords", None),
    ("EXIF:XPKeywords", ";"),
    ("QuickTime:Keywords", "[;,]"),
    ("QuickTime:Keyword", "[;,]"),
    ("Matroska:Keywords", "[;,]"),
    ("PDF:Keywords", "[;,]"),
)
"""Keywords without levels, and what stands between several in one text."""

_IPTC_BYTES = 64
"""Where IPTC keywords end (IIM 4.2, dataset 2:25)."""

Name = str
"""A tag as it will be named: its parts with `/` between them."""


def keywords(tags: Mapping[str, object]) -> tuple[Name, ...]:
    """The tags of a file in their order there, each once: clean texts that tags can be named by."""
    paths = list(_paths(tags))
    hierarchy = _by_key(name for name in paths if "/" in name)
    whole = "".join(f"\n/{key}/" for key in hierarchy)
    flat = _by_key([*(name for name in paths if "/" not in name), *_flat(tags)])
    names = hierarchy | {key: name for key, name in flat.items() if f"/{key}/" not in whole}
    above = {key[:end] for key in names for end, character in enumerate(key) if character == "/"}
    whole += "".join(f"\n/{key}/" for key in names)
    kept = [name for key, name in names.items() if key not in above and not _is_cut(key, whole)]
    return tuple(kept[:MOST])


def is_name(text: str) -> bool:
    """Whether a text is one that `keywords` could have given."""
    return len(text) <= LONGEST and "\0" not in text and all(p and p == p.strip() for p in text.split("/"))


def _paths(tags: Mapping[str, object]) -> Iterator[Name]:
    for tag, between in HIERARCHICAL:
        yield from _names(line.split(between) for line in lines_of(tags.get(tag), LONGEST * 2))


def _flat(tags: Mapping[str, object]) -> Iterator[Name]:
    """Flat keywords; a `|` in one is a hierarchy that its program hid there."""
    for tag, between in FLAT:
        for line in lines_of(tags.get(tag), LONGEST * 2):
            texts = re.split(between, line)[:MOST] if between else [line]
            yield from _names(text.split("|") for text in texts)


def _names(paths: Iterable[list[str]]) -> Iterator[Name]:
    """The names that paths make, without empty parts; none for what is too long."""
    for path in paths:
        name = "/".join(filter(None, (part.strip() for level in path for part in level.split("/"))))
        if 0 < len(name) <= LONGEST:
            yield name


def _by_key(names: Iterable[Name]) -> dict[str, Name]:
    """The first names by how they are compared, each as it came first."""
    found: dict[str, Name] = {}
    left = MOST_CHARACTERS
    for name in names:
        key = _folded(name)
        if key not in found:
            left -= len(name)
            if left < 0:
                break
            found[key] = name
    return found


def _is_cut(key: str, whole: str) -> bool:
    """Whether a keyword is the beginning of another one, cut where IPTC had to."""
    is_as_long = _IPTC_BYTES - 4 < len(key.encode()) <= _IPTC_BYTES
    return is_as_long and any(whole[found.end()] != "/" for found in re.finditer(re.escape(f"/{key}"), whole))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
