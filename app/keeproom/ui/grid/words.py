"""A cell in words: for the tool tip and for screen readers."""

from __future__ import annotations

from keeproom.model import Cell, Status
from keeproom.ui.status import KINDS, STATUSES
from keeproom.ui.texts import clock, number, plural, tr


def facts(cell: Cell) -> str:
    """`Photo · 6,000 × 4,000`, `Video · 1,920 × 1,080 · 0:31`."""
    parts = [tr(KINDS[cell.kind].one)]
    if cell.width and cell.height:
        parts.append(f"{number(cell.width)} × {number(cell.height)}")
    if cell.duration_s is not None:
        parts.append(clock(cell.duration_s))
    return " · ".join(parts)


def stated(cell: Cell) -> str:
    """Rating, label and flag, as far as there are any."""
    parts = []
    if cell.rating:
        parts.append(plural(cell.rating, "%n star", "%n stars"))
    if cell.label:
        parts.append(tr("label {label}").format(label=tr(cell.label)))
    if cell.flag:
        parts.append(tr("picked") if cell.flag == "pick" else tr("rejected"))
    return " · ".join(parts)


def lines(cell: Cell) -> list[str]:
    status = "" if cell.status == Status.READY else tr(STATUSES[cell.status].text)
    return [text for text in (cell.name, facts(cell), stated(cell), status) if text]
