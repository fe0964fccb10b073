"""Lists of ids: an `array` for the first page, numpy's after it.

numpy takes a tenth of a second to import, so nothing here needs it before a list is large or is numpy's itself.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any, TypeAlias, cast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ids: TypeAlias = array[int] | NDArray[np.int64]

NO_IDS: array[int] = array("q")
SMALL = 2_000
"""Up to here plain Python is fast enough: a set, or a search from the start."""


def is_small(ids: Ids) -> bool:
    """Whether these are handled without numpy."""
    return isinstance(ids, array) and len(ids) <= SMALL


def as_numpy(ids: Ids) -> NDArray[np.int64]:
    """The same numbers, not copied."""
    import numpy as np

    return np.asarray(ids, dtype=np.int64)


def is_same(one: Ids, other: Ids) -> bool:
    """Whether both have the same ids in the same order."""
    return len(one) == len(other) and bool(cast(Any, as_numpy(one) == as_numpy(other)).all())


def id_at(ids: Ids, index: int) -> int:
    return int(ids[index])


def listed(ids: Ids, span: range | None = None) -> list[int]:
    """The ids, or a part of them, as plain integers."""
    part = ids if span is None else ids[span.start : span.stop]
    return cast(list[int], part.tolist())


def position(ids: Ids, wanted: int) -> int | None:
    """Where an id stands in the list; a millisecond for a million."""
    if is_small(ids):
        return ids.index(wanted) if wanted in ids else None  # type: ignore[union-attr]
    found = int((as_numpy(ids) == wanted).argmax()) if len(ids) else 0
    return found if len(ids) and ids[found] == wanted else None


def first_of(candidates: Sequence[int], ids: Ids) -> tuple[int, int] | None:
    """The first candidate that is in the list: its number among the candidates, and where it stands."""
    places = _places(candidates, ids)
    return next(((nth, places[each]) for nth, each in enumerate(candidates) if each in places), None)


def _places(some: Sequence[int], ids: Ids) -> dict[int, int]:
    if is_small(ids):
        wanted = set(some)
        return {each: index for index, each in enumerate(ids) if each in wanted}
    import numpy as np

    numbers = as_numpy(ids)
    found = np.flatnonzero(np.isin(numbers, np.asarray(some, dtype=np.int64)))
    return dict(zip(numbers[found].tolist(), found.tolist(), strict=True))


def are_in(ids: Ids, chosen: Ids) -> bytearray:
    """A byte for each id: 1 where it is among the chosen."""
    if is_small(ids) and is_small(chosen):
        return bytearray(map(set(chosen).__contains__, ids))
    import numpy as np

    return bytearray(cast(Any, np.isin(as_numpy(ids), as_numpy(chosen))))


def masked(ids: Ids, mask: bytearray) -> Ids:
    """The ids whose byte in the mask is 1."""
    if is_small(ids):
        return array("q", compress(ids, mask))
    import numpy as np

    return as_numpy(ids)[np.frombuffer(mask, dtype=np.bool_)]
