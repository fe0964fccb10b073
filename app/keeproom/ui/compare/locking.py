"""Sights that move together.

Zoom is locked as a multiple of what fits, and place as a fraction of the picture: so a picture and a smaller copy of it
show the same part, and pictures of any shape the part that corresponds. Sides that were moved by themselves before
keep their difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keeproom.ui.viewer.sight import Frame, Mode, Sight


@dataclass(frozen=True, slots=True)
class Difference:
    """How a side's sight differs from the common one."""

    ratio: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def added(self, common: Sight) -> Sight:
        x, y = common.centre
        return Sight(Mode.FREE, common.ratio * self.ratio, (x + self.x, y + self.y))

    def taken(self, own: Sight) -> Sight:
        x, y = own.centre
        return Sight(Mode.FREE, own.ratio / self.ratio, (x - self.x, y - self.y))


def differences(frames: Sequence[Frame | None], sights: Sequence[Sight]) -> list[Difference]:
    """How each side differs from the first, to be kept while they are locked."""
    known = [None if frame is None else frame.as_free(sight) for frame, sight in zip(frames, sights, strict=True)]
    first = next((sight for sight in known if sight is not None), None)
    return [Difference() if sight is None or first is None else _difference(sight, first) for sight in known]


def _difference(sight: Sight, first: Sight) -> Difference:
    return Difference(sight.ratio / first.ratio, sight.centre[0] - first.centre[0], sight.centre[1] - first.centre[1])


def followed(leader: int, frame: Frame, sight: Sight, kept: Sequence[Difference]) -> list[Sight]:
    """What every side is to see when one of them sees this; fitting and filling are the same for all."""
    if sight.mode in (Mode.FIT, Mode.FILL):
        return [Sight(sight.mode) for _ in kept]
    common = kept[leader].taken(frame.as_free(sight))
    return [sight if index == leader else difference.added(common) for index, difference in enumerate(kept)]
