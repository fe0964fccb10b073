"""Tags as a tree: levels, counts, filter and order."""

from __future__ import annotations

import pytest

from keeproom.catalog.collation import folded
from keeproom.library.tagging import TagCount
from keeproom.ui.tags.tree import Order, Tree, in_order, matching, tops_of, tree_of


def made(*tags: tuple[str, int]) -> Tree:
    counts = [TagCount(place, name, count, count) for place, (name, count) in enumerate(tags, 1)]
    return tree_of(counts, folded, {"animals": 7})


TREE = made(("animals/cat", 3), ("animals/dog", 5), ("Places", 9), ("places/Rome", 9), ("old", 0), ("old/older", 0))


def names(tree: Tree) -> list[str]:
    return [node.name for node in tree.nodes()]


def test_levels_that_are_no_tags_stand_above_those_that_are() -> None:
    assert names(TREE) == ["animals", "animals/cat", "animals/dog", "Places", "places/Rome", "old", "old/older"]
    animals = TREE.tops[0]
    assert (animals.is_tag, animals.count, [child.leaf for child in animals.children]) == (False, 7, ["cat", "dog"])
    assert TREE.tags == 6
    assert TREE.unused == ("old", "old/older")


def test_a_tag_that_comes_after_what_is_below_it_is_the_same_level() -> None:
    tree = made(("a/b", 1), ("A", 4))
    assert [(node.name, node.count, node.is_tag) for node in tree.nodes()] == [("A", 4, True), ("a/b", 1, True)]


@pytest.mark.parametrize(
    ("words", "unused", "shown"),
    [
        ("", False, None),
        ("rome", False, ["Places", "places/Rome"]),
        ("OLD", False, ["old", "old/older"]),
        ("dog anim", False, ["animals", "animals/dog"]),
        ("xyz", False, []),
        ("", True, ["old", "old/older"]),
        ("older", True, ["old", "old/older"]),
    ],
)
def test_a_filter_keeps_what_stands_above(words: str, unused: bool, shown: list[str] | None) -> None:
    found = matching(TREE, words, only_unused=unused)
    assert (None if found is None else [node.name for node in TREE.nodes() if node in found]) == shown


def test_orders_of_one_level() -> None:
    tops = TREE.tops
    assert [node.name for node in in_order(tops, Order.NAME, descending=True)] == ["old", "Places", "animals"]
    assert [node.name for node in in_order(tops, Order.COUNT, descending=True)] == ["Places", "animals", "old"]
    assert [node.name for node in in_order(tops, Order.COUNT, descending=False)] == ["old", "animals", "Places"]


def test_what_is_below_a_chosen_tag_is_chosen_with_it() -> None:
    assert tops_of(["a/b", "A", "a/b/c", "ab", "x/y"], folded) == ["A", "ab", "x/y"]


def test_hundreds_of_levels() -> None:
    name = "/".join(["deep"] * 1_500)
    assert len(names(made((name, 1)))) == 1_500


@pytest.mark.parametrize("name", ["a／b", "ǅ/ß", "\u0301/x", "℀"])
def test_names_that_fold_to_others_have_one_place_each(name: str) -> None:
    assert name in names(made((name, 1)))
