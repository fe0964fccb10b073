"""Pairs of rows and names: each asset is counted once at every name above its own."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from keeproom.catalog.pairs import Name
from keeproom.library.pairs import Pairs
from keeproom.library.trees import tree_of

ROWS = 12
NAMES = ("a", "a/b", "a/b/c", "a/b/d", "a/e", "f/g/h", "f/g/i", "j")
HAS = st.lists(st.tuples(st.integers(0, ROWS - 1), st.sampled_from(NAMES)), unique=True, max_size=40)


def made(has: list[tuple[int, str]]) -> Pairs:
    known = {number: Name(number, name, name) for number, name in enumerate(NAMES, start=1)}
    tree = tree_of(known.values())
    pairs = sorted((row, tree.keys[name]) for row, name in has)
    rows, nodes = (np.array([pair[side] for pair in pairs], dtype=np.int32) for side in (0, 1))
    return Pairs(rows, nodes, tree, known)


@given(HAS, st.sets(st.integers(0, ROWS - 1)))
def test_an_asset_counts_once_at_each_name_and_at_all_above(has: list[tuple[int, str]], some: set[int]) -> None:
    pairs = made(has)
    chosen = np.array([row in some for row in range(ROWS)])
    counts = dict(zip(pairs.tree.names, pairs.counts(chosen).tolist(), strict=True))
    own = dict(zip(pairs.tree.names, pairs.own_counts(chosen).tolist(), strict=True))
    for name in pairs.tree.names:
        below = {row for row, other in has if row in some and f"{other}/".startswith(f"{name}/")}
        assert counts[name] == len(below)
        assert own[name] == len([row for row, other in has if row in some and other == name])
        found = pairs.mask(pairs.tree.below(pairs.tree.keys[name]), ROWS) & chosen
        assert set(np.flatnonzero(found).tolist()) == below
    assert set(np.flatnonzero(pairs.any(ROWS)).tolist()) == {row for row, _ in has}


@given(HAS, st.sets(st.integers(0, ROWS - 1)))
def test_rows_that_go_take_their_pairs_along(has: list[tuple[int, str]], gone: set[int]) -> None:
    left = [row for row in range(ROWS) if row not in gone]
    pairs = made(has).without_rows(np.array([row in gone for row in range(ROWS)]))
    names = [pairs.tree.names[node] for node in pairs.nodes.tolist()]
    assert {(left[row], name) for row, name in zip(pairs.rows.tolist(), names, strict=True)} == {
        (row, name) for row, name in has if row not in gone
    }
