"""What is left of going through pictures: taking away those that were rejected."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from keeproom.catalog.tables import AssetRow
from keeproom.library.editing import Edited
from keeproom.library.log import Progress, no_progress
from keeproom.library.opening import Library
from keeproom.library.trashing import trash_assets
from keeproom.model import Flag


def rejected_among(library: Library, ids: NDArray[np.int64]) -> list[int]:
    """Those of these assets that are rejected and not in the trash, in their order."""
    query = select(AssetRow.id).where(AssetRow.flag == Flag.REJECT, AssetRow.trashed_at.is_(None))
    with library.catalog.read() as session:
        rejected = np.fromiter(session.scalars(query), dtype=np.int64)
    found: list[int] = ids[np.isin(ids, rejected)].tolist()
    return found


def trash_rejected(library: Library, ids: NDArray[np.int64], *, progress: Progress = no_progress) -> Edited:
    """Move those of these assets that are rejected to the trash, in one step; nothing where there are none."""
    return trash_assets(library, rejected_among(library, ids), progress=progress)
