"""What the groups of a view are called, where their keys are only numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from keeproom.catalog.tables import CollectionRow, EntryRow, ImportRow
from keeproom.library.opening import Library
from keeproom.model import Grouping


def heading_names(library: Library, grouping: Grouping) -> Mapping[str, datetime | str]:
    """By the key of a group: when an import began, or the name of a collection; empty for days and months, whose keys
    say it all."""
    if grouping is Grouping.IMPORT:
        chosen = select(EntryRow.id, EntryRow.at).join(ImportRow, ImportRow.entry_id == EntryRow.id)
    elif grouping is Grouping.COLLECTION:
        chosen = select(CollectionRow.id, CollectionRow.name)
    else:
        return {}
    with library.catalog.read() as session:
        return {str(key): name for key, name in session.execute(chosen)}
