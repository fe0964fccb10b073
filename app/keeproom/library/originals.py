"""The originals of an import: which could go, and removing them, each after its stored bytes were read back."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, BlobRow, ImportItemRow
from keeproom.errors import CancelledError
from keeproom.library import log
from keeproom.library.control import Control
from keeproom.library.imports import item_ids
from keeproom.library.moving import (
    BAD_COPY,
    IN_TRASH,
    LIBRARY,
    NO_ASSET,
    Source,
    in_a_library,
    look_at,
    remove_source,
)
from keeproom.library.opening import Library
from keeproom.model import BlobState, Outcome, Reason

ACTION = "remove-originals"
"""What the log calls it. It cannot be undone: the bytes are in the library, and are exported from there."""

_PAGE = 1000
_GROUP_FILES = 32
_GROUP_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Original:
    """A file that an import read and the library keeps. `why_not` says why it stays; None where it could go.

    After `remove_originals` None means that it is gone.
    """

    item: int
    path: Path
    size_bytes: int
    asset: int | None
    sha256: str
    why_not: Reason | None
    stamp: str | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """What a removal came to. `entry` is its number in the log, None where nothing was removed."""

    entry: int | None
    removed: int
    bytes: int
    stayed: tuple[Original, ...]


def removable_originals(library: Library, entry: int, control: Control) -> list[Original]:
    """The originals of all files that an import brought or found here already, in the order of its plan.

    This is a look without reading: whether the stored bytes are good, and whether a file whose times have changed still
    has its bytes, is found out when it is to be removed.

    Raises:
        CancelledError: it was stopped.
    """
    folders: dict[str, bool] = {}
    found: list[Original] = []
    for page in _pages(library, entry):
        for original in page:
            control.check()
            found.append(original if original.why_not else replace(original, why_not=_seen(original, folders)))
    return found


def remove_originals(
    library: Library,
    originals: Sequence[Original],
    control: Control,
    on_report: Callable[[Original], None] = lambda _: None,
) -> Removed:
    """Remove files whose bytes the library keeps, one by one; `on_report` gets each with what came of it.

    Each goes only after its stored bytes were read back just now, its asset is in the catalog and not in the trash,
    and it is still the file that was read. When it is cancelled, what is left stays; what went is in the log.
    """
    run = _Removal(library, control, on_report)
    try:
        for original in originals:
            run.remove(original)
    except CancelledError:
        pass  # the answer tells how far it came
    finally:
        run.record()
    return Removed(run.entry, run.removed, run.bytes, tuple(run.stayed))


class _Removal:
    """One removal under way: what went is put into the log in groups, under one entry."""

    def __init__(self, library: Library, control: Control, on_report: Callable[[Original], None]) -> None:
        self.entry: int | None = None
        self.removed = self.bytes = 0
        self.stayed: list[Original] = []
        self._library = library
        self._control = control
        self._on_report = on_report
        self._group: list[Original] = []
        self._born = time.monotonic()

    def remove(self, original: Original) -> None:
        """Try one; a cancellation comes out before anything of it is removed."""
        self._control.check()
        source = Source(os.fspath(original.path), original.asset, original.sha256, original.size_bytes, original.stamp)
        reason = remove_source(self._library, source, lambda _: self._control.check())
        done = replace(original, why_not=reason)
        if reason is not None:
            self.stayed.append(done)
        else:
            self.removed += 1
            self.bytes += original.size_bytes
            self._group.append(done)
        if len(self._group) >= _GROUP_FILES or time.monotonic() - self._born > _GROUP_SECONDS:
            self.record()
        self._on_report(done)

    def record(self) -> None:
        """Put into the log what went since the last time."""
        group, self._group = self._group, []
        self._born = time.monotonic()
        if not group:
            return
        with self._library.catalog.write() as write:
            if self.entry is None:
                self.entry = log.begin_entry(write, ACTION)
            known = select(AssetRow.id, AssetRow.uuid).where(AssetRow.id.in_(values_of({_asset(o) for o in group})))
            uuids = {row.id: row.uuid for row in write.session.execute(known)}
            changes = [
                log.change_of(self.entry, uuids[_asset(each)], "originals", None, {"removed": [_shown(each)]})
                for each in group
                if _asset(each) in uuids
            ]
            log.record(write, changes)
            log.end_entry(write, self.entry)


def _asset(original: Original) -> int:
    return original.asset or 0


def _shown(original: Original) -> str:
    return os.fsencode(original.path).decode("utf-8", "replace")


def _pages(library: Library, entry: int) -> Iterator[list[Original]]:
    """The lines of an import whose bytes are kept, each path once."""
    seen: set[bytes] = set()
    ids = item_ids(library, entry, {Outcome.IMPORTED, Outcome.DUPLICATE})
    for start in range(0, len(ids), _PAGE):
        page = (
            select(
                ImportItemRow.id,
                ImportItemRow.path_bytes,
                ImportItemRow.size_bytes,
                ImportItemRow.asset_id,
                ImportItemRow.sha256,
                ImportItemRow.stamp,
                AssetRow.id.label("living"),
                AssetRow.trashed_at,
                BlobRow.state,
            )
            .outerjoin(AssetRow, AssetRow.id == ImportItemRow.asset_id)
            .outerjoin(BlobRow, BlobRow.sha256 == ImportItemRow.sha256)
            .where(ImportItemRow.id.in_(values_of(ids[start : start + _PAGE])))
            .order_by(ImportItemRow.id)
        )
        with library.catalog.read() as session:
            rows = session.execute(page).all()
        fresh = [row for row in rows if row.path_bytes not in seen and row.sha256]
        seen.update(row.path_bytes for row in fresh)
        yield [
            Original(
                row.id,
                Path(os.fsdecode(row.path_bytes)),
                row.size_bytes,
                row.asset_id,
                row.sha256,
                _known_reason(row.living, row.trashed_at, row.state),
                row.stamp,
            )
            for row in fresh
        ]


def _known_reason(asset: int | None, trashed_at: object, state: str | None) -> Reason | None:
    """Why an original stays, as far as the catalog knows."""
    if asset is None or state is None:
        return NO_ASSET
    if trashed_at is not None:
        return IN_TRASH
    return None if state == BlobState.OK else BAD_COPY


def _seen(original: Original, folders: dict[str, bool]) -> Reason | None:
    """Why an original stays, as far as a look at it tells; `folders` remembers which lie in a library."""
    path = os.fspath(original.path)
    folder = os.path.dirname(path)
    if folder not in folders:
        folders[folder] = in_a_library(folder)
    if folders[folder]:
        return LIBRARY
    return look_at(Source(path, original.asset, original.sha256, original.size_bytes, original.stamp))
