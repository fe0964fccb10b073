"""The list that is leafed through."""

from __future__ import annotations

from array import array

import numpy as np
import pytest

from keeproom.ui.viewer.track import Ids, Track


@pytest.mark.parametrize("ids", [[5, 6, 7, 8], array("q", [5, 6, 7, 8]), np.array([5, 6, 7, 8])])
def test_any_list_of_ids(ids: Ids | array[int] | list[int]) -> None:
    track = Track(ids, 1)
    assert (track.current, track.index, len(track)) == (6, 1, 4)
    assert track.span(-3, 2) == [5, 6]
    assert track.find(8) == 3
    assert track.find(9) is None


def test_a_million_ids_are_not_copied() -> None:
    ids = np.arange(1_000_000)
    track = Track(ids, 999_999)
    assert np.shares_memory(ids, track._ids)
    assert track.current == 999_999


def test_an_array_can_grow_while_it_is_shown() -> None:
    ids = array("q", [1, 2])
    track = Track(ids)
    ids.append(3)
    assert len(track) == 2


def test_steps_end_at_both_ends() -> None:
    track = Track([5, 6, 7])
    assert not track.step(-1)
    assert track.step(1)
    assert track.step(5)
    assert track.current == 7
    assert not track.step(1)


def test_neighbours_lie_where_one_goes() -> None:
    track = Track([1, 2, 3, 4, 5, 6, 7], 3)
    assert track.neighbours() == [5, 6, 3]
    track.step(-1)
    assert track.neighbours() == [2, 1, 4]


def test_what_is_gone_gives_way_to_the_next() -> None:
    track = Track([1, 2, 3, 4], 2)
    track.remove([3, 1])
    assert (track.current, track.index) == (4, 1)
    track.remove([4])
    assert track.current == 2
    track.remove([2])
    assert track.current is None
    assert len(track) == 0


def test_what_is_not_in_it_changes_nothing() -> None:
    track = Track([1, 2, 3], 1)
    assert not track.holds([7])
    track.remove([7])
    assert track.current == 2
