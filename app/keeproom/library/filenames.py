"""Names for files that leave the library: readable, and good on every disk they may be carried to.

An export often ends on a stick or a share, so what Windows and FAT refuse is replaced on every system.
"""

from __future__ import annotations

import re

MOST_BYTES = 255
"""What ext4, APFS and most others take for a name, in UTF-8; NTFS counts 255 UTF-16 units, which are never more."""

LONGEST_EXTENSION = 32
UNTITLED = "untitled"

_ILLEGAL = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f]')
"""Microsoft, "Naming Files, Paths, and Namespaces": reserved characters; and every control character."""

_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
"""Device names of Windows, with or without an extension (the same page)."""

_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks of writing direction (Unicode, UAX #9): they can make `gpj.exe` read `exe.jpg`."""


def safe_name(text: str) -> str:
    """A file name as close to the text as every file system allows; never empty, hidden or longer than 255 bytes."""
    clean = "".join(_safe(character) for character in _ILLEGAL.sub("_", text))
    stem, extension = split_name(clean.strip(" ").rstrip(". ").lstrip("."))
    if not stem.strip("_ .") and not extension:
        stem = UNTITLED
    if _RESERVED.fullmatch(stem.partition(".")[0].rstrip(" ")):
        first, dot, rest = stem.partition(".")
        stem = f"{first.rstrip(' ')}_{dot}{rest}"
    return fitting(stem, extension)


def _safe(character: str) -> str:
    """The character itself, unless it is half a surrogate pair (a byte that was not UTF-8) or turns the direction."""
    return "_" if character in _DIRECTIONS or "\ud800" <= character <= "\udfff" else character


def split_name(name: str) -> tuple[str, str]:
    """Stem and extension with its dot; what is too long for an extension, or has a blank in it, is none."""
    stem, dot, extension = name.rpartition(".")
    if not stem or not extension or len(extension) > LONGEST_EXTENSION or " " in extension:
        return name, ""
    return stem, dot + extension


def numbered(name: str, number: int) -> str:
    """The name itself for 1, then `name (2).jpg` and so on, never longer than a name may be."""
    if number == 1:
        return name
    stem, extension = split_name(name)
    return fitting(stem, f" ({number}){extension}")


def fitting(stem: str, ending: str) -> str:
    """Stem and ending, the stem cut where both together are too long."""
    room = MOST_BYTES - len(ending.encode())
    if len(stem.encode()) > room:
        stem = stem.encode()[:room].decode("utf-8", "ignore").rstrip(" ")
    return stem + ending
