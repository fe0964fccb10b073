"""Files that state something of themselves, written by exiftool as other programs write them."""

from __future__ import annotations

import subprocess
from pathlib import Path


def describe(path: Path, *arguments: str) -> Path:
    """Write tags into a file, `XMP-dc:Title=Rome` each; a companion file that is not there is made. The path."""
    command = ["exiftool", "-q", "-m", "-overwrite_original", "-codedcharacterset=utf8"]
    command += [f"-{argument}" for argument in arguments]
    subprocess.run([*command, *([] if path.exists() else ["-o"]), str(path)], check=True)
    return path
