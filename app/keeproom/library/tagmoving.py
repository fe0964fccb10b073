"""Moving several tags in the hierarchy as one change, and counting the levels that are no tags themselves."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select

from keeproom.catalog.collation import folded
from keeproom.catalog.tables import TagRow
from keeproom.library.editing import Edited
from keeproom.library.hierarchy import clean_name
from keeproom.library.log import Entry, Progress, no_progress
from keeproom.library.named import TAGS, move
from keeproom.library.opening import Library
from keeproom.library.tagging import Counts, write_words
from keeproom.library.tagrows import clean_tags, tagged

_log = logging.getLogger(__name__)


def place_under(name: str, under: str) -> str:
    """What a tag is called when it is put below another one, or on the top level where `under` is empty."""
    leaf = name.rpartition("/")[2]
    return f"{under}/{leaf}" if under else leaf


def move_tags(library: Library, names: Sequence[str], under: str, *, progress: Progress = no_progress) -> Edited:
    """Put tags, and all below them, below another tag, which need not be there, or on the top level where `under` is
    empty: one entry of the log, all or nothing. Those there already stay. No asset changes by that.

    Raises:
        UsageError: there is no such tag, a name is taken there, also by another one of these, or `under` is one of
            them or below it. Nothing was changed.
    """
    top = clean_name("tag", under) if under else ""
    with library.catalog.write() as write:
        entry = Entry(write, "tag-rename")
        renamed: set[int] = set()
        for name in clean_tags(names):
            new = place_under(name, top)
            if folded(new) != folded(name):
                renamed |= {tag.id for tag in move(entry, TAGS, name, new)}
        write_words(entry, tagged(write.session, renamed), progress)
    _log.info("Moved %s tags", len(renamed))
    return Edited(entry.begun, ())


def count_levels(library: Library) -> Mapping[str, int]:
    """How many assets outside the trash have any tag below each level that is no tag itself, by its folded name."""
    with library.catalog.read() as session:
        tags = session.execute(select(TagRow.id, TagRow.folded)).all()
        keys = {tag.folded for tag in tags}
        below: dict[str, list[int]] = defaultdict(list)
        for tag in tags:
            for level in _levels(tag.folded):
                if level not in keys:
                    below[level].append(tag.id)
        if not below:
            return {}
        counts = Counts(session)
    return {level: counts.of(ids) for level, ids in below.items()}


def _levels(key: str) -> Iterator[str]:
    """All that a folded name stands below."""
    while "/" in key:
        key = key.rpartition("/")[0]
        yield key
