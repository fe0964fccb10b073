from __future__ import annotations

from array import array
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keeproom.ui.grid.geometry import ROWS, Geometry, Lead, pictures
from keeproom.ui.grid.placing import Sight, mended, placed, resized
from tests.ui.helpers import ids_of

BEFORE = ids_of(range(1000, 2000))


def plain(count: int) -> Geometry:
    return Geometry(758, pictures(160), count)


@pytest.mark.parametrize("inserted", [1, 2, 3, 4, 5, 17, 400])
@pytest.mark.parametrize("offset", [0, 97, 5_000])
def test_what_is_on_the_screen_stays_where_it_is(inserted: int, offset: int) -> None:
    old = plain(len(BEFORE))
    now = ids_of(range(1000 - inserted, 2000))
    geometry, moved = placed(BEFORE, now, Sight(old, offset, 600), plain(len(now)))
    for index in old.span(offset, 600):
        before = old.rect(index).translated(0, -offset)
        after = geometry.rect(index + inserted).translated(0, -moved)
        assert after == before


@pytest.mark.parametrize("inserted", [1, 3, 40])
@pytest.mark.parametrize("offset", [0, 20, 3_000])
def test_it_stays_where_it_is_under_headings_too(inserted: int, offset: int) -> None:
    starts = list(range(0, 1000, 50))
    old = Geometry(758, pictures(160), 1000, starts, headed=True)
    now = Geometry(758, pictures(160), 1000 + inserted, [0, *(start + inserted for start in starts[1:])], headed=True)
    ids = np.arange(1000 - inserted, 2000)
    geometry, moved = placed(BEFORE, ids, Sight(old, offset, 600), now)
    sight = old.span(offset, 600)
    first = sight.start if offset else 0
    for index in range(first, sight.stop):
        before = old.rect(index).translated(0, -offset)
        assert geometry.rect(index + inserted).translated(0, -moved) == before


def test_the_next_one_holds_the_place_when_the_first_is_gone() -> None:
    old = plain(len(BEFORE))
    gone = old.span(2_000, 600)[0] + 4
    now = array("q", [each for each in BEFORE if each != BEFORE[gone]])
    geometry, moved = placed(BEFORE, now, Sight(old, 2_000, 600), plain(len(now)))
    assert geometry.rect(gone).translated(0, -moved) == old.rect(gone + 1).translated(0, -2_000)


def test_a_list_that_fits_begins_at_the_top() -> None:
    old = plain(3)
    geometry, _ = placed(ids_of(range(1, 4)), ids_of(range(4)), Sight(old, 0, 600), plain(4))
    assert not geometry.lead.places
    assert geometry.rect(0).top() == old.rect(0).top()


def test_another_list_is_laid_out_plainly() -> None:
    alone = plain(5)
    assert placed(BEFORE, ids_of(range(5)), Sight(plain(1000), 300, 600), alone)[0] is alone


def test_empty_places_are_filled_when_they_come_into_sight() -> None:
    geometry = replace(plain(1000), lead=Lead(0, 3))
    assert mended(Sight(geometry, 1_000, 600)) is None
    assert mended(Sight(geometry, geometry.row_height, 600)) is None
    assert mended(Sight(geometry, geometry.row_height - 20, 600)) == (plain(1000), geometry.row_height - 20)


def test_empty_places_go_when_nobody_sees_it() -> None:
    starts = [0, 50, 100]
    led = Geometry(758, pictures(160), 150, starts, headed=True, lead=Lead(1, 3))
    bare = led.without_lead()
    below, above = Sight(led, led.heading(2).top() + 60, 400), Sight(led, 100, 400)
    fresh = mended(below)
    assert fresh is not None
    geometry, offset = fresh
    assert geometry == bare
    assert geometry.rect(120).translated(0, -offset) == led.rect(120).translated(0, -below.offset)
    assert mended(above) == (bare, above.offset)
    assert mended(Sight(led, led.heading(1).top() + 500, 400)) is None


@given(st.integers(96, 512), st.integers(96, 512), st.integers(0, 9_999), st.integers(0, 599))
def test_a_point_of_a_row_stays_under_the_pointer(before: int, after: int, index: int, at: int) -> None:
    old, now = Geometry(758, pictures(before), 10_000), Geometry(758, pictures(after), 10_000)
    inside = old.row_height // 3
    sight = Sight(old, old.top(index) + inside - at, 600)
    offset = resized(sight, now, index, at)
    share_before, share_after = inside / old.row_height, (offset + at - now.top(index)) / now.row_height
    assert abs(share_before - share_after) < 0.01


def test_between_pictures_and_a_list_the_anchor_keeps_its_height() -> None:
    old, now = plain(10_000), Geometry(758, ROWS, 10_000)
    sight = Sight(old, old.top(4_000) - 130, 600)
    assert now.top(4_000) - resized(sight, now, 4_000) == 130
