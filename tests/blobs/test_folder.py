"""What only a folder has: paths, modes, foreign things in a blob's place, file systems with less."""

from __future__ import annotations

import errno
import hashlib
import os
import socket
import stat
from pathlib import Path

import pytest

from keeproom.errors import BlobDamagedError
from keeproom.model import BlobState

CONTENT = b"content of a blob"
NAME = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def living(tmp_path):
    """Where the blob of `CONTENT` belongs."""
    return tmp_path / "blobs" / NAME[:2] / NAME[2:4] / NAME


@pytest.fixture
def source(tmp_path):
    (tmp_path / "source").write_bytes(CONTENT)
    with (tmp_path / "source").open("rb") as source:
        yield source


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_blob_is_a_plain_read_only_file_by_its_hash(folder, source, living, tmp_path):
    folder.put(source)

    assert living.read_bytes() == CONTENT
    assert living.stat().st_nlink == 1
    assert mode(living) == 0o400
    assert [mode(parent) for parent in living.parents[:2]] == [0o700, 0o700]
    assert mode(tmp_path / "incoming") == mode(tmp_path / "incoming" / "1") == 0o700
    with folder.local_path(NAME) as path:
        assert path == living
    folder.quarantine(NAME)
    assert (tmp_path / "quarantine" / NAME).read_bytes() == CONTENT


def test_nothing_is_written_outside_the_three_folders(folder, source, tmp_path):
    folder.put(source)
    assert {path.name for path in tmp_path.iterdir()} == {"blobs", "quarantine", "incoming", "source"}
    assert (tmp_path / "source").read_bytes() == CONTENT


def symlink(path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(CONTENT)
    path.symlink_to(tmp_path / "elsewhere")


def dangling(path: Path, tmp_path: Path) -> None:
    path.symlink_to(tmp_path / "nowhere")


def fifo(path: Path, tmp_path: Path) -> None:
    os.mkfifo(path)


def bound_socket(path: Path, tmp_path: Path) -> None:
    short = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(short))
    short.rename(path)


@pytest.mark.parametrize("foreign", [symlink, dangling, fifo, bound_socket])
def test_what_is_no_file_in_a_blobs_place_is_damage_and_repaired(
    folder, source, living, tmp_path, foreign, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    living.parent.mkdir(parents=True)
    foreign(living, tmp_path)
    descriptors = len([*Path("/dev/fd").iterdir()])

    assert folder.verify(NAME) is BlobState.DAMAGED
    assert folder.stat(NAME) is None
    assert [*folder.list()] == []
    assert [*folder.strays()] == [living]
    with pytest.raises(BlobDamagedError, match=NAME):
        folder.open(NAME)
    with pytest.raises(BlobDamagedError, match=NAME), folder.local_path(NAME):
        pass
    assert len([*Path("/dev/fd").iterdir()]) == descriptors

    assert folder.put(source).repaired
    assert stat.S_ISREG(living.lstat().st_mode)
    assert living.read_bytes() == CONTENT
    assert not (tmp_path / "elsewhere").exists() or (tmp_path / "elsewhere").read_bytes() == CONTENT


def test_a_folder_in_a_blobs_place_is_told_and_left_alone(folder, source, living, tmp_path):
    living.mkdir(parents=True)
    (living / "someone's").write_text("file")

    assert folder.verify(NAME) is BlobState.DAMAGED
    with pytest.raises(IsADirectoryError, match=NAME):
        folder.put(source)
    assert (living / "someone's").read_text() == "file"
    assert [*(tmp_path / "incoming" / "1").iterdir()] == []


def test_strays_are_reported_and_never_listed_as_blobs(folder, source, living, tmp_path):
    folder.put(source)
    other = "f" * 64 if NAME[0] != "f" else "e" * 64
    strays = [
        tmp_path / "blobs" / "readme.txt",
        tmp_path / "blobs" / "zz" / "inside",
        living.parent.parent / "note",
        living.parent / "Thumbs.db",
        living.parent / other,
        living.parent / f"{NAME}.part",
        tmp_path / "quarantine" / "ab",
    ]
    for path in strays:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("stray")
    odd = os.fsencode(living.parent) + b"/\xff\n"
    Path(os.fsdecode(odd)).write_text("stray")
    strays[1] = strays[1].parent  # a stray folder is not entered
    strays.append(tmp_path / "blobs" / ("aa" if NAME[:2] != "aa" else "bb"))
    strays[-1].symlink_to(living.parent.parent)

    assert {*folder.strays()} == {*strays, Path(os.fsdecode(odd))}
    assert [blob.sha256 for blob in folder.list()] == [NAME]
    assert [*folder.quarantined()] == []


@pytest.mark.parametrize("gone", ["blobs", "quarantine"])
def test_a_store_whose_folder_is_gone_says_so_and_makes_none(folder, source, tmp_path, gone):
    (tmp_path / gone).rmdir()
    if gone == "blobs":
        calls = [folder.list, lambda: folder.put(source)]
    else:
        calls = [folder.quarantined, lambda: folder.quarantine(folder.put(source).ref.sha256)]
    for call in [*calls, folder.strays]:
        with pytest.raises(FileNotFoundError) as caught:
            [*call()]
        assert gone in str(caught.value)
    assert not (tmp_path / gone).exists()


@pytest.mark.parametrize("reason", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_file_system_without_links_is_served_by_renames(folder, source, living, tmp_path, monkeypatch, reason):
    def no_link(first, second):
        raise OSError(reason, os.strerror(reason), first, None, second)

    monkeypatch.setattr(os, "link", no_link)

    assert not folder.put(source).reused
    assert folder.put(source).reused
    assert living.read_bytes() == CONTENT
    assert [*(tmp_path / "incoming" / "1").iterdir()] == []


def test_without_links_what_came_meanwhile_is_not_replaced(folder, source, living, monkeypatch):
    def too_late(first, second):
        living.write_bytes(CONTENT)
        raise PermissionError(errno.EPERM, "no links", first, None, second)

    folder.put(source)
    living.unlink()
    monkeypatch.setattr(os, "link", too_late)
    assert folder.put(source).reused
    assert mode(living) != 0o400  # still the other one's


def test_a_folder_that_cannot_be_synced_is_accepted_where_none_can(folder, source, living, monkeypatch):
    sync = os.fsync

    def only_files(descriptor):
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "no such operation")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", only_files)
    folder.put(source)
    assert living.read_bytes() == CONTENT


def test_bytes_that_cannot_be_read_are_damaged_and_repaired(folder, source, living, monkeypatch):
    folder.put(source)
    bad, read = living.stat().st_ino, os.preadv

    def bad_sector(descriptor, buffers, offset):
        if os.fstat(descriptor).st_ino == bad:
            raise OSError(errno.EIO, "Input/output error")
        return read(descriptor, buffers, offset)

    monkeypatch.setattr(os, "preadv", bad_sector)
    assert folder.verify(NAME) is BlobState.DAMAGED
    assert folder.put(source).repaired
    assert living.stat().st_ino != bad
    assert folder.verify(NAME) is BlobState.OK


def test_a_source_that_cannot_be_read_is_an_error_with_its_name(folder, source, tmp_path, monkeypatch):
    def bad_sector(descriptor, buffers, offset):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "preadv", bad_sector)
    with pytest.raises(OSError, match="Input/output error") as caught:
        folder.put(source)
    assert caught.value.filename == str(tmp_path / "source")
    assert [*(tmp_path / "incoming" / "1").iterdir()] == []


def test_a_living_blob_is_not_replaced_by_a_revived_one(folder, source, living, tmp_path):
    folder.put(source)
    (tmp_path / "quarantine" / NAME).write_bytes(b"an old and damaged one")

    assert folder.revive(NAME) is False
    assert living.read_bytes() == CONTENT

    folder.delete(NAME)
    assert living.read_bytes() == CONTENT
    assert [*folder.quarantined()] == []


def test_reviving_makes_the_fan_out_where_it_is_gone(folder, source, living):
    folder.put(source)
    folder.quarantine(NAME)
    living.parent.rmdir()
    living.parent.parent.rmdir()

    assert folder.revive(NAME)
    assert living.read_bytes() == CONTENT
