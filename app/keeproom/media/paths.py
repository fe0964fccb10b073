"""Which paths may reach a decoder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from keeproom.errors import UnreadableMediaError


def checked_path(path: Path) -> str:
    """The path as text, once it is known to be a regular file with a harmless absolute name.

    exiftool takes its arguments line by line, so a newline in a name is a command (shared measurements); a FIFO
    makes Pillow, PyAV and libmagic wait for ever.

    Raises:
        ValueError: a relative path, one with control characters, or one that is not UTF-8: a bug of the caller.
        UnreadableMediaError: there is no such file, or it is a folder, a pipe or a device.
    """
    text = harmless(os.fspath(path))
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise UnreadableMediaError(f"The stored bytes cannot be opened: {error.strerror}.") from error
    if not stat.S_ISREG(mode):
        raise UnreadableMediaError("This is not a regular file.")
    return text


def harmless(text: str) -> str:
    """The text of a path, if it is absolute, printable Unicode; else ValueError."""
    text.encode()
    if not text.startswith("/") or any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise ValueError(f"not a path that a reader may be given: {text!r}")
    return text
