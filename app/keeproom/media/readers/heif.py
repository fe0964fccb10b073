"""HEIC and HEIF: Pillow again, after it was taught the format by pi-heif, which costs an import."""

from __future__ import annotations

import pi_heif  # type: ignore[import-untyped]

from keeproom.media.readers.image import preview, read

__all__ = ["preview", "read"]

pi_heif.register_heif_opener()
