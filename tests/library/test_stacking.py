"""Stacks: who is in which, who is shown, and that no stack of one is left."""

from __future__ import annotations

import time
import uuid

import pytest
from sqlalchemy import insert, select, update

from keeproom.catalog.tables import AssetRow, StackRow
from keeproom.errors import AssetNotFoundError, UsageError
from keeproom.library.folding import altered_facts
from keeproom.library.opening import Library
from keeproom.library.stacking import make_cover, stack_assets, take_out, unstack
from keeproom.library.views import changes_since, revision_now
from tests.histories import buried, changes, count, entries, make_assets, versions


def stacks(library: Library) -> list[list[int]]:
    """The members of each stack in their order, the cover first."""
    query = select(AssetRow.stack_id, AssetRow.id).where(AssetRow.stack_id.is_not(None))
    found: dict[int, list[int]] = {}
    with library.catalog.read() as session:
        for stack, asset in session.execute(query.order_by(AssetRow.stack_id, AssetRow.stack_place)):
            found.setdefault(stack, []).append(asset)
    return list(found.values())


def test_the_first_is_the_cover(library: Library) -> None:
    make_assets(library, 4)
    edited = stack_assets(library, [3, 1, 2, 3])
    assert stacks(library) == [[3, 1, 2]]
    assert edited.changed == (3, 1, 2)
    assert versions(library, 1) == [(1, 1), (2, edited.entry)]
    (first, *_) = changes(library, edited.entry)
    assert (first[0], first[1], first[2]["place"]) == ("stack", None, 0)
    assert stack_assets(library, [3, 1, 2]).entry is None
    assert list(altered_facts(library)) == []


def test_stacks_that_are_stacked_are_one(library: Library) -> None:
    make_assets(library, 6)
    stack_assets(library, [1, 2])
    stack_assets(library, [3, 4, 5])
    stack_assets(library, [6, 4, 1])
    assert stacks(library) == [[6, 4, 1, 2, 3, 5]]
    assert count(library, StackRow) == 1
    assert len(buried(library, "stack")) == 1
    assert list(altered_facts(library)) == []


def test_who_goes_out_leaves_no_stack_of_one(library: Library) -> None:
    make_assets(library, 5)
    stack_assets(library, [1, 2, 3])
    stack_assets(library, [4, 5])
    assert sorted(take_out(library, [1, 4]).changed) == [1, 4, 5]
    assert stacks(library) == [[2, 3]]
    assert take_out(library, [1]).entry is None
    assert count(library, StackRow) == 1
    assert list(altered_facts(library)) == []


def test_a_stack_is_taken_apart_by_any_of_its_members(library: Library) -> None:
    make_assets(library, 5)
    stack_assets(library, [1, 2, 3])
    stack_assets(library, [4, 5])
    assert sorted(unstack(library, [2]).changed) == [1, 2, 3]
    assert stacks(library) == [[4, 5]]
    assert unstack(library, [2]).entry is None


def test_who_knew_a_stack_takes_no_other_one_for_it(library: Library) -> None:
    make_assets(library, 4)
    stack_assets(library, [1, 2])
    unstack(library, [1])
    stack_assets(library, [3, 4])
    with library.catalog.read() as session:
        assert session.scalars(select(StackRow.id)).all() == [2]
    assert buried(library, "stack") == [1]


def test_another_cover(library: Library) -> None:
    make_assets(library, 3)
    stack_assets(library, [1, 2, 3])
    make_cover(library, 3)
    assert stacks(library) == [[3, 1, 2]]
    assert make_cover(library, 3).entry is None
    unstack(library, [1])
    with pytest.raises(UsageError, match="Asset 3 belongs to no"):
        make_cover(library, 3)
    assert entries(library) == ["import", "stack", "stack-cover", "unstack"]


def test_the_window_learns_of_it(library: Library) -> None:
    make_assets(library, 3)
    before = revision_now(library)
    stack_assets(library, [1, 3])
    assert changes_since(library, before).changed == (1, 3)


def test_what_cannot_be_stacked_is_refused(library: Library) -> None:
    make_assets(library, 2)
    with pytest.raises(UsageError, match="two"):
        stack_assets(library, [1, 1])
    for refused in (
        lambda: stack_assets(library, [1, 9]),
        lambda: take_out(library, [9]),
        lambda: make_cover(library, 9),
    ):
        with pytest.raises(AssetNotFoundError, match="9"):
            refused()
    assert (stacks(library), entries(library)) == ([], ["import"])


def test_thousands_of_stacks_are_taken_apart_at_once(library: Library) -> None:
    ids = make_assets(library, 6_000)
    with library.catalog.write() as write:
        stamp = {"revision": write.revision}
        write.session.execute(insert(StackRow), [{"id": n, "uuid": uuid.uuid4(), **stamp} for n in range(1, 3_001)])
        members = [{"id": id_, "stack_id": (id_ + 1) // 2, "stack_place": id_ % 2} for id_ in ids]
        write.session.execute(update(AssetRow), members)
    began = time.process_time()
    edited = take_out(library, ids[::2])
    assert time.process_time() - began < 5  # of each stack, all others were looked through
    assert len(edited.changed) == 6_000
    assert count(library, StackRow) == 0
    assert len(buried(library, "stack")) == 3_000
