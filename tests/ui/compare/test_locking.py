"""Sights that move together."""

from __future__ import annotations

import pytest

from keeproom.ui.compare.locking import Difference, differences, followed
from keeproom.ui.viewer.sight import Frame, Mode, Sight

LARGE = Frame((6_000, 4_000), (600, 400), enlarges=True)
SMALL = Frame((1_500, 1_000), (600, 400), enlarges=True)
TALL = Frame((1_000, 4_000), (600, 400), enlarges=True)
NONE = Difference()


def test_a_smaller_copy_shows_the_same_part() -> None:
    sight = LARGE.zoomed(Sight(), 5, (100, 100))
    own, other = followed(0, LARGE, sight, [NONE, NONE])
    assert own == sight
    assert SMALL.rect(other) == pytest.approx(LARGE.rect(own))


def test_true_pixels_of_one_are_the_same_part_of_the_other() -> None:
    _, other = followed(0, LARGE, Sight(Mode.ACTUAL), [NONE, NONE])
    assert SMALL.scale(other) == pytest.approx(4)


def test_another_shape_shows_the_corresponding_place() -> None:
    sight = LARGE.settled(Sight(Mode.FREE, 8, (0.25, 0.5)))
    _, other = followed(0, LARGE, sight, [NONE, NONE])
    assert TALL.scale(other) == pytest.approx(8 * TALL.fit_scale())
    assert other.centre == pytest.approx((0.25, 0.5))


@pytest.mark.parametrize("mode", [Mode.FIT, Mode.FILL])
def test_fitting_is_for_all(mode: Mode) -> None:
    assert followed(1, LARGE, Sight(mode), [Difference(2, 0.1, 0.1), NONE]) == [Sight(mode), Sight(mode)]


def test_a_difference_is_kept_while_they_move() -> None:
    sights = [Sight(Mode.FREE, 4, (0.5, 0.5)), Sight(Mode.FREE, 8, (0.6, 0.4))]
    kept = differences([LARGE, SMALL], sights)
    assert followed(0, LARGE, sights[0], kept)[1] == sights[1]
    moved = LARGE.panned(sights[0], 40, 0)
    other = followed(0, LARGE, moved, kept)[1]
    assert other.centre[0] - 0.6 == pytest.approx(moved.centre[0] - 0.5)
    assert other.ratio == 8
    back = followed(1, SMALL, sights[1], kept)[0]
    assert back.ratio == pytest.approx(4)
    assert back.centre == pytest.approx((0.5, 0.5))


def test_a_side_without_a_picture_differs_in_nothing() -> None:
    assert differences([None, LARGE], [Sight(), Sight()]) == [NONE, NONE]
