"""What a library must know of the file system it lies on."""

from __future__ import annotations

import shutil
from pathlib import Path

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "fuse.rclone", "davfs", "fuse.davfs2"}
)


def network_filesystem(path: Path) -> str | None:
    """The kind of network share a path lies on, or would; None on a disk, and where the system doesn't tell."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return None
    real = str(path.resolve())
    best, kind = "", ""
    for line in mounts.read_text("utf-8", "surrogateescape").splitlines():
        _, where, what, *_ = line.split(" ")
        where = where.replace("\\040", " ").rstrip("/") or "/"
        if len(where) >= len(best) and (real == where or real.startswith(where.rstrip("/") + "/")):
            best, kind = where, what
    return kind if kind in _NETWORK else None


def free_bytes(folder: Path) -> int:
    """The space a person may still use on the disk of a folder."""
    return shutil.disk_usage(folder).free
