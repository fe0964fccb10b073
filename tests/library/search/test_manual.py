"""The page about searching says what the table of fields says, and its examples are understood."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from keeproom.library.search import FIELDS, parse
from keeproom.library.search.fields import BY_NAME
from keeproom.library.search.manual import manual

PAGE = Path(__file__).parents[3] / "docs" / "search.md"


def test_the_page_is_that_of_the_table() -> None:
    assert PAGE.read_text("utf-8") == manual(), "python -m keeproom.library.search.manual > docs/search.md"


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_tells_of_itself(name: str) -> None:
    field = FIELDS[name]
    assert field.help
    assert field.help[0].islower()
    for example in field.examples:
        assert BY_NAME[example.partition(":")[0]] is field
        assert not parse(example).is_empty


def test_what_stands_in_the_page_as_a_query_is_one() -> None:
    for query in re.findall(r"`([a-z]+:[^`]+)`", manual()):
        if query not in ("field:value", "field:none", "field:any"):
            parse(query)
