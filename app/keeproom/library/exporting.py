"""Taking files out: original bytes, under their own names, into a folder outside the library.

Every byte is hashed on its way out, so what arrives is what once came in. Where the file system can, the copy shares
its extents with the stored file and costs no space. A file has its name only when it is whole (see `newfile`).
"""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from keeproom.blobs.copying import copy
from keeproom.blobs.syncing import sync_file, sync_folder
from keeproom.catalog.sqlite import values_of
from keeproom.catalog.tables import AssetRow, BlobRow, EntryRow, SourceRow, VersionRow
from keeproom.errors import (
    BlobDamagedError,
    BlobError,
    BlobMissingError,
    ExpectedError,
    SourceChangedError,
    UsageError,
)
from keeproom.library.control import Control
from keeproom.library.filenames import numbered
from keeproom.library.layout import library_around
from keeproom.library.nametemplates import DEFAULT_TEMPLATE, NameFacts, NameTemplate
from keeproom.library.newfile import NewFile, new_file
from keeproom.library.opening import Library
from keeproom.library.verifying import note_blob_state
from keeproom.model import BlobState, Exported, Reason

GROUP = 500
"""How many assets are looked up at once."""

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
"""After one of these no further file is tried."""

MOVED = Reason("changed", "Its stored file was moved while it was read. Try again.")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Item:
    """An asset as it is exported: what its name is made of, its bytes, and the time its file gets."""

    facts: NameFacts
    sha256: str
    size_bytes: int
    modified_ns: int | None


def export_assets(
    library: Library,
    ids: Sequence[int],
    folder: Path,
    *,
    version: int | None = None,
    name_template: str | None = None,
    control: Control,
    on_report: Callable[[Exported], None],
    on_progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Write the bytes of assets into a folder, which is made where it is missing.

    Each file gets a safe name, made by the template where one is given and never that of a file which is there already
    (`name (2).jpg`), and the time of the original where it is known. A report a file, in the order of `ids`, each when
    its file is on the disk; what failed is reported too, and damaged bytes are never written but the asset is marked.
    `on_progress` gets the bytes written so far, of all files.

    Raises:
        UsageError: the template names what is not there, or the folder lies in a library. Nothing was written.
        ExpectedError: the folder cannot be made.
        CancelledError: `control` said so; the file in hand is gone, those reported stay.
    """
    template = NameTemplate(name_template or DEFAULT_TEMPLATE)
    around = library_around(folder)
    if around is not None:
        raise UsageError(f"{folder} lies in the library {around}. Choose a folder outside of it.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:  # as it is, a full disk would be taken for the library's
        raise ExpectedError(f"{folder} cannot be made: {error.strerror or error}.") from error
    _log.info("Exporting %s assets to %s", len(ids), folder)
    run = _Run(library, os.fspath(folder), template, control, on_progress)
    try:
        run.work(ids, version, on_report)
    finally:
        sync_folder(os.fspath(folder))


def copy_assets(
    library: Library,
    ids: Sequence[int],
    folder: Path,
    *,
    control: Control,
    on_progress: Callable[[int], None] = lambda _: None,
    read_only: bool = False,
) -> list[Exported]:
    """Copies of assets under their names in an empty folder of this library's own, for another program to read.

    They are made as `export_assets` makes files, but need not survive a power cut. None has a time later than the
    folder's, and none was changed later than its seal: by that one can tell what was written to since.

    Raises:
        CancelledError: `control` said so; what was copied by then stays in the folder.
    """
    reports: list[Exported] = []
    run = _Run(library, os.fspath(folder), NameTemplate(DEFAULT_TEMPLATE), control, on_progress)
    run.mode, run.durable, run.latest_ns = (0o444 if read_only else 0o666), False, folder.stat().st_mtime_ns
    run.work(ids, None, reports.append)
    with suppress(OSError):  # no room for it: their times tell
        seal_of(folder).touch()
    return reports


def seal_of(folder: Path) -> Path:
    """The file beside a folder of copies that is made when they are complete. The system notes when a file was last
    changed, and lets no program set that."""
    return folder.with_name(f".{folder.name}")


def total_bytes(library: Library, ids: Sequence[int]) -> int:
    """How much the current versions of assets take."""
    with library.catalog.read() as session:
        size = select(func.sum(BlobRow.size_bytes)).select_from(AssetRow).join(BlobRow, BlobRow.id == AssetRow.blob_id)
        return session.scalar(size.where(AssetRow.id.in_(values_of(ids)))) or 0


def original_paths(library: Library, ids: Sequence[int]) -> list[Path]:
    """Where assets came from: the path that was noted first for each of them, in their order; some have none."""
    first = select(func.min(SourceRow.id)).where(SourceRow.asset_id.in_(values_of(ids))).group_by(SourceRow.asset_id)
    with library.catalog.read() as session:
        rows = session.execute(select(SourceRow.asset_id, SourceRow.path_bytes).where(SourceRow.id.in_(first)))
        paths = {asset: Path(os.fsdecode(path)) for asset, path in rows}
    return [paths[asset] for asset in ids if asset in paths]


class _Run:
    """One export: the numbers that names have reached, and the bytes done."""

    mode = 0o666
    durable = True
    latest_ns: int | None = None

    def __init__(
        self,
        library: Library,
        folder: str,
        template: NameTemplate,
        control: Control,
        on_progress: Callable[[int], None],
    ) -> None:
        self._library = library
        self._folder = folder
        self._template = template
        self._control = control
        self._on_progress = on_progress
        self._done_bytes = 0
        self._numbers: dict[str, int] = {}

    def work(self, ids: Sequence[int], version: int | None, on_report: Callable[[Exported], None]) -> None:
        full: Reason | None = None
        number = 0
        for asset, item in _items(self._library, ids, version):
            self._control.check()
            if isinstance(item, Reason) or full is not None:
                on_report(Exported(asset, reason=full or (item if isinstance(item, Reason) else None)))
                continue
            number += 1
            try:
                on_report(Exported(asset, self._written(item, number), item.size_bytes))
            except BlobError as error:
                on_report(Exported(asset, reason=Reason(_CODES[type(error)], str(error))))
            except SourceChangedError:
                on_report(Exported(asset, reason=MOVED))
            except OSError as error:
                reason = Reason("io-error", f"{error.filename or self._folder}: {error.strerror or error}.")
                full = reason if error.errno in NO_ROOM else None
                on_report(Exported(asset, reason=reason))

    def _written(self, item: _Item, number: int) -> Path:
        """The path of an asset's file, which is on the disk now.

        Raises:
            BlobError: the stored bytes are not what they should be; the asset is marked.
            OSError: the file cannot be written.
        """
        with new_file(self._folder, self.mode) as made:
            self._fill(made, item)
            self._set_time(made, item)
            if self.durable:
                sync_file(made.descriptor)
            path = self._publish(made, self._template.name_of(replace(item.facts, number=number)))
        self._done_bytes += item.size_bytes
        return path

    def _set_time(self, made: NewFile, item: _Item) -> None:
        latest = self.latest_ns
        time_ns = item.modified_ns if latest is None else min(item.modified_ns or latest, latest)
        if time_ns is not None:
            with suppress(OverflowError, OSError):  # a time that this file system has no numbers for
                os.utime(made.descriptor, ns=(time_ns, time_ns))

    def _fill(self, made: NewFile, item: _Item) -> None:
        def advance(done_bytes: int) -> None:
            self._control.check()
            self._on_progress(self._done_bytes + done_bytes)

        try:
            with self._library.blobs.open(item.sha256) as source:
                ref, _ = copy(source, made.descriptor, made.part or self._folder, advance)
        except OSError as error:
            state = self._library.blobs.verify(item.sha256) if error.errno == errno.EIO else BlobState.OK
            if state is BlobState.OK:
                raise
            raise self._bad(item, state) from error
        except BlobMissingError as error:
            raise self._bad(item, BlobState.MISSING) from error
        except BlobDamagedError as error:
            raise self._bad(item, BlobState.DAMAGED) from error
        if ref.sha256 != item.sha256:
            raise self._bad(item, BlobState.DAMAGED)
        note_blob_state(self._library, item.sha256, BlobState.OK)

    def _bad(self, item: _Item, state: BlobState) -> BlobError:
        """Mark the asset, and say what is wrong with it."""
        note_blob_state(self._library, item.sha256, state)
        if state is BlobState.MISSING:
            return BlobMissingError(f"The stored file of “{item.facts.name}” is gone.")
        return BlobDamagedError(f"The stored file of “{item.facts.name}” is damaged, and is not given out.")

    def _publish(self, made: NewFile, name: str) -> Path:
        """Name the file; a name that is in use gets the next number that is free."""
        folded = name.casefold()
        while True:
            number = self._numbers.get(folded, 0) + 1
            self._numbers[folded] = number
            with suppress(FileExistsError):
                return Path(made.publish(numbered(name, number)))


_CODES = {BlobMissingError: "missing", BlobDamagedError: "damaged"}


def _items(library: Library, ids: Sequence[int], version: int | None) -> Iterator[tuple[int, _Item | Reason]]:
    """Each asset once, in the order of `ids`, with what is known of it, or the reason why nothing is."""
    left = iter(dict.fromkeys(ids))
    while group := list(islice(left, GROUP)):
        with library.catalog.read() as session:
            known = _known(session, [asset for asset in group if 0 <= asset < 2**63], version)
        missing = "There is no such asset." if version is None else f"There is no version {version} of it."
        yield from ((asset, known.get(asset) or Reason("not-found", missing)) for asset in group)


def _known(session: Session, ids: Sequence[int], version: int | None) -> dict[int, _Item]:
    number: ColumnElement[int] | int = AssetRow.version.expression if version is None else version
    original = aliased(VersionRow)
    first = select(original.blob_id).where(original.asset_id == AssetRow.id, original.number == 1)
    modified = (
        select(SourceRow.modified_ns).where(SourceRow.asset_id == AssetRow.id).order_by(SourceRow.id).limit(1)
    ).scalar_subquery()
    rows = session.execute(
        select(AssetRow, BlobRow, VersionRow.number, EntryRow.at, first.scalar_subquery(), modified)
        .join(VersionRow, (VersionRow.asset_id == AssetRow.id) & (VersionRow.number == number))
        .join(BlobRow, BlobRow.id == VersionRow.blob_id)
        .join(EntryRow, EntryRow.id == VersionRow.entry_id)
        .where(AssetRow.id.in_(values_of(ids)))
    )
    return {
        asset.id: _Item(
            _facts(asset, blob, found),
            blob.sha256,
            blob.size_bytes,
            modified_ns if blob.id == first_blob else _nanoseconds(at),
        )
        for asset, blob, found, at, first_blob, modified_ns in rows
    }


def _facts(asset: AssetRow, blob: BlobRow, version: int) -> NameFacts:
    return NameFacts(
        name=asset.name if asset.name_bytes is None else os.fsdecode(asset.name_bytes),
        id=asset.id,
        version=version,
        title=asset.title,
        camera=blob.camera,
        kind=blob.kind,
        taken=asset.captured,
        imported=asset.imported_at.astimezone(),
    )


def _nanoseconds(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000_000)
