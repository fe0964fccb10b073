"""A library of some hundred invented assets: dated or not, rated, in the trash, in trouble, organised, of all kinds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from keeproom.library.opening import Library, open_library
from tests.bench.synthetic import make_library

COUNT = 400


@pytest.fixture(scope="session")
def many_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic") / "library"
    make_library(folder, COUNT, thumbnailed=0)
    return folder


@pytest.fixture
def many(many_template: Path, tmp_path: Path) -> Iterator[Library]:
    """A copy of one's own."""
    shutil.copytree(many_template, tmp_path / "many")
    with open_library(tmp_path / "many") as library:
        yield library
