"""Texts that a person gives: what no database and no file system can keep is refused by name."""

from __future__ import annotations

from keeproom.errors import UsageError

_SHOWN_CHARACTERS = 80


def storable(what: str, value: object) -> str:
    """The text as it was given.

    Raises:
        UsageError: it is no text, or holds a NUL or half a character; the message names it, beginning with `what`.
    """
    if not isinstance(value, str):
        raise UsageError(f"{what} must be a text, and {shortened(value)} is none.")
    if "\0" in value:
        raise UsageError(f"{what} {shortened(value)} has a NUL character in it, which cannot be kept.")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise UsageError(f"{what} {shortened(value)} has half a character in it (a lone surrogate), which is no text.")
    return value


def shortened(value: object) -> str:
    """A value as an error names it: quoted, in one line, and not for pages."""
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"
