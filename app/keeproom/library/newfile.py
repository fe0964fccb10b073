"""A file that has its name only when it is whole, and never takes a name that is in use."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

_FLAGS = os.O_RDWR | os.O_CLOEXEC
_NAMELESS: int = getattr(os, "O_TMPFILE", 0)
"""Linux, open(2): a file without a name, gone with its descriptor also when the program is killed."""

_NO_NAMELESS = {errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL}
"""What open(2) says where the file system, or the kernel, has no nameless files."""

_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS}
"""What link(2) says where the file system has no links (FAT, exFAT), or does not grant them."""

_DESCRIPTORS = "/proc/self/fd"


@dataclass(frozen=True, slots=True)
class NewFile:
    """An open, empty file; `part` is its working name, None where it has none."""

    descriptor: int
    folder: str
    part: str | None

    def publish(self, name: str) -> str:
        """Give the file its name in its folder, and return its path.

        Raises:
            FileExistsError: something has this name; try another one.
        """
        path = os.path.join(self.folder, name)
        if self.part is None:
            # The descriptor as `src_dir_fd` makes Python call linkat(2), which alone follows /proc's link.
            here = f"{_DESCRIPTORS}/{self.descriptor}"
            os.link(here, path, src_dir_fd=self.descriptor, follow_symlinks=True)
        else:
            _link(self.part, path)
        return path


@contextmanager
def new_file(folder: str, mode: int = 0o666) -> Iterator[NewFile]:
    """A new file in a folder, with this mode less the umask; unless it is published within the block, it is gone after.

    Raises:
        OSError: the folder takes no file.
    """
    made = _nameless(folder, mode) or _named(folder, mode)
    try:
        yield made
    finally:
        os.close(made.descriptor)
        if made.part is not None:
            with suppress(FileNotFoundError):  # it was renamed
                os.unlink(made.part)


def _nameless(folder: str, mode: int) -> NewFile | None:
    if not _NAMELESS or not os.path.isdir(_DESCRIPTORS):
        return None
    try:
        return NewFile(os.open(folder, _FLAGS | _NAMELESS, mode), folder, None)
    except OSError as error:
        if error.errno not in _NO_NAMELESS:
            raise
        return None


def _named(folder: str, mode: int) -> NewFile:
    part = os.path.join(folder, f".{secrets.token_hex(8)}.keeproom-part")
    return NewFile(os.open(part, _FLAGS | os.O_CREAT | os.O_EXCL, mode), folder, part)


def _link(part: str, path: str) -> None:
    """Give a file its second name; where there are no links, take the name with an empty file and replace that."""
    try:
        os.link(part, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        os.replace(part, path)
