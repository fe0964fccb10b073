"""What the log holds is enough: for every state that a library ever had, forwards from nothing and back from now."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from keeproom.catalog.tables import (
    AssetRow,
    AssetTagRow,
    ChangeRow,
    CollectionAssetRow,
    CollectionRow,
    StackRow,
    TagRow,
    VersionRow,
)
from keeproom.errors import UsageError
from keeproom.library import collecting, stacking, tagging, trashing
from keeproom.library.editing import Edit, edit_assets
from keeproom.library.folding import altered_facts
from keeproom.library.opening import Library
from keeproom.library.statements import FACTS
from keeproom.library.timechanges import Shift
from keeproom.library.trashing import logged_moment
from tests.histories import make_assets

State = dict[tuple[str, str, str], Any]
"""By kind, object and field; what is not there has no key."""

SETS = ("tags", "collections")
DICTS = ("places",)
COUNT = 8


def state(library: Library) -> State:
    """What the tables hold."""
    found: State = {}
    with library.catalog.read() as session:
        stacks = {row.id: str(row.uuid) for row in session.scalars(select(StackRow))}
        assets = {row.id: row for row in session.scalars(select(AssetRow))}
        for row in assets.values():
            facts = {name: fact.to_log(fact.read(row)) for name, fact in FACTS.items()}
            standing = {"stack": stacks[row.stack_id], "place": row.stack_place} if row.stack_id else None
            facts |= {"trashed": logged_moment(row.trashed_at), "stack": standing}
            found |= {("asset", str(row.uuid), name): value for name, value in facts.items()}
        tags = {row.id: row for row in session.scalars(select(TagRow))}
        collections = {row.id: row for row in session.scalars(select(CollectionRow))}
        found |= {("tag", str(row.uuid), "name"): row.name for row in tags.values()}
        found |= {("stack", uuid, "there"): True for uuid in stacks.values()}
        for each in collections.values():
            found |= {("collection", str(each.uuid), name): getattr(each, name) for name in ("name", "query")}
        for pair in session.scalars(select(AssetTagRow)):
            key = "asset", str(assets[pair.asset_id].uuid), "tags"
            found.setdefault(key, set()).add(str(tags[pair.tag_id].uuid))
        for member in session.scalars(select(CollectionAssetRow)):
            asset, collection = str(assets[member.asset_id].uuid), str(collections[member.collection_id].uuid)
            found.setdefault(("asset", asset, "collections"), set()).add(collection)
            found.setdefault(("collection", collection, "places"), {})[asset] = member.position
    return {key: value for key, value in found.items() if value not in (None, 0)}


def step(before: State, change: ChangeRow, *, back: bool = False) -> None:
    """Take one change into a state, or take it back."""
    key = change.object_kind, str(change.object), change.field
    both: tuple[Any, Any] = (change.new, change.old) if back else (change.old, change.new)
    old, new = both
    if change.field in SETS:
        added, removed = (change.new.get(name, []) for name in ("added", "removed"))
        value: Any = before.get(key, set()) - set(added if back else removed) | set(removed if back else added)
    elif change.field in DICTS:
        value = {asset: place for asset, place in before.get(key, {}).items() if asset not in old} | new
    else:
        assert before.get(key) in (old, None, 0), change.field
        value = new
    before[key] = value
    if value in (None, 0, set(), {}):
        del before[key]


Do = Callable[[Library, random.Random], object]
NAMES = ("a", "b", "a/b", "b/c", "b/c/d", "c")


def some(chance: random.Random, most: int = COUNT) -> list[int]:
    return chance.sample(range(1, COUNT + 1), chance.randint(1, most))


def collection(library: Library, chance: random.Random) -> int:
    return chance.choice([each.id for each in collecting.list_collections(library)] or [1])


DOINGS: tuple[Do, ...] = (
    lambda library, chance: edit_assets(
        library,
        some(chance),
        Edit(
            {"title": chance.choice(("x", "y", None)), "rating": chance.randint(0, 5), "place": chance.choice(NAMES)},
            add_tags=tuple(chance.sample(NAMES, 2)),
            remove_tags=tuple(chance.sample(NAMES, 2)),
            turn=chance.randint(0, 3),
        ),
    ),
    lambda library, chance: edit_assets(
        library, some(chance), Edit({"name": chance.choice(NAMES).replace("/", " ")}, retime=Shift(3600))
    ),
    lambda library, chance: tagging.create_tag(library, chance.choice(NAMES)),
    lambda library, chance: tagging.rename_tag(library, *chance.sample(NAMES, 2)),
    lambda library, chance: tagging.merge_tags(library, chance.sample(NAMES, 2), chance.choice(NAMES)),
    lambda library, chance: tagging.delete_tags(library, chance.sample(NAMES, 1)),
    lambda library, chance: collecting.collect(library, chance.choice(NAMES), some(chance)),
    lambda library, chance: collecting.collect(library, chance.choice(NAMES), some(chance)),
    lambda library, chance: collecting.create_collection(library, chance.choice(NAMES)),
    lambda library, chance: collecting.save_search(library, chance.choice(NAMES), chance.choice(NAMES)),
    lambda library, chance: collecting.remove_from_collection(library, collection(library, chance), some(chance, 3)),
    lambda library, chance: collecting.move_in_collection(
        library, collection(library, chance), some(chance, 2), chance.choice((None, 1, 2, 3))
    ),
    lambda library, chance: collecting.rename_collection(library, collection(library, chance), chance.choice(NAMES)),
    lambda library, chance: collecting.delete_collection(library, collection(library, chance)),
    lambda library, chance: stacking.stack_assets(library, some(chance, 4)),
    lambda library, chance: stacking.unstack(library, some(chance, 1)),
    lambda library, chance: stacking.take_out(library, some(chance, 2)),
    lambda library, chance: stacking.make_cover(library, chance.randint(1, COUNT)),
    lambda library, chance: trashing.trash_assets(library, some(chance, 3)),
    lambda library, chance: trashing.restore_assets(library, some(chance, 3)),
)


@pytest.mark.parametrize("seed", range(3))
def test_every_state_can_be_had_from_the_log(library: Library, seed: int) -> None:
    chance = random.Random(seed)
    make_assets(library, COUNT)
    start = state(library)
    states = {1: start}
    for _ in range(100):
        try:
            chance.choice(DOINGS)(library, chance)
        except UsageError:
            continue
        with library.catalog.read() as session:
            last = session.scalar(select(ChangeRow.entry_id).order_by(ChangeRow.id.desc()).limit(1)) or 1
        now = state(library)
        assert states.setdefault(last, now) == now  # what is no entry has changed nothing
    assert len(states) > 40
    with library.catalog.read() as session:
        changes = list(session.scalars(select(ChangeRow).where(ChangeRow.entry_id > 1).order_by(ChangeRow.id)))
        versions = session.execute(select(VersionRow.asset_id, VersionRow.number, VersionRow.entry_id)).all()
        current = dict(session.execute(select(AssetRow.id, AssetRow.version)).all())
        numbers = {row.uuid: row.id for row in session.scalars(select(AssetRow))}
    folded, unfolded = copy.deepcopy(start), copy.deepcopy(states[max(states)])
    for at, change in enumerate(changes):
        step(folded, change)
        if at + 1 == len(changes) or changes[at + 1].entry_id != change.entry_id:
            assert folded == states[change.entry_id]
    for at, change in reversed(list(enumerate(changes))):
        step(unfolded, change, back=True)
        if at == 0 or changes[at - 1].entry_id != change.entry_id:
            assert unfolded == states[max(entry for entry in states if entry < change.entry_id)]
    for asset, newest in current.items():
        its = sorted(row[1:] for row in versions if row.asset_id == asset)
        touched = {each.entry_id for each in changes if numbers.get(each.object) == asset}
        assert [number for number, _ in its] == list(range(1, newest + 1))
        assert {entry for _, entry in its} == {1, *touched}
    assert list(altered_facts(library)) == []
