from __future__ import annotations

from array import array
from dataclasses import replace

import pytest

from keeproom.ui.grid.geometry import Geometry
from keeproom.ui.grid.placing import Sight, placed
from tests.ui.helpers import ids_of

BEFORE = ids_of(range(1000, 2000))


@pytest.mark.parametrize("inserted", [1, 2, 3, 4, 5, 17, 400])
@pytest.mark.parametrize("offset", [0, 97, 5_000])
def test_what_is_on_the_screen_stays_where_it_is(inserted: int, offset: int) -> None:
    old = Geometry(758, 160, len(BEFORE))
    now = ids_of(range(1000 - inserted, 2000))
    geometry, moved = placed(BEFORE, now, Sight(old, offset, 600), replace(old, count=len(now)))
    for index in old.span(offset, 600):
        before = old.rect(index).translated(0, -offset)
        after = geometry.rect(index + inserted).translated(0, -moved)
        assert after == before


def test_the_next_one_holds_the_place_when_the_first_is_gone() -> None:
    old = Geometry(758, 160, len(BEFORE))
    gone = old.span(2_000, 600)[0] + 4
    now = array("q", [each for each in BEFORE if each != BEFORE[gone]])
    geometry, moved = placed(BEFORE, now, Sight(old, 2_000, 600), replace(old, count=len(now)))
    assert geometry.rect(gone).translated(0, -moved) == old.rect(gone + 1).translated(0, -2_000)


def test_a_list_that_fits_begins_at_the_top() -> None:
    old = Geometry(758, 160, 3)
    geometry, _ = placed(ids_of(range(1, 4)), ids_of(range(4)), Sight(old, 0, 600), replace(old, count=4))
    assert geometry.lead == 0
    assert geometry.rect(0).top() == old.rect(0).top()


def test_another_list_is_laid_out_plainly() -> None:
    old = Geometry(758, 160, 1000)
    plain = replace(old, count=5)
    assert placed(BEFORE, ids_of(range(5)), Sight(old, 300, 600), plain)[0] is plain
