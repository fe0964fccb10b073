"""Thumbnails on disk: derived, made again when they are gone, never half there."""

from __future__ import annotations

import os
from collections.abc import Mapping

from keeproom.library.layout import Layout
from keeproom.library.opening import Library

_START, _END = b"\xff\xd8", b"\xff\xd9"  # SOI and EOI, ITU-T T.81 table B.1


def store_thumbnails(library: Library, sha256: str, thumbnails: Mapping[int, bytes]) -> None:
    """Write the thumbnails of a blob by their size in pixels, replacing what is there.

    They are not synced: a power cut can cost them, and `is_whole` tells.
    """
    for px, data in thumbnails.items():
        final = library.layout.thumbnail(sha256, px)
        part = library.process.incoming / f"{final.name}.part"
        final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_CLOEXEC, 0o600), "wb") as stream:
            stream.write(data)
        part.rename(final)


def read_thumbnail(layout: Layout, sha256: str, px: int) -> bytes | None:
    """The JPEG bytes of a stored thumbnail; None where it is not there, or not whole."""
    try:
        data = layout.thumbnail(sha256, px).read_bytes()
    except FileNotFoundError:
        return None
    return data if data.startswith(_START) and data.endswith(_END) else None
