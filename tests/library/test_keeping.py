"""What is read before anybody asks for it holds nobody up, and is of the moment when it is there."""

from __future__ import annotations

import threading
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.orm import Session

from keeproom.catalog.columns import FURTHER
from keeproom.library import keeping
from keeproom.library.arranger import Arranger
from keeproom.library.arranging import arrange
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.keeping import SnapshotKeeper
from keeproom.library.opening import Library
from keeproom.library.snapshot import Snapshot, with_columns
from keeproom.library.views import View
from keeproom.model import SortKey


def test_questions_are_answered_while_something_is_read_ahead(many: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = SnapshotKeeper(many)
    reading, may_end = threading.Event(), threading.Event()

    def slow(session: Session, snapshot: Snapshot, names: Collection[str]) -> Snapshot:
        reading.set()
        assert may_end.wait(30)
        return with_columns(session, snapshot, names)

    with ThreadPoolExecutor(1) as pool, monkeypatch.context() as patch:
        patch.setattr(keeping, "with_columns", slow)
        ahead = pool.submit(keeper.read_ahead, None, ["ext"])
        assert reading.wait(30)
        before = keeper.latest(SortKey.RATING)
        edit_assets(many, [1, 2], Edit(facts={"rating": 5, "name": "new.other"}))
        after = keeper.latest(SortKey.RATING)
        assert after.revision > before.revision
        assert not after.has("ext")
        may_end.set()
        assert ahead.result(30)
    found = keeper.latest(SortKey.RATING, ["ext"])
    fresh = SnapshotKeeper(many).latest(SortKey.RATING, ["ext"])
    assert found.columns["rating"].tolist() == fresh.columns["rating"].tolist()
    assert found.orders[SortKey.RATING].rows.tolist() == fresh.orders[SortKey.RATING].rows.tolist()
    assert endings(found) == endings(fresh)
    assert endings(found)[:2] == ["other", "other"]
    assert not keeper.read_ahead(SortKey.RATING, ["ext"])


def endings(snapshot: Snapshot) -> list[str]:
    return [snapshot.vocabularies["ext"][code] for code in snapshot.columns["ext"]]


def test_all_that_takes_long_is_read_ahead_step_by_step(many: Library) -> None:
    arranger = Arranger(many)
    steps = 0
    while arranger.prepare():
        steps += 1
    known = arranger.snapshots.latest()
    assert steps > 3
    assert all(known.has(name) for name in ("ext", "lens", "mime", *(column.name for column in FURTHER)))
    assert {SortKey.NAME, SortKey.SIZE} <= {*known.orders}
    found = arranger.arrange(View(query="ext:jpg width:>100"), "name")
    assert (
        found.ids.tolist() == arrange(many, SnapshotKeeper(many), View(query="ext:jpg width:>100"), "name").ids.tolist()
    )
