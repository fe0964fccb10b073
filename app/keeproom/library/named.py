"""Rows that are known by a name in a hierarchy, tags and collections alike: finding, making, renaming, deleting them.

A name stands for its row and for all that is below it, and need not be a row itself: `places` can be renamed where
there is only `places/paris`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from keeproom.catalog.collation import folded
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import CollectionRow, StackRow, TagRow, TombstoneRow
from keeproom.catalog.uuid7 import uuid7
from keeproom.errors import UsageError
from keeproom.library.hierarchy import check_no_cycle, moved
from keeproom.library.log import Entry
from keeproom.library.storable import shortened

_BEHIND_SLASH = chr(ord("/") + 1)
_UNSYNCHRONISED = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class NamedTable:
    """A table of named rows; `kind` is what the log and a person call one of them."""

    kind: str
    row: type[TagRow] | type[CollectionRow]

    @property
    def name(self) -> str:
        return self.row.__tablename__


TAGS = NamedTable("tag", TagRow)
COLLECTIONS = NamedTable("collection", CollectionRow)


@dataclass(frozen=True, slots=True)
class Named:
    """One of them. `folded` is its name as it is compared."""

    id: int
    uuid: UUID
    name: str
    folded: str


def find(session: Session, table: NamedTable, names: Iterable[str]) -> dict[str, Named]:
    """Those of these names that are there, by folded name."""
    wanted = values_of({folded(name) for name in names})
    return {each.folded: each for each in _read(session, table, table.row.folded.in_(wanted))}


def within(session: Session, table: NamedTable, name: str) -> list[Named]:
    """What has a name, and all below it, in the order of names.

    Raises:
        UsageError: there is nothing.
    """
    key = folded(name)
    is_below = and_(table.row.folded >= f"{key}/", table.row.folded < f"{key}{_BEHIND_SLASH}")
    found = _read(session, table, or_(table.row.folded == key, is_below))
    if not found:
        raise UsageError(f"There is no {table.kind} {shortened(name)}.")
    return found


def make(entry: Entry, table: NamedTable, names: Sequence[str], **values: Any) -> list[Named]:
    """The rows of these clean names in their order; those that are missing are made, spelled as here."""
    session = entry.write.session
    known = find(session, table, names)
    missing = {key: name for name in names if (key := folded(name)) not in known}
    if missing:
        stamp = {"revision": entry.write.revision, **values}
        rows = [
            {"id": id_, "uuid": uuid7(entry.write.at), "name": name, "folded": key, **stamp}
            for id_, (key, name) in enumerate(missing.items(), next_id(session, table.row))
        ]
        session.execute(insert(table.row), rows)
        entry.say(table.kind, [(row["uuid"], "name", None, row["name"]) for row in rows])
        known |= find(session, table, missing.values())
    return [known[folded(name)] for name in names]


def move(entry: Entry, table: NamedTable, old: str, new: str) -> list[Named]:
    """Give what is called `old`, and all below it, the name `new` or one below it; what was renamed.

    Raises:
        UsageError: there is no such thing, or the new name is taken, or below the old one.
    """
    session = entry.write.session
    found = within(session, table, old)
    check_no_cycle(table.kind, old, new)
    news = {each.id: moved(each.name, old, new) for each in found}
    taken = [each for each in find(session, table, news.values()).values() if each.id not in news]
    if taken:
        way_out = " Merge the two to make them one." if table is TAGS else " Choose another name."
        raise UsageError(f"There is a {table.kind} {shortened(taken[0].name)} already.{way_out}")
    rename(entry, table, [(each, news[each.id]) for each in found])
    return [each for each in found if each.name != news[each.id]]


def rename(entry: Entry, table: NamedTable, news: Iterable[tuple[Named, str]]) -> None:
    """Give rows their new names, which are free; those of the rows themselves are."""
    others = [(each, name) for each, name in news if each.name != name]
    if not others:
        return
    session = entry.write.session
    # No folded name begins with a slash: names can be exchanged, or move up by a step.
    session.execute(update(table.row), [{"id": each.id, "folded": f"/{each.id}"} for each, _ in others])
    stamp = {"revision": entry.write.revision}
    session.execute(
        update(table.row),
        [{"id": each.id, "name": name, "folded": folded(name), **stamp} for each, name in others],
    )
    entry.say(table.kind, [(each.uuid, "name", each.name, name) for each, name in others])


def remove(entry: Entry, table: NamedTable, gone: Sequence[Named]) -> None:
    """Delete rows that nothing refers to any more."""
    ids = [each.id for each in gone]
    entry.write.session.execute(
        delete(table.row).where(table.row.id.in_(values_of(ids))), execution_options=_UNSYNCHRONISED
    )
    bury(entry, table.name, ids)
    entry.say(table.kind, [(each.uuid, "name", each.name, None) for each in gone])


def next_id(session: Session, row: type[TagRow] | type[CollectionRow] | type[StackRow]) -> int:
    """A number that no row of a table has, nor had: SQLite would give that of the last one, where it is gone, to the
    next, and who knew the one would take the other for it."""
    buried = select(func.max(TombstoneRow.row_id)).where(TombstoneRow.table == row.__tablename__)
    return 1 + max(session.scalar(select(func.max(row.id))) or 0, session.scalar(buried) or 0)


def bury(entry: Entry, table: str, ids: Iterable[int]) -> None:
    """Tell who knew rows of a table that they are gone."""
    stones = [{"table": table, "row_id": id_, "revision": entry.write.revision} for id_ in ids]
    if stones:
        entry.write.session.execute(insert(TombstoneRow), stones)


def _read(session: Session, table: NamedTable, condition: Any) -> list[Named]:
    row = table.row
    query = select(row.id, row.uuid, row.name, row.folded).where(condition).order_by(row.folded)
    return [Named(*each) for each in session.execute(query)]
