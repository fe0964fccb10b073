"""Removing an original after its bytes in the library were read back (`--move`)."""

from __future__ import annotations

import logging
import os
from dataclasses import replace

from sqlalchemy import select

from keeproom.catalog.tables import AssetRow
from keeproom.library.ingesting import FileIdentity, Ingested
from keeproom.library.opening import Library
from keeproom.library.planning import reason_of
from keeproom.model import BlobState, FileReport, Reason

_log = logging.getLogger(__name__)


def remove_original(library: Library, item: Ingested, report: FileReport) -> FileReport:
    """Remove the source of a committed file; where it stays, the report says why.

    It stays where its asset is in the trash, where the stored bytes do not read back as they should, and where the
    source is not the file any more that was read.
    """
    reason = _why_not(library, item, report)
    if reason is None:
        try:
            os.unlink(item.path)
        except OSError as error:
            reason = replace(reason_of(error), code="source-stays")
        else:
            _log.info("Removed the original %s", item.path)
            return report
    return replace(report, reason=report.reason or reason)


def _why_not(library: Library, item: Ingested, report: FileReport) -> Reason | None:
    with library.catalog.read() as session:
        trashed_at = session.scalar(select(AssetRow.trashed_at).where(AssetRow.id == report.asset))
    if trashed_at is not None:
        return Reason("in-trash", "It is in the trash; the original stays.")
    if library.blobs.verify(item.ref.sha256) is not BlobState.OK:
        return Reason("source-stays", "The stored file did not read back as it should; the original stays.")
    try:
        same = FileIdentity.of(os.lstat(item.path)) == item.identity
    except OSError as error:
        return replace(reason_of(error), code="source-stays")
    return None if same else Reason("source-stays", "The original changed after it was read, and stays.")
