"""One side of a comparison: a picture, its name, and what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from keeproom.model import Cell
from keeproom.ui.compare.facts import Fact
from keeproom.ui.controls import ElidedLabel
from keeproom.ui.grid.words import lines
from keeproom.ui.texts import tooltip, tr
from keeproom.ui.theme.palette import DARK
from keeproom.ui.viewer.canvas import Canvas
from keeproom.ui.viewer.display import essence
from keeproom.ui.viewer.eye import Eye
from keeproom.ui.viewer.files import Files
from keeproom.ui.viewer.flash import Flash
from keeproom.ui.viewer.markline import MarkLine
from keeproom.ui.viewer.why import GONE, Problem, Why, is_unshowable, problem_of
from keeproom.ui.widgets import PlainLabel

if TYPE_CHECKING:
    from keeproom.workers.previews import Previews

LINE_PX = 3


class _SideCanvas(Canvas):
    """A canvas that says when it has the keyboard, and when it is another size."""

    focused = Signal()
    resized = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.focused.emit()
        super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class Side(QWidget):
    """`chosen` says that this side is meant from now on, `marked` carries the fact and the value that a person wants of
    its item, `context_requested` a place on the screen."""

    chosen = Signal()
    marked = Signal(str, object)
    context_requested = Signal(QPoint)

    def __init__(self, files: Files, parent: QWidget) -> None:
        super().__init__(parent)
        self.asset: int | None = None
        self.cell: Cell | None = None
        self._is_current = False
        self.canvas = _SideCanvas(self, enlarges=True)
        self.eye = Eye(self.canvas, files)
        self.why = Why((), self.canvas)
        self.why.hide()
        self.flash = Flash(self.canvas)
        self.marks = MarkLine(self, centred=False)
        self._name = ElidedLabel("", self)
        self._name.setFont(_semibold(self.font()))
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(2)
        self._facts.setColumnStretch(1, 1)
        below = QVBoxLayout()
        below.setContentsMargins(12, 8, 12, 10)
        below.setSpacing(4)
        below.addWidget(self._name)
        below.addLayout(self._facts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, LINE_PX, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.marks)
        column.addLayout(below)
        self.canvas.focused.connect(self.chosen)
        self.canvas.resized.connect(self._on_resized)
        self.marks.marked.connect(self._on_marked)
        self.canvas.touched.connect(self.chosen)
        self.canvas.context_requested.connect(self.context_requested)
        self.eye.refused.connect(self._on_refused)

    def show_cell(self, cell: Cell | None, previews: Previews | None) -> None:
        """Show this item, or that there is none of this id any more; of one that is shown already only what is new."""
        before, self.cell = self.cell, cell
        self._name.setText("" if cell is None else cell.name)
        self._name.setToolTip(tooltip(cell.name) if cell is not None else "")
        self.marks.show_cell(cell)
        if before is None or cell is None or _look(before) != _look(cell):
            self._look_at(cell, previews)
        self.canvas.setAccessibleName("" if cell is None else cell.name)
        self.canvas.setAccessibleDescription("" if cell is None else ", ".join(lines(cell)[1:]))

    def _look_at(self, cell: Cell | None, previews: Previews | None) -> None:
        self.why.hide()
        if cell is None:
            self.eye.look_at(None, None)
            self._tell(Problem("", tr(GONE), ""))
        elif is_unshowable(cell):
            self.eye.look_at(None, None)
            self._tell(problem_of(cell))
        else:
            self.eye.look_at(cell, previews)

    def clear(self) -> None:
        self.asset = self.cell = None
        self.eye.look_at(None, None)
        self.why.hide()

    def show_facts(self, rows: Sequence[tuple[Fact, bool]]) -> None:
        """The facts of this item, each with whether it is the better one."""
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (fact, is_better) in enumerate(rows):
            text = "" if self.cell is None else fact.text(self.cell)
            self._facts.addWidget(PlainLabel(tr(fact.name), self, "secondary"), row, 0)
            value = PlainLabel(f"{text} ✓" if is_better else text or "–", self, "ok" if is_better else "text")
            if is_better:
                value.setAccessibleName(tr("{value}, the better one").format(value=text))
            self._facts.addWidget(value, row, 1)

    def facts(self) -> list[str]:
        """The values as they stand there, the better ones with a tick."""
        items = (self._facts.itemAtPosition(row, 1) for row in range(self._facts.rowCount()))
        labels = (None if item is None else item.widget() for item in items)
        return [label.text() for label in labels if isinstance(label, PlainLabel)]

    def make_current(self, *, current: bool) -> None:
        self._is_current = current
        self.update()

    def _tell(self, problem: Problem) -> None:
        self.why.tell(problem)
        self.why.show()

    def _on_resized(self) -> None:
        self.why.setGeometry(self.canvas.rect())
        self.flash.place()

    def _on_marked(self, fact: str, value: object) -> None:
        self.chosen.emit()
        self.marked.emit(fact, value)

    def _on_refused(self, error: Exception) -> None:
        if self.cell is not None:
            self._tell(problem_of(self.cell, str(error)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), DARK.panel)
        painter.fillRect(0, 0, self.width(), LINE_PX, DARK.accent if self._is_current else DARK.canvas)
        painter.setPen(Qt.PenStyle.NoPen)


def _look(cell: Cell) -> tuple[object, ...]:
    """What of a cell decides what is seen on the canvas."""
    return *essence(cell), cell.rotation, cell.status


def _semibold(base: QFont) -> QFont:
    font = QFont(base)
    font.setWeight(QFont.Weight.DemiBold)
    return font
