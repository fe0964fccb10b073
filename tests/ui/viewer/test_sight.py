"""How a picture lies on a canvas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keeproom.ui.viewer.levels import WHOLE, box_for, decoded_share
from keeproom.ui.viewer.sight import LARGEST_SCALE, Frame, Mode, Sight

SIDES = st.tuples(st.integers(1, 30_000), st.integers(1, 30_000))
CANVASES = st.tuples(st.integers(50, 4_000), st.integers(50, 4_000))
SIGHTS = st.builds(Sight, st.sampled_from(Mode), st.floats(0.01, 100), st.tuples(st.floats(-1, 2), st.floats(-1, 2)))


@pytest.mark.parametrize(
    ("mode", "picture", "scale"),
    [
        (Mode.FIT, (2_000, 1_000), 0.5),
        (Mode.FIT, (100, 100), 1.0),
        (Mode.FILL, (2_000, 1_000), 0.8),
        (Mode.FILL, (100, 100), 10.0),
        (Mode.ACTUAL, (2_000, 1_000), 1.0),
    ],
)
def test_modes(mode: Mode, picture: tuple[int, int], scale: float) -> None:
    assert Frame(picture, (1_000, 800)).scale(Sight(mode)) == pytest.approx(scale)


def test_fitting_can_make_small_pictures_larger() -> None:
    assert Frame((100, 100), (1_000, 800), enlarges=True).scale(Sight()) == 8


def test_a_fitted_picture_is_in_the_middle() -> None:
    assert Frame((2_000, 1_000), (1_000, 800)).rect(Sight()) == (0, 150, 1_000, 500)


@given(SIDES, CANVASES, SIGHTS)
def test_no_needless_emptiness(picture: tuple[int, int], canvas: tuple[int, int], sight: Sight) -> None:
    left, top, width, height = Frame(picture, canvas).rect(sight)
    for start, length, room in ((left, width, canvas[0]), (top, height, canvas[1])):
        if length <= room:
            assert start == pytest.approx((room - length) / 2, abs=0.01)
        else:
            assert start <= 0.01
            assert start + length >= room - 0.01 * max(1, length / 1e6)


@given(CANVASES, st.floats(1.01, 3), st.floats(0.3, 0.7), st.floats(0.3, 0.7))
def test_zooming_keeps_what_is_under_the_cursor(
    canvas: tuple[int, int], factor: float, across: float, down: float
) -> None:
    frame = Frame((6_000, 4_000), canvas)
    before = frame.zoomed(Sight(Mode.FILL), 2)
    at = (canvas[0] * across, canvas[1] * down)
    after = frame.zoomed(before, factor, at)
    assert _under(frame, after, at) == pytest.approx(_under(frame, before, at), abs=1e-6)


def _under(frame: Frame, sight: Sight, at: tuple[float, float]) -> tuple[float, float]:
    left, top, width, height = frame.rect(sight)
    return (at[0] - left) / width, (at[1] - top) / height


def test_zooming_out_ends_at_what_fits() -> None:
    frame = Frame((6_000, 4_000), (1_000, 800))
    sight = frame.zoomed(Sight(), 1.5)
    assert sight.mode == Mode.FREE
    assert frame.zoomed(sight, 0.5) == Sight()


def test_zooming_in_ends_at_large_squares() -> None:
    frame = Frame((6_000, 4_000), (1_000, 800))
    assert frame.scale(frame.zoomed(Sight(), 1e9)) == LARGEST_SCALE


def test_panning_ends_at_the_edge() -> None:
    frame = Frame((1_000, 800), (1_000, 800))
    sight = frame.panned(frame.zoomed(Sight(), 2), 10_000, -10_000)
    assert frame.rect(sight)[:2] == pytest.approx((0, -800))


def test_only_what_does_not_fit_overflows() -> None:
    frame = Frame((6_000, 4_000), (1_000, 800))
    assert not frame.overflows(Sight())
    assert frame.overflows(Sight(Mode.ACTUAL))


@given(SIDES, CANVASES, st.floats(0.001, 32))
def test_what_is_decoded_is_as_sharp_as_shown_and_at_most_twice(
    picture: tuple[int, int], canvas: tuple[int, int], scale: float
) -> None:
    frame = Frame(picture, canvas)
    scale = max(scale, frame.fit_scale())
    box = box_for(frame, scale)
    share = decoded_share(picture, box)
    assert share >= min(scale, 1) * 0.999
    if box != WHOLE and box != canvas:
        assert share <= 2 * scale


def test_a_picture_that_fits_is_decoded_for_the_canvas() -> None:
    assert box_for(Frame((6_000, 4_000), (1_000, 800)), 1 / 6) == (1_000, 800)
    assert box_for(Frame((6_000, 4_000), (1_000, 800)), 0.3) == (2_000, 1_600)
    assert box_for(Frame((6_000, 4_000), (1_000, 800)), 1.0) == WHOLE
    assert box_for(Frame((600, 400), (1_000, 800)), 1.0) == WHOLE
