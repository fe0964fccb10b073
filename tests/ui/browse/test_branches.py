"""What stands in the sidebar, from counts alone."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter

from keeproom.library.collecting import CollectionCount
from keeproom.library.views import RecentImport, SidebarCounts
from keeproom.model import Kind
from keeproom.ui.browse.branches import Grower, sidebar_tree
from keeproom.ui.browse.nodes import Node, walk, way_to
from keeproom.ui.browse.places import (
    ALL,
    LAST_IMPORT,
    PROBLEMS,
    Place,
    camera_place,
    collection_place,
    date_place,
    folder_place,
    import_place,
    tag_place,
)
from keeproom.ui.browse.twigs import grown

THEN = datetime(2023, 5, 14, 10, 2, tzinfo=UTC)
FULL = SidebarCounts(
    all=9,
    found=9,
    trashed=3,
    kinds={Kind.IMAGE: 7, Kind.VIDEO: 2},
    problems=1,
    unrated=8,
    last_import=3,
    last_import_count=4,
    imports=(RecentImport(3, THEN, 4), RecentImport(2, THEN, 5)),
    folders=(("/home/me", 9), ("/home/me/2022", 4), ("/home/me/2023", 5)),
    collections=(CollectionCount(1, "Rome", 2, None), CollectionCount(2, "Rome/Best", 0, "rating:>=4")),
    tags=(("places", 3), ("places/paris", 2), ("sea", 1)),
    cameras=(("Canon EOS 5D", 6),),
    months={(2023, 5): 2, (2023, 6): 1, (2022, 12): 4, None: 2},
)


def texts(nodes: tuple[Node, ...]) -> list[str]:
    return [node.text for node in nodes]


def section(counts: SidebarCounts, text: str, current: Place = ALL) -> tuple[Node, ...]:
    return next(node.below for node in sidebar_tree(counts, current) if node.text == text)


def find(counts: SidebarCounts, key: str, current: Place = ALL) -> Node:
    return way_to(sidebar_tree(counts, current), key)[-1]


def test_what_holds_nothing_is_left_out() -> None:
    empty = sidebar_tree(SidebarCounts())
    assert [(node.text, texts(node.below)) for node in empty] == [
        ("Library", ["All"]),
        ("Collections", []),
        ("Review", ["Trash"]),
    ]
    assert texts(sidebar_tree(None)[0].below) == ["All"]


def test_everything_has_its_section() -> None:
    tree = sidebar_tree(FULL)
    assert texts(tree) == ["Library", "Folders", "Collections", "Tags", "Cameras", "Dates", "Review"]
    library = ["All", "Last import", "Recent imports", "Photos", "Videos", "Unrated"]
    assert texts(section(FULL, "Library")) == library
    assert texts(section(FULL, "Review")) == ["Problems", "Trash"]


def test_every_place_leads_to_where_its_key_says() -> None:
    for node in walk(sidebar_tree(FULL)):
        place = node.place
        assert (place is None) == (not node.is_place)
        assert place is None or place.name == node.key


def test_hierarchies_grow() -> None:
    assert texts(find(FULL, "collection:1").below) == ["Best"]
    assert find(FULL, "collection:2").smart
    assert texts(find(FULL, "tag:places").below) == ["paris"]
    assert find(FULL, "tag:places").items == 3
    assert texts(section(FULL, "Folders")) == ["2022", "2023"]
    assert [node.text for node in find(FULL, "date:2023").below] == ["June", "May"]
    assert texts(section(FULL, "Dates")) == ["2023", "2022", "No date"]
    assert find(FULL, "date:2023").items == 3


def test_a_collection_above_others_need_not_be_one() -> None:
    counts = SidebarCounts(collections=(CollectionCount(5, "Trips/Alps", 0, None),))
    above = section(counts, "Collections")[0]
    assert (above.text, above.place, above.is_own) == ("Trips", None, True)
    assert above.below[0].place == collection_place(5, "Trips/Alps")


def test_the_place_one_is_at_stays() -> None:
    places = [
        PROBLEMS,
        LAST_IMPORT,
        tag_place("gone/long ago"),
        folder_place("/gone"),
        camera_place("Gone"),
        date_place("1999-02"),
        date_place("none"),
        import_place(99),
    ]
    for place in places:
        tree = sidebar_tree(SidebarCounts(), place)
        assert way_to(tree, place.name)[-1].place == place


def test_a_search_counts_what_it_finds() -> None:
    found = SidebarCounts(all=9, found=2, last_import=3, last_import_count=4, imports=(RecentImport(3, THEN, 1),))
    assert find(found, ALL.name).items == 2
    assert find(found, LAST_IMPORT.name).items == 1


def test_thousands_are_built_before_anybody_notices() -> None:
    tags = tuple((f"a{nth // 50}/b{nth}", nth + 1) for nth in range(5_000))
    folders = tuple((f"/home/me/{nth // 40}/{nth}", nth + 1) for nth in range(2_000))
    counts = SidebarCounts(tags=tags, folders=folders)
    sidebar_tree(counts)
    began = perf_counter()
    tree = sidebar_tree(counts)
    assert perf_counter() - began < 0.25  # 30 ms on an idle machine
    assert sum(1 for _ in walk(tree)) > 7_000
    assert not next(node for node in tree if node.text == "Tags").opens


def test_a_section_grows_anew_only_where_its_counts_or_its_place_are_others() -> None:
    grower = Grower()
    before = {node.text: node for node in grower.tree(FULL)}
    rated = replace(FULL, unrated=7, tags=tuple(FULL.tags), months=dict(FULL.months))
    after = {node.text: node for node in grower.tree(rated, tag_place("places/paris"))}
    grown = {text for text, node in after.items() if node is not before[text]}
    assert grown == {"Library"}
    gone = {node.text: node for node in grower.tree(rated, tag_place("gone"))}
    assert gone["Tags"] is not after["Tags"]
    assert way_to(gone.values(), "tag:gone")
    for place in (ALL, tag_place("sea"), tag_place("gone"), date_place("1999"), import_place(3)):
        assert grower.tree(rated, place) == sidebar_tree(rated, place)


def test_growing_leaves_nothing_to_the_collector() -> None:
    gc.collect()
    gc.disable()
    try:
        grown((f"a/b{nth}", nth) for nth in range(100))
        assert gc.collect() == 0
    finally:
        gc.enable()
