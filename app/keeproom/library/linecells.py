"""Cells of the lines of an import's list: files that are no assets of their own, or not yet."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, ImportItemRow
from keeproom.media.formats import EXTENSIONS
from keeproom.media.sniffing import extension_of
from keeproom.model import Cell, ItemState, Kind, Outcome

STATES: Mapping[str, ItemState] = {
    "waiting": ItemState.WAITING,
    Outcome.DUPLICATE: ItemState.ALREADY_HERE,
    Outcome.FAILED: ItemState.NOT_IMPORTED,
    Outcome.SKIPPED: ItemState.SKIPPED,
}
"""What a line that has no living asset of its own says, by its outcome."""

_IS_IN_TRASH = "It is in the trash."
_IS_DELETED = "It was deleted for good."


def line_cells(session: Session, lines: Sequence[int], assets: Mapping[int, Cell]) -> dict[int, Cell]:
    """The cells of lines by the number of the line; `assets` are the cells of the assets that have their bytes.

    One whose file became an asset since shows what the asset shows.
    """
    rows = session.execute(
        select(
            ImportItemRow.id,
            ImportItemRow.path_bytes,
            ImportItemRow.outcome,
            ImportItemRow.asset_id,
            ImportItemRow.sha256,
            ImportItemRow.size_bytes,
            ImportItemRow.reason,
            AssetRow.trashed_at,
        )
        .outerjoin(AssetRow, AssetRow.id == ImportItemRow.asset_id)
        .where(ImportItemRow.id.in_(values_of(lines)))
    )
    return {row.id: _cell(row, assets.get(row.asset_id or 0)) for row in rows}


def assets_of(lines: Sequence[int]) -> Select[Any]:
    """The ids of the assets that have the bytes of lines, as a query."""
    chosen = ImportItemRow.id.in_(values_of(lines))
    return select(ImportItemRow.asset_id).where(chosen, ImportItemRow.asset_id.is_not(None))


def _cell(row: Any, asset: Cell | None) -> Cell:
    name = os.fsdecode(os.path.basename(row.path_bytes)).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    state, reason = _state(row, asset)
    if asset is not None:
        status = asset.status if state is None else state
        return replace(asset, id=-row.id, name=name, status=status, asset=asset.id, reason=reason)
    return Cell(
        -row.id,
        name,
        EXTENSIONS.get(extension_of(name), Kind.DOCUMENT),
        row.sha256 or "",
        state or ItemState.WAITING,
        thumbnailed=False,
        colour=None,
        width=None,
        height=None,
        duration_s=None,
        rating=0,
        label=None,
        flag=None,
        version=1,
        size_bytes=row.size_bytes,
        reason=reason,
    )


def _state(row: Any, asset: Cell | None) -> tuple[ItemState | None, str | None]:
    """What a line says, and why; no state where it is a living asset by now."""
    if row.trashed_at is not None:
        return ItemState.IN_TRASH, row.reason or _IS_IN_TRASH
    if row.outcome in STATES:
        return STATES[row.outcome], row.reason
    return (None, None) if asset is not None else (ItemState.IN_TRASH, _IS_DELETED)
