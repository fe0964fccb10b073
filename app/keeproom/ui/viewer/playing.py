"""Which playback an item gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keeproom.model import Kind, Status

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from keeproom.model import Cell
    from keeproom.ui.players.playback import Playback
    from keeproom.ui.window.room import Room


def may_play(cell: Cell) -> bool:
    """Whether a file is safe enough to be played in the window: a reader process of ours has been through it."""
    was_read = cell.status == Status.READY or cell.thumbnailed or cell.duration_s is not None
    return was_read and cell.kind in (Kind.VIDEO, Kind.AUDIO)


def playback_of(room: Room, cell: Cell, parent: QObject) -> Playback | None:
    """What plays a video or a sound; None for pictures, and for what no reader has been through yet."""
    if not may_play(cell):
        return None
    from keeproom.ui.players.media import Media

    return Media(room, cell, parent)
