"""What tests of every room share: a library of their own, pictures made on the spot, and the corpus."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from keeproom.library.opening import Library, open_library
from tests.importing import Importer

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, state and locks of a person who never used Keeproom."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME"):
        (home / name).mkdir(mode=0o700)
        monkeypatch.setenv(name, str(home / name))
    monkeypatch.delenv("KEEPROOM_LIBRARY", raising=False)
    return home


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty library to copy: making one takes longer than most tests."""
    folder = tmp_path_factory.mktemp("template") / "Library"
    open_library(folder).close()
    return folder


@pytest.fixture
def library(tmp_path: Path, empty_library: Path) -> Iterator[Library]:
    shutil.copytree(empty_library, tmp_path / "Library")
    with open_library(tmp_path / "Library") as opened:
        yield opened


@pytest.fixture
def importer(library: Library) -> Importer:
    return Importer(library)


@pytest.fixture(scope="session")
def corpus() -> Path:
    if not CORPUS.is_dir():
        pytest.skip("the corpus is not here")
    return CORPUS


MakePicture = Callable[..., Path]


@pytest.fixture
def make_picture(tmp_path: Path) -> MakePicture:
    """Writes a small picture; another `colour` makes other bytes."""

    def make(name: str | bytes = "photo.jpg", colour: int = 0, folder: Path | None = None) -> Path:
        path = Path(os.fsdecode(os.path.join(os.fsencode(folder or tmp_path / "photos"), os.fsencode(name))))
        path.parent.mkdir(parents=True, exist_ok=True)
        picture = Image.new("RGB", (64, 48), (colour % 256, colour // 256 % 256, 80))
        with path.open("wb") as stream:
            picture.save(stream, "JPEG", comment=str(colour))  # neighbouring colours give the same JPEG
        return path

    return make
