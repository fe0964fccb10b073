"""Several processes on one store: importers of the same bytes, and one that quarantines and revives meanwhile."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from keeproom.blobs import FolderStore
from keeproom.errors import BlobMissingError
from keeproom.model import BlobState

CONTENTS = [bytes([number]) * 200_000 for number in range(3)]
NAMES = [hashlib.sha256(content).hexdigest() for content in CONTENTS]


def in_children(*tasks: Callable[[], None]) -> list[int]:
    """Run each task in a process of its own, all at once; the exit code of each."""
    children = []
    for task in tasks:
        if (pid := os.fork()) == 0:
            try:
                task()
                os._exit(0)
            finally:
                os._exit(1)
        children.append(pid)
    return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]


@pytest.fixture
def store_of(tmp_path: Path, folder: FolderStore) -> Callable[[int], FolderStore]:
    """The same store as another process has it, with its own incoming folder."""
    for name, content in zip(NAMES, CONTENTS, strict=True):
        (tmp_path / name).write_bytes(content)
    return lambda number: FolderStore(tmp_path / "blobs", tmp_path / "quarantine", tmp_path / "incoming" / str(number))


def put_all(store: FolderStore, home: Path, rounds: int) -> None:
    for _ in range(rounds):
        for name in NAMES:
            with (home / name).open("rb") as source:
                assert store.put(source).ref.sha256 == name


def test_processes_that_put_the_same_bytes_agree(store_of, tmp_path):
    assert (
        in_children(*(lambda number=number: put_all(store_of(number), tmp_path, 3) for number in range(4))) == [0] * 4
    )

    store = store_of(9)
    assert [blob.sha256 for blob in store.list()] == sorted(NAMES)
    assert [store.verify(name) for name in NAMES] == [BlobState.OK] * 3
    assert [*tmp_path.glob("incoming/*/*")] == []


def test_no_byte_is_lost_while_others_quarantine_and_revive(store_of, tmp_path):
    def shove() -> None:
        store = store_of(8)
        for _ in range(60):
            for name in NAMES:
                try:
                    store.quarantine(name)
                except BlobMissingError:
                    continue
                store.revive(name)

    codes = in_children(shove, *(lambda number=number: put_all(store_of(number), tmp_path, 15) for number in range(2)))

    assert codes == [0] * 3
    store = store_of(9)
    for name in NAMES:
        assert store.stat(name) or store.revive(name)
        assert store.verify(name) is BlobState.OK
    assert [*store.strays()] == []
    assert [*tmp_path.glob("incoming/*/*")] == []
