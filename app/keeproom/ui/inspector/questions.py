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
    from keeproom.library.summing import sum_up_assets

    return sum_up_assets(room.library, assets_of(ids), on_partial, stopping)


def assets_of(ids: Ids) -> array[int]:
    """Those that are assets, by themselves: the other lines of an import's list have negative ids."""
    import numpy as np

    numbers = np.array(ids, dtype=np.int64)
    return array_of(numbers[numbers > 0])


def array_of(ids: Ids) -> array[int]:
    """The ids by themselves, so that nobody changes them meanwhile."""
    if isinstance(ids, (array, Sequence)):
        return array("q", ids)
    result = array("q")
    result.frombytes(ids.tobytes())
    return result
