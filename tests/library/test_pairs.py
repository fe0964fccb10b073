"""Pairs of rows and names: each asset is counted once at every name above its own."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from keeproom.catalog.pairs import Name
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.opening import Library
from keeproom.library.pairs import Pairs, follow_pairs, read_pairs
from keeproom.library.revisions import read_revision
from keeproom.library.tagging import delete_tags
from keeproom.library.trees import tree_of
from tests.histories import make_assets

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


def test_a_tag_that_takes_the_place_of_one_that_went_is_known(library: Library) -> None:
    """SQLite gives the number of the last row that was deleted to the next one."""
    make_assets(library, 2)
    ids, touched = np.array([1, 2], dtype=np.int64), np.array([0, 1], dtype=np.int32)
    edit_assets(library, [1, 2], Edit(add_tags=("stays", "old")))
    with library.catalog.read() as session:
        before, revision = read_pairs(session, "tag", ids), read_revision(session)
    delete_tags(library, ["old"])
    edit_assets(library, [2], Edit(add_tags=("fresh",)))
    with library.catalog.read() as session:
        followed = follow_pairs(session, "tag", before, revision, ids, touched)
        read = read_pairs(session, "tag", ids)
    assert followed.tree.names == read.tree.names == ("fresh", "stays")
    assert followed.counts(np.array([True, True])).tolist() == [1, 2]
