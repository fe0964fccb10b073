"""What any number of assets come to: how many of what, how much, from when to when, and what they have in common.

A million is summed up in chunks, each one pass of SQL over ids in their order, so that there are figures to show at
once, and the work can stop when nobody waits for it any more. Measured at 1,000,000 assets: the first figures after
40 ms, all after 2.3 s of one core, in the library of SQLite for nearly all of that. One GROUP BY over kind, status and
camera instead of conditional counts took 3.6 s for that alone, because SQLite sorts for it.
"""

from __future__ import annotations

import operator
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, BlobRow, SourceRow
from keeproom.library.opening import Library
from keeproom.model import BlobState, Kind, Status

T = TypeVar("T")
Ids = npt.NDArray[np.int64]

FIRST_CHUNK = 4_000
CHUNK = 20_000
_SIDE = 1 << 20
"""More than any side of a picture: area and width go into one number that sorts by area."""


@dataclass(frozen=True, slots=True)
class Common(Generic[T]):
    """A value that all assets share, None being one; or that they differ in it."""

    value: T | None = None
    is_mixed: bool = False


@dataclass(frozen=True, slots=True)
class SelectionSummary:
    """What a selection comes to. `count` are the assets that are there, of `asked` ids.

    `duration_s` is that of `timed` videos and sounds, `earliest` and `latest` are wall times of `dated` assets,
    `smallest` and `largest` are sides in pixels. `cameras` stand by how many assets each took, most first. `folder` is
    the deepest one in or below which all of them were when they came in.
    """

    asked: int
    count: int = 0
    kinds: Mapping[Kind, int] = field(default_factory=dict)
    statuses: Mapping[Status, int] = field(default_factory=dict)
    bytes: int = 0
    duration_s: float = 0.0
    timed: int = 0
    earliest: datetime | None = None
    latest: datetime | None = None
    dated: int = 0
    smallest: tuple[int, int] | None = None
    largest: tuple[int, int] | None = None
    cameras: tuple[tuple[str, int], ...] = ()
    folder: Path | None = None
    title: Common[str] = Common()
    rating: Common[int] = Common()
    label: Common[str] = Common()
    flag: Common[str] = Common()

    @property
    def trouble(self) -> int:
        """How many of them have a problem."""
        return sum(self.statuses.get(status, 0) for status in (Status.FAILED, Status.DAMAGED, Status.MISSING))


def sum_up_assets(
    library: Library,
    ids: Sequence[int] | Ids,
    on_partial: Callable[[SelectionSummary], None] | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> SelectionSummary:
    """Sum up the assets of these ids, each once; ids that are gone are left out.

    `on_partial` gets what is known after each chunk but the last; the sum ends early where `stopping` says so.
    """
    asked = _in_order(np.asarray(ids, dtype=np.int64))
    sums = _Sums()
    chunks = list(_chunks(asked))
    for number, chunk in enumerate(chunks, start=1):
        if stopping():
            break
        with library.catalog.read() as session:
            sums.add(session, chunk)
        if on_partial is not None and number < len(chunks):
            on_partial(sums.summary(len(asked)))
    return sums.summary(len(asked))


def _in_order(ids: Ids) -> Ids:
    """Each once and in order, as most of them come; sorting a million takes longer than looking."""
    return ids if bool((np.diff(ids) > 0).all()) else np.unique(ids)


def _chunks(ids: Ids) -> Iterator[Ids]:
    yield ids[:FIRST_CHUNK]
    for start in range(FIRST_CHUNK, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _either(merge: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """The merge of two values of which either may be missing."""

    def merged(one: Any, other: Any) -> Any:
        if one is None or other is None:
            return one if other is None else other
        return merge(one, other)

    return merged


Figure = tuple[ColumnElement[Any], Callable[[Any, Any], Any]]


def _counted(condition: ColumnElement[bool]) -> Figure:
    return func.count(case((condition, 1))), operator.add


def _range(name: str, value: Any) -> dict[str, Figure]:
    """Least, greatest and number of the values of a column."""
    return {
        f"{name}.least": (func.min(value), _either(min)),
        f"{name}.most": (func.max(value), _either(max)),
        f"{name}.count": (func.count(value), operator.add),
    }


_IS_WELL = BlobRow.state == BlobState.OK
_FIGURES: Mapping[str, Figure] = {
    "count": (func.count(), operator.add),
    "bytes": (func.sum(BlobRow.size_bytes), _either(operator.add)),
    "duration": (func.sum(BlobRow.duration_s), _either(operator.add)),
    "timed": (func.count(BlobRow.duration_s), operator.add),
    **{f"kind.{kind}": _counted(BlobRow.kind == kind) for kind in Kind},
    **{
        f"status.{status}": _counted(_IS_WELL & (BlobRow.progress == status))
        for status in (Status.PROCESSING, Status.READY, Status.FAILED)
    },
    **{f"status.{status}": _counted(BlobRow.state == status) for status in (Status.DAMAGED, Status.MISSING)},
    **_range("captured", AssetRow.captured),
    **_range("area", BlobRow.width * BlobRow.height * _SIDE + BlobRow.width),
    **_range("title", AssetRow.title),
    **_range("rating", AssetRow.rating),
    **_range("label", AssetRow.label),
    **_range("flag", AssetRow.flag),
}
"""What is asked of each chunk, and how the answers of two chunks become one."""


class _Sums:
    """What is known after some chunks."""

    def __init__(self) -> None:
        self._figures: dict[str, Any] = {}
        self._cameras: Counter[str] = Counter()
        self._paths: tuple[bytes, bytes] | None = None

    def add(self, session: Session, ids: Ids) -> None:
        row = session.execute(_of(ids, *(column for column, _ in _FIGURES.values()))).one()
        for (name, (_, merge)), value in zip(_FIGURES.items(), row, strict=True):
            self._figures[name] = merge(self._figures[name], value) if name in self._figures else value
        for camera, count in session.execute(_of(ids, BlobRow.camera, func.count()).group_by(BlobRow.camera)):
            if camera is not None:
                self._cameras[camera] += count
        self._add_paths(session, ids)

    def _add_paths(self, session: Session, ids: Ids) -> None:
        """The first and the last path: what these two begin with, all between them begin with."""
        path = SourceRow.path_bytes
        asked = select(func.min(path), func.max(path)).where(_among(SourceRow.asset_id, ids))
        first, last = session.execute(asked).one()
        if first is not None:
            before = self._paths or (first, last)
            self._paths = min(first, before[0]), max(last, before[1])

    def summary(self, asked: int) -> SelectionSummary:
        known = self._figures
        if not known:
            return SelectionSummary(asked)
        count = known["count"]
        return SelectionSummary(
            asked=asked,
            count=count,
            kinds={kind: known[f"kind.{kind}"] for kind in Kind if known[f"kind.{kind}"]},
            statuses={status: known[f"status.{status}"] for status in Status if known.get(f"status.{status}")},
            bytes=known["bytes"] or 0,
            duration_s=known["duration"] or 0.0,
            timed=known["timed"],
            earliest=known["captured.least"],
            latest=known["captured.most"],
            dated=known["captured.count"],
            smallest=_sides(known["area.least"]),
            largest=_sides(known["area.most"]),
            cameras=tuple(self._cameras.most_common()),
            folder=None if self._paths is None else _folder_of(*self._paths),
            **{name: self._common(name, count) for name in ("title", "rating", "label", "flag")},
        )

    def _common(self, name: str, count: int) -> Common[Any]:
        least, most, having = (self._figures[f"{name}.{part}"] for part in ("least", "most", "count"))
        is_mixed = least != most or having not in (0, count)
        return Common(is_mixed=True) if is_mixed else Common(least)


def _of(ids: Ids, *columns: Any) -> Select[Any]:
    chosen = select(*columns).select_from(AssetRow).join(BlobRow, BlobRow.id == AssetRow.blob_id)
    return chosen.where(_among(AssetRow.id, ids))


def _among(column: Any, ids: Ids) -> ColumnElement[bool]:
    """Whether a column is one of these ids, which are in order; a run without a gap is asked for as such."""
    if len(ids) and ids[-1] - ids[0] + 1 == len(ids):
        run: ColumnElement[bool] = column.between(int(ids[0]), int(ids[-1]))
        return run
    chosen: ColumnElement[bool] = column.in_(values_of(ids.tolist()))
    return chosen


def _sides(code: int | None) -> tuple[int, int] | None:
    if code is None:
        return None
    area, width = divmod(code, _SIDE)
    return (width, area // width) if width else None


def _folder_of(first: bytes, last: bytes) -> Path | None:
    """The deepest folder that both paths lie in or below; None where that is only the root."""
    folder = os.path.commonpath([os.path.dirname(first), os.path.dirname(last)])
    return Path(os.fsdecode(folder)) if folder.strip(b"/") else None
