"""Small disks that fill for real: tmpfs, which only root can mount."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

AMPLE = "size=64m,nr_inodes=4000"


class NoMountError(Exception):
    """No disk can be mounted here."""


class SmallDisk:
    """A tmpfs whose size can be changed while it is in use; `options` as mount(8) takes them."""

    def __init__(self, folder: Path, options: str) -> None:
        """Mount it.

        Raises:
            NoMountError: that is not permitted.
        """
        if sys.platform != "linux" or os.geteuid() != 0:
            raise NoMountError("only root can mount a small disk")
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._mount("-t", "tmpfs", "-o", options, "tmpfs")

    def enlarge(self) -> None:
        self._mount("-o", f"remount,{AMPLE}")

    def close(self) -> None:
        subprocess.run(["umount", "--lazy", self.folder], check=True)

    def _mount(self, *words: str) -> None:
        made = subprocess.run(["mount", *words, self.folder], check=False, capture_output=True, text=True)
        if made.returncode:
            raise NoMountError(f"mounting is not permitted: {made.stderr.strip()}")


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[SmallDisk]:
    disk = SmallDisk(folder, options)
    try:
        yield disk
    finally:
        disk.close()
