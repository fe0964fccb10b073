"""The tags themselves: how many assets have them, and renaming, moving, merging and deleting them.

A name stands for the tag and for all that is below it, and need not be a tag itself: `places` can be renamed where
there is only `places/paris`.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from keeproom.catalog.collation import folded
from keeproom.catalog.pairs import all_pairs
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, TagRow
from keeproom.errors import UsageError
from keeproom.library.editing import Edited
from keeproom.library.hierarchy import check_no_cycle, clean_name, is_within, moved
from keeproom.library.log import PAGE, Entry, Progress, no_progress, set_change
from keeproom.library.named import TAGS, Named, find, move, remove, rename, within
from keeproom.library.opening import Library
from keeproom.library.tagrows import add_pairs, clean_tags, make_tags, pairs_of, remove_pairs, tagged
from keeproom.library.wording import wording_many

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag; `count` is how many assets outside the trash have it or one below it, `own_count` how many have itself.
    `in_trash` is how many in the trash have it or one below it: they have it again when they are restored."""

    id: int
    name: str
    count: int
    own_count: int
    in_trash: int = 0


def create_tag(library: Library, name: str) -> int:
    """Make a tag that nothing has yet; its id, also where it is there already.

    Raises:
        UsageError: the name cannot be a tag.
    """
    clean = clean_name("tag", name)
    with library.catalog.write() as write:
        return make_tags(Entry(write, "tag-create"), [clean])[0].id


def rename_tag(library: Library, name: str, new_name: str, *, progress: Progress = no_progress) -> Edited:
    """Give a tag, and all below it, another name or another place in the hierarchy. No asset changes by that; the
    search index does, and `progress` is told how far that is.

    Raises:
        UsageError: there is no such tag, the new name cannot be one, is taken (merge the two), or is below the old one.
    """
    old, new = clean_name("tag", name), clean_name("tag", new_name)
    with library.catalog.write() as write:
        entry = Entry(write, "tag-rename")
        renamed = move(entry, TAGS, old, new)
        write_words(entry, tagged(write.session, [tag.id for tag in renamed]), progress)
    _log.info("Renamed %s tags", len(renamed))
    return Edited(entry.begun, ())


def merge_tags(library: Library, names: Sequence[str], into: str, *, progress: Progress = no_progress) -> Edited:
    """Make tags one: what has any of them has `into` afterwards, and they are deleted. What is below them moves below
    it, merged with what has the same name there.

    Raises:
        UsageError: there is no such tag, or `into` is below one of them. Nothing was changed.
    """
    sources = [name for name in clean_tags(names) if folded(name) != folded(clean_name("tag", into))]
    target = clean_name("tag", into)
    if not sources:
        raise UsageError("Name the tags that are to be merged into another one.")
    with library.catalog.write() as write:
        entry = Entry(write, "tag-merge")
        _Merge(entry, sources, target).run(progress)
    return Edited(entry.begun, tuple(entry.changed))


def delete_tags(library: Library, names: Sequence[str], *, progress: Progress = no_progress) -> Edited:
    """Take tags, and all below them, off everything, and delete them.

    Raises:
        UsageError: there is no such tag. Nothing was changed.
    """
    tops = clean_tags(names)
    with library.catalog.write() as write:
        gone = {tag.id: tag for name in tops for tag in within(write.session, TAGS, name)}
        entry = Entry(write, "tag-delete")
        _replace(entry, dict.fromkeys(gone), list(gone.values()), progress)
        remove(entry, TAGS, list(gone.values()))
    _log.info("Deleted %s tags of %s assets", len(gone), len(entry.changed))
    return Edited(entry.begun, tuple(entry.changed))


class _Merge:
    """Which tags become which."""

    def __init__(self, entry: Entry, sources: Sequence[str], target: str) -> None:
        self._entry = entry
        session = entry.write.session
        for source in sources:
            check_no_cycle("tag", source, target)
        known = find(session, TAGS, [target])
        self._target = known[folded(target)].name if known else target
        self._moving: dict[int, tuple[Named, str]] = {}
        for source in sorted(sources, key=len):
            for tag in within(session, TAGS, source):
                self._moving[tag.id] = tag, moved(tag.name, source, self._target)

    def run(self, progress: Progress) -> None:
        """The first tag to come to a name that is free takes it; all others go up in the one that has it."""
        known = find(self._entry.write.session, TAGS, [name for _, name in self._moving.values()])
        owners = {key: tag for key, tag in known.items() if tag.id not in self._moving}
        renamed: list[tuple[Named, str]] = []
        becomes: dict[int, Named] = {}
        for tag, name in self._moving.values():
            owner = owners.setdefault(folded(name), tag)
            if owner is tag:
                renamed.append((tag, name))
            else:
                becomes[tag.id] = owner
        gone = [self._moving[id_][0] for id_ in becomes]
        _replace(self._entry, becomes, gone, progress)
        remove(self._entry, TAGS, gone)
        rename(self._entry, TAGS, renamed)
        write_words(self._entry, tagged(self._entry.write.session, [tag.id for tag, _ in renamed]), progress)


def _replace(entry: Entry, becomes: Mapping[int, Named | None], gone: Sequence[Named], progress: Progress) -> None:
    """Take tags off everything, and put what each of them becomes in its place."""
    session = entry.write.session
    tags = {tag.id: tag for tag in (*gone, *filter(None, becomes.values()))}
    assets = tagged(session, becomes)
    with wording_many(entry.write, len(assets)):
        for start in range(0, len(assets), PAGE):
            page = assets[start : start + PAGE]
            news = _replaced(pairs_of(session, page, tags), becomes)
            remove_pairs(session, page, becomes)
            add_pairs(session, ((asset, tag) for asset, (added, _) in news.items() for tag in added))
            known = select(AssetRow.id, AssetRow.uuid).where(AssetRow.id.in_(values_of(page)))
            uuids = dict(session.execute(known).all())
            changes = (
                (uuids[asset], "tags", None, set_change(*([tags[tag].uuid for tag in sorted(each)] for each in both)))
                for asset, both in news.items()
            )
            entry.change_assets(changes, {asset: {} for asset in news})
            entry.write_words(news, ["tags"])
            progress(min(start + PAGE, len(assets)), len(assets))


def _replaced(
    have: Mapping[int, set[int]], becomes: Mapping[int, Named | None]
) -> Mapping[int, tuple[set[int], set[int]]]:
    """For each asset, which tags it gets and which it loses."""
    owners = {tag: owner.id for tag, owner in becomes.items() if owner}
    lost = becomes.keys()
    return {asset: ({owners[tag] for tag in its & owners.keys()} - its, its & lost) for asset, its in have.items()}


def write_words(entry: Entry, assets: Sequence[int], progress: Progress) -> None:
    """Bring the search index up to date with the tags of these assets, and tell how far that is."""
    with wording_many(entry.write, len(assets)):
        for start in range(0, len(assets), PAGE):
            entry.write_words(assets[start : start + PAGE], ["tags"])
            progress(min(start + PAGE, len(assets)), len(assets))


def list_tags(library: Library) -> list[TagCount]:
    """All tags in the order of names, each followed by what is below it."""
    with library.catalog.read() as session:
        tags = session.execute(select(TagRow.id, TagRow.name, TagRow.folded)).all()
        counts = Counts(session)
    ordered = sorted(tags, key=lambda tag: tag.folded.split("/"))
    found = []
    for at, tag in enumerate(ordered):
        end = at + 1
        while end < len(ordered) and is_within(ordered[end].folded, tag.folded):
            end += 1
        ids = [each.id for each in ordered[at:end]]
        found.append(TagCount(tag.id, tag.name, counts.of(ids), counts.of([tag.id]), counts.in_trash(ids)))
    return found


class Counts:
    """How many living assets have any of some tags: a million pairs are counted in some hundredths of a second."""

    def __init__(self, session: Session) -> None:
        pairs = all_pairs(session, "tag")
        trashed = session.scalars(select(AssetRow.id).where(AssetRow.trashed_at.is_not(None))).all()
        gone = np.isin(pairs["asset"], np.array(trashed, dtype=np.int64))
        self._living = _Members(pairs["asset"][~gone], pairs["value"][~gone])
        self._trashed = _Members(pairs["asset"][gone], pairs["value"][gone])

    def of(self, tag_ids: Sequence[int]) -> int:
        return self._living.count(tag_ids)

    def in_trash(self, tag_ids: Sequence[int]) -> int:
        """How many in the trash have any of them."""
        return self._trashed.count(tag_ids)


class _Members:
    """Pairs of assets and tags, by tag."""

    def __init__(self, assets: NDArray[np.int64], tags: NDArray[np.int64]) -> None:
        self._assets = assets[np.argsort(tags, kind="stable")]
        self._ends = np.cumsum(np.bincount(tags))

    def count(self, tag_ids: Sequence[int]) -> int:
        """How many assets have any of these tags, each counted once."""
        parts = [self._of_one(tag) for tag in tag_ids]
        return len(parts[0]) if len(parts) == 1 else len(np.unique(np.concatenate(parts)))

    def _of_one(self, tag: int) -> NDArray[np.int64]:
        """The assets that have a tag itself, each once."""
        if tag >= len(self._ends):
            return self._assets[:0]
        return self._assets[self._ends[tag - 1] : self._ends[tag]]
