"""Sharing extents where the file system can, and copying where it can't."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from keeproom.blobs.copying import CHUNK_BYTES, FICLONE
from keeproom.errors import SourceChangedError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="extents are shared by a Linux ioctl")

CONTENT = bytes(range(256)) * 2000
REASONS = ["EOPNOTSUPP", "EXDEV", "EINVAL", "ENOTTY", "EPERM", "ENOSYS", "ETXTBSY", "ENOSPC", "EINTR"]


@pytest.fixture
def source(tmp_path):
    (tmp_path / "source").write_bytes(CONTENT)
    with (tmp_path / "source").open("rb") as source:
        yield source


def cloning(content: bytes):
    """A file system that shares extents, by its ioctl; `content` is what the source holds at that moment."""

    def ioctl(target: int, request: int, source: int) -> int:
        assert request == FICLONE
        assert os.fstat(source).st_size == len(CONTENT)
        assert os.fstat(target).st_size == 0
        return os.pwrite(target, content, 0)

    return ioctl


def stored_path(folder, ref) -> Path:
    with folder.local_path(ref.sha256) as path:
        return path


def test_a_clone_is_hashed_instead_of_its_source(folder, source, monkeypatch):
    snapshot = CONTENT[::-1]
    monkeypatch.setattr(fcntl, "ioctl", cloning(snapshot))

    stored = folder.put(source)

    assert stored.cloned
    assert stored.ref.sha256 == hashlib.sha256(snapshot).hexdigest()
    assert stored_path(folder, stored.ref).read_bytes() == snapshot
    assert not folder.put(source).cloned  # reused


@pytest.mark.parametrize("size", [len(CONTENT) - 1, len(CONTENT) + 1, len(CONTENT) + 2 * CHUNK_BYTES])
def test_a_clone_of_another_size_is_a_changed_source(folder, source, monkeypatch, size, tmp_path):
    monkeypatch.setattr(fcntl, "ioctl", cloning((CONTENT * 3)[:size]))
    with pytest.raises(SourceChangedError):
        folder.put(source)
    assert [*folder.list()] == [*(tmp_path / "incoming" / "1").iterdir()] == []


@pytest.mark.parametrize("reason", REASONS)
def test_where_extents_cannot_be_shared_bytes_are_copied(folder, source, monkeypatch, reason):
    def refuse(target: int, request: int, source: int) -> int:
        os.pwrite(target, b"half a clone", 0)
        raise OSError(getattr(errno, reason), reason)

    monkeypatch.setattr(fcntl, "ioctl", refuse)

    stored = folder.put(source)

    assert not stored.cloned
    assert stored_path(folder, stored.ref).read_bytes() == CONTENT


def test_a_write_that_takes_less_is_continued(folder, source, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda target, chunk: write(target, chunk[:70_001]))
    assert stored_path(folder, folder.put(source).ref).read_bytes() == CONTENT


@contextlib.contextmanager
def mounted_image(program: str, options: tuple[str, ...], home: Path):
    """A small file system of its own, where the machine lets us make and mount one."""
    make = shutil.which(program)
    if make is None:
        pytest.skip(f"{program} is not installed")
    image, place = home / "image", home / "disk"
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(400 << 20)
    subprocess.run([make, *options, image], check=True, capture_output=True)
    if subprocess.run(["mount", "-o", "loop", image, place], check=False, capture_output=True).returncode:
        pytest.skip("mounting is not permitted")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


@pytest.mark.parametrize(("program", "options"), [("mkfs.xfs", ("-q",)), ("mkfs.btrfs", ("-q",))])
def test_a_copy_on_a_real_reflink_disk_takes_no_space(open_folder, tmp_path, program, options):
    with mounted_image(program, options, tmp_path) as place:
        store = open_folder(place)
        content = os.urandom(16 << 20)
        (place / "source").write_bytes(content)
        os.sync()
        before = shutil.disk_usage(place).free
        with (place / "source").open("rb") as source:
            stored = store.put(source)
        os.sync()

        assert stored.cloned
        assert stored_path(store, stored.ref).read_bytes() == content
        assert before - shutil.disk_usage(place).free < 4 << 20
        (place / "source").write_bytes(b"changed")
        assert hashlib.sha256(stored_path(store, stored.ref).read_bytes()).hexdigest() == stored.ref.sha256
