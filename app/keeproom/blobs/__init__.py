"""The bytes: a content-addressed store. What is kept under a name is what the name says, or nothing.

`BlobStore` is the contract, for a folder today and an object store one day; `FolderStore` is the folder.

**How bytes come in.** One pass hashes and copies into `incoming` in memory of one chunk; then sync the file, link it
under its hash, drop the first name, sync the folders. A kill between any two of these steps leaves either nothing
under the hash or all of the bytes; at worst a file (or a second link) in `incoming`, which goes with its process.

**Why link and unlink.** A link never replaces, in one atomic step, on every POSIX file system that has links; a
rename that never replaces needs Linux, a C call and a file system that knows the flag (NFS does not). Where there are
no links (FAT, exFAT) the file is renamed: what that could replace are the same bytes, put by someone else just now.

**Why files are created read-only.** A new file's own descriptor may write whatever the mode says: creating it with 0400
saves a call for each blob, and there is no moment in which another program could open the copy for writing.

**Why a clone is hashed, and not its source.** Sharing extents is one atomic step; reading afterwards what was shared
makes hash and bytes agree, whatever happens to the source meanwhile.

**Which folders are synced.** A link is durable when its folder is, and a folder when its parent is. That a folder
exists does not say that someone synced its parent (they may have been killed before): each process syncs the parents
of each fan-out folder the first time it relies on it, and remembers that.

**What is checked.** New bytes are hashed once. Bytes that are there already are read again before they are relied on:
the source may be gone a moment later. A stored file that cannot be read (EIO) is as damaged as one with other bytes.

**Quarantine.** `quarantine` and `revive` are renames, `delete` unlinks in the quarantine's folder only: no call unlinks
a living blob. A damaged file in quarantine is first replaced by the good copy and then renamed back, so that nobody who
revives it at the same time can bring back the damaged one. The quarantine is flat: it is small.

**Not noticed.** A source that is rewritten in place, to the same size, within one tick of the file system's clock
(4 ms on most kernels) of an earlier change. Bytes and hash agree even then.
"""

from __future__ import annotations

from keeproom.blobs.copying import Progress, digest
from keeproom.blobs.folder import FolderStore
from keeproom.blobs.store import BlobLivesError, BlobStat, BlobStore, Stored, checked_name

__all__ = [
    "BlobLivesError",
    "BlobStat",
    "BlobStore",
    "FolderStore",
    "Progress",
    "Stored",
    "checked_name",
    "digest",
]
