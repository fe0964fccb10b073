"""A disk that fills, and a limit on the size of files: an error with a name, and nothing left behind."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
from pathlib import Path

import pytest

from keeproom.model import BlobState


@pytest.fixture
def small_disk(tmp_path: Path):
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting is not permitted")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def test_a_full_disk_is_an_error_and_leaves_nothing(open_folder, small_disk, tmp_path):
    store = open_folder(small_disk)
    (tmp_path / "big").write_bytes(os.urandom(2 << 20))
    (tmp_path / "small").write_bytes(os.urandom(100_000))
    with (tmp_path / "small").open("rb") as source:
        kept = store.put(source).ref
    free = os.statvfs(small_disk).f_bfree

    with (tmp_path / "big").open("rb") as source, pytest.raises(OSError, match="incoming") as caught:
        store.put(source)

    assert caught.value.errno == errno.ENOSPC
    assert os.statvfs(small_disk).f_bfree == free
    assert [blob.sha256 for blob in store.list()] == [kept.sha256]
    assert store.verify(kept.sha256) is BlobState.OK


def test_a_limit_is_an_error_and_leaves_nothing(open_folder, tmp_path):
    (tmp_path / "big").write_bytes(os.urandom(2 << 20))
    store = open_folder(tmp_path)

    def child() -> int:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
        try:
            with (tmp_path / "big").open("rb") as source:
                store.put(source)
        except OSError as error:
            return 0 if error.errno == errno.EFBIG and "incoming" in str(error) else 1
        return 2

    if (pid := os.fork()) == 0:
        os._exit(child())
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert [*store.list()] == [*(tmp_path / "incoming" / "1").iterdir()] == []
