"""UUIDs that sort by the time they were made."""

from __future__ import annotations

import os
from datetime import datetime
from uuid import UUID

from keeproom.catalog.types import to_microseconds


def uuid7(at: datetime) -> UUID:
    """A version 7 UUID of an aware moment (RFC 9562, section 5.7): 48 bits of milliseconds, 74 random bits."""
    milliseconds = to_microseconds(at) // 1000
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0b11 << 62) | 0b10 << 62
    return UUID(int=value)
