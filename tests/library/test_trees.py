"""Names in a hierarchy: what lies below a name follows it, whatever the names are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from keeproom.catalog.collation import folded
from keeproom.catalog.pairs import Name
from keeproom.library.trees import Tree, tree_of

NAMES = st.lists(st.text("ab/ -\0é", min_size=1, max_size=9), unique_by=folded, max_size=12)


def tree(*names: str) -> Tree:
    return tree_of(Name(number, name, folded(name)) for number, name in enumerate(names, start=1))


def test_a_name_that_only_others_lie_below_is_a_node_too() -> None:
    made = tree("Places/Paris", "people", "Places/Rome/Old town", "places-to-go")
    assert made.names == ("people", "Places", "Places/Paris", "Places/Rome", "Places/Rome/Old town", "places-to-go")
    assert made.ids.tolist() == [2, 0, 1, 0, 3, 4]
    assert [made.names[node] for node in made.below(made.keys["places"])] == list(made.names[1:5])
    assert made.node_of.tolist() == [-1, 2, 0, 4, 5]


def test_a_parent_has_the_name_that_a_person_gave_it() -> None:
    assert tree("Rome/2023", "rome").names == ("rome", "Rome/2023")


def test_paths_begin_at_the_root() -> None:
    made = tree_of([Name(1, "/home/me", "/home/me"), Name(2, "/home/me", "/home/me"), Name(3, "/", "/")])
    assert made.names == ("/", "/home", "/home/me")
    assert made.node_of.tolist() == [-1, 2, 2, 0]


def test_nothing_is_a_tree_too() -> None:
    assert len(tree()) == 0


def test_ways_up_meet() -> None:
    made = tree("a/b/c", "a/b/d", "a/e", "f")
    nodes = {name: node for node, name in enumerate(made.names)}
    pairs = [("a/b/c", "a/b/d"), ("a/b", "a/b/d"), ("a/b/d", "a/e"), ("a/e", "f")]
    meet = made.common(*(np.array([nodes[pair[side]] for pair in pairs], dtype=np.int32) for side in (0, 1)))
    assert [made.names[node] if node >= 0 else None for node in meet.tolist()] == ["a/b", "a/b", "a", None]


@given(NAMES)
def test_below_a_name_is_one_run(names: list[str]) -> None:
    made = tree(*names)
    for number, name in enumerate(names, start=1):
        node = int(made.node_of[number])
        assert folded(made.names[node]) == folded(name)
        below = {made.names[each] for each in made.below(node)}
        assert {other for other in names if f"{folded(other)}/".startswith(f"{folded(name)}/")} <= below
