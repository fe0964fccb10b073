"""What the inspector asks the library; in threads."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from keeproom.errors import AssetNotFoundError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from keeproom.library.inspecting import Inspection
    from keeproom.library.summing import SelectionSummary
    from keeproom.ui.window.room import Room

    Ids = Sequence[int] | NDArray[np.int64]


def inspect(room: Room, asset: int) -> Inspection | None:
    """Everything known of an asset; None where it is gone."""
    from keeproom.library.inspecting import inspect_asset

    try:
        return inspect_asset(room.library, asset)
    except AssetNotFoundError:
        return None


def sum_up(
    room: Room, ids: array[int], on_partial: Callable[[SelectionSummary], None], stopping: Callable[[], bool]
) -> SelectionSummary:
    """The sum of those that are assets."""
    import numpy as np

    from keeproom.library.summing import sum_up_assets

    numbers = np.frombuffer(ids, dtype=np.int64) if len(ids) else np.empty(0, dtype=np.int64)
    return sum_up_assets(room.library, numbers[numbers > 0], on_partial, stopping)


def array_of(ids: Ids) -> array[int]:
    """The ids by themselves, so that nobody changes them meanwhile."""
    if isinstance(ids, (array, Sequence)):
        return array("q", ids)
    result = array("q")
    result.frombytes(ids.tobytes())
    return result
