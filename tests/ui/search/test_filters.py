"""The quick filters: parts of the query that are put in and taken out."""

from __future__ import annotations

import pytest

from keeproom.library.search import parse, parts
from keeproom.ui.search.filters import SECTIONS, TO_JUDGE, UNFLAGGED, UNRATED, Quick, held, toggled

ROWS = {(row.field, row.value): row for section in SECTIONS for row in section.rows}
RED, BLUE, VIDEO = ROWS["label", "red"], ROWS["label", "blue"], ROWS["kind", "video"]
THREE, FOUR = ROWS["rating", ">=3"], ROWS["rating", ">=4"]


@pytest.mark.parametrize("quick", ROWS.values(), ids=lambda quick: f"{quick.field}:{quick.value}")
def test_each_is_a_query_that_the_language_takes(quick: Quick) -> None:
    assert not parse(toggled("", [quick], parts)).is_empty


@pytest.mark.parametrize(
    ("query", "wanted", "after"),
    [
        ("", [UNRATED], "rating:0"),
        ("rome", [VIDEO], "rome kind:video"),
        ("rome kind:video", [VIDEO], "rome"),
        ("label:red sea", [BLUE], "label:red,blue sea"),
        ("label:red,blue sea", [RED], "label:blue sea"),
        ("rating:>=3 sea", [FOUR], "rating:>=4 sea"),
        ("rating>=3", [THREE], ""),
        ("RATING:>=3", [THREE], ""),
        ("sea", TO_JUDGE, "sea rating:0 flag:none"),
        ("rating:0", TO_JUDGE, "rating:0 flag:none"),
        ("rating:0 sea flag:none", TO_JUDGE, "sea"),
        ("rome OR paris", [UNFLAGGED], "rome OR paris flag:none"),
        ("label:red label:blue", [RED], "label:blue"),
        ("-label:red", [RED], "-label:red label:red"),
        ("kind:image OR sea", [VIDEO], "kind:image OR sea kind:video"),
    ],
)
def test_it_is_put_in_or_taken_out(query: str, wanted: list[Quick], after: str) -> None:
    assert toggled(query, wanted, parts) == after


def test_what_is_excluded_or_one_of_others_is_not_held() -> None:
    assert held("-flag:none label:red,blue (rating:0 OR sea)", parts) == {RED, BLUE}
