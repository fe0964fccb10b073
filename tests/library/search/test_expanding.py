"""Saved searches that name each other: the command and the window answer alike, or refuse by name."""

from __future__ import annotations

import pytest

from keeproom.library.arranger import Arranger
from keeproom.library.collecting import save_search
from keeproom.library.listing import count_assets
from keeproom.library.opening import Library
from keeproom.library.search import SearchError
from keeproom.library.views import View


def test_a_long_chain_of_saved_searches(many: Library) -> None:
    save_search(many, "Chain 0", "kind:image")
    for number in range(1, 12):
        save_search(many, f"Chain {number}", f'collection:"Chain {number - 1}"')
    arranger = Arranger(many)
    pictures = count_assets(many, "kind:image")
    for number in (3, 11):
        query = f'collection:"Chain {number}"'
        assert count_assets(many, query) == arranger.arrange(View(query=query), "name").items == pictures


def test_saved_searches_that_name_each_other(many: Library) -> None:
    save_search(many, "One", "kind:video OR collection:Two")
    save_search(many, "Two", "kind:image OR collection:One")
    both = count_assets(many, "kind:video,image")
    assert count_assets(many, "collection:One") == count_assets(many, "collection:Two") == both
    assert Arranger(many).arrange(View(query="collection:One"), "name").items == both


def test_saved_searches_that_grow_with_every_step_are_refused(many: Library) -> None:
    save_search(many, "Step 0", "kind:image")
    for number in range(1, 10):
        save_search(many, f"Step {number}", " OR ".join([f'collection:"Step {number - 1}"'] * 8))
    arranger = Arranger(many)
    with pytest.raises(SearchError, match="too many parts"):
        count_assets(many, 'collection:"Step 9"')
    with pytest.raises(SearchError, match="too many parts"):
        arranger.arrange(View(query='collection:"Step 9"'), "name")
    counts = {each.name: each.count for each in arranger.counts().collections}
    assert counts["Step 9"] is None
    assert counts["Step 1"] == count_assets(many, "kind:image")
