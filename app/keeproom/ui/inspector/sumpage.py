"""Many items: their count, their sums, how many have a problem, and what is stated of them, to be edited."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from keeproom.model import Status
from keeproom.ui.fonts import tabular, title_font
from keeproom.ui.inspector.factlist import FactList
from keeproom.ui.inspector.fields import Fields
from keeproom.ui.inspector.marks import Marks
from keeproom.ui.inspector.parts import MARGIN_PX, Page, TroubleLine
from keeproom.ui.inspector.sumwords import problems, read_sums, span, sum_sections
from keeproom.ui.inspector.wrapped import WrappedLabel
from keeproom.ui.texts import tr

if TYPE_CHECKING:
    from keeproom.library.summing import SelectionSummary
    from keeproom.ui.inspector.described import Described


class SumPage(QWidget):
    """A title, a hint under it, and the facts of a sum."""

    def __init__(
        self, retry: Callable[[], None], show_place: Callable[[Path], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = WrappedLabel("", self, lines=2)
        self.hint = WrappedLabel("", self, "secondary", lines=4)
        self.trouble = TroubleLine(retry, self)
        self.marks = Marks(self)
        self.fields = Fields(self)
        self.facts = FactList(show_place, self)
        self._known: Described | None = None
        self._sum: SelectionSummary | None = None
        self._assemble()
        self.show_described(None)

    def _assemble(self) -> None:
        self.title.setFont(tabular(title_font(self.font())))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.hint)
        column.addWidget(self.trouble)
        column.addWidget(self.marks)
        column.addWidget(self.fields)
        column.addSpacing(MARGIN_PX)
        column.addWidget(self.facts)
        self.page = Page(content, tr("What is selected"), self.facts.copy)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.page)

    def show_title(self, title: str, hint: str) -> None:
        """Another selection or place; its figures come later."""
        self.title.setText(title)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    def show_described(self, known: Described | None) -> None:
        """What is stated of the items, to be edited; None where nothing is chosen."""
        self._known = known
        if known is not None:
            self.marks.show_marks(known)
            self.fields.show_fields(known)
        self.marks.setVisible(known is not None)
        self.fields.setVisible(known is not None)
        self._show_facts()

    def show_sum(self, summary: SelectionSummary | None) -> None:
        """The figures, or none."""
        self._sum = summary
        if summary is not None and summary.trouble:
            can_retry = summary.statuses.get(Status.FAILED, 0) > 0
            self.trouble.tell(problems(summary), "warning" if can_retry else "error", can_retry=can_retry)
        self.trouble.setVisible(summary is not None and summary.trouble > 0)
        self._show_facts()

    def _show_facts(self) -> None:
        """What is edited above does not stand here once more."""
        known, summary = self._known, self._sum if self._sum and self._sum.count else None
        whole = sum_sections(summary) if summary else []
        if known is not None:
            self.fields.date.show_time(known.captured, span(summary) if summary else "")
        self.facts.show_sections(read_sums(summary) if summary and known is not None else whole, whole)
        self.page.settle()
