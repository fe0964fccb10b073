"""What a template would name many assets."""

from __future__ import annotations

import pytest

from keeproom.errors import AssetNotFoundError, UsageError
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.opening import Library
from keeproom.library.renaming import NameRow, plan_names
from tests.conftest import MakePicture
from tests.importing import Importer


@pytest.fixture
def three(library: Library, importer: Importer, make_picture: MakePicture) -> Library:
    importer(*(make_picture(f"P{number}.JPG", colour=number * 60) for number in range(3)))
    return library


def test_names_are_planned_in_the_order_given_and_nothing_is_changed(three: Library) -> None:
    edit_assets(three, [2], Edit(facts={"title": "The sea"}))
    assert plan_names(three, [2, 1, 2], "{number} {title}", first=9) == [
        NameRow(2, "P1.JPG", "9 The sea.JPG"),
        NameRow(1, "P0.JPG", "10 P0.JPG"),
    ]
    assert [row.before for row in plan_names(three, [1, 2, 3], "x")] == ["P0.JPG", "P1.JPG", "P2.JPG"]


def test_equal_names_are_told(three: Library) -> None:
    edit_assets(three, [1], Edit(facts={"title": "A"}))
    rows = plan_names(three, [1, 2, 3], "{kind}")
    assert [row.shared for row in rows] == [True, True, True]
    assert not any(row.shared for row in plan_names(three, [1, 2, 3], "{stem}"))


def test_what_makes_no_sense_is_refused(three: Library) -> None:
    with pytest.raises(UsageError, match="no field"):
        plan_names(three, [1], "{colour}")
    with pytest.raises(AssetNotFoundError):
        plan_names(three, [1, 99], "{stem}")
