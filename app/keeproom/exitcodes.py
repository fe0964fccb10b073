"""The exit code for each error that is fit to be shown (contract: "Exit codes")."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from keeproom.errors import AssetNotFoundError, BlobError, CancelledError, ExpectedError, LibraryError, UsageError

INTERRUPTED = 130
"""Ctrl-C or SIGTERM: the item in hand was finished or undone."""

EXIT_CODES: Mapping[type[BaseException], int] = {
    UsageError: 2,
    LibraryError: 3,
    AssetNotFoundError: 1,
    BlobError: 1,
    CancelledError: INTERRUPTED,
    ExpectedError: 1,
    OSError: 1,
}

_LIBRARY_UNUSABLE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


def exit_code(error: Exception) -> int:
    """The code of the nearest class of an error; 3 where the library's disk took no more."""
    if isinstance(error, OSError) and error.errno in _LIBRARY_UNUSABLE:
        return 3
    return next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)
