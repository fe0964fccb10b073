"""How each status of an asset is told: a row a status, in words and as a badge.

Amber means kept but incomplete, red means bytes at risk; each has its own shape: never colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from keeproom.model import ItemState, Kind, Status


class Shape(StrEnum):
    """The outline of a badge; the painters are in `grid.badges`."""

    HOLLOW_CIRCLE = "hollow circle"
    RING = "ring"
    THREE_QUARTER_RING = "three-quarter ring"
    TRIANGLE = "triangle"
    HEXAGON = "hexagon"
    DASHED_SQUARE = "dashed square"
    OCTAGON = "octagon"
    DOUBLE_SQUARE = "double square"
    BIN = "bin"


@dataclass(frozen=True, slots=True)
class StatusRow:
    """`colour` is a role of the dark palette, for badges lie on a dark plate in both themes."""

    text: str
    shape: Shape | None
    colour: str


STATUSES: Mapping[Status | ItemState, StatusRow] = {
    Status.IMPORTING: StatusRow("Copying", Shape.RING, "accent"),
    Status.PROCESSING: StatusRow("Kept. Preparing preview", Shape.THREE_QUARTER_RING, "accent"),
    Status.READY: StatusRow("Ready", None, "ok"),
    Status.FAILED: StatusRow("Kept, but no preview", Shape.TRIANGLE, "warning"),
    Status.DAMAGED: StatusRow("Bytes changed on disk", Shape.HEXAGON, "error"),
    Status.MISSING: StatusRow("File is gone", Shape.DASHED_SQUARE, "error"),
    ItemState.WAITING: StatusRow("Waiting", Shape.HOLLOW_CIRCLE, "secondary"),
    ItemState.COPYING: StatusRow("Copying", Shape.RING, "accent"),
    ItemState.NOT_IMPORTED: StatusRow("Not kept", Shape.OCTAGON, "error"),
    ItemState.SKIPPED: StatusRow("Left out", None, "secondary"),
    ItemState.ALREADY_HERE: StatusRow("Already in library", Shape.DOUBLE_SQUARE, "accent"),
    ItemState.IN_TRASH: StatusRow("In the trash", Shape.BIN, "secondary"),
}

IN_TROUBLE = frozenset({Status.FAILED, Status.DAMAGED, Status.MISSING})


@dataclass(frozen=True, slots=True)
class KindRow:
    one: str
    many: str
    icon: str


KINDS: Mapping[Kind, KindRow] = {
    Kind.IMAGE: KindRow("Photo", "Photos", "image"),
    Kind.VIDEO: KindRow("Video", "Videos", "film"),
    Kind.AUDIO: KindRow("Sound", "Sounds", "music"),
    Kind.DOCUMENT: KindRow("Document", "Documents", "file-text"),
}
