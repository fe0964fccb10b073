"""How values are read, and what is said of those that are none."""

from __future__ import annotations

from datetime import datetime

import pytest

from keeproom.library.search import SearchError, parse
from keeproom.library.search.conditions import Ago, Between, During, Near, StartOf
from keeproom.library.search.syntax import Term

NOW = datetime(2024, 3, 31, 15, 30)  # noqa: DTZ001 (a wall time; a Sunday)


def asked(query: str) -> tuple[object, ...]:
    root = parse(query).root
    assert isinstance(root, Term)
    return root.tests


def wall(*numbers: int) -> datetime:
    return datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001


@pytest.mark.parametrize(
    ("query", "low", "high"),
    [
        ("size:1000", 1000, 1000),
        ("size:>10MB", 10_000_000, None),
        ("size:<=1KiB", None, 1024),
        ("size:1.5kB", 1450, 1550),
        ("size:10MB", 9_500_000, 10_500_000),
        ("size:=10MB", 10_000_000, 10_000_000),
        ("size:1MB..2MB", 1_000_000, 2_000_000),
        ("size:1..5MB", 1_000_000, 5_000_000),
        ("size:900..1kB", 900, 1000),
        ("duration:1..5min", 60, 300),
        ("duration:90..5min", 90, 300),
        ("size:..2MB", None, 2_000_000),
        ("size:2m..", 2_000_000, None),
        ("duration:1:30", 89.5, 90.5),
        ("duration:>1:02:03", 3723, None),
        ("duration:<1h30min", None, 5400),
        ("duration:<0.5s", None, 0.5),
        ("width:>=4000px", 4000, None),
        ("rating:3", 3, 3),
        ("id:1..5", 1, 5),
    ],
)
def test_numbers(query: str, low: float | None, high: float | None) -> None:
    (test,) = asked(query)
    assert isinstance(test, Between)
    assert (test.low, test.high) == (low, high)


@pytest.mark.parametrize(
    ("query", "start", "end"),
    [
        ("date:2023", wall(2023, 1, 1), wall(2024, 1, 1)),
        ("date:2023-5", wall(2023, 5, 1), wall(2023, 6, 1)),
        ("date:2023-12", wall(2023, 12, 1), wall(2024, 1, 1)),
        ("date:2023/05/14", wall(2023, 5, 14), wall(2023, 5, 15)),
        ("date:20230514", wall(2023, 5, 14), wall(2023, 5, 15)),
        ("date:2023-05-14T10:30", wall(2023, 5, 14, 10, 30), wall(2023, 5, 14, 10, 31)),
        ('date:"2023-05-14 10"', wall(2023, 5, 14, 10), wall(2023, 5, 14, 11)),
        ("date:2023-05..2023-07", wall(2023, 5, 1), wall(2023, 8, 1)),
        ("date:2023..", wall(2023, 1, 1), None),
        ("date:..2023", None, wall(2024, 1, 1)),
        ("date:>2023", wall(2024, 1, 1), None),
        ("date:>=2023", wall(2023, 1, 1), None),
        ("date:<2023", None, wall(2023, 1, 1)),
        ("date:<=2023-02", None, wall(2023, 3, 1)),
        ("date:9999", wall(9999, 1, 1), None),
        ("date:today", wall(2024, 3, 31), wall(2024, 4, 1)),
        ("date:Yesterday", wall(2024, 3, 30), wall(2024, 3, 31)),
        ("date:this-week", wall(2024, 3, 25), wall(2024, 4, 1)),
        ('date:"last month"', wall(2024, 2, 1), wall(2024, 3, 1)),
        ("date:last-year", wall(2023, 1, 1), wall(2024, 1, 1)),
        ("date:<7d", wall(2024, 3, 24, 15, 30), None),
        ("date:7d", wall(2024, 3, 24, 15, 30), None),
        ("date:>2w", None, wall(2024, 3, 17, 15, 30)),
        ("date:<1mo", wall(2024, 2, 29, 15, 30), None),
        ("date:<1y", wall(2023, 3, 31, 15, 30), None),
        ("date:1y..2y", wall(2022, 3, 31, 15, 30), wall(2023, 3, 31, 15, 30)),
        ("date:2y..1y", wall(2022, 3, 31, 15, 30), wall(2023, 3, 31, 15, 30)),
        ("date:..12h", wall(2024, 3, 31, 3, 30), None),
        ("date:<900000y", wall(1, 1, 1), None),
    ],
)
def test_dates(query: str, start: datetime | None, end: datetime | None) -> None:
    (test,) = asked(query)
    assert isinstance(test, During)
    assert test.at(NOW) == (start, end)


def test_an_age_is_as_old_as_it_is_asked_for() -> None:
    assert asked("imported:<7d") == (During(Ago(7.0, "d"), None),)
    assert asked("date:today") == (During(StartOf("day", 0), StartOf("day", -1)),)


def test_places() -> None:
    assert asked("near:48.85,2.35,10km") == (Near(48.85, 2.35, 10_000.0),)
    assert asked("near:-48.85,-2.35,500m") == (Near(-48.85, -2.35, 500.0),)
    assert asked('near:"48.85, 2.35"') == (Near(48.85, 2.35, 1_000.0),)


@pytest.mark.parametrize(
    "query",
    [
        *("size:", "size:x", "size:10parsecs", "size:-1", "size:5..1", "size:..", "size:1e400", "size:" + "9" * 40),
        *("rating:6", "rating:-1", "rating:4.5.6", "id:x", "id:-1", "id:99999999999999999999", "import:0"),
        *("date:", "date:2023-13", "date:2023-02-30", "date:tomorrow", "date:..", "date:2024..2023", "date:0000"),
        *("near:1", "near:91,0", "near:0,181", "near:1,2,3,4", "near:a,b", "near:1,2,10parsecs", "near:>1,2"),
        *("kind:song", "kind:>image", "label:pink", "flag:maybe", "is:nice", "has:legs"),
        *("sha256:xyz", "sha256:" + "a" * 65, "ext:", "ext:.", "tag:>a", 'tag:""', "tag:,", "camera:<b", "mime:"),
        *("kind:none", "size:none", "name:any kind:any"),
        *("duration:x", "duration:1:2:3:4", "duration:5y"),
    ],
)
def test_what_is_no_value_is_named(query: str) -> None:
    with pytest.raises(SearchError) as raised:
        parse(query)
    assert str(raised.value).startswith(query.split()[-1].split(":")[0])
    assert query[raised.value.start : raised.value.end]


def test_in_quotes_a_value_is_itself() -> None:
    with pytest.raises(SearchError, match="label:none is unknown"):
        parse('label:"none"')
    assert asked("tag:none") != asked('tag:"none"')
    assert asked('camera:"a*"') != asked("camera:a*")
