"""A name for a search that is to be kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from keeproom.ui.controls import RoleLabel
from keeproom.ui.search.sheet import Sheet
from keeproom.ui.texts import tr
from keeproom.ui.widgets import CONTROL_PX, Line, PlainLabel, TextButton

LONGEST_NAME = 1_000


class SaveSheet(Sheet):
    """`named` carries the name; `left` says that a person does not want to."""

    named = Signal(str)
    left = Signal()

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self.name = Line(parent=self)
        self.name.setPlaceholderText(tr("Name, as in Rome or Trips/Rome"))
        self.name.setAccessibleName(tr("Name of the saved search"))
        self.name.setFixedHeight(CONTROL_PX)
        self.name.setTextMargins(5, 0, 5, 0)
        self.name.setMaxLength(LONGEST_NAME)
        self.button = TextButton(tr("Save"), self, primary=True)
        self.cancel = TextButton(tr("Cancel"), self)
        self._says = RoleLabel(
            tr("It becomes a collection that always shows what the search finds."), self, "secondary"
        )
        self._says.setWordWrap(True)
        self.name.textChanged.connect(self._follow)
        self.name.returnPressed.connect(self._on_named)
        self.button.clicked.connect(self._on_named)
        self.cancel.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        row.addWidget(self.button)
        row.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(PlainLabel(tr("Save this search"), self))
        column.addLayout(row)
        column.addWidget(self._says)
        self._follow()

    def enter(self, name: str = "") -> None:
        """Ask for a name; this one may be right already."""
        self.name.setText(name)
        self.open()
        self.name.selectAll()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self) -> None:
        self.button.setEnabled(bool(self.name.text().strip()))

    def _on_named(self) -> None:
        if self.name.text().strip():
            self.named.emit(self.name.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
