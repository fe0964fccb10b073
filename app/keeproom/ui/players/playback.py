"""What the bar steers: something with a length, a place in it, and pictures."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

RATES = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 4.0)


class Playback(QObject):
    """Times are milliseconds. `framed` carries a picture; `moved` says that it is elsewhere, `changed` that something
    else is other: it plays or rests, its length or what it can do is known; `failed` carries why it cannot be played,
    `noted` what a person should know."""

    framed = Signal(QImage)
    moved = Signal()
    changed = Signal()
    failed = Signal(str)
    noted = Signal(str)

    @property
    def is_playing(self) -> bool:
        raise NotImplementedError

    @property
    def duration_ms(self) -> int:
        raise NotImplementedError

    @property
    def position_ms(self) -> int:
        raise NotImplementedError

    @property
    def can_seek(self) -> bool:
        """Whether it can begin elsewhere than at its start."""
        return True

    @property
    def repeats(self) -> bool:
        """Whether it is of a kind that begins again at its end unless somebody does not want that."""
        return False

    @property
    def has_pictures(self) -> bool:
        return True

    @property
    def has_sound(self) -> bool:
        """Whether it is of a kind that can be heard."""
        return False

    @property
    def silence(self) -> str:
        """Why nothing is heard; empty where it can be."""
        return ""

    def play(self) -> None:
        """Go on from here; from the start where it has ended."""
        raise NotImplementedError

    def pause(self) -> None:
        raise NotImplementedError

    def toggle(self) -> None:
        (self.pause if self.is_playing else self.play)()

    def seek(self, position_ms: int) -> None:
        raise NotImplementedError

    def step(self, frames: int) -> None:
        """Rest, and show the next or the previous picture."""
        raise NotImplementedError

    def set_rate(self, rate: float) -> None:
        """How fast; one of `RATES`."""
        raise NotImplementedError

    def set_loop(self, *, on: bool) -> None:
        """Begin again at the end."""
        raise NotImplementedError

    def set_volume(self, percent: int, *, muted: bool) -> None:
        """How loud, as a person hears it."""

    def close(self) -> None:
        """Stop, and let everything go; once."""
        raise NotImplementedError
