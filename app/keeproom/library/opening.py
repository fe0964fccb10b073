"""Opening a library, and making one where there is none."""

from __future__ import annotations

import errno
import json
import logging
import os
import shutil
import uuid
from contextlib import AbstractContextManager
from pathlib import Path

from keeproom.blobs import BlobStore, FolderStore
from keeproom.blobs.syncing import sync_folder
from keeproom.catalog import schema
from keeproom.catalog.catalog import Catalog, CatalogLock
from keeproom.catalog.creating import create_catalog
from keeproom.catalog.tables import StateRow
from keeproom.errors import (
    LibraryDamagedError,
    LibraryError,
    LibraryTooNewError,
    LibraryUnavailableError,
    NotALibraryError,
)
from keeproom.library.backups import back_up
from keeproom.library.filesystems import network_filesystem
from keeproom.library.layout import Layout
from keeproom.library.processes import Registration, bury_the_dead
from keeproom.library.recorder import RECORDER

FORMAT = 1

_log = logging.getLogger(__name__)
_UNFINISHED = ".keeproom-creating-"


class Library(AbstractContextManager["Library"]):
    """One library, open in this process: its catalog, its blobs, and this process's place among the others."""

    def __init__(self, layout: Layout, identity: uuid.UUID) -> None:
        self.layout = layout
        self.identity = identity
        bury_the_dead(layout)
        self.process = Registration(layout)
        try:
            self.catalog = Catalog(layout.catalog, CatalogLock(layout.catalog_lock))
        except BaseException:
            self.process.close()
            raise
        self.blobs: BlobStore = FolderStore(layout.blobs, layout.quarantine, self.process.incoming)

    @property
    def folder(self) -> Path:
        return self.layout.folder

    def close(self) -> None:
        """End this process's use of the library; all that was reported is on disk already."""
        self.catalog.close()
        self.process.close()

    def __exit__(self, *_: object) -> None:
        self.close()


def open_library(folder: Path, *, create: bool = True) -> Library:
    """The library in a folder; where the folder is missing or empty, a new one, unless `create` says no.

    Raises:
        LibraryError: what is wrong, and what to do. Nothing was written.
    """
    layout = Layout(Path(os.path.abspath(folder)))
    try:
        if not layout.description.exists() and not _finish_creation(layout):
            _check_room(layout, create=create)
            _create(layout)
        return _open(layout)
    except OSError as error:
        raise _unavailable(layout.folder, error) from error


def _open(layout: Layout) -> Library:
    identity = _check_description(layout)
    number = schema.check_file(layout.catalog)
    if number < schema.HEAD:
        _upgrade(layout)
    library = Library(layout, identity)
    try:
        RECORDER.folder = layout.logs
        with library.catalog.read() as session:
            if session.get(StateRow, 1) is None:
                raise LibraryDamagedError(
                    f"The catalog {layout.catalog} is empty. Put a copy from its backups folder in its place."
                )
    except BaseException:
        library.close()
        raise
    return library


def _check_room(layout: Layout, *, create: bool) -> None:
    """Whether a new library may be made here."""
    folder = layout.folder
    if folder.exists() and not folder.is_dir():
        raise NotALibraryError(f"{folder} is a file, not a folder. Choose another place for the library.")
    inside = [name for name in os.listdir(folder) if not name.startswith(_UNFINISHED)] if folder.exists() else []
    if layout.catalog.exists():
        raise LibraryDamagedError(
            f"The library {folder} has lost the file {layout.description.name} that describes it. "
            "Put it back from a copy of the folder; the files in it are not touched."
        )
    if inside:
        raise NotALibraryError(
            f"{folder} is no library, and not empty ({len(inside)} things are in it). "
            "Choose an empty folder or a new one."
        )
    if not _is_utf8(folder):
        raise NotALibraryError(f"The name of {folder!s:.200} is not UTF-8, which not every reader of media can open.")
    if not create:
        raise NotALibraryError(f"There is no library in {folder}.")
    if kind := network_filesystem(folder):
        raise LibraryUnavailableError(
            f"{folder} lies on a network share ({kind}), where a catalog can be destroyed. "
            "Choose a folder on a disk of this computer."
        )


def _is_utf8(folder: Path) -> bool:
    try:
        str(folder).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _check_description(layout: Layout) -> uuid.UUID:
    try:
        described = json.loads(layout.description.read_bytes())
        number, identity = int(described["format"]), uuid.UUID(described["id"])
    except (ValueError, KeyError, TypeError) as error:
        raise LibraryDamagedError(
            f"The file {layout.description} cannot be read ({error}). Put it back from a copy; "
            "the files in the library are not touched."
        ) from error
    if number > FORMAT:
        raise LibraryTooNewError(
            f"A newer Keeproom made the library {layout.folder} (format {number}; this program knows {FORMAT}). "
            "Nothing was changed. Open it with the newer program."
        )
    return identity


def _create(layout: Layout) -> None:
    """Make a library beside the folder and rename it into place; who comes second finds the first one's."""
    folder = layout.folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep_unfinished(folder.parent, f".{folder.name}{_UNFINISHED}")
    beside = folder.parent / f".{folder.name}{_UNFINISHED}{os.getpid()}-{uuid.uuid4().hex}"
    try:
        _furnish(Layout(beside))
        try:
            beside.rename(folder)
        except OSError as error:
            if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
                return  # another process was first; what it made is opened
            raise
        sync_folder(str(folder.parent))
    except OSError as error:
        if error.errno not in (errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM, errno.EROFS) or not folder.is_dir():
            raise
        _create_inside(layout)  # the folder is a mount point, or its parent is not ours to write in
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _log.info("Made a library in %s", folder)


def _create_inside(layout: Layout) -> None:
    """Make a library in a folder that cannot be replaced; the file that describes it comes last."""
    _sweep_unfinished(layout.folder, _UNFINISHED)
    beside = layout.folder / f"{_UNFINISHED}{os.getpid()}-{uuid.uuid4().hex}"
    _furnish(Layout(beside))
    _move_in(layout, beside)


def _move_in(layout: Layout, beside: Path) -> None:
    """Rename all that is left in an unfinished folder into place; what is moved already is skipped."""
    made = sorted(beside.iterdir(), key=lambda path: (path.name == layout.description.name, path.name))
    for path in made:
        path.rename(layout.folder / path.name)
    beside.rmdir()
    layout.folder.chmod(0o700)
    sync_folder(str(layout.folder))


def _finish_creation(layout: Layout) -> bool:
    """Finish what a process that was killed had begun to move into this folder; whether there was any such thing."""
    for beside in layout.folder.glob(f"{_UNFINISHED}*"):
        if not _is_being_made(beside.name, _UNFINISHED) and Layout(beside).description.exists():
            _move_in(layout, beside)
            return True
    return False


def _sweep_unfinished(parent: Path, prefix: str) -> None:
    """Remove what processes that were killed left of a library they were making."""
    for name in os.listdir(parent):
        if name.startswith(prefix) and not _is_being_made(name, prefix):
            shutil.rmtree(parent / name)


def _is_being_made(name: str, prefix: str) -> bool:
    """Whether the process that an unfinished folder is named after still runs."""
    pid = name.removeprefix(prefix).partition("-")[0]
    if not (pid.isascii() and pid.isdigit()):
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's, and alive
    return True


def _furnish(layout: Layout) -> None:
    layout.folder.mkdir(mode=0o700)
    for folder in layout.folders:
        folder.mkdir(mode=0o700)
    os.close(os.open(layout.catalog, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    create_catalog(layout.catalog, uuid.uuid4())
    os.close(os.open(layout.catalog_lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    text = json.dumps({"format": FORMAT, "id": str(uuid.uuid4())}, indent=2) + "\n"
    with open(
        os.open(layout.description, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8"
    ) as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    sync_folder(str(layout.folder))


def _upgrade(layout: Layout) -> None:
    """Bring an older catalog up to date, with a verified copy of it made first."""
    from keeproom.catalog.migrating import migrate  # alembic takes 0.5 s to import, and is seldom needed

    lock = CatalogLock(layout.catalog_lock)
    try:
        with lock:
            if schema.check_file(layout.catalog) < schema.HEAD:
                copy = back_up(layout, "before-upgrade")
                _log.info("Upgrading the catalog; a copy is in %s", copy)
                migrate(layout.catalog)
    finally:
        lock.close()


def _unavailable(folder: Path, error: OSError) -> LibraryError:
    where = error.filename or folder
    why = error.strerror or str(error)
    return LibraryUnavailableError(f"The library {folder} cannot be opened: {where}: {why}.")
