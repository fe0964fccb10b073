"""The files of one import as a table model: all of them by number, their facts by page as they come into sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from keeproom.ui.flattable import Column, ColumnsModel, Index
from keeproom.ui.imports.columns import COLUMNS, Said, said
from keeproom.ui.texts import tooltip, tr

if TYPE_CHECKING:
    import numpy.typing as npt

    from keeproom.library.imports import ImportItem

    Ids = npt.NDArray[np.int64]
    Answer = Callable[[Sequence[ImportItem]], None]
    Ask = Callable[[Sequence[int], Answer], None]

PAGE = 200
KEPT_LINES = 8_000
MOST_RUNS = 64
"""Lines that come or go in more places than these are shown as a new list: Qt would be told of each place."""

LINE_ROLE = Qt.ItemDataRole.UserRole
_NONE = np.zeros(0, dtype=np.int64)


class LinesModel(ColumnsModel):
    """`ask` is called with the numbers of lines and what takes them, and answers in the main thread. `arrived` says
    that lines in sight are known now."""

    arrived = Signal()

    def __init__(self, ask: Ask, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._ask = ask
        self._ids: Ids = _NONE
        self._lines: OrderedDict[int, ImportItem] = OrderedDict()
        self._stale: set[int] = set()
        self._in_hand: Mapping[int, float] = {}
        self._sight = (0, 0)
        self._is_asking = False
        self._generation = 0
        self._roots: Sequence[str] = ()

    @property
    def ids(self) -> Ids:
        """The numbers of all lines, in the order of the plan."""
        return self._ids

    def line(self, row: int) -> ImportItem | None:
        """What is known of a line; None until it was in sight."""
        return self._lines.get(int(self._ids[row])) if 0 <= row < len(self._ids) else None

    def row_of(self, line: int) -> int:
        """The row of a line; -1 where it is not listed."""
        row = int(np.searchsorted(self._ids, line))
        return row if row < len(self._ids) and self._ids[row] == line else -1

    def known_rows(self, first: int, last: int) -> list[int]:
        """The rows between these two of which something is known, in order."""
        known = np.fromiter(self._lines, dtype=np.int64, count=len(self._lines))
        rows = np.searchsorted(self._ids, known)
        rows = rows[(rows >= first) & (rows <= last) & (rows < len(self._ids))]
        return [int(row) for row in np.sort(rows) if int(self._ids[row]) in self._lines]

    def begin(self, roots: Sequence[str] = ()) -> None:
        """Another import, or another filter: nothing is known of its lines. `roots` is what it was given."""
        self._roots = roots
        self._generation += 1
        self._is_asking = False
        self.beginResetModel()
        self._ids = _NONE
        self._lines.clear()
        self._stale.clear()
        self._in_hand = {}
        self.endResetModel()

    def show_ids(self, ids: Ids) -> None:
        """Show these lines, in rising order. What stays keeps its place, its selection, and what is known of it."""
        gone = _runs(~np.isin(self._ids, ids, assume_unique=True))
        come = _runs(~np.isin(ids, self._ids, assume_unique=True))
        if len(gone) + len(come) > MOST_RUNS:
            self.beginResetModel()
            self._ids = ids
            self.endResetModel()
            return
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            self._ids = np.delete(self._ids, np.s_[first : last + 1])
            self.endRemoveRows()
        for first, last in come:
            self.beginInsertRows(QModelIndex(), first, last)
            self._ids = np.insert(self._ids, first, ids[first : last + 1])
            self.endInsertRows()

    def show_in_hand(self, fractions: Mapping[int, float]) -> None:
        """How much of the files in hand is copied, by the number of their line."""
        touched = {*self._in_hand, *fractions}
        self._in_hand = fractions
        for line in touched:
            if (row := self.row_of(line)) >= 0:
                self._tell_rows(row, row)

    def bring(self, first: int, last: int) -> None:
        """These rows are in sight: read what is not known of them."""
        self._sight = (first, last)
        self._next()

    def renew(self) -> None:
        """What is known may be out of date: read again what is in sight, and the rest when it comes there."""
        self._stale.update(self._lines)
        self._next()

    @property
    def is_settled(self) -> bool:
        """Whether all rows in sight are known as they are."""
        return not self._is_asking and self._missing() is None

    def _missing(self) -> int | None:
        """The first row in sight that is to be read."""
        first, last = self._sight
        for row in range(max(0, first), min(last + 1, len(self._ids))):
            line = int(self._ids[row])
            if line not in self._lines or line in self._stale:
                return row
        return None

    def _next(self) -> None:
        row = None if self._is_asking else self._missing()
        if row is None:
            return
        self._is_asking = True
        generation = self._generation
        asked = [int(line) for line in self._ids[row : row + PAGE]]
        self._ask(asked, lambda lines: self._on_lines(generation, asked, lines))

    def _on_lines(self, generation: int, asked: Sequence[int], lines: Sequence[ImportItem]) -> None:
        if generation != self._generation:
            return
        self._is_asking = False
        self._stale.difference_update(asked)
        self._know(lines)
        rows = [self.row_of(asked[0]), self.row_of(asked[-1])]
        self._tell_rows(max(0, min(rows)), max(*rows, 0))
        self.arrived.emit()
        if lines:  # a library that has failed is not asked for ever
            self._next()

    def _know(self, lines: Iterable[ImportItem]) -> None:
        for line in lines:
            self._lines[line.id] = line
            self._lines.move_to_end(line.id)
        while len(self._lines) > KEPT_LINES:
            self._stale.discard(self._lines.popitem(last=False)[0])

    def _tell_rows(self, first: int, last: int) -> None:
        if last < len(self._ids):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column, line = COLUMNS[index.column()], self.line(index.row())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.alignment
        if line is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole and not index.column() else None
        if role not in _ROLES:
            return None
        return _ROLES[role](column, said(line, self._in_hand.get(line.id), self._roots))


_ROLES: Mapping[int, Callable[[Column[Said], Said], object]] = {
    LINE_ROLE: lambda _column, words: words,
    Qt.ItemDataRole.DisplayRole: lambda column, words: column.value(words),
    Qt.ItemDataRole.AccessibleTextRole: lambda column, words: f"{tr(column.text)}: {column.value(words)}",
    Qt.ItemDataRole.ToolTipRole: lambda _column, words: tooltip(words.whole),
}


def _runs(wanted: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last of each stretch that is wanted."""
    edges = np.flatnonzero(np.diff(wanted, prepend=False, append=False))
    return [(int(first), int(last) - 1) for first, last in edges.reshape(-1, 2)]
