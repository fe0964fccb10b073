"""What can go wrong, and who is to hear of it.

An `ExpectedError` is fit to be shown as it is: what happened, to which item, what can be done. `OSError` passes
through, for it names its path. Anything else is a bug and reaches the crash handler.
"""

from __future__ import annotations


class ExpectedError(Exception):
    """Something a person can understand and act on; its text is shown as it stands."""


class UsageError(ExpectedError):
    """A request that makes no sense as it was given; nothing was done."""


class LibraryError(ExpectedError):
    """The library cannot be opened or created; nothing was written."""


class NotALibraryError(LibraryError):
    """The folder holds something else."""


class LibraryDamagedError(LibraryError):
    """The catalog, or the file that describes the library, cannot be read."""


class LibraryTooNewError(LibraryError):
    """A newer Keeproom made this library."""


class LibraryUnavailableError(LibraryError):
    """The folder cannot be reached: no permission, no space, a network share."""


class AssetNotFoundError(ExpectedError):
    """No asset has this id."""


class BlobError(ExpectedError):
    """The stored bytes of an asset are not what was put in."""


class BlobMissingError(BlobError):
    """No bytes are stored under this name."""


class BlobDamagedError(BlobError):
    """The stored bytes have another checksum than their name."""


class SourceChangedError(ExpectedError):
    """A file changed while it was read; nothing of it was kept."""


class CancelledError(ExpectedError):
    """A person stopped the work; what was finished stays."""


class UnreadableMediaError(ExpectedError):
    """A reader could not make sense of a file."""


class ReaderFailedError(UnreadableMediaError):
    """The reader itself died, hung, or took too much memory over a file."""
