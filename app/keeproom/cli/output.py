"""What a command writes: JSON lines or text on stdout, messages and a progress bar on stderr."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any


class Output:
    """The two streams of one command. Every line is flushed: what was told has happened."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.as_json: bool = arguments.json
        self._quiet: bool = arguments.quiet
        self._has_bar = not self._quiet and sys.stderr.isatty()
        self._bar_width = 0

    def record(self, record: Mapping[str, Any], text: str) -> None:
        """One result: as a JSON object, or as its text for people."""
        self._wipe()
        line = json.dumps(record, ensure_ascii=True) if self.as_json else printable(text)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    def message(self, text: str) -> None:
        """Something a person should know beside the results."""
        if not self._quiet:
            self._wipe()
            sys.stderr.write(printable(text) + "\n")
            sys.stderr.flush()

    def progress(self, done: int, total: int, text: str) -> None:
        """How far it is, drawn over the last one; only on a terminal."""
        if not self._has_bar:
            return
        filled = 24 * done // total if total else 0
        line = f"[{'#' * filled}{'.' * (24 - filled)}] {printable(text)}"[:100]
        sys.stderr.write("\r" + line.ljust(self._bar_width))
        sys.stderr.flush()
        self._bar_width = len(line)

    def _wipe(self) -> None:
        if self._bar_width:
            sys.stderr.write("\r" + " " * self._bar_width + "\r")
            sys.stderr.flush()
            self._bar_width = 0


def printable(text: str) -> str:
    """A text that a terminal shows as one line and that stdout can encode: no control character, no lone surrogate."""
    clean = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
    return clean.encode(sys.stdout.encoding or "utf-8", "backslashreplace").decode(sys.stdout.encoding or "utf-8")


def human_size(size_bytes: int) -> str:
    """A size in the largest unit that keeps it above one: `812 B`, `3.4 MB`."""
    size = float(size_bytes)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


def plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
