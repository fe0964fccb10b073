"""Stores under test. A later store is one more row of `STORES` and has to pass `test_contract.py` as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from keeproom.blobs import BlobStore, FolderStore, Stored


@dataclass(frozen=True)
class Shelf:
    """A fresh store, and what a test may do behind its back."""

    store: BlobStore
    damage: Callable[[str, bool], None]
    """Flip a bit of a blob: of the living one, or of the one in quarantine."""
    leftovers: Callable[[], list[Path]]
    """Unfinished parts."""


def folder_store(home: Path) -> FolderStore:
    """A store with its folders; its incoming folder is not made yet."""
    for name in ("blobs", "quarantine"):
        (home / name).mkdir(mode=0o700, exist_ok=True)
    return FolderStore(home / "blobs", home / "quarantine", home / "incoming" / "1")


def folder_shelf(home: Path) -> Shelf:
    def damage(sha256: str, quarantined: bool) -> None:
        path = home / "quarantine" / sha256 if quarantined else home / "blobs" / sha256[:2] / sha256[2:4] / sha256
        content = path.read_bytes()
        path.chmod(0o600)
        path.write_bytes(bytes([content[0] ^ 1]) + content[1:])

    return Shelf(folder_store(home), damage, lambda: list((home / "incoming").rglob("*/*")))


STORES = {"folder": folder_shelf}


@pytest.fixture(params=STORES)
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    home = tmp_path / "library"
    home.mkdir()
    return STORES[request.param](home)


@pytest.fixture
def store(shelf: Shelf) -> BlobStore:
    return shelf.store


@pytest.fixture
def put(store: BlobStore, tmp_path: Path) -> Callable[[bytes], Stored]:
    """Store some bytes from a file of their own."""

    def put(content: bytes) -> Stored:
        path = tmp_path / hashlib.sha256(content).hexdigest()
        path.write_bytes(content)
        with path.open("rb") as source:
            return store.put(source)

    return put


@pytest.fixture
def folder(tmp_path: Path) -> FolderStore:
    """A folder store below `tmp_path`, for what only a folder can show."""
    return folder_store(tmp_path)


@pytest.fixture
def open_folder() -> Callable[[Path], FolderStore]:
    """Makes and opens a folder store anywhere; a second one on the same place stands for a second process."""
    return folder_store
