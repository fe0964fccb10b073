"""Windows: Qt's wheels bring all they need; exiftool is the person's to install."""

from __future__ import annotations

from collections.abc import Sequence

from installers.needs import CannotContinueError, Need, Use, program

NEEDS = (
    Need("exiftool", Use.READING, program("exiftool")),
    Need("vips", Use.BENCH, program("vipsthumbnail")),
    Need("openssl", Use.BENCH, program("openssl")),
)


def line(packages: Sequence[str]) -> str:
    """What a person has to bring into the PATH."""
    return ", ".join(packages)


def install(packages: Sequence[str]) -> None:
    """Say what is missing.

    Raises:
        CannotContinueError: always.
    """
    raise CannotContinueError(
        f"Please install these, so that they are found in the PATH, then try again: {line(packages)}"
    )
