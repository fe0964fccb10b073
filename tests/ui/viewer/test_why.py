"""What is said where nothing can be shown."""

from __future__ import annotations

import pytest

from keeproom.model import ItemState, Kind, Status
from keeproom.ui.viewer.why import has_picture, is_unshowable, problem_of
from tests.ui.helpers import make_cell


@pytest.mark.parametrize(
    ("facts", "unshowable"),
    [
        ({}, False),
        ({"status": Status.PROCESSING, "thumbnailed": False}, False),
        ({"status": Status.FAILED, "thumbnailed": False}, True),
        ({"status": Status.FAILED}, False),
        ({"status": Status.DAMAGED}, True),
        ({"status": Status.MISSING}, True),
        ({"status": ItemState.NOT_IMPORTED, "thumbnailed": False}, True),
        ({"status": ItemState.ALREADY_HERE}, False),
    ],
)
def test_what_is_known_to_be_unshowable(facts: dict[str, object], unshowable: bool) -> None:
    assert is_unshowable(make_cell(-3, **facts)) == unshowable


def test_a_line_of_an_import_tells_its_own_reason() -> None:
    cell = make_cell(-3, status=ItemState.NOT_IMPORTED, thumbnailed=False, reason="The disk is full.")
    problem = problem_of(cell)
    assert (problem.headline, problem.reason, problem.colour) == ("Not kept", "The disk is full.", "error")


def test_every_trouble_has_words() -> None:
    for status in (Status.FAILED, Status.DAMAGED, Status.MISSING):
        problem = problem_of(make_cell(1, status=status))
        assert problem.headline
        assert problem.reason


def test_an_error_while_all_seemed_well() -> None:
    problem = problem_of(make_cell(1), "The file ends too early.")
    assert (problem.headline, problem.reason) == ("This cannot be shown", "The file ends too early.")


def test_only_pictures_are_decoded_ahead() -> None:
    assert has_picture(make_cell(1))
    assert has_picture(make_cell(1, kind=Kind.DOCUMENT))
    assert not has_picture(make_cell(1, kind=Kind.VIDEO))
    assert not has_picture(make_cell(1, status=Status.MISSING))
