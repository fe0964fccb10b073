"""How sharp a picture has to be for what is seen of it.

Decoding goes in steps of twice the size, from what fits the canvas to all pixels: a picture that is painted smaller
than it was decoded is at most halved, which blending pixels does without a flicker, and zooming in does not decode anew
at every notch of the wheel.
"""

from __future__ import annotations

from keeproom.ui.viewer.sight import Frame

Box = tuple[int, int]
WHOLE: Box = (0, 0)


def box_for(frame: Frame, scale: float) -> Box:
    """The box in which a picture is to be decoded to be shown at this scale; `WHOLE` for all its pixels."""
    width, height = frame.canvas
    while True:
        share = decoded_share(frame.picture, (width, height))
        if share >= 1:
            return WHOLE
        if share >= scale * 0.999:
            return width, height
        width, height = 2 * width, 2 * height


def decoded_share(picture: tuple[int, int], box: Box) -> float:
    """The scale at which a picture is decoded for a box; 1 for all its pixels."""
    return 1.0 if box == WHOLE else min(1.0, box[0] / picture[0], box[1] / picture[1])
