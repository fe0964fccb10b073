"""Copies of items for other programs: made in a thread, and what another program is told of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData, QUrl

from keeproom.model import Exported

if TYPE_CHECKING:
    from keeproom.library.opening import Library
    from keeproom.ui.transfers import Transfer

MOST_ITEMS = 5_000
"""More are not handed to another program one by one, but exported."""

OWN_FORMAT = "application/x-keeproom-items"
"""Which items of which library these are, as JSON: by this Keeproom knows its own again."""

_GNOME_FORMAT = "x-special/gnome-copied-files"
_KDE_FORMAT = "application/x-kde-cutselection"


@dataclass(frozen=True, slots=True)
class Copies:
    """Copies in a folder of their own, and what became of each item."""

    library: str
    folder: Path
    reports: tuple[Exported, ...]

    @property
    def paths(self) -> list[Path]:
        return [report.path for report in self.reports if report.path is not None]

    @property
    def failed(self) -> list[Exported]:
        return [report for report in self.reports if report.path is None]


def make_copies(library: Library, ids: Sequence[int], transfer: Transfer, *, read_only: bool = False) -> Copies:
    """Copies of items, whole; not for the main thread.

    Raises:
        ExpectedError: there is no room for them.
        CancelledError: the transfer was stopped; nothing is left.
    """
    from keeproom.library.exporting import copy_assets, total_bytes
    from keeproom.library.outgoing import check_room, discard_outgoing, new_outgoing

    folder = new_outgoing(library)
    try:
        check_room(library, ids, folder)
        transfer.total_bytes = total_bytes(library, ids)
        reports = copy_assets(
            library, ids, folder, control=transfer.control, on_progress=transfer.advance, read_only=read_only
        )
    except BaseException:
        discard_outgoing(folder)
        raise
    return Copies(str(library.identity), folder, tuple(reports))


def mime_of(copies: Copies) -> QMimeData:
    """The copies as file managers, browsers and editors take them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in copies.paths])
    lines = "\n".join(["copy", *(path.as_uri() for path in copies.paths)])
    mime.setData(_GNOME_FORMAT, QByteArray(lines.encode()))
    mime.setData(_KDE_FORMAT, QByteArray(b"0"))
    _name(mime, copies.library, [report.asset for report in copies.reports if report.path])
    return mime


def mime_inside(library: str, ids: Sequence[int]) -> QMimeData:
    """Items for the window itself, of which there are no copies."""
    mime = QMimeData()
    _name(mime, library, ids)
    return mime


def _name(mime: QMimeData, library: str, ids: Sequence[int]) -> None:
    told = {"library": library, "assets": list(ids)}
    mime.setData(OWN_FORMAT, QByteArray(json.dumps(told).encode()))


def library_of(mime: QMimeData) -> str | None:
    """The library whose items these are; None where they are no items of any."""
    told = _own(mime)
    return None if told is None else str(told.get("library"))


def items_of(mime: QMimeData) -> list[int]:
    """The ids of the items that are dragged or copied; none where they are no items of any library."""
    assets = (_own(mime) or {}).get("assets")
    return [each for each in assets if isinstance(each, int)] if isinstance(assets, list) else []


def _own(mime: QMimeData) -> dict[str, object] | None:
    """What Keeproom says of its own items."""
    if not mime.hasFormat(OWN_FORMAT):
        return None
    try:
        told = json.loads(bytes(mime.data(OWN_FORMAT).data()))
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
