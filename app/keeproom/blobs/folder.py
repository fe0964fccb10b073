"""The blob store in a folder: plain read-only files under `ab/cd/<sha256>`."""
# Strings and os calls: a put is many small steps, and pathlib would double the price of each.

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from keeproom.blobs.copying import Progress, copy, hash_stored
from keeproom.blobs.store import BlobLivesError, BlobStat, Stored, checked_name
from keeproom.blobs.syncing import naming, sync_file, sync_folder, sync_path
from keeproom.blobs.walking import stat_blob, walk_fan_out, walk_flat
from keeproom.errors import BlobDamagedError, BlobMissingError
from keeproom.model import BlobRef, BlobState

_FOLDER_MODE = 0o700
_BLOB_MODE = 0o400
_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
"""Nothing that could lie in a blob's place is followed (symlink) or waited for (FIFO)."""

_NOT_A_FILE = {errno.ELOOP, errno.ENXIO}
"""What open(2) says of a symlink and of a socket."""

_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS}
"""What link(2) says where the file system has no links (FAT, exFAT), or does not grant them."""

_LOOKS = 8
"""How often a put looks again, when others changed what it had found, before it tells what is in the way."""


class FolderStore:
    """A `BlobStore` in a folder, with a flat folder for the quarantine and one for unfinished copies.

    `blobs` and `quarantine` have to exist: where they don't, a disk may be missing, and nothing is made in its
    place. `incoming` belongs to this process, lies on the blobs' file system, and is made when it is needed.
    """

    def __init__(self, blobs: Path, quarantine: Path, incoming: Path) -> None:
        self._blobs = os.fspath(blobs)
        self._quarantine = os.fspath(quarantine)
        self._incoming = os.fspath(incoming)
        self._durable: set[str] = set()  # fan-out folders, as the digits above them, that this process has synced

    def put(self, source: BinaryIO, on_progress: Progress | None = None) -> Stored:
        """Hash, copy or clone, sync, publish; see `BlobStore.put`. For new bytes nothing is read twice."""
        with self._new_file() as (descriptor, path):
            ref, cloned = copy(source, descriptor, path, on_progress)
            reused, repaired = self._keep(descriptor, path, ref, on_progress)
            return Stored(ref, reused, repaired, cloned and not reused)

    def open(self, sha256: str) -> BinaryIO:
        """See `BlobStore.open`."""
        return os.fdopen(self._descriptor(self._living(sha256), sha256), "rb")

    @contextmanager
    def local_path(self, sha256: str) -> Iterator[Path]:
        """The stored file itself; see `BlobStore.local_path`."""
        path = self._living(sha256)
        os.close(self._descriptor(path, sha256))
        yield Path(path)

    def stat(self, sha256: str) -> BlobStat | None:
        """See `BlobStore.stat`; a symlink or a folder in a blob's place is no blob, but a stray."""
        return stat_blob(self._living(sha256), sha256)

    def list(self) -> Iterator[BlobStat]:
        """See `BlobStore.list`. Memory of one folder."""
        return (found for found in walk_fan_out(self._blobs) if isinstance(found, BlobStat))

    def strays(self) -> Iterator[Path]:
        """See `BlobStore.strays`; of a stray folder only the folder itself."""
        for walk in (walk_fan_out(self._blobs), walk_flat(self._quarantine)):
            yield from (found for found in walk if isinstance(found, Path))

    def quarantine(self, sha256: str) -> None:
        """See `BlobStore.quarantine`. One rename."""
        living, quarantined = self._living(sha256), self._quarantined(sha256)
        try:
            os.rename(living, quarantined)
        except FileNotFoundError:
            if os.path.lexists(living):
                raise  # the quarantine's folder is what is not there
            if not os.path.lexists(quarantined):
                raise _missing(sha256) from None
        sync_folder(self._quarantine)
        with suppress(FileNotFoundError):  # a folder that does not exist holds no name to forget
            sync_folder(os.path.dirname(living))

    def revive(self, sha256: str) -> bool:
        """See `BlobStore.revive`. One rename; two lookups where there is nothing to revive."""
        living, quarantined = self._living(sha256), self._quarantined(sha256)
        if stat_blob(quarantined, sha256) is None or os.path.lexists(living):
            return False
        self._rename_back(quarantined, living, sha256)
        return True

    def quarantined(self) -> Iterator[BlobStat]:
        """See `BlobStore.quarantined`."""
        return (found for found in walk_flat(self._quarantine) if isinstance(found, BlobStat))

    def delete(self, sha256: str) -> None:
        """See `BlobStore.delete`. A living blob's path is looked at, but nothing here could unlink it."""
        try:
            os.unlink(self._quarantined(sha256))
        except FileNotFoundError:
            if os.path.lexists(self._living(sha256)):
                raise BlobLivesError(f"The blob {sha256} is in use and was not deleted.") from None
        sync_folder(self._quarantine)

    def verify(self, sha256: str, on_progress: Progress | None = None) -> BlobState:
        """See `BlobStore.verify`."""
        return self._state(self._living(sha256), sha256, on_progress)

    # Where things are

    def _living(self, sha256: str) -> str:
        checked_name(sha256)
        return f"{self._blobs}/{sha256[:2]}/{sha256[2:4]}/{sha256}"

    def _quarantined(self, sha256: str) -> str:
        return f"{self._quarantine}/{checked_name(sha256)}"

    # Coming in

    @contextmanager
    def _new_file(self) -> Iterator[tuple[int, str]]:
        """An empty read-only file in `incoming`, open for writing; its name there is gone when the block ends."""
        path = f"{self._incoming}/{secrets.token_hex(8)}"
        descriptor = self._create(path)
        try:
            yield descriptor, path
        finally:
            try:
                with suppress(FileNotFoundError):  # it was renamed
                    os.unlink(path)
            finally:
                os.close(descriptor)

    def _create(self, path: str) -> int:
        try:
            return os.open(path, _CREATE, _BLOB_MODE)
        except FileNotFoundError:
            _make_folder(os.path.dirname(self._incoming))
            _make_folder(self._incoming)
            return os.open(path, _CREATE, _BLOB_MODE)

    def _keep(self, descriptor: int, path: str, ref: BlobRef, on_progress: Progress | None) -> tuple[bool, bool]:
        """Give a finished copy its name, unless good bytes have it; say whether they were reused, or repaired.

        Others may publish, quarantine and revive the same bytes meanwhile: what was found may not be there any more,
        or something else may. Then this looks again.
        """
        still = None if on_progress is None else lambda _done: on_progress(ref.size_bytes)
        for _ in range(_LOOKS - 1):
            with suppress(FileExistsError, FileNotFoundError):
                return self._keep_at_once(descriptor, path, ref.sha256, still)
        return self._keep_at_once(descriptor, path, ref.sha256, still)

    def _keep_at_once(self, descriptor: int, path: str, sha256: str, on_progress: Progress | None) -> tuple[bool, bool]:
        living, quarantined = self._living(sha256), self._quarantined(sha256)
        lives = (state := self._state(living, sha256, on_progress)) is not BlobState.MISSING
        if not lives and (state := self._state(quarantined, sha256, on_progress)) is BlobState.MISSING:
            self._publish(descriptor, path, living, sha256)
            return False, False
        if state is BlobState.DAMAGED:
            self._replace(descriptor, path, living if lives else quarantined)
        if not lives:
            self._rename_back(quarantined, living, sha256)
        sync_path(living)
        self._sync_place(sha256)
        return state is BlobState.OK, state is BlobState.DAMAGED

    def _publish(self, descriptor: int, path: str, living: str, sha256: str) -> None:
        """Name a finished copy by its hash; FileExistsError where something has that name."""
        with naming(path):
            sync_file(descriptor)
        try:
            _link(path, living)
        except FileNotFoundError:
            self._make_place(sha256)
            _link(path, living)
        self._sync_place(sha256)

    def _replace(self, descriptor: int, path: str, damaged: str) -> None:
        with naming(path):
            sync_file(descriptor)
        os.replace(path, damaged)

    def _rename_back(self, quarantined: str, living: str, sha256: str) -> None:
        try:
            os.rename(quarantined, living)
        except FileNotFoundError:
            self._make_place(sha256)
            os.rename(quarantined, living)
        self._sync_place(sha256)
        sync_folder(self._quarantine)

    # Folders

    def _make_place(self, sha256: str) -> None:
        """Make the fan-out folders of a name, where they are missing."""
        self._durable -= {sha256[:2], sha256[:4]}
        _make_folder(f"{self._blobs}/{sha256[:2]}")
        _make_folder(f"{self._blobs}/{sha256[:2]}/{sha256[2:4]}")

    def _sync_place(self, sha256: str) -> None:
        """Sync a name's folder, and once in this process the way to it."""
        top = f"{self._blobs}/{sha256[:2]}"
        sync_folder(f"{top}/{sha256[2:4]}")
        if sha256[:4] not in self._durable:
            sync_folder(top)
            self._durable.add(sha256[:4])
        if sha256[:2] not in self._durable:
            sync_folder(self._blobs)
            self._durable.add(sha256[:2])

    # Reading

    def _descriptor(self, path: str, sha256: str) -> int:
        """An open regular file, neither followed nor waited for."""
        try:
            descriptor = os.open(path, _READ)
        except FileNotFoundError:
            raise _missing(sha256) from None
        except OSError as error:
            if error.errno in _NOT_A_FILE:
                raise _damaged(sha256) from error
            raise
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise _damaged(sha256)
        return descriptor

    def _state(self, path: str, sha256: str, on_progress: Progress | None) -> BlobState:
        try:
            descriptor = self._descriptor(path, sha256)
        except BlobMissingError:
            return BlobState.MISSING
        except BlobDamagedError:
            return BlobState.DAMAGED
        try:
            found = hash_stored(descriptor, path, on_progress)
        except OSError as error:
            if error.errno != errno.EIO or error.filename != path:
                raise
            return BlobState.DAMAGED
        finally:
            os.close(descriptor)
        return BlobState.OK if found == sha256 else BlobState.DAMAGED


def _link(path: str, living: str) -> None:
    """Give a file its second name; where there are no links, move it to a name that nothing has."""
    try:
        os.link(path, living)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(living):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), living) from None
        os.rename(path, living)


def _make_folder(path: str) -> None:
    with suppress(FileExistsError):
        os.mkdir(path, _FOLDER_MODE)


def _missing(sha256: str) -> BlobMissingError:
    return BlobMissingError(f"Nothing is stored under {sha256}. Import the original again, or restore a backup.")


def _damaged(sha256: str) -> BlobDamagedError:
    return BlobDamagedError(f"What is stored under {sha256} is no file. Import the original again to repair it.")
