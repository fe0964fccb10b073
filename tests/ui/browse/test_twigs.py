from __future__ import annotations

from keeproom.ui.browse.twigs import Twig, folders, grown


def told(twigs: list[Twig[int]]) -> list[object]:
    return [(twig.text, twig.name, twig.own, told(list(twig.below.values()))) for twig in twigs]


def test_names_grow_into_a_hierarchy() -> None:
    twigs = grown([("places", 3), ("places/paris", 2), ("sea", 1)])
    assert told(twigs) == [("places", "places", 3, [("paris", "places/paris", 2, [])]), ("sea", "sea", 1, [])]


def test_a_name_above_need_not_be_there() -> None:
    assert told(grown([("a/b/c", 1)])) == [("a", "a", None, [("b", "a/b", None, [("c", "a/b/c", 1, [])])])]


def test_parts_are_compared_without_case_and_shown_as_they_are_written() -> None:
    twigs = grown([("places/paris", 2), ("Places", 3)])
    assert told(twigs) == [("Places", "Places", 3, [("paris", "places/paris", 2, [])])]


def test_folders_begin_where_something_lies() -> None:
    twigs = folders([("/home/me/Pictures", 5), ("/home/me/Pictures/2022", 2), ("/home/me/Pictures/2023", 2)])
    assert [twig.text for twig in twigs] == ["Pictures"]
    assert [below.text for below in twigs[0].below.values()] == ["2022", "2023"]


def test_what_all_folders_lie_in_is_left_out() -> None:
    entries = [("/home", 4), ("/home/me", 4), ("/home/me/2022", 2), ("/home/me/2023", 2)]
    assert [(twig.text, twig.name) for twig in folders(entries)] == [
        ("2022", "/home/me/2022"),
        ("2023", "/home/me/2023"),
    ]
    assert [twig.text for twig in folders([("/home/me/Pictures", 1), ("/media/card/DCIM/100", 1)])] == [
        "Pictures",
        "100",
    ]


def test_a_file_at_the_root_and_folders_of_another_system() -> None:
    assert [twig.name for twig in folders([("/", 1)])] == ["/"]
    assert [twig.name for twig in folders([("C:\\Pictures", 1)])] == ["C:\\Pictures"]
