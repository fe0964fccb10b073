"""What went wrong: each step that failed, with its file and the reason in full, and another try."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from keeproom.ui.activity.tasks import FAILURE_COLUMNS, failure_words
from keeproom.ui.flattable import FlatDelegate, FlatTable, Framed, RowsModel
from keeproom.ui.fonts import section_font
from keeproom.ui.texts import number, plural, tr
from keeproom.ui.widgets import PlainLabel, TextButton

if TYPE_CHECKING:
    from keeproom.library.queue import FailedJob

LEAST_PX = 150


class Problems(QWidget):
    """`retry` and `retry_all` are what its buttons do, `open_item` shows the item of a line."""

    chosen_changed = Signal()

    def __init__(
        self,
        retry: Callable[[], None],
        retry_all: Callable[[], None],
        open_item: Callable[[int], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.count = 0
        self._open_item = open_item
        self._heading = PlainLabel("", self, "secondary")
        self._heading.setFont(section_font(self.font()))
        self.show_item = TextButton(tr("Show item"), self)
        self.show_item.setToolTip(tr("Show the chosen item (Enter)"))
        self.show_item.clicked.connect(self._on_show)
        self.retry = TextButton(tr("Retry"), self)
        self.retry.setToolTip(tr("Try the chosen ones again"))
        self.retry.clicked.connect(retry)
        self.retry_all = TextButton(tr("Retry all"), self)
        self.retry_all.setToolTip(tr("Try everything again that has failed"))
        self.retry_all.clicked.connect(retry_all)
        self.rows: RowsModel[FailedJob] = RowsModel(FAILURE_COLUMNS, self)
        self.table = FlatTable(self.rows, FlatDelegate(), self)
        self.table.setMinimumHeight(LEAST_PX)
        self.table.setAccessibleName(tr("Problems"))
        self.table.chosen_changed.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self.why = PlainLabel("", self, wrap=True)
        self._more = PlainLabel("", self, "secondary")
        self._lay_out()
        self._on_chosen()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._heading)
        head.addStretch(1)
        for button in (self.show_item, self.retry, self.retry_all):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(Framed(self.table, self), 1)
        column.addWidget(self._more)
        column.addWidget(self.why)

    def show_failures(self, failures: Sequence[FailedJob], count: int) -> None:
        """Show the first failures of `count`; the chosen ones stay chosen."""
        self.count = count
        self._heading.setText(f"{tr('Problems').upper()}  {number(count)}")
        self.rows.show(failures)
        more = count - len(failures)
        self._more.setText(plural(more, "%n more is not listed.", "%n more are not listed."))
        self._more.setVisible(more > 0 and bool(failures))
        self._on_chosen()

    def chosen(self) -> list[FailedJob]:
        return [self.rows.rows[row] for row in self.table.chosen_rows() if row < len(self.rows.rows)]

    def chosen_ids(self) -> list[int]:
        return list(dict.fromkeys(failed.asset for failed in self.chosen() if failed.asset is not None))

    def chosen_text(self) -> str:
        return "\n".join(failure_words(failed) for failed in self.chosen())

    def _on_chosen(self) -> None:
        chosen = self.chosen()
        possible = any(failed.asset is not None for failed in chosen)
        self.retry.setEnabled(possible)
        self.show_item.setEnabled(possible)
        words = failure_words(chosen[0]) if len(chosen) == 1 else ""
        if words != self.why.text():
            self.why.setText(words)
        self.why.setVisible(bool(words))
        self.chosen_changed.emit()

    def _on_show(self) -> None:
        ids = self.chosen_ids()
        if ids:
            self._open_item(ids[0])

    def _on_opened(self, row: int) -> None:
        asset = self.rows.rows[row].asset
        if asset is not None:
            self._open_item(asset)
