"""What the fault tests share: the shim, built once, and places to import into."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults.command import Place
from tests.faults.shim import NoCompilerError, Shim
from tests.faults.sources import make_photos
from tests.faults.sweep import Sweep


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Shim:
    if sys.platform != "linux":
        pytest.skip("the shim is for Linux")
    try:
        return Shim(tmp_path_factory.mktemp("shim"))
    except NoCompilerError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def sweep(shim: Shim, tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    """An import without a broken photo, known in its undisturbed form."""
    return Sweep(tmp_path_factory.mktemp("sweep") / "plain", shim)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "place")


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dozen photos: an import of a second."""
    return make_photos(tmp_path_factory.mktemp("photos") / "photos", 12)
