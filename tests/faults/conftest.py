"""What the fault tests share: the shim, built once, and places to import into."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.command import Place
from tests.faults.shim import NoCompilerError, Shim
from tests.faults.sources import make_photos

MakePlace = Callable[..., Place]


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Shim:
    if sys.platform != "linux":
        pytest.skip("the shim is for Linux")
    try:
        return Shim(tmp_path_factory.mktemp("shim"))
    except NoCompilerError as error:
        pytest.skip(str(error))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "place")


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty photos: an import that takes a second or two."""
    return make_photos(tmp_path_factory.mktemp("photos") / "photos", 30)


class SmallDisk:
    """A tmpfs whose size can be changed while it is in use."""

    def __init__(self, folder: Path, options: str) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        made = self._mount("-t", "tmpfs", "-o", options, "tmpfs")
        if made.returncode:
            pytest.skip(f"mounting is not permitted: {made.stderr.strip()}")

    def enlarge(self, options: str) -> None:
        made = self._mount("-o", f"remount,{options}")
        assert made.returncode == 0, made.stderr

    def close(self) -> None:
        subprocess.run(["umount", "--lazy", self.folder], check=True)

    def _mount(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["mount", *words, self.folder], check=False, capture_output=True, text=True)


@pytest.fixture
def make_disk(tmp_path: Path) -> Iterator[Callable[[str], SmallDisk]]:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    disks: list[SmallDisk] = []

    def make(options: str) -> SmallDisk:
        disks.append(SmallDisk(tmp_path / f"disk{len(disks)}", options))
        return disks[-1]

    yield make
    for disk in disks:
        disk.close()
