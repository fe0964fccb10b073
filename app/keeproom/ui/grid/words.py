"""A cell in words: for its pills, the tool tip and screen readers."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QDate

from keeproom.model import Cell, Flag, ItemState, Kind, Status
from keeproom.ui.images import seen_sides
from keeproom.ui.status import KINDS, STATUSES
from keeproom.ui.texts import clock, locale, number, plural, tr

PILLS = {"gif": "GIF"}
FLAGS = {Flag.PICK: "Picked", Flag.REJECT: "Rejected"}


def kind_pill(cell: Cell) -> str:
    """What the bottom left tells: how long a video or sound is, what a document is, what is peculiar about a photo."""
    if cell.kind == Kind.IMAGE:
        return "RAW" if is_raw(cell) else PILLS.get(cell.format or "", "")
    if cell.kind == Kind.DOCUMENT:
        return cell.name.rpartition(".")[2].upper()[:5]
    sign = "▶" if cell.kind == Kind.VIDEO else "♪"
    return sign if cell.duration_s is None else f"{sign} {clock(cell.duration_s)}"


def is_raw(cell: Cell) -> bool:
    """Whether this is what a camera's sensor saw."""
    return cell.format in _raw_formats()


@lru_cache(maxsize=1)
def _raw_formats() -> frozenset[str]:
    from keeproom.media.formats import FORMATS, RAW_READER

    return frozenset(name for name, row in FORMATS.items() if row.reader == RAW_READER)


def stars(cell: Cell) -> str:
    return "★" * cell.rating


def dimensions(cell: Cell) -> str:
    """The sides as one sees them, turned as the cell is."""
    sides = seen_sides(cell)
    return f"{number(sides[0])} × {number(sides[1])}" if sides else ""


def duration(cell: Cell) -> str:
    return "" if cell.duration_s is None else clock(cell.duration_s)


def facts(cell: Cell) -> str:
    """`Photo · 6,000 × 4,000`, `Video · 1,920 × 1,080 · 0:31`."""
    return " · ".join(text for text in (tr(KINDS[cell.kind].one), dimensions(cell), duration(cell)) if text)


def stated(cell: Cell) -> str:
    """Rating, label and flag, as far as there are any."""
    parts = []
    if cell.rating:
        parts.append(plural(cell.rating, "%n star", "%n stars"))
    if cell.label:
        parts.append(tr("label {label}").format(label=tr(cell.label)))
    if cell.flag:
        parts.append(tr("picked") if cell.flag == Flag.PICK else tr("rejected"))
    if cell.stack_size > 1:
        parts.append(plural(cell.stack_size, "group of %n", "group of %n"))
    return " · ".join(parts)


def flag(cell: Cell) -> str:
    return tr(FLAGS[Flag(cell.flag)]) if cell.flag in list(Flag) else ""


def status(cell: Cell, fraction: float | None = None) -> str:
    """What is to be told of the state; nothing for what is ready."""
    if fraction is not None:
        return tr("Copying, {percent} %").format(percent=number(int(fraction * 100)))
    if cell.status == Status.READY:
        return ""
    text = tr(STATUSES[cell.status].text)
    tells_why = cell.status in (ItemState.NOT_IMPORTED, ItemState.SKIPPED)
    return f"{text}: {cell.reason}" if cell.reason and tells_why else text


def lines(cell: Cell, fraction: float | None = None) -> list[str]:
    return [text for text in (cell.name, facts(cell), stated(cell), status(cell, fraction)) if text]


def heading(name: str, count: int) -> str:
    """`14 May 2023 · Sunday · 86`: what is said of a group, and how many are in it."""
    return f"{name} · {number(count)}"


def heading_date(key: str) -> str:
    """A day with its weekday, a month, or that there is no date."""
    year, month, day = [*map(int, key.split("-")), 0, 0, 0][:3] if key else (0, 0, 0)
    if not year:
        return tr("No date")
    date = QDate(year, month, day or 1)
    if not day:
        return locale().toString(date, "MMMM yyyy")
    return f"{locale().toString(date, 'd MMMM yyyy')} · {locale().toString(date, 'dddd')}"
