"""The Imports page as a whole: the list of imports, and the chosen one with all of its files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from keeproom.library import views
from keeproom.model import Cell, ImportProgress
from keeproom.ui.acts import reviewing
from keeproom.ui.imports import asking
from keeproom.ui.imports.empty import NoImports
from keeproom.ui.imports.entries import Entries
from keeproom.ui.imports.head import Head
from keeproom.ui.imports.lines import LinesModel
from keeproom.ui.imports.parts import ALL, Part
from keeproom.ui.imports.table import LinesTable
from keeproom.ui.pace import Pace
from keeproom.ui.panel import PanelWidget
from keeproom.ui.texts import plural, printable, tr

if TYPE_CHECKING:
    from keeproom.library.imports import ImportItem, ImportRecord
    from keeproom.ui.imports.lines import Ids
    from keeproom.ui.window.main import MainWindow
    from keeproom.ui.window.room import Room

LIST_PX = 264
LIST_LEAST_PX = 200
RECORDS_MS = 400
LINES_MS = 1_000
"""How often, at most, balances and the list of lines are asked for while an import runs."""


def create(window: MainWindow) -> ImportsPanel:
    return ImportsPanel(window)


class ImportsPanel(PanelWidget):
    """Follows the library while it is in sight; a person's scroll position and selection stay theirs."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._room: Room | None = None
        self._reader: asking.Records | None = None
        self._wanted: int | None = None
        self._answered = False
        self._listed: tuple[int, Part, int] | None = None
        self._chosen: list[int] = []
        self._chosen_for: Ids | None = None
        self._cells: list[Cell] = []
        self.entries = Entries(self)
        self.head = Head(window.action_set, self)
        self.lines = LinesModel(self._read_lines, self)
        self.table = LinesTable(self.lines, self)
        self.empty = NoImports(window.action_set, self)
        self._records_pace = Pace(self._ask_records, RECORDS_MS, self)
        self._ids_pace = Pace(self._ask_ids, LINES_MS, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.table, 1)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.entries)
        self._split.addWidget(right)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([LIST_PX, 1_000])
        self.entries.setMinimumWidth(LIST_LEAST_PX)
        self._blank = QWidget(self)
        self._stack = QStackedWidget(self)
        for page in (self._blank, self._split, self.empty):
            self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        self.entries.chosen.connect(self._on_entry)
        self.head.chips.chosen.connect(lambda _part: self._on_filter())
        self.table.opened.connect(self.open_line)
        self.table.copied.connect(self.copy_lines)
        self.table.asked_for_menu.connect(self._on_menu)
        self.table.chosen_changed.connect(self._on_chosen)
        self.lines.arrived.connect(self._on_chosen)
        self._window.activity.changed.connect(self._on_activity)

    # The page

    @property
    def record(self) -> ImportRecord | None:
        """The import that is shown."""
        return self.entries.record

    @property
    def part(self) -> Part:
        """Which of its files are listed."""
        return self.head.chips.part

    def show_import(self, entry: int, part: Part = ALL) -> None:
        """Go to an import, as soon as it is listed."""
        self._wanted = entry
        self.head.chips.choose(part)
        self._records_pace.hurry()

    def attach(self, room: Room | None) -> None:
        self._room = room
        self._records_pace.forget()
        self._ids_pace.forget()
        self._answered = False
        self._wanted = None
        self.entries.show_records(())
        self.lines.begin()
        self._stack.setCurrentWidget(self._blank)
        self._reader = None if room is None else asking.Records(room.library)
        if room is None:
            return
        for news in (room.session.changed, room.session.queue_progressed, room.session.import_finished):
            news.connect(self._on_news)
        room.session.import_progressed.connect(self._on_progress)
        self._records_pace.nudge()

    def enter(self) -> None:
        self._records_pace.turn(on=True)
        self._ids_pace.turn(on=True)
        if self._records_pace.is_settled:
            self._records_pace.hurry()

    def leave(self) -> None:
        self._records_pace.turn(on=False)
        self._ids_pace.turn(on=False)

    def stage(self) -> None:
        """The newest import shows itself."""

    def is_complete(self) -> bool:
        if not self._answered or not self._records_pace.is_settled:
            return False
        return self.record is None or (self._ids_pace.is_settled and self.lines.is_settled)

    def focus_first(self) -> None:
        (self.table if self.record is not None else self.empty.files).setFocus()

    # What is known

    def _on_news(self, _news: object) -> None:
        self._records_pace.nudge()
        if len(self._chosen) <= asking.MOST_CELLS:
            self._chosen_for = None  # a line may have an item by now
        self.lines.renew()
        self._ask_cells()

    def _on_progress(self, progress: ImportProgress) -> None:
        self._records_pace.nudge()
        record = self.record
        if record is not None and progress.entry == record.entry:
            self.lines.show_in_hand(dict(progress.in_hand))

    def _on_activity(self) -> None:
        if self.record is not None:
            self._show_head(self.record)

    def _ask_records(self, done: Callable[[], None]) -> None:
        room = self._room
        if room is None:
            done()
            return

        def on_done(records: Sequence[ImportRecord]) -> None:
            done()
            if room is self._room:
                self._on_records(records)

        chosen, reader = self.record, self._reader
        assert reader is not None
        entry = self._wanted if chosen is None else chosen.entry
        room.run(lambda: reader.read(entry), on_done, done)

    def _on_records(self, records: Sequence[ImportRecord]) -> None:
        self._answered = True
        self.entries.show_records(records)
        if self._wanted is not None and self.entries.entries.row_of(self._wanted).isValid():
            self._go_to_wanted(self._wanted)
        elif self.record is None and records:
            self.entries.choose(records[0].entry)
        self._stack.setCurrentWidget(self._split if records else self.empty)
        record = self.record
        if record is not None:
            self._show_head(record)
            if self._listed != self._what(record):
                self._ids_pace.nudge()
        self._window.follow_situation()

    def _what(self, record: ImportRecord) -> tuple[int, Part, int]:
        """What of which import is listed; another count means other lines."""
        return record.entry, self.part, self.part.count(record)

    def _go_to_wanted(self, entry: int) -> None:
        self._wanted = None
        if self.record is not None and self.record.entry == entry:
            self._on_entry(entry)  # with another filter, perhaps
        else:
            self.entries.choose(entry)

    def _show_head(self, record: ImportRecord) -> None:
        doing = self._window.activity.import_line(record.entry)
        self.head.show_record(record, doing)

    def _on_entry(self, _entry: int) -> None:
        record = self.record
        if record is not None:
            if not self.part.count(record):
                self.head.chips.choose(ALL)
            self._show_head(record)
        self._on_filter()

    def _on_filter(self) -> None:
        self.lines.begin(() if self.record is None else self.record.folders)
        self._ids_pace.forget()
        self._ids_pace.hurry()
        self.table.scrollToTop()

    def _ask_ids(self, done: Callable[[], None]) -> None:
        room, record, part = self._room, self.record, self.part
        if room is None or record is None:
            done()
            return
        entry = record.entry
        self._listed = self._what(record)

        def on_done(ids: Ids) -> None:
            done()
            now = self.record
            if room is self._room and now is not None and (now.entry, self.part) == (entry, part):
                self.lines.show_ids(ids)

        room.run(lambda: asking.line_ids(room.library, entry, part), on_done, done)

    def _read_lines(self, ids: Sequence[int], answer: Callable[[Sequence[ImportItem]], None]) -> None:
        room = self._room
        if room is None:
            answer(())
        else:
            room.run(lambda: list(asking.lines(room.library, ids)), answer, lambda: answer(()))

    # What is chosen

    def chosen_lines(self) -> list[ImportItem]:
        """The chosen lines, as far as they are known."""
        rows = [row for first, last in self.table.chosen_ranges() for row in self.lines.known_rows(first, last)]
        found = (self.lines.line(row) for row in rows)
        return [line for line in found if line is not None]

    def chosen_ids(self) -> list[int]:
        return self._chosen

    def chosen_cells(self) -> list[Cell]:
        return self._cells

    def _on_chosen(self) -> None:
        """The chosen items are told at once, as far as their lines are known, and once more when all are."""
        numbers = self._chosen_numbers()
        if self._chosen_for is not None and np.array_equal(numbers, self._chosen_for):
            return
        lines = self.chosen_lines()
        if len(lines) < len(numbers):
            self._ask_chosen(numbers)
        else:
            self._chosen_for = numbers
        self._tell_chosen(asking.items_behind(lines))

    def _chosen_numbers(self) -> Ids:
        """The numbers of the chosen lines, also of those that were never in sight."""
        parts = [self.lines.ids[first : last + 1] for first, last in self.table.chosen_ranges()]
        return np.concatenate(parts) if parts else self.lines.ids[:0]

    def _ask_chosen(self, numbers: Ids) -> None:
        room = self._room
        if room is None:
            return

        def on_items(ids: list[int]) -> None:
            if room is self._room and np.array_equal(numbers, self._chosen_numbers()):
                self._chosen_for = numbers
                self._tell_chosen(ids)

        room.run(lambda: asking.items_behind(asking.lines(room.library, numbers.tolist())), on_items)

    def _tell_chosen(self, ids: list[int]) -> None:
        """These items are chosen; their cells are told when they are known."""
        if ids != self._chosen:
            self._chosen, self._cells = ids, []
            self.chosen_changed.emit()
            self._ask_cells()

    def _ask_cells(self) -> None:
        room, ids = self._room, self._chosen
        if room is None or not ids:
            return

        def on_cells(cells: Sequence[Cell]) -> None:
            if room is self._room and ids is self._chosen and list(cells) != self._cells:
                self._cells = list(cells)
                self.chosen_changed.emit()

        room.run(lambda: views.cells(room.library, ids[: asking.MOST_CELLS]), on_cells)

    def open_line(self, row: int) -> None:
        """Show the item of a line, or say why there is none."""
        line = self.lines.line(row)
        if line is not None:
            reviewing.open_line(self._window, line, self._neighbours())

    def _neighbours(self) -> list[int]:
        """The items of the known lines: what next and previous lead to."""
        known = (self.lines.line(row) for row in self.lines.known_rows(0, len(self.lines.ids) - 1))
        shown = (line.asset for line in known if line is not None and reviewing.is_shown(line))
        return list(dict.fromkeys(asset for asset in shown if asset is not None))

    def copy_lines(self) -> None:
        """Put the chosen lines on the clipboard: path, outcome and reason, parted by tabs."""
        room = self._room
        ids = self._chosen_numbers()
        if room is None or not len(ids):
            return

        def on_done(texts: Sequence[str]) -> None:
            QGuiApplication.clipboard().setText(printable("\n".join(texts)))
            self._window.notices.tell(plural(len(texts), "%n line copied.", "%n lines copied."))

        room.run(lambda: asking.texts(room.library, ids.tolist()), on_done)

    def save_lines(self, file: Path) -> None:
        """Write all listed lines into a file, as they are copied."""
        room = self._room
        ids = self.lines.ids
        if room is not None:
            room.run(lambda: asking.write_lines(room.library, ids.tolist(), file), lambda _: self._tell_saved(file))

    def _tell_saved(self, file: Path) -> None:
        self._window.notices.tell(tr("The list is in {file}.").format(file=file))

    def _on_menu(self, place: QPoint) -> None:
        self._window.show_context_menu(place, on_item=bool(self.chosen_ids()))
