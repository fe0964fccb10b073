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
    from keeproom.ui.inspector.described import Described
    from keeproom.ui.window.room import Room

    Ids = Sequence[int] | NDArray[np.int64]


def inspect(room: Room, asset: int) -> Inspection | None:
    """Everything known of an asset; None where it is gone."""
    from keeproom.library.inspecting import inspect_asset

    try:
        return inspect_asset(room.library, asset)
    except AssetNotFoundError:
        return None


def describe_many(room: Room, assets: array[int]) -> Described | None:
    """What is stated of these assets, as it is edited; None where none of them is there."""
    from keeproom.library.facts_of_many import mixed
    from keeproom.ui.inspector.described import described

    facts = mixed(room.library, assets.tolist())
    return described(assets, facts) if facts.count else None


def inspect_described(room: Room, asset: int) -> tuple[Inspection, Described] | None:
    """Everything known of an asset, and what is stated of it as it is edited; None where it is gone."""
    item, stated = inspect(room, asset), describe_many(room, array("q", [asset]))
    return None if item is None or stated is None else (item, stated)


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
