"""The line that shows rating, label and flag of an item, each to be set by a click."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from keeproom.model import Cell
from keeproom.ui.describe.labels import Flags, LabelDots
from keeproom.ui.describe.stars import Stars
from keeproom.ui.texts import tr
from keeproom.ui.theme.palette import colours

HEIGHT_PX = 34
GAP_PX = 14


class MarkLine(QWidget):
    """`marked` carries the fact and the value that a person wants: `rating`, `label` or `flag`."""

    marked = Signal(str, object)

    def __init__(self, parent: QWidget, *, centred: bool = True) -> None:
        super().__init__(parent)
        self.flags, self.stars, self.labels = Flags(self), Stars(self), LabelDots(self)
        self.flags.flagged.connect(lambda flag: self.marked.emit("flag", flag))
        self.stars.rated.connect(lambda rating: self.marked.emit("rating", rating))
        self.labels.labelled.connect(lambda label: self.marked.emit("label", label))
        self.setFixedHeight(HEIGHT_PX)
        self.setAccessibleName(tr("Marks"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 8, 0)
        row.setSpacing(GAP_PX)
        row.addStretch(1 if centred else 0)
        for widget in (self.flags, self.stars, self.labels):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)

    def show_cell(self, cell: Cell | None) -> None:
        """Show the marks of this item; what is none of the library's has none."""
        self.setEnabled(cell is not None and cell.id > 0)
        self.stars.show_rating(0 if cell is None else cell.rating)
        self.labels.show_label(None if cell is None else cell.label)
        self.flags.show_flag(None if cell is None else cell.flag)

    def paintEvent(self, event: QPaintEvent) -> None:
        those = colours(self.palette())
        painter = QPainter(self)
        painter.fillRect(event.rect(), those.panel)
        painter.fillRect(0, 0, self.width(), 1, those.separator)
