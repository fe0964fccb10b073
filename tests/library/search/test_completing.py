"""What is offered while a person types."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keeproom.library.opening import Library
from keeproom.library.search import FIELDS, complete, parse


@pytest.mark.parametrize(
    ("text", "place", "offered"),
    [
        ("", (0, 0), ["tag:", "kind:", "rating:"]),
        ("ra", (0, 2), ["rating:"]),
        ("x -ra", (3, 5), ["rating:"]),
        ("stars", (0, 5), ["rating:"]),
        ("kind:", (5, 5), ["image", "video", "audio", "document"]),
        ("kind:vi", (5, 7), ["video"]),
        ("kind:image,v", (11, 12), ["video"]),
        ("kind:image,", (11, 11), ["video"]),
        ("is:un", (3, 5), ["untagged", "unrated"]),
        ("rating:>", (8, 8), []),
        ("tag:", (4, 4), ["Piazza", "places/usa", '"summer house"', '"none"', "none", "any"]),
        ("tag:pl", (4, 6), ["places/italy/arezzo", "places/usa"]),
        ("tag:are", (4, 7), ["places/italy/arezzo"]),
        ('tag:"sum', (4, 8), ['"summer house"']),
        ("tag:=pi", (5, 7), ["Piazza"]),
        ("collection:", (11, 11), ["Trips", "Trips/Italy", "Best", "Moving"]),
        ("camera:eos", (7, 10), ['"Canon EOS 40D"']),
        ("lens:", (5, 5), ['"100.0 mm f/2.8"']),
        ("ext:", (4, 4), ["jpg", "png", "mp4", "heic"]),
        ("ext:.h", (4, 6), ["heic"]),
        ("mime:vid", (5, 8), ["video/*", "video/mp4"]),
        ("date:", (5, 5), ["2021", "2008", "today"]),
        ("date:2008", (5, 9), ["2008-10", "2008-03"]),
        ("date:2008-1", (5, 11), ["2008-10"]),
        ("date:2005..2008", (5, 15), ["2005..2008-10"]),
        ("import:", (7, 7), ["4", "1"]),
        ("near:", (5, 5), ["48.85,2.35,10km"]),
        ("size:", (5, 5), [">10MB"]),
        ("balloo", (0, 6), ["balloon"]),
        ("summ", (0, 4), ['tag:"summer house"', "summer"]),
        ("title:go", (6, 8), ["good"]),
        ("nothing:x", (0, 9), []),
    ],
)
def test_offers(described: Library, text: str, place: tuple[int, int], offered: list[str]) -> None:
    found = complete(described, text, len(text))
    assert (found.start, found.end) == place
    assert [item.text for item in found.items if item.text in offered] == sorted(
        offered, key=[item.text for item in found.items].index
    )
    assert set(offered) <= {item.text for item in found.items}


def test_folders_are_offered_by_their_names(described: Library) -> None:
    found = complete(described, "folder:vid", 10)
    (item,) = [item for item in found.items if item.shown == "videos"]
    assert item.text.rstrip('"').endswith("/corpus/videos")


def test_what_is_commonest_comes_first_with_its_count(described: Library) -> None:
    items = complete(described, "camera:", 7).items
    assert (items[0].shown, items[0].detail) in [("NIKON COOLPIX P6000", "2"), ("Canon PowerShot SX60 HS", "2")]
    assert complete(described, "tag:piaz", 8).items[0].detail == "2"


def test_in_the_middle_of_a_query_only_that_part_is_meant(described: Library) -> None:
    found = complete(described, "rome kind:vi rating:3", 12)
    assert (found.start, found.end, found.items[0].text) == (10, 12, "video")
    assert complete(described, "rome ", 5).items[0].text == "tag:"
    assert complete(described, "kind:video", 2).items[0].text == "kind:"


@pytest.mark.parametrize("name", FIELDS)
def test_what_is_offered_for_a_field_is_understood(described: Library, name: str) -> None:
    items = complete(described, f"{name}:", len(name) + 1).items
    assert items or name in ("sha256",)
    for item in items:
        assert not parse(f"{name}:{item.text}").is_empty


@given(st.one_of(st.text(), st.text(alphabet='tagkind: "(,-.23', max_size=20)), st.integers(-2, 30))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_completed(described: Library, text: str, cursor: int) -> None:
    found = complete(described, text, cursor)
    assert 0 <= found.start <= found.end <= len(text)
    assert len(found.items) <= 30


def test_half_a_character_can_be_completed(described: Library) -> None:
    for text in ("\ud800", "tag:\ud83d", "folder:a\udcff", "collection:\ud800b"):
        complete(described, text, len(text))


def test_naughty_strings_can_be_completed(described: Library, corpus: Path) -> None:
    for text in json.loads((corpus / "hostile" / "naughty-strings.json").read_text("utf-8")):
        complete(described, text, len(text))
        complete(described, f"tag:{text}", len(text) + 4)
    assert complete(described, "x" * 100_000, 5).items == ()
