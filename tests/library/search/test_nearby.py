"""Near spellings for what nothing matches."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from keeproom.catalog.words import vocabulary
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.listing import list_assets
from keeproom.library.opening import Library
from keeproom.library.search import corrected, knownwords, parse
from keeproom.library.search.knownwords import allowed
from keeproom.library.search.nearby import near_name, nearest
from keeproom.library.tagging import rename_tag
from tests.conftest import MakePicture
from tests.importing import Importer


@pytest.mark.parametrize(
    ("query", "instead", "count"),
    [
        ("baloon", [("baloon", "balloon")], 1),
        ("flwoer", [("flwoer", "flower")], 1),
        ("nikom kind:image", [("nikom", "nikon")], 3),
        ("(nikom OR zzzzzzz)", [("nikom", "nikon")], 3),
        ('"godo day"', [("godo day", "good day")], 1),
        ("stream-of-watre", [("stream-of-watre", "stream of water")], 1),
        ("tag:plases", [("tag:plases", "tag:places")], 0),
        ("tag:arezzo", [("tag:arezzo", "tag:places/italy/arezzo")], 2),
        ("tag:sumer", [], 0),
        ('tag:"sumer house"', [("tag:sumer house", 'tag:"summer house"')], 1),
        ("collection:Trisp", [("collection:Trisp", "collection:Trips")], 3),
        ("camera:nikom", [("camera:nikom", "camera:nikon")], 3),
        ('camera:"cannon eos"', [("camera:cannon eos", 'camera:"canon eos"')], 1),
    ],
)
def test_what_nothing_matches_is_tried_as_what_is_near(
    described: Library, query: str, instead: list[tuple[str, str]], count: int
) -> None:
    better, corrections = corrected(described, parse(query))
    assert [(each.word, each.instead) for each in corrections] == instead
    if count:
        assert len(list(list_assets(described, better))) == count


@pytest.mark.parametrize(
    "query", ["", "canon", "can", "zzzzzzzz", "-baloon", "IMG_9999", "2099", "東京都", "kind:video", "tag:none"]
)
def test_what_is_there_and_what_nothing_is_near_to_stays(described: Library, query: str) -> None:
    assert corrected(described, parse(query)) == (parse(query), ())


def test_the_commonest_of_those_that_are_as_near(importer: Importer, make_picture: MakePicture) -> None:
    importer(*(make_picture(f"{number}.jpg", number) for number in range(3)))
    for asset, title in enumerate(("rome", "roma", "roma"), start=1):
        edit_assets(importer.library, [asset], Edit(facts={"title": title}))
    assert corrected(importer.library, parse("romx"))[1][0].instead == "roma"
    edit_assets(importer.library, [1], Edit(facts={"title": "romx"}))
    assert corrected(importer.library, parse("romx"))[1] == ()  # a new word is known at once


def test_words_are_read_once_and_followed(
    importer: Importer, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    importer(*(make_picture(f"{number}.jpg", number) for number in range(3)))
    library, readings = importer.library, []

    def counted(session: Session) -> list[tuple[str, int]]:
        readings.append(session)
        return vocabulary(session)

    monkeypatch.setattr(knownwords, "vocabulary", counted)

    def near(word: str) -> list[str]:
        return [each.instead for each in corrected(library, parse(word))[1]]

    edit_assets(library, [1], Edit(facts={"title": "sunset"}, add_tags=("holiday/seaside",)))
    assert (near("sunzet"), near("seasyde")) == (["sunset"], ["seaside"])
    edit_assets(library, [1], Edit(facts={"title": "sundown"}))
    assert (near("sunzet"), near("sundiwn")) == ([], ["sundown"])  # what nothing has any more is not offered
    rename_tag(library, "holiday/seaside", "holiday/mountains")
    assert (near("seasyde"), near("mountians")) == ([], ["mountains"])
    assert len(readings) == 1
    monkeypatch.setattr(knownwords, "MANY_CHANGES", 0)
    edit_assets(library, [2], Edit(facts={"title": "lighthouse"}))
    assert near("lighthuose") == ["lighthouse"]
    assert len(readings) == 2


def test_how_much_may_be_wrong() -> None:
    assert [allowed(word) for word in ("ab", "abc", "abcdef", "abcdefghij", "abc123")] == [0, 1, 2, 3, 0]
    assert nearest("romme", ["rome", "rommel", "pomme", "x"]) == ["rome", "rommel"]
    assert nearest("ab", ["ac"]) == []
    assert near_name("Paris", ["places/paris", "parisian"]) == "places/paris"
