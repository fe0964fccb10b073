"""Opening files that are not ours: sources of an import, and what lies beside them."""

from __future__ import annotations

import os
from typing import BinaryIO, cast

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # a FIFO put in its place must not hang us


def opened(path: str) -> BinaryIO:
    """A source, open for reading; no link is followed, and nothing is waited for."""
    file = os.open(path, _FLAGS)
    try:
        return cast(BinaryIO, open(file, "rb", buffering=0))
    except BaseException:
        os.close(file)  # a folder
        raise
