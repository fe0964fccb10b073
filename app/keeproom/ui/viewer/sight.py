"""How a picture lies on a canvas: modes, zoom and place, as numbers without a widget.

All lengths are device pixels of the screen or pixels of the whole picture. A scale is device pixels for each picture
pixel: at 1 the picture is shown at 100 %.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

LARGEST_SCALE = 32.0
STEP = 1.25
"""What one notch of the wheel and one press of a key zoom by."""


class Mode(StrEnum):
    """`fit` shows all of the picture, `fill` leaves none of the canvas empty, `actual` shows true pixels."""

    FIT = "fit"
    FILL = "fill"
    ACTUAL = "actual"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of a picture, in numbers that mean the same for pictures of other sizes.

    `ratio` counts where the mode is free: it is the scale as a multiple of the one that fits. `centre` is the point of
    the picture in the middle of the canvas, as fractions of its sides.
    """

    mode: Mode = Mode.FIT
    ratio: float = 1.0
    centre: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture and the canvas it is shown on. Only with `enlarges` does fitting make small pictures larger."""

    picture: tuple[int, int]
    canvas: tuple[int, int]
    enlarges: bool = False

    def fit_scale(self) -> float:
        scale = min(canvas / picture for canvas, picture in zip(self.canvas, self.picture, strict=True))
        return scale if self.enlarges else min(scale, 1.0)

    def fill_scale(self) -> float:
        return max(canvas / picture for canvas, picture in zip(self.canvas, self.picture, strict=True))

    def scale(self, sight: Sight) -> float:
        match sight.mode:
            case Mode.FIT:
                return self.fit_scale()
            case Mode.FILL:
                return self.fill_scale()
            case Mode.ACTUAL:
                return 1.0
            case Mode.FREE:
                return self._within(sight.ratio * self.fit_scale())

    def rect(self, sight: Sight) -> tuple[float, float, float, float]:
        """Left, top, width and height of the whole picture on the canvas, from the canvas's corner."""
        scale, centre = self.scale(sight), self.settled(sight).centre
        width, height = (side * scale for side in self.picture)
        return self.canvas[0] / 2 - centre[0] * width, self.canvas[1] / 2 - centre[1] * height, width, height

    def settled(self, sight: Sight) -> Sight:
        """The same sight with no needless emptiness: a side that fits is centred, a larger one covers the canvas."""
        scale = self.scale(sight)
        x, y = (
            _held(centre, canvas / max(side * scale, 1e-9))
            for centre, canvas, side in zip(sight.centre, self.canvas, self.picture, strict=True)
        )
        return replace(sight, centre=(x, y))

    def zoomed(self, sight: Sight, factor: float, at: tuple[float, float] | None = None) -> Sight:
        """Zoom so that the point of the picture under `at` stays there; `at` is from the canvas's corner.

        Zooming out ends at what fits, as mode `fit`.
        """
        before = self.scale(sight)
        after = self._within(before * factor)
        fit = self.fit_scale()
        if after <= fit * 1.001 and factor < 1:
            return Sight()
        point = at or (self.canvas[0] / 2, self.canvas[1] / 2)
        left, top, width, height = self.rect(sight)
        under = ((point[0] - left) / width, (point[1] - top) / height)
        x, y = (
            part + (canvas / 2 - where) / (side * after)
            for part, canvas, where, side in zip(under, self.canvas, point, self.picture, strict=True)
        )
        mode = Mode.ACTUAL if abs(after - 1) < 1e-6 else Mode.FREE
        return self.settled(Sight(mode, after / fit, (x, y)))

    def panned(self, sight: Sight, dx: float, dy: float) -> Sight:
        """Move the picture by device pixels, as far as there is something to see."""
        scale = self.scale(sight)
        x, y = self.settled(sight).centre
        moved = (x - dx / (self.picture[0] * scale), y - dy / (self.picture[1] * scale))
        return self.settled(replace(sight, centre=moved))

    def overflows(self, sight: Sight) -> bool:
        """Whether some of the picture is outside of the canvas."""
        scale = self.scale(sight)
        return any(side * scale > canvas + 1 for side, canvas in zip(self.picture, self.canvas, strict=True))

    def as_free(self, sight: Sight) -> Sight:
        """The same view told as a multiple of what fits, so that another picture can be shown alike."""
        return Sight(Mode.FREE, self.scale(sight) / self.fit_scale(), self.settled(sight).centre)

    def _within(self, scale: float) -> float:
        """From what fits (100 % for small pictures) up to so much that each pixel is a large square."""
        return min(max(scale, min(self.fit_scale(), 1.0)), max(LARGEST_SCALE, self.fit_scale()))


def _held(centre: float, share: float) -> float:
    """A centre for which the canvas, that shows `share` of the side, shows nothing beyond it."""
    return 0.5 if share >= 1 else min(max(centre, share / 2), 1 - share / 2)
