"""What is newer than a revision, as of the moment that a session sees."""

from __future__ import annotations

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from keeproom.catalog.tables import AssetRow, BlobRow, CollectionRow, StackRow, StateRow, TagRow, TombstoneRow
from keeproom.model import Changes


def read_changes(session: Session, revision: int) -> Changes:
    """Which assets came, changed or went after a revision, by any process; a blob's news are its assets'."""
    now = read_revision(session)
    if now == revision:
        return Changes(now)
    touched = (
        select(AssetRow.id)
        .where(AssetRow.revision > revision)
        .union(
            select(AssetRow.id).join(BlobRow, BlobRow.id == AssetRow.blob_id).where(BlobRow.revision > revision),
        )
    )
    ids = tuple(sorted(session.scalars(touched)))
    gone = select(TombstoneRow.row_id).where(TombstoneRow.table == "asset", TombstoneRow.revision > revision)
    organised = _is_organised(session, revision)
    return Changes(now, changed=ids, removed=tuple(session.scalars(gone)), organised=organised)


_ORGANISED = (TagRow, CollectionRow, StackRow)


def _is_organised(session: Session, revision: int) -> bool:
    """Whether a tag, a collection or a stack came, changed or went after a revision."""
    names = [table.__tablename__ for table in _ORGANISED]
    gone = exists().where(TombstoneRow.table.in_(names), TombstoneRow.revision > revision)
    changed = (exists().where(table.revision > revision) for table in _ORGANISED)
    return bool(session.scalar(select(or_(gone, *changed))))


def read_revision(session: Session) -> int:
    """The revision that the session sees."""
    return session.scalar(select(StateRow.revision)) or 0
