"""Stating facts of many assets at once: one entry of the log, one transaction, all or nothing.

Only what differs is written. An asset that changes gets its next version, with the bytes it has; of tags the log has
the UUIDs, so that renaming one costs one row.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from keeproom.catalog.collation import folded
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow
from keeproom.errors import AssetNotFoundError, UsageError
from keeproom.library.log import PAGE, Change, Entry, Progress, no_progress, set_change
from keeproom.library.named import TAGS, Named, find
from keeproom.library.opening import Library
from keeproom.library.statements import FACTS, Fact
from keeproom.library.storable import shortened
from keeproom.library.tagrows import add_pairs, clean_tags, make_tags, pairs_of, remove_pairs
from keeproom.library.timechanges import ImpossibleTimeError, TimeChange, changed_time, check_change
from keeproom.library.wording import wording_many

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be stated. `facts` has one value for all assets by the fact's name (see `statements.FACTS`), `each` a
    value for each asset by its id, which counts before that; None or an empty text clears. `turn` is a number of
    quarter turns clockwise to be added to what is stated, `retime` changes each asset's own date, where it can."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    each: Mapping[str, Mapping[int, Any]] = field(default_factory=dict)
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    turn: int = 0
    retime: TimeChange | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """What a change came to: its entry in the log, None where nothing differed, and the assets that changed."""

    entry: int | None
    changed: tuple[int, ...]


def edit_assets(
    library: Library, ids: Sequence[int], edit: Edit, *, action: str = "edit", progress: Progress = no_progress
) -> Edited:
    """State facts of assets, in the trash or not. An asset that is named twice counts once.

    `progress` is called in this thread, inside the transaction; what it raises undoes everything.

    Raises:
        UsageError: a value cannot be kept; it is named, with what is possible. Nothing was changed.
        AssetNotFoundError: some id is unknown. Nothing was changed.
    """
    checked = _checked(edit)
    chosen = list(dict.fromkeys(ids))
    with library.catalog.write() as write:
        require_assets(write.session, chosen)
        entry = Entry(write, action)
        editing = _Editing(entry, checked, chosen)
        chosen.sort()  # as they lie on the disk
        with wording_many(write, len(chosen) if editing.has_words else 0):
            for start in range(0, len(chosen), PAGE):
                editing.change(chosen[start : start + PAGE])
                progress(min(start + PAGE, len(chosen)), len(chosen))
    if entry.begun is not None:
        _log.info("%s: %s assets changed", action, len(entry.changed))
    return Edited(entry.begun, tuple(entry.changed))


def require_assets(session: Session, ids: Sequence[int]) -> None:
    """Raises AssetNotFoundError: some id is unknown; the first of them is named."""
    for start in range(0, len(ids), PAGE):
        page = ids[start : start + PAGE]
        fits = [id_ for id_ in page if 0 <= id_ < 2**63]
        there = set(session.scalars(select(AssetRow.id).where(AssetRow.id.in_(values_of(fits)))))
        for id_ in page:
            if id_ not in there:
                raise AssetNotFoundError(f"There is no asset {id_}.")


def _checked(edit: Edit) -> Edit:
    """The same edit with every value as it is kept."""
    if edit.retime is not None:
        check_change(edit.retime)
    return Edit(
        {name: _fact(name).check(value) for name, value in edit.facts.items()},
        {
            name: {asset: _fact(name).check(value) for asset, value in values.items()}
            for name, values in edit.each.items()
        },
        clean_tags(edit.add_tags),
        clean_tags(edit.remove_tags),
        edit.turn % 4,
        edit.retime,
    )


def _fact(name: str) -> Fact:
    if name not in FACTS:
        raise UsageError(f"There is no fact {shortened(name)}. Possible are {', '.join(FACTS)}.")
    return FACTS[name]


def _retimed(change: TimeChange, name: str, before: Any) -> Any:
    """Another time, or the same where nothing can be made of it."""
    try:
        return changed_time(change, name, before)
    except ImpossibleTimeError:
        return before


class _Editing:
    """One checked edit in its transaction, page by page."""

    def __init__(self, entry: Entry, edit: Edit, ids: Sequence[int]) -> None:
        self._entry = entry
        self._session = entry.write.session
        self._edit = edit
        turned = ("rotation",) if edit.turn else ()
        retimed = ("captured",) if edit.retime is not None else ()
        self._facts = [FACTS[name] for name in dict.fromkeys((*edit.facts, *edit.each, *turned, *retimed))]
        read = (*self._facts, FACTS["name"])
        self._columns = [
            getattr(AssetRow, column) for column in dict.fromkeys(c for fact in read for c in fact.columns)
        ]
        added = {folded(name) for name in edit.add_tags}
        self._add = make_tags(entry, edit.add_tags) if ids and added else []
        self._remove = [tag for key, tag in find(self._session, TAGS, edit.remove_tags).items() if key not in added]

    @property
    def has_words(self) -> bool:
        """Whether it may change what assets are found by."""
        return bool(self._add or self._remove) or any(fact.words for fact in self._facts)

    def change(self, ids: Sequence[int]) -> None:
        """Change those of these assets that differ."""
        rows = self._session.execute(
            select(AssetRow.id, AssetRow.uuid, *self._columns).where(AssetRow.id.in_(values_of(ids)))
        ).all()
        tags = self._change_tags(ids)
        changes: list[Change] = []
        values: dict[int, Mapping[str, Any]] = {}
        worded: dict[frozenset[str], list[int]] = defaultdict(list)
        for row in rows:
            news = list(self._news(row))
            if not news and row.id not in tags:
                continue
            values[row.id] = {column: value for fact, _, new in news for column, value in fact.put(new).items()}
            changes += [(row.uuid, fact.name, fact.to_log(old), fact.to_log(new)) for fact, old, new in news]
            if row.id in tags:
                changes.append((row.uuid, "tags", None, tags[row.id]))
            words = {fact.words for fact, _, _ in news if fact.words}
            if row.id in tags:
                words.add("tags")
            worded[frozenset(words)].append(row.id)
        self._entry.change_assets(changes, values)
        for columns, assets in worded.items():
            self._entry.write_words(assets, columns)

    def _news(self, row: Any) -> Iterator[tuple[Fact, Any, Any]]:
        """The facts of a row that are to be others, with the old value and the new one."""
        for fact in self._facts:
            old = fact.read(row)
            new = self._wanted(fact.name, row, old)
            if new != old:
                yield fact, old, new

    def _wanted(self, fact: str, row: Any, old: Any) -> Any:
        stated = self._edit.facts.get(fact, old)
        stated = self._edit.each.get(fact, {}).get(row.id, stated)
        if fact == "rotation":
            return (stated + self._edit.turn) % 4
        if fact == "captured" and self._edit.retime is not None:
            return _retimed(self._edit.retime, FACTS["name"].read(row), stated)
        return stated

    def _change_tags(self, ids: Sequence[int]) -> Mapping[int, Any]:
        """Put on and take off the tags; for each asset to which that is news, what the log has of it."""
        tags = [*self._add, *self._remove]
        if not tags:
            return {}
        have = pairs_of(self._session, ids, [tag.id for tag in tags])
        news: dict[int, tuple[list[Named], list[Named]]] = {}
        news_of: dict[int, Any] = {}
        for asset in ids:
            its = have.get(asset, set())
            added = [tag for tag in self._add if tag.id not in its]
            removed = [tag for tag in self._remove if tag.id in its]
            if added or removed:
                news[asset] = added, removed
        add_pairs(self._session, ((asset, tag.id) for asset, (added, _) in news.items() for tag in added))
        if self._remove:
            remove_pairs(self._session, news, [tag.id for tag in self._remove])
        said: dict[tuple[tuple[UUID, ...], ...], Any] = {}  # which is the same for most
        for asset, both in news.items():
            uuids = tuple(tuple([tag.uuid for tag in each]) for each in both)
            news_of[asset] = said.get(uuids) or said.setdefault(uuids, set_change(*uuids))
        return news_of
