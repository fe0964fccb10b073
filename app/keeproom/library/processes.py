"""Which processes use a library, told by locks that the system itself lets go of when a process dies.

Each process holds an flock on a file of its own in `processes/`. Where that lock is free the process is dead: what it
left in `incoming/` goes, and its jobs are free again.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
import uuid
from pathlib import Path

from keeproom.library.layout import Layout


class Registration:
    """This process among those that use the library; alive until it is closed or the process ends."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        while True:
            self.name = f"{os.getpid()}-{uuid.uuid4().hex[:12]}"
            self.incoming = layout.incoming / self.name
            self._fd = os.open(layout.processes / self.name, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(self._fd, fcntl.LOCK_EX)
                if os.fstat(self._fd).st_nlink == 0:  # buried before it had its lock: once more
                    os.close(self._fd)
                    continue
                self.incoming.mkdir(mode=0o700)
            except BaseException:
                self.close()
                raise
            return

    def close(self) -> None:
        _remove(self.incoming)
        (self._layout.processes / self.name).unlink(missing_ok=True)
        os.close(self._fd)


def is_alive(layout: Layout, name: str) -> bool:
    """Whether the process of this name still runs, on this machine."""
    try:
        fd = os.open(layout.processes / name, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return not _lock(fd)
    finally:
        os.close(fd)


def bury_the_dead(layout: Layout) -> list[str]:
    """Remove what dead processes left behind, and name them. Safe beside any number of living ones."""
    dead = [name for name in sorted(os.listdir(layout.processes)) if not is_alive(layout, name)]
    for name in dead:
        _remove(layout.incoming / name)
        (layout.processes / name).unlink(missing_ok=True)
    for name in os.listdir(layout.incoming):
        if not (layout.processes / name).exists():  # killed while it said good-bye
            _remove(layout.incoming / name)
    return dead


def _remove(path: Path) -> None:
    """Remove a file or a tree, in a race with others who do the same."""

    def forgive(_: object, __: str, info: tuple[type[BaseException], BaseException, object]) -> None:
        if not isinstance(info[1], FileNotFoundError):
            raise info[1]

    if path.is_dir():
        shutil.rmtree(path, onerror=forgive)
    else:
        path.unlink(missing_ok=True)


def _lock(fd: int) -> bool:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def runtime_folder() -> Path:
    """A private folder of this user for locks that all libraries share; made on demand, mode 0700."""
    base = os.environ.get("XDG_RUNTIME_DIR")
    folder = Path(base) / "keeproom" if base else Path(tempfile.gettempdir()) / f"keeproom-{os.getuid()}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise PermissionError(errno.EPERM, "The folder belongs to another user", str(folder))
    return folder
