"""The folders that files came from, each once."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from keeproom.catalog.tables import FolderRow
from keeproom.library.plans import shown


def folder_ids(session: Session, paths: Collection[bytes]) -> dict[bytes, int]:
    """The numbers of folders, some hundreds at the most; those that are missing are made."""
    found = _known(session, paths)
    missing = sorted(set(paths) - found.keys())
    if missing:
        rows = [{"path_bytes": path, "path": shown(path)} for path in missing]
        session.execute(insert(FolderRow), rows)
        found |= _known(session, missing)
    return found


def _known(session: Session, paths: Collection[bytes]) -> dict[bytes, int]:
    known = select(FolderRow.path_bytes, FolderRow.id).where(FolderRow.path_bytes.in_(paths))
    return {row.path_bytes: row.id for row in session.execute(known)} if paths else {}
