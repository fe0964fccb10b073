"""What several items have in common: a value, or that they differ."""

from __future__ import annotations

from enum import Enum
from typing import Final, TypeAlias, TypeVar

T = TypeVar("T")


class Mixed(Enum):
    """The one value of its kind says that items differ."""

    MIXED = "mixed"


MIXED: Final = Mixed.MIXED
Shared: TypeAlias = T | Mixed
