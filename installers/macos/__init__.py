"""macOS: Qt's wheels bring all they need; the rest comes from Homebrew, by the person's own hand."""

from __future__ import annotations

import ctypes.util
import shlex
from collections.abc import Sequence

from installers.needs import CannotContinueError, Need, Use, program

NEEDS = (
    Need("libmagic", Use.READING, lambda: ctypes.util.find_library("magic") is not None),
    Need("exiftool", Use.READING, program("exiftool")),
    Need("vips", Use.BENCH, program("vipsthumbnail")),
    Need("openssl", Use.BENCH, program("openssl")),
)


def line(packages: Sequence[str]) -> str:
    """What a person types to install these."""
    return shlex.join(["brew", "install", *packages])


def install(packages: Sequence[str]) -> None:
    """Say what is missing.

    Raises:
        CannotContinueError: always.
    """
    raise CannotContinueError(f"Some programs are missing. Please run this, then try again:\n\n    {line(packages)}")
