"""The columns of the list: a row a column. Which are shown, in what order and how wide, is kept as one text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, Qt

from keeproom.model import Cell, SortKey
from keeproom.ui.grid import words
from keeproom.ui.status import KINDS
from keeproom.ui.texts import locale, size, tr

NARROWEST_PX, WIDEST_PX = 40, 1_600
NAME_PX = 280


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called, what it says of a cell, and what its header sorts by.

    `shown` is whether a person who never chose sees it. The first column has the picture, and is always there.
    """

    name: str
    title: str
    width: int
    text: Callable[[Cell], str]
    sort: SortKey | None = None
    right: bool = False
    shown: bool = True


def _moment(moment: datetime | None) -> str:
    """Date and time as the locale writes them; a capture time is wall time and stays as it is."""
    if moment is None:
        return ""
    local = moment.astimezone() if moment.tzinfo else moment
    naive = QDateTime(local.year, local.month, local.day, local.hour, local.minute, local.second)
    return locale().toString(naive, QLocale.FormatType.ShortFormat)


COLUMNS: Mapping[str, Column] = {
    row.name: row
    for row in (
        Column("name", "Name", NAME_PX, lambda cell: cell.name.replace("\n", "␤"), SortKey.NAME),
        Column("kind", "Kind", 84, lambda cell: tr(KINDS[cell.kind].one)),
        Column("taken", "Taken", 150, lambda cell: _moment(cell.captured), SortKey.CAPTURED),
        Column("imported", "Imported", 150, lambda cell: _moment(cell.imported_at), SortKey.IMPORTED),
        Column("size", "Size", 84, lambda cell: size(cell.size_bytes) if cell.size_bytes else "", SortKey.SIZE, True),
        Column("dimensions", "Dimensions", 118, words.dimensions, right=True),
        Column("duration", "Duration", 84, words.duration, right=True),
        Column("rating", "Rating", 84, words.stars, SortKey.RATING),
        Column("camera", "Camera", 160, lambda cell: cell.camera or ""),
        Column("status", "Status", 190, words.status),
        Column("title", "Title", 180, lambda cell: cell.title or "", shown=False),
        Column("label", "Label", 84, lambda cell: tr(cell.label.capitalize()) if cell.label else "", shown=False),
        Column("flag", "Flag", 92, words.flag, shown=False),
        Column("format", "Format", 84, lambda cell: (cell.format or "").upper(), shown=False),
        Column("version", "Version", 72, lambda cell: f"v{cell.version}", right=True, shown=False),
    )
}
FIRST = "name"


@dataclass(frozen=True, slots=True)
class Slot:
    """A column in its place: from `left` on, so wide."""

    column: Column
    left: int
    width: int

    @property
    def align(self) -> Qt.AlignmentFlag:
        across = Qt.AlignmentFlag.AlignRight if self.column.right else Qt.AlignmentFlag.AlignLeft
        return across | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person made of a column."""

    name: str
    width: int
    shown: bool


def read_columns(text: str) -> tuple[Chosen, ...]:
    """All columns in the order kept in a setting; what it does not tell is as the table has it."""
    told = {row.name: row for row in _told(text)}
    rest = (Chosen(row.name, row.width, row.shown) for row in COLUMNS.values() if row.name not in told)
    return (*told.values(), *rest)


def _told(text: str) -> list[Chosen]:
    try:
        rows = json.loads(text) if text else []
    except ValueError:
        return []
    if not isinstance(rows, list):
        return []
    return [
        Chosen(row[0], min(max(row[1], NARROWEST_PX), WIDEST_PX), row[2] or row[0] == FIRST)
        for row in rows
        if isinstance(row, list) and [type(each) for each in row] == [str, int, bool] and row[0] in COLUMNS
    ]


def write_columns(columns: Sequence[Chosen]) -> str:
    """The text from which `read_columns` makes the same."""
    return json.dumps([[row.name, row.width, row.shown] for row in columns])
