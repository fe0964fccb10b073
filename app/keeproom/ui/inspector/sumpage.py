"""Many items: their count, their sums, what they have in common, and how many have a problem."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from keeproom.model import Status
from keeproom.ui.fonts import tabular, title_font
from keeproom.ui.inspector.factlist import FactList
from keeproom.ui.inspector.parts import MARGIN_PX, Page, TroubleLine
from keeproom.ui.inspector.sumwords import problems, sum_sections
from keeproom.ui.inspector.wrapped import WrappedLabel
from keeproom.ui.texts import tr

if TYPE_CHECKING:
    from keeproom.library.summing import SelectionSummary


class SumPage(QWidget):
    """A title, a hint under it, and the facts of a sum."""

    def __init__(
        self, retry: Callable[[], None], show_place: Callable[[Path], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = WrappedLabel("", self, lines=2)
        self.hint = WrappedLabel("", self, "secondary", lines=4)
        self.trouble = TroubleLine(retry, self)
        self.facts = FactList(show_place, self)
        self._assemble()

    def _assemble(self) -> None:
        self.title.setFont(tabular(title_font(self.font())))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.hint)
        column.addWidget(self.trouble)
        column.addSpacing(MARGIN_PX)
        column.addWidget(self.facts)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Page(content, tr("What is selected"), self.facts.copy))

    def show_title(self, title: str, hint: str) -> None:
        """Another selection or place; its figures come later."""
        self.title.setText(title)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    def show_sum(self, summary: SelectionSummary | None) -> None:
        """The figures, or none."""
        if summary is not None and summary.trouble:
            can_retry = summary.statuses.get(Status.FAILED, 0) > 0
            self.trouble.tell(problems(summary), "warning" if can_retry else "error", can_retry=can_retry)
        self.trouble.setVisible(summary is not None and summary.trouble > 0)
        self.facts.show_sections(sum_sections(summary) if summary and summary.count else [])
